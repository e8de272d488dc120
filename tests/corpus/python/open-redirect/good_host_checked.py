from urllib.parse import urljoin, urlparse

from flask import Flask, redirect, request, url_for

app = Flask(__name__)


def is_safe_url(target):
    own = urlparse(request.host_url)
    other = urlparse(urljoin(request.host_url, target))
    return other.scheme in ("http", "https") and own.netloc == other.netloc


@app.route("/login", methods=["POST"])
def login():
    target = request.args.get("next", "")
    if not is_safe_url(target):
        return redirect(url_for("home"))
    return redirect(target)


@app.get("/")
def home():
    return "home"
