import os

from flask import Flask, request

app = Flask(__name__)


@app.get("/measure")
def measure():
    chosen = ""
    for place, word in enumerate(["low", request.args["level"], "high"]):
        if place == 2:
            chosen = word
    words = [request.args["level"], "all"]
    words.reverse()
    os.system("gauge " + chosen)
    os.system("gauge " + words[0])
    return {"ok": True}
