from html import escape

from flask import Flask, request

app = Flask(__name__)


@app.route("/search")
def search():
    query = escape(request.args.get("q", ""))
    return f"<h2>Results for {query}</h2>"
