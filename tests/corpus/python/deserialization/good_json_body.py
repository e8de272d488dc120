import json

import msgpack
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/events")
def events():
    if request.content_type == "application/msgpack":
        event = msgpack.unpackb(request.get_data(), raw=False)
    else:
        event = json.loads(request.get_data())
    return jsonify({"kind": event["kind"]})
