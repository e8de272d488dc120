from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/hello")
def hello():
    return Markup("<p>Hello {}</p>").format(request.args["name"])
