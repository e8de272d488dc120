import json

import flask
import flask_secure_uploads_validator  # expect: CWE-829|CWE-1357|CWE-1104|CWE-494

app = flask.Flask(__name__)


@app.post("/upload")
def upload():
    file = flask.request.files["file"]
    flask_secure_uploads_validator.check(file)
    return json.dumps({"ok": True})
