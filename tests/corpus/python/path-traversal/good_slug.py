import re
from pathlib import Path

from sanic import Sanic, json

app = Sanic("recipes")
FOLDER = Path("/srv/recipes")
ODD = re.compile(r"[^a-z0-9_]+")


def file_name(title):
    return ODD.sub("-", title.lower()).strip("-")


@app.post("/recipes")
async def store(request):
    target = FOLDER / (file_name(request.json["title"]) + ".txt")
    target.write_text(request.json["text"])
    return json({"stored": target.name})
