import asyncio

from aiohttp import web

routes = web.RouteTableDef()


@routes.post("/thumbnails")
async def thumbnail(request):
    data = await request.json()
    size = data.get("size", "200x200")
    name = data["name"]
    process = await asyncio.create_subprocess_shell(
        "convert uploads/" + name + " -resize " + size + " thumbs/" + name  # expect: CWE-78
    )
    await process.wait()
    return web.json_response({"ok": process.returncode == 0})
