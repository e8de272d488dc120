import subprocess

from flask import Flask, abort, jsonify, request

app = Flask(__name__)


@app.route("/api/lookup")
def lookup():
    host = request.args.get("host", "")
    if not host or host.startswith("-"):
        abort(400)
    result = subprocess.run(["nslookup", "--", host], capture_output=True, text=True, timeout=10)
    return jsonify({"output": result.stdout})
