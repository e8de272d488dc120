import secrets

from flask import Flask, make_response, request

from store import sessions, users

app = Flask(__name__)


@app.post("/login")
def login():
    user = users.check(request.form["name"], request.form["password"])
    session_id = secrets.token_urlsafe(32)
    sessions[session_id] = user.id
    response = make_response({"ok": True})
    response.set_cookie("sid", session_id, secure=True, httponly=True, samesite="Lax")
    return response
