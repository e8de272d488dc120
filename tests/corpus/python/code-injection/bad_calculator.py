from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/calculate", methods=["POST"])
def calculate():
    expression = request.json["expression"]  # source
    try:
        result = eval(expression)  # expect: CWE-94 @ expression
    except Exception as error:
        return jsonify({"error": "bad expression"}), 400
    return jsonify({"result": result})
