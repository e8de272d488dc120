from flask import Flask, request

app = Flask(__name__)
TRUSTED = {"https://app.example.com", "https://beta.example.com"}


@app.after_request
def add_cors(response):
    origin = request.headers.get("Origin", "")
    if origin in TRUSTED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Vary"] = "Origin"
    return response
