from flask import Flask, jsonify, request
from flask_login import current_user, login_required

from models import db

app = Flask(__name__)
EDITABLE = {"display_name", "city", "language"}


@app.patch("/me")
@login_required
def update_me():
    for key, value in request.get_json().items():
        if key not in EDITABLE:
            continue
        setattr(current_user, key, value)
    db.session.commit()
    return jsonify(ok=True)
