from flask import Flask, redirect, request
from flask_login import login_user

from models import User

app = Flask(__name__)


@app.route("/login", methods=["POST"])
def login():
    user = User.authenticate(request.form["email"], request.form["password"])
    if user is None:
        return {"error": "invalid"}, 401
    login_user(user)
    next_page = request.args.get("next")  # source
    return redirect(next_page or "/")  # expect: CWE-601
