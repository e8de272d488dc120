from aiohttp import web


async def picture(request):
    folder = request.app["pictures"]
    wanted = (folder / request.match_info["rest"]).resolve()
    if not wanted.is_relative_to(folder):
        raise web.HTTPNotFound()
    return web.FileResponse(wanted)


def routes():
    return [web.get("/pictures/{rest:.+}", picture)]
