from flask import Flask, make_response, request

from store import sessions, users

app = Flask(__name__)


@app.post("/login")
def login():
    session_id = request.args.get("sid")
    user = users.check(request.form["name"], request.form["password"])
    sessions[session_id] = user.id
    response = make_response({"ok": True})
    response.set_cookie("sid", session_id, secure=True, httponly=True, samesite="Lax")  # expect: CWE-384
    return response
