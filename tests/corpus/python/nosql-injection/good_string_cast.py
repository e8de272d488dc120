from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient()["shop"]


@app.route("/user", methods=["POST"])
def user():
    body = request.get_json()
    email = str(body["email"])
    found = db.users.find_one({"email": email, "active": True})
    return jsonify({"found": found is not None})
