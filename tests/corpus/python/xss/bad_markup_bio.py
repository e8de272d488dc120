from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)


@app.route("/profile", methods=["GET", "POST"])
def profile():
    bio = request.form.get("bio", "")
    return render_template("profile.html", bio=Markup(bio))  # expect: CWE-79
