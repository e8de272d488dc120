import traceback

from flask import Flask, jsonify

from jobs import run_job

app = Flask(__name__)


@app.post("/jobs/<name>")
def job(name):
    try:
        return jsonify(run_job(name))
    except Exception:
        return jsonify({"error": traceback.format_exc()}), 500  # expect: CWE-209
