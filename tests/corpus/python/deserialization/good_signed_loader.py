from itsdangerous import BadSignature, URLSafeTimedSerializer
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/unsubscribe")
def unsubscribe():
    serializer = URLSafeTimedSerializer(app.config["SECRET_KEY"])
    try:
        address = serializer.loads(request.args["token"], max_age=86400)
    except BadSignature:
        abort(400)
    return {"address": address}
