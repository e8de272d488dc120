from flask import Flask, request, session

app = Flask(__name__)


@app.post("/consent")
def consent():
    session["consent"] = request.form.get("consent") == "yes"
    session["step"] = 2
    return {"ok": True}
