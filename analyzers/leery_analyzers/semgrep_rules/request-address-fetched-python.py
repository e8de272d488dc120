import urllib.request

import httpx
import requests
from flask import Flask, request

app = Flask(__name__)
FEEDS = {"news": "https://news.example.com/feed"}


@app.get("/preview")
def preview():
    url = request.args.get("url")
    # ruleid: request-address-fetched-python
    answer = requests.get(url, timeout=5)
    return {"länge": len(answer.text)}


@app.post("/hook")
def hook():
    # ruleid: request-address-fetched-python
    httpx.post(f"https://{request.json['host']}/größe", json={"ok": True})
    return {}


@app.get("/image")
def image():
    # ruleid: request-address-fetched-python
    with urllib.request.urlopen("http://" + request.args["host"] + "/logo.png", timeout=5) as answer:
        return {"size": len(answer.read())}


@app.get("/feed")
def feed():
    # ok: request-address-fetched-python
    return {"feed": requests.get(FEEDS[request.args["name"]], timeout=5).text}


@app.get("/user")
def user():
    # ok: request-address-fetched-python
    return requests.get(f"https://api.example.com/users/{request.args['name']}", timeout=5).json()


@app.get("/search")
def search():
    # ok: request-address-fetched-python
    return requests.get("https://api.example.com/search", params={"q": request.args["q"]}, timeout=5).json()


@app.get("/checked")
def checked():
    # ok: request-address-fetched-python
    return {"text": requests.get(allowed_url(request.args["url"]), timeout=5).text}
