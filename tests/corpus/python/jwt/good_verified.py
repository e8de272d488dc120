import os

import jwt
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
PUBLIC_KEY = os.environ["JWT_PUBLIC_KEY"]


@app.route("/me")
def me():
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        payload = jwt.decode(token, PUBLIC_KEY, algorithms=["RS256"], audience="api", options={"require": ["exp"]})
    except jwt.PyJWTError:
        abort(401)
    return jsonify({"user": payload["sub"]})
