import re

from flask import Flask, request

app = Flask(__name__)
EMAIL = re.compile(r"^([a-zA-Z0-9]+)*@[a-z]+\.com$")  # expect: CWE-1333


@app.post("/check")
def check():
    return {"valid": EMAIL.match(request.form["email"]) is not None}
