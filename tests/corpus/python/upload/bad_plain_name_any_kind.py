import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
STATIC = os.path.join(app.root_path, "static")


@app.post("/banner")
def banner():
    picture = request.files["picture"]
    picture.save(os.path.join(STATIC, secure_filename(picture.filename)))  # expect: CWE-434
    return {"ok": True}
