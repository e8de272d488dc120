import hashlib
import hmac
import os

from flask import Flask, abort, request
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)
SECRET = os.environ["WEBHOOK_SECRET"].encode()


@app.post("/account")
def account():
    return {"name": request.form["name"]}


@app.get("/hook-check")
def hook_check():
    expected = hmac.new(SECRET, request.args["body"].encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.args["signature"]):
        abort(403)
    return {"ok": True}
