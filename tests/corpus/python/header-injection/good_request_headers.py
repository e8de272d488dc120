import uuid

from flask import Flask, make_response

app = Flask(__name__)
VERSION = "2.1"


@app.get("/status")
def status():
    response = make_response({"ok": True})
    response.headers["X-Request-Id"] = uuid.uuid4().hex
    response.headers["X-Version"] = "v" + VERSION
    return response
