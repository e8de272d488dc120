import requests
from flask import Flask, abort, request

app = Flask(__name__)
SERVICES = {
    "billing": "http://billing.internal:8080/health",
    "mail": "http://mail.internal:8080/health",
}


@app.get("/health")
def health():
    address = SERVICES.get(request.args.get("service"))
    if address is None:
        abort(404)
    return {"ok": requests.get(address, timeout=2).ok}
