import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.route("/login", methods=["POST"])
def login():
    username = request.form.get("username")  # source
    if not check(username, request.form.get("password")):
        logger.warning("Failed login for user: " + username)  # expect: CWE-117
        return {"error": "invalid"}, 401
    return {"ok": True}


def check(name, password):
    return bool(name) and bool(password) and len(password) > 20
