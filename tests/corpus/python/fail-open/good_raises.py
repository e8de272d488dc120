from flask import Flask, abort, request

from auth import TokenError, verify

app = Flask(__name__)


@app.before_request
def check_token():
    try:
        verify(request.headers["X-Token"])
    except (KeyError, TokenError):
        abort(401)
