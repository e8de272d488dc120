from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse("parts.xml")
ELEMENTS = {"name", "price", "stock"}


@app.get("/values")
def values():
    element = request.args.get("element")
    if element not in ELEMENTS:
        abort(400)
    return jsonify(TREE.xpath("//part/" + element + "/text()"))
