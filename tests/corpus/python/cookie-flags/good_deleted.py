from flask import Flask, make_response

app = Flask(__name__)
FLAGS = {"secure": True, "httponly": True, "samesite": "Strict"}


@app.post("/logout")
def logout():
    response = make_response({"ok": True})
    response.delete_cookie("session_id")
    response.set_cookie("seen", "1", **FLAGS)
    return response
