from flask import Flask, request

app = Flask(__name__)


@app.post("/echo")
def echo():
    session = {}
    session["name"] = request.form.get("name", "")
    return session
