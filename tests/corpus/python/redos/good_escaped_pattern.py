import re

from flask import Flask, jsonify, request

app = Flask(__name__)
LINES = ["first line", "second line"]


@app.get("/grep")
def grep():
    pattern = re.escape(request.args.get("pattern", ""))
    return jsonify([line for line in LINES if re.search(pattern, line)])
