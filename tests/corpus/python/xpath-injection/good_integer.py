from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse("books.xml")


@app.route("/book")
def book():
    position = int(request.args.get("n", "1"))
    return jsonify(TREE.xpath(f"//book[{position}]/title/text()"))
