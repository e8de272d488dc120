from flask import Blueprint, jsonify
from flask_login import login_required

from models import Planet

planets = Blueprint("planets", __name__)


@planets.get("/planets/<int:number>")
@login_required
def show(number):
    return jsonify(Planet.query.get_or_404(number).to_dict())
