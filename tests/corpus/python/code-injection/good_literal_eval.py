import ast

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/points")
def points():
    raw = request.form.get("points", "[]")
    try:
        value = ast.literal_eval(raw)
    except (ValueError, SyntaxError):
        return jsonify({"error": "not a list"}), 400
    return jsonify({"count": len(value)})
