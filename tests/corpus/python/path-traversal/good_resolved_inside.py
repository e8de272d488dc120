from pathlib import Path

from flask import Flask, abort, request, send_file

app = Flask(__name__)
ROOT = Path("/var/app/reports").resolve()


@app.route("/report")
def report():
    target = (ROOT / request.args.get("name", "")).resolve()
    if not target.is_relative_to(ROOT):
        abort(404)
    return send_file(target)
