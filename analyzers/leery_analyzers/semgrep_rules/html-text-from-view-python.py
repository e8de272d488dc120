from flask import Flask, jsonify, render_template, request
from markupsafe import escape

app = Flask(__name__)


@app.route("/hello")
def hello():
    name = request.args.get("name", "Wörld")
    # ruleid: html-text-from-view-python
    return f"<h1>Hällo, {name}!</h1>"


@app.get("/user/<name>")
def user(name):
    # ruleid: html-text-from-view-python
    return "<p>no user " + name + "</p>", 404


@app.post("/search")
def search():
    page = "<p>You looked for {}</p>".format(request.form["q"])
    # ruleid: html-text-from-view-python
    return page


@app.route("/safe")
def safe():
    # ok: html-text-from-view-python
    return f"<h1>Hello, {escape(request.args.get('name'))}!</h1>"


@app.route("/template")
def template():
    # ok: html-text-from-view-python
    return render_template("hello.html", name=request.args.get("name"))


@app.route("/json")
def as_json():
    # ok: html-text-from-view-python
    return {"name": request.args.get("name")}


@app.get("/item/<int:number>")
def item(number):
    # ok: html-text-from-view-python
    return f"<p>item {number}</p>"


@app.get("/api/<name>")
def api(name):
    # ok: html-text-from-view-python
    return jsonify(name=name)


def helper(name):
    # ok: html-text-from-view-python
    return f"<b>{name}</b>"
