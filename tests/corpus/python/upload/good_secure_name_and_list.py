import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
ALLOWED_EXTENSIONS = {"pdf", "txt"}


def allowed(filename):
    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED_EXTENSIONS


@app.route("/documents", methods=["POST"])
def documents():
    file = request.files["file"]
    if not allowed(file.filename):
        return {"error": "type not allowed"}, 415
    filename = secure_filename(file.filename)
    file.save(os.path.join("/srv/documents", filename))
    return {"stored": filename}
