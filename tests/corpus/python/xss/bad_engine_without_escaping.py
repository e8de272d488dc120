from jinja2 import DictLoader, Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

PAGES = {"hello.html": "<p>Hello {{ name }}</p>"}
engine = Environment(loader=DictLoader(PAGES), autoescape=False)


async def hello(request: Request):
    page = engine.get_template("hello.html").render(name=request.query_params["name"])
    return HTMLResponse(page)  # expect: CWE-79 @ page
