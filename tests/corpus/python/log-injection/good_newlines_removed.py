import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.route("/login", methods=["POST"])
def login():
    username = request.form.get("username", "").replace("\r", "").replace("\n", "")
    logger.warning("Failed login for user: %s", username)
    return {"error": "invalid"}, 401
