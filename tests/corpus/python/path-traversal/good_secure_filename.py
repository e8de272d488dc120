import os

from flask import Flask, jsonify, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
NOTES = "/var/app/notes"


@app.route("/note", methods=["GET"])
def note():
    name = secure_filename(request.args.get("name", ""))
    if not name:
        return jsonify({"error": "name missing"}), 400
    with open(os.path.join(NOTES, name), encoding="utf-8") as handle:
        return jsonify({"text": handle.read()})
