from flask import Flask, jsonify, request
from pymongo import MongoClient
from bson import ObjectId
import os

app = Flask(__name__)
db = MongoClient(os.environ["MONGO"]).shop


@app.route("/profile/<uid>", methods=["PUT"])
def update_profile(uid):
    update = request.get_json()
    db.users.update_one({"_id": ObjectId(uid)}, {"$set": update})  # expect: CWE-915
    return jsonify(ok=True)
