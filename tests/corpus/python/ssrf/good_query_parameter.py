import requests
from flask import Flask, jsonify, request

app = Flask(__name__)
SEARCH = "https://search.example.com/api"


@app.get("/search")
def search():
    response = requests.get(SEARCH, params={"q": request.args.get("q", ""), "n": 10}, timeout=5)
    return jsonify(response.json())
