from flask import Flask, request, send_from_directory

app = Flask(__name__)
UPLOADS = "/var/app/uploads"


@app.route("/download")
def download():
    return send_from_directory(UPLOADS, request.args["file"], as_attachment=True)
