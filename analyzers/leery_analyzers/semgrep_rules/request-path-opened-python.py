import os
from pathlib import Path

from flask import Flask, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

app = Flask(__name__)
FILES = {"a": "reports/a.pdf"}


@app.get("/download")
def download():
    name = request.args["name"]
    # ruleid: request-path-opened-python
    return send_file(os.path.join("reports", name))


@app.get("/größe/<path:name>")
def size(name):
    # ruleid: request-path-opened-python
    with open(f"reports/größe/{name}") as file:
        return {"size": len(file.read())}


@app.post("/note")
def note():
    target = Path("notes") / request.form["title"]
    # ruleid: request-path-opened-python
    target.write_text(request.form["text"])
    return {}


@app.get("/safe")
def safe():
    # ok: request-path-opened-python
    return send_from_directory("reports", request.args["name"])


@app.get("/known")
def known():
    # ok: request-path-opened-python
    return send_file(FILES[request.args["name"]])


@app.post("/upload")
def upload():
    file = request.files["file"]
    # ok: request-path-opened-python
    file.save(os.path.join("uploads", secure_filename(file.filename)))
    return {}


def constant():
    # ok: request-path-opened-python
    with open("reports/index.txt") as file:
        return file.read()
