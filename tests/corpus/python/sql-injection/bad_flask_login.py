import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)
DATABASE = "users.db"


@app.route("/login", methods=["POST"])
def login():
    data = request.get_json()  # source
    username = data.get("username")
    password = data.get("password")
    conn = sqlite3.connect(DATABASE)
    cursor = conn.cursor()
    query = f"SELECT id, username FROM users WHERE username = '{username}' AND password = '{password}'"
    cursor.execute(query)  # expect: CWE-89 @ query
    row = cursor.fetchone()
    conn.close()
    if row is None:
        return jsonify({"error": "invalid credentials"}), 401
    return jsonify({"id": row[0], "username": row[1]})
