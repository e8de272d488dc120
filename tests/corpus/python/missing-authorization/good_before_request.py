from flask import Blueprint, abort, g, jsonify, request

from models import Ticket, db

tickets = Blueprint("tickets", __name__)


@tickets.before_request
def require_user():
    if g.get("user") is None:
        abort(401)


@tickets.post("/tickets")
def create():
    ticket = Ticket(owner=g.user, subject=request.json["subject"])
    db.session.add(ticket)
    db.session.commit()
    return jsonify(ticket.to_dict()), 201


@tickets.delete("/tickets/<int:number>")
def close(number):
    ticket = Ticket.query.filter_by(number=number, owner=g.user).first_or_404()
    db.session.delete(ticket)
    db.session.commit()
    return "", 204
