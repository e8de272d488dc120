import pandas as pd
from flask import Flask, jsonify, request

app = Flask(__name__)
FORMULAS = {"margin": "price - cost", "ratio": "price / cost"}


@app.get("/kpi")
def kpi():
    name = request.args.get("name")
    if name not in FORMULAS:
        return jsonify({"error": "unknown"}), 404
    frame = pd.read_parquet("sales.parquet")
    return jsonify(frame.eval(FORMULAS[name]).tolist())
