import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/version")
def version():
    tool = request.json["tool"]
    done = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=5)  # expect: CWE-78
    return jsonify(version=done.stdout)
