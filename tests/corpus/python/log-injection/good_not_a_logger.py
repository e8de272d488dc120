import math

from flask import Flask, jsonify, request

app = Flask(__name__)


class Report:
    def __init__(self):
        self.rows = []

    def info(self, text):
        self.rows.append(text)


@app.get("/entropy")
def entropy():
    report = Report()
    report.info("asked for " + request.args.get("x", ""))
    return jsonify({"value": math.log(float(request.args["x"])), "rows": report.rows})
