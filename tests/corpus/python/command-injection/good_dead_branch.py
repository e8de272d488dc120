import os

from flask import Flask, request

app = Flask(__name__)
LEGACY = False


@app.route("/convert")
def convert():
    name = request.args.get("name", "")
    if LEGACY:
        os.system("convert " + name)
        return {"engine": "legacy"}
    return {"engine": "native", "length": len(name)}
