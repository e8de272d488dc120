from flask import Flask, request, session

from models import User

app = Flask(__name__)


@app.post("/login")
def login():
    user = User.authenticate(request.form["email"], request.form["password"])
    if user is None:
        return {"error": "invalid"}, 401
    session.clear()
    session["user_id"] = user.id
    session["role"] = user.role
    return {"ok": True}
