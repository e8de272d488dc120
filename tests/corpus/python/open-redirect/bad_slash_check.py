from flask import Flask, redirect, request, url_for

app = Flask(__name__)


@app.get("/continue")
def proceed():
    target = request.args.get("target", "")
    if not target.startswith("/"):
        target = url_for("home")
    return redirect(target)  # expect: CWE-601


@app.get("/")
def home():
    return "home"
