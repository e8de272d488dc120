import os

from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
guests = MongoClient(os.environ["MONGO_URL"]).hotel.guests


@app.post("/check-in")
def check_in():
    body = request.get_json()
    guest = guests.find_one({"booking": body["booking"], "name": body["name"]})  # expect: CWE-943
    return jsonify(found=guest is not None)
