import os
import uuid

from flask import Flask, abort, request

app = Flask(__name__)
ALLOWED = {".png", ".jpg", ".webp"}


@app.post("/upload")
def upload():
    file = request.files["file"]
    extension = os.path.splitext(file.filename)[1].lower()
    if extension not in ALLOWED:
        abort(415)
    name = uuid.uuid4().hex + extension
    file.save(os.path.join("/var/uploads", name))
    return {"name": name}
