from flask import Flask, make_response

app = Flask(__name__)


@app.post("/login")
def login():
    response = make_response({"ok": True})
    response.set_cookie("session_id", create_session())  # expect: CWE-614|CWE-1004
    return response


def create_session():
    import secrets

    return secrets.token_urlsafe(32)
