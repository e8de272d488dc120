import psycopg2
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/users/by-id")
def users_by_id():
    ids = request.args.getlist("id")
    if not ids:
        return jsonify([])
    placeholders = ", ".join(["%s"] * len(ids))
    query = f"SELECT id, email FROM users WHERE id IN ({placeholders})"
    with psycopg2.connect("dbname=app") as conn, conn.cursor() as cur:
        cur.execute(query, ids)
        return jsonify(cur.fetchall())
