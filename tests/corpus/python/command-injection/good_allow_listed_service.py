import os

from flask import Flask, abort, request

app = Flask(__name__)
SERVICES = ("nginx", "redis", "worker")


@app.route("/restart", methods=["POST"])
def restart():
    service = request.form.get("service")
    if service not in SERVICES:
        abort(404)
    code = os.system("systemctl restart " + service)
    return {"ok": code == 0}
