import os
from flask import Flask, abort, request

app = Flask(__name__)
BASE = os.path.realpath("/var/data/reports")


@app.get("/report")
def report():
    full = os.path.realpath(os.path.join(BASE, request.args.get("file", "")))
    if not full.startswith(f"{BASE}{os.sep}"):
        abort(400)
    with open(full) as fh:
        return {"text": fh.read()}


@app.get("/other")
def other():
    full = os.path.realpath(os.path.join(BASE, request.args.get("file", "")))
    if full != BASE and not full.startswith(BASE + "/"):
        abort(400)
    with open(full) as fh:
        return {"text": fh.read()}


@app.get("/third")
def third():
    prefix = os.path.join(BASE, "")
    full = os.path.realpath(os.path.join(BASE, request.args.get("file", "")))
    if not full.startswith(prefix):
        abort(400)
    with open(full) as fh:
        return {"text": fh.read()}
