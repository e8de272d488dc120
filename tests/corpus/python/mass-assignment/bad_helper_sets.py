from flask import Blueprint, jsonify, request
from .models import Product, db

bp = Blueprint("products", __name__)


def apply_updates(obj, fields):
    for name in fields:
        setattr(obj, name, fields[name])  # expect: CWE-915
    return obj


@bp.put("/products/<int:pid>")
def edit(pid):
    product = Product.query.get_or_404(pid)
    apply_updates(product, request.json)
    db.session.commit()
    return jsonify(id=product.id)
