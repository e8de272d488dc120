import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/api/ping")
def ping():
    host = request.args.get("host", "127.0.0.1")  # source
    result = subprocess.run(f"ping -c 4 {host}", shell=True, capture_output=True, text=True)  # expect: CWE-78 @ f"ping -c 4 {host}"
    return jsonify({"output": result.stdout, "code": result.returncode})
