from flask import Flask, request

app = Flask(__name__)


@app.after_request
def add_cors(response):
    origin = request.headers.get("Origin", "")
    response.headers["Access-Control-Allow-Origin"] = origin  # expect: CWE-942
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response
