from flask import Flask, jsonify
from services import importer

app = Flask(__name__)


def error_response(message, status=400):
    return jsonify({"success": False, "error": message}), status  # expect: CWE-209


@app.post("/import")
def run_import():
    try:
        count = importer.run()
    except Exception as e:
        return error_response(str(e), 500)
    return jsonify({"success": True, "count": count})
