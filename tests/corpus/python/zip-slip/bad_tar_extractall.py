import tarfile
import tempfile

from flask import Flask, request

app = Flask(__name__)


@app.post("/backups/restore")
def restore():
    upload = request.files["backup"]
    folder = tempfile.mkdtemp()
    with tarfile.open(fileobj=upload.stream, mode="r:gz") as archive:
        archive.extractall(folder)  # expect: CWE-22
    return {"folder": folder}
