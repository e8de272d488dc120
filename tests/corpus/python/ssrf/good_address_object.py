import aiohttp
from aiohttp import web
from yarl import URL

STORE = URL("https://pictures.example/")


async def thumbnail(request):
    async with aiohttp.ClientSession() as session:
        async with session.get(STORE.with_path("/small/" + request.query["name"])) as first:
            size = len(await first.read())
        async with session.get(STORE / request.query["name"]) as second:
            return web.json_response({"sizes": [size, len(await second.read())]})
