import os

from aiohttp import web

ATTACHED = os.path.abspath("attached")


async def forget(request: web.Request) -> web.Response:
    asked = await request.json()
    path = os.path.abspath(os.path.join(ATTACHED, asked["file"]))
    if os.path.dirname(path) != ATTACHED:
        raise web.HTTPForbidden()
    os.remove(path)
    return web.Response(status=204)
