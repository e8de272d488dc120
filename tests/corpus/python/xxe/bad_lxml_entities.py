from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)


@app.post("/import")
def import_xml():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)  # expect: CWE-611
    root = etree.fromstring(request.data, parser)
    return jsonify({"items": [item.text for item in root.findall("item")]})
