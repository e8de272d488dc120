import uuid

from flask import Flask, request

app = Flask(__name__)


@app.post("/pictures")
def keep():
    number = uuid.uuid4().hex + ".png"
    request.files["picture"].save("/srv/pictures/" + number)
    return number


@app.get("/echo")
def echo():
    return request.args.get("text", ""), 200, {"Content-Type": "text/plain; charset=utf-8"}
