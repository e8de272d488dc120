from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().library


@app.post("/cards")
def card():
    body = request.get_json()
    number, pin = body.get("number"), body.get("pin")
    if not isinstance(number, str) or not isinstance(pin, str):
        return jsonify(error="texts only"), 400
    found = db.cards.find_one({"number": number, "pin": pin})
    db.cards.update_one({"_id": found["_id"]}, {"$inc": {"seen": 1}})
    if not isinstance(body.get("branch"), str):
        return jsonify(error="texts only"), 400
    return jsonify(open=db.branches_collection.find_one({"name": body["branch"]}) is not None)
