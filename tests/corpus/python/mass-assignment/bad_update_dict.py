from flask import Flask, jsonify, request

from models import User, db

app = Flask(__name__)


@app.put("/users/<int:user_id>")
def update(user_id):
    data = request.json
    User.query.filter_by(id=user_id).update(data)  # expect: CWE-915
    db.session.commit()
    return jsonify(ok=True)
