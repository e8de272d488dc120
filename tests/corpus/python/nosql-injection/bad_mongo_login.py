from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient()["shop"]


@app.route("/login", methods=["POST"])
def login():
    body = request.get_json()  # source
    user = db.users.find_one({"email": body["email"], "password_hash": body["password_hash"]})  # expect: CWE-943
    if user is None:
        return jsonify({"error": "invalid"}), 401
    return jsonify({"id": str(user["_id"])})
