import re

from flask import Flask, jsonify, request

app = Flask(__name__)
TEXT = "the quick brown fox"


@app.post("/find")
def find():
    body = request.get_json()
    word = body["word"]
    return jsonify({"at": TEXT.find(word), "count": len(re.findall(re.escape(str(word)), TEXT))})
