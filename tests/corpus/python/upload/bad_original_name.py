import os

from flask import Flask, request

app = Flask(__name__)
app.config["UPLOAD_FOLDER"] = "static/uploads"


@app.route("/upload", methods=["POST"])
def upload():
    file = request.files["file"]
    if file.filename == "":
        return {"error": "no file"}, 400
    target = os.path.join(app.config["UPLOAD_FOLDER"], file.filename)
    file.save(target)  # expect: CWE-434|CWE-22
    return {"url": "/" + target}
