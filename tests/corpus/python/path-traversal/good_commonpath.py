import os

from flask import Flask, abort, request

app = Flask(__name__)
BASE = os.path.realpath("/srv/docs")


@app.route("/doc")
def doc():
    path = os.path.realpath(os.path.join(BASE, request.args["page"]))
    if os.path.commonpath([BASE, path]) != BASE:
        abort(403)
    with open(path, encoding="utf-8") as handle:
        return {"text": handle.read()}
