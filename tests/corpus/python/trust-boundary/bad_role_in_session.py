from flask import Flask, request, session

app = Flask(__name__)


@app.post("/settings")
def settings():
    session["role"] = request.form.get("role", "user")  # expect: CWE-501
    return {"ok": True}
