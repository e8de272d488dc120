from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from pydantic import BaseModel

app = FastAPI()
env = Environment(autoescape=True)


class Mail(BaseModel):
    subject: str
    body: str


@app.post("/preview", response_class=HTMLResponse)
def preview(mail: Mail):
    template = env.from_string(mail.body)  # expect: CWE-94 @ mail.body
    return template.render(subject=mail.subject)
