from flask import Flask, abort, request

from auth import verify

app = Flask(__name__)


@app.before_request
def check_token():
    try:
        if not verify(request.headers["X-Token"]):
            abort(401)
    except Exception:  # expect: CWE-636|CWE-703
        pass
