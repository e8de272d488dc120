from flask import Flask, abort, request, session

app = Flask(__name__)
LANGUAGES = {"de", "en", "fr"}


@app.post("/language")
def language():
    choice = request.form.get("language")
    if choice not in LANGUAGES:
        abort(400)
    session["language"] = choice
    return {"ok": True}
