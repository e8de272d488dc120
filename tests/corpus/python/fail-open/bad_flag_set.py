import hmac
import hashlib
import os
from flask import Flask, request

app = Flask(__name__)


@app.post("/hook")
def hook():
    try:
        signature = request.headers["X-Signature"]
        expected = hmac.new(os.environ["SECRET"].encode(), request.data, hashlib.sha256).hexdigest()
        valid = hmac.compare_digest(signature, expected)
    except KeyError:
        valid = True  # expect: CWE-636
    if not valid:
        return "", 403
    return process(request.json)
