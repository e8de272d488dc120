from flask import Flask, request
from jinja2.sandbox import SandboxedEnvironment

app = Flask(__name__)
environment = SandboxedEnvironment(autoescape=True)


@app.post("/letters")
def letter():
    template = environment.from_string(request.form["text"])
    return {"length": len(template.render(name="Ada"))}
