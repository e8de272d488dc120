import os

from flask import Flask, request

app = Flask(__name__)


@app.get("/measure")
def measure():
    chosen = ""
    for place, word in enumerate(["low", request.args["level"], "high"]):
        if place == 1:
            chosen = word
    os.system("gauge " + chosen)  # expect: CWE-78 @ "gauge " + chosen
    return {"ok": True}
