import yaml
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/config")
def config():
    document = yaml.safe_load(request.data)
    second = yaml.load(request.data, Loader=yaml.SafeLoader)
    return jsonify({"keys": sorted(document), "same": document == second})
