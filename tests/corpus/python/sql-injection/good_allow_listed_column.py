import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)
SORTABLE = {"name", "price", "created_at"}


@app.route("/products")
def products():
    column = request.args.get("sort", "name")
    direction = "DESC" if request.args.get("dir") == "desc" else "ASC"
    if column not in SORTABLE:
        return jsonify({"error": "unknown column"}), 400
    conn = sqlite3.connect("shop.db")
    rows = conn.execute(f"SELECT id, name, price FROM products ORDER BY {column} {direction}").fetchall()
    conn.close()
    return jsonify(rows)
