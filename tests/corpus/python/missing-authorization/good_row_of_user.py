import sqlite3
from flask import Flask, jsonify, session, redirect

app = Flask(__name__)


@app.get("/messages/<int:mid>")
def message(mid):
    if "user_id" not in session:
        return redirect("/login")
    conn = sqlite3.connect("app.db")
    row = conn.execute(
        "SELECT sender, body FROM messages WHERE id = ? AND recipient_id = ?", (mid, session["user_id"])
    ).fetchone()
    return jsonify(sender=row[0], body=row[1])
