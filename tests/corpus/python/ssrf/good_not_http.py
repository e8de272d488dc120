from flask import Flask, request

app = Flask(__name__)


class Cache:
    def __init__(self):
        self.values = {}

    def get(self, url, default=None):
        return self.values.get(url, default)


pages = Cache()


@app.route("/cached")
def cached():
    return {"page": pages.get(request.args.get("url"), "")}
