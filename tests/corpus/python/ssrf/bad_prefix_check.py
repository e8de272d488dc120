import requests
from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/import")
def import_feed():
    feed = request.json["feed"]
    if not feed.startswith("https://feeds.example.com"):
        abort(400)
    body = requests.get(feed, timeout=10).content  # expect: CWE-918
    return {"bytes": len(body)}
