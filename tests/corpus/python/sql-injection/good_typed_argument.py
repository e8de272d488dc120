import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/walks")
def walks():
    longest = request.args.get("km", default=10, type=int)
    with sqlite3.connect("walks.db") as connection:
        rows = connection.execute(f"SELECT name FROM walks WHERE km <= {longest}").fetchall()
    return jsonify([row[0] for row in rows])
