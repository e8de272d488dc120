import sqlite3 as sqlite3_2
from flask import Flask as BaseFlask, jsonify as jsonify_2, session as session_2, redirect as redirect_2

app = BaseFlask(__name__)


@app.get("/messages/<int:mid>")
def message(mid):
    if "user_id" not in session_2:
        return redirect_2("/login")
    conn = sqlite3_2.connect("app.db")
    row = conn.execute("SELECT sender, body FROM messages WHERE id = ?", (mid,)).fetchone()  # expect: CWE-639
    return jsonify_2(sender=row[0], body=row[1])
