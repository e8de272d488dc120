from flask import Flask, request, session

from store import users

app = Flask(__name__)


@app.post("/login")
def login():
    user = users.check(request.form["name"], request.form["password"])
    session.clear()
    session["user_id"] = user.id
    return {"ok": True}
