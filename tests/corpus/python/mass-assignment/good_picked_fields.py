from aiohttp import web
from models import Profile

FIELDS = ("nickname", "color")


async def update(request):
    profile = await Profile.load(request["user_id"])
    body = await request.json()
    profile.__dict__.update({name: body[name] for name in FIELDS if name in body})
    await profile.save()
    return web.json_response({"ok": True})
