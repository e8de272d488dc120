from aiohttp import web

from store import sessions, users


async def login(request):
    data = await request.post()
    user = users.check(data["name"], data["password"])
    sid = request.query.get("session") or data.get("session")
    sessions[sid] = user.id
    response = web.json_response({"ok": True})
    response.set_cookie("session", sid, secure=True, httponly=True, samesite="Lax")  # expect: CWE-384
    return response
