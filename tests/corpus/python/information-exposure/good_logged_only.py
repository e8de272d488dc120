import logging

from flask import Flask, jsonify

from jobs import run_job

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.post("/jobs/<name>")
def job(name):
    try:
        return jsonify(run_job(name))
    except Exception:
        logger.exception("job failed")
        return jsonify({"error": "the job failed"}), 500
