from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse("users.xml")


@app.route("/user")
def user():
    name = request.args.get("name", "")  # source
    query = "//user[name='" + name + "']/email/text()"
    return jsonify(TREE.xpath(query))  # expect: CWE-643 @ query
