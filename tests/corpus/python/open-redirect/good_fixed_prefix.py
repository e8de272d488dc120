from flask import Flask, redirect, request

app = Flask(__name__)


@app.get("/go")
def go():
    page = int(request.args.get("page", 1))
    return redirect(f"/articles?page={page}")


@app.get("/profile")
def profile():
    return redirect("https://accounts.example.com/u/" + request.args.get("name", ""))
