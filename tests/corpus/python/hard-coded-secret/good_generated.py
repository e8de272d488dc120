import os
import secrets

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
password_reset_url = "/account/password/reset"
error_messages = {"password": "The password is too short", "token": "The token has expired"}
