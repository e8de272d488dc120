from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient()["shop"]


@app.get("/products")
def products():
    category = request.args.get("category", "")
    found = db.products.find({"category": {"$eq": category}}).limit(20)
    return jsonify([product["name"] for product in found])
