from flask import Flask, jsonify, request
from flask_login import current_user, login_required

from models import Note, db

app = Flask(__name__)


@app.post("/notes")
@login_required
def create():
    note = Note(owner_id=current_user.id, text=request.json["text"])
    db.session.add(note)
    db.session.commit()
    return jsonify(note.to_dict()), 201


@app.delete("/notes/<int:note_id>")
@login_required
def delete(note_id):
    note = Note.query.filter_by(id=note_id, owner_id=current_user.id).first_or_404()
    db.session.delete(note)
    db.session.commit()
    return "", 204
