import re

from flask import Flask, jsonify, request

app = Flask(__name__)
LINES = open("data.txt", encoding="utf-8").read().splitlines()


@app.get("/grep")
def grep():
    pattern = request.args.get("pattern", "")
    return jsonify([line for line in LINES if re.search(pattern, line)])  # expect: CWE-1333|CWE-730|CWE-625
