from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/robots-check")
def robots_check():
    agent = request.headers.get("User-Agent", "")
    body = "agent: " + agent + "\nallowed: yes\n"
    return Response(body, mimetype="text/plain")
