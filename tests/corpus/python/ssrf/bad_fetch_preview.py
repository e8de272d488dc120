import requests
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/preview")
def preview():
    url = request.args.get("url")  # source
    if not url:
        return jsonify({"error": "url missing"}), 400
    response = requests.get(url, timeout=5)  # expect: CWE-918 @ url
    return jsonify({"status": response.status_code, "title": response.text[:80]})
