from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

engine = Environment(loader=FileSystemLoader("pages"), autoescape=select_autoescape())


async def hello(request: Request):
    page = engine.get_template("hello.html")
    return HTMLResponse(page.render(name=request.query_params["name"]))
