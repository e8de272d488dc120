import jwt
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/me")
def me():
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    payload = jwt.decode(token, options={"verify_signature": False})  # expect: CWE-347
    return jsonify({"user": payload["sub"], "role": payload.get("role")})
