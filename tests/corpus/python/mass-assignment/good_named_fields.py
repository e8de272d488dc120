from flask import Flask, jsonify, request
from flask_login import current_user, login_required

from models import db

app = Flask(__name__)


@app.patch("/me")
@login_required
def update_me():
    data = request.get_json()
    current_user.display_name = data.get("display_name", current_user.display_name)
    current_user.city = data.get("city", current_user.city)
    db.session.commit()
    return jsonify(ok=True)
