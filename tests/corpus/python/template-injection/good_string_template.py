from string import Template

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/subject", methods=["POST"])
def subject():
    template = Template(request.form["subject"])
    return jsonify({"subject": template.safe_substitute(shop="Corner Store")})
