from flask import Flask, request

app = Flask(__name__)


@app.route("/page")
def page():
    try:
        number = int(request.args.get("n", 1))
    except ValueError:
        return "bad page", 400
    return f"<h1>Page {number}</h1><a href='/page?n={number + 1}'>next</a>"
