from defusedxml import ElementTree
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/import")
def import_xml():
    root = ElementTree.fromstring(request.data)
    return jsonify({"items": [item.text for item in root.findall("item")]})
