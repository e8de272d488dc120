import os
import uuid

from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/scans")
def scan():
    sent = request.files["scan"]
    if not sent.filename.lower().endswith((".png", ".tif")):
        abort(415)
    ending = os.path.splitext(sent.filename)[1]
    sent.save("/srv/scans/" + uuid.uuid4().hex + ending)
    return {"ok": True}
