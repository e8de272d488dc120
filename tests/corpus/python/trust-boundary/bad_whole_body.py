from flask import Flask, request, session

app = Flask(__name__)


@app.post("/checkout/start")
def start():
    data = request.get_json()
    session["user_id"] = data["user_id"]  # expect: CWE-501
    session.modified = True
    return {"ok": True}
