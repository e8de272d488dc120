import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/cart")
def cart():
    raw = request.cookies.get("cart")  # source
    if raw is None:
        return {"items": []}
    data = base64.b64decode(raw)
    items = pickle.loads(data)  # expect: CWE-502 @ data
    return {"items": items}
