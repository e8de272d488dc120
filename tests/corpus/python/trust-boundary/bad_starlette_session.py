from starlette.requests import Request
from starlette.responses import JSONResponse


async def impersonate(request: Request):
    form = await request.form()
    request.session["account"] = form["account"]  # expect: CWE-501
    return JSONResponse({"ok": True})
