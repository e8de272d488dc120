from flask import Flask, abort, g, jsonify, request

from models import Account, db

app = Flask(__name__)


@app.post("/accounts/<int:account_id>/transfer")
def transfer(account_id):
    account = Account.query.get_or_404(account_id)
    if g.user:
        if account.owner_id != g.user.id:
            abort(403)
    account.balance -= request.json["amount"]  # expect: CWE-862|CWE-639
    db.session.commit()
    return jsonify({"balance": account.balance})
