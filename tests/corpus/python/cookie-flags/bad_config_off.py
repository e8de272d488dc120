import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
app.config["SESSION_COOKIE_SECURE"] = False  # expect: CWE-614
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
