from flask import Flask, jsonify, request
from flask_pymongo import PyMongo

app = Flask(__name__)
mongo = PyMongo(app)


@app.post("/check-in")
def check_in():
    body = request.get_json()
    guest = mongo.db.guests.find_one({"booking": {"$eq": body["booking"]}, "name": str(body["name"])})
    return jsonify(found=guest is not None)
