from flask import Flask, request

app = Flask(__name__)


@app.route("/search")
def search():
    query = request.args.get("q", "")  # source
    results = [page for page in ("home", "shop", "about") if query in page]
    items = "".join("<li>" + page + "</li>" for page in results)
    return f"<h2>Results for {query}</h2><ul>{items}</ul>"  # expect: CWE-79
