import subprocess

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
TOOLS = {"git": "/usr/bin/git", "make": "/usr/bin/make"}


@app.post("/version")
def version():
    tool = TOOLS.get(request.json["tool"])
    if tool is None:
        abort(400)
    done = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=5)
    return jsonify(version=done.stdout)
