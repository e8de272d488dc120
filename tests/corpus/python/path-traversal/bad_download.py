import os

from flask import Flask, request, send_file

app = Flask(__name__)
UPLOADS = "/var/app/uploads"


@app.route("/download")
def download():
    filename = request.args.get("file")  # source
    path = os.path.join(UPLOADS, filename)
    if not os.path.exists(path):
        return {"error": "not found"}, 404
    return send_file(path, as_attachment=True)  # expect: CWE-22 @ path
