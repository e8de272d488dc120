from flask import Flask, current_app, jsonify, request

app = Flask(__name__)


@app.post("/feedback")
def feedback():
    data = request.get_json(force=True)
    message = "feedback from {}: {}".format(data["email"], data["text"])
    current_app.logger.info(message)  # expect: CWE-117 @ message
    return jsonify(ok=True)
