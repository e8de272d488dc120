import operator

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
OPERATIONS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


@app.route("/calc")
def calc():
    operation = OPERATIONS.get(request.args.get("op"))
    if operation is None:
        abort(400)
    left = float(request.args["a"])
    right = float(request.args["b"])
    return jsonify({"result": operation(left, right)})
