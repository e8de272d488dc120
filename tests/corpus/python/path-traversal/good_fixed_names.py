import json
import os

from flask import Flask, abort, request

app = Flask(__name__)
LOCALES = {"en": "en.json", "de": "de.json", "fr": "fr.json"}


@app.route("/messages")
def messages():
    name = LOCALES.get(request.args.get("lang", "en"))
    if name is None:
        abort(404)
    with open(os.path.join("locales", name), encoding="utf-8") as handle:
        return json.load(handle)
