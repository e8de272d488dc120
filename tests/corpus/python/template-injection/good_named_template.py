from flask import Flask, abort, render_template, request

app = Flask(__name__)
PAGES = {"about": "about.html", "terms": "terms.html"}


@app.route("/page")
def page():
    template = PAGES.get(request.args.get("p", "about"))
    if template is None:
        abort(404)
    return render_template(template, query=request.args.get("q", ""))
