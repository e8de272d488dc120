from pathlib import Path

import jinja2
from flask import Flask, render_template_string, request

app = Flask(__name__)
PAGE = "<h1>{{ title }}</h1>"


@app.get("/hello")
def hello():
    name = request.args.get("name", "du")
    # ruleid: template-text-from-value-python
    return render_template_string(f"<h1>Grüß dich, {name}</h1>")


@app.get("/page")
def page():
    text = "<title>%s</title>" % request.args["title"]
    # ruleid: template-text-from-value-python
    return render_template_string(text)


def mail(user, body):
    # ruleid: template-text-from-value-python
    return jinja2.Template("Dear {{ user }}, " + body).render(user=user)


def preview(environment):
    # ruleid: template-text-from-value-python
    return environment.from_string(request.form["template"]).render()


@app.get("/safe")
def safe():
    # ok: template-text-from-value-python
    return render_template_string("<h1>Grüß dich, {{ name }}</h1>", name=request.args.get("name"))


def constant(title):
    # ok: template-text-from-value-python
    return render_template_string(PAGE, title=title)


def with_layout(title):
    # ok: template-text-from-value-python
    return render_template_string("<html>" + PAGE + "</html>", title=title)


def own_file(title):
    # ok: template-text-from-value-python
    return jinja2.Template(Path("templates/mail.txt").read_text()).render(title=title)
