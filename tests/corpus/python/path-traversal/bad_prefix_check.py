import os

from aiohttp import web

BASE = "/srv/files"


async def serve(request):
    name = request.query["name"]
    path = os.path.join(BASE, name)
    if not path.startswith(BASE):
        raise web.HTTPForbidden()
    with open(path, "rb") as handle:  # expect: CWE-22 @ path
        return web.Response(body=handle.read())


app = web.Application()
app.add_routes([web.get("/files", serve)])
