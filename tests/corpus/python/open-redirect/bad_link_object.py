from starlette.responses import PlainTextResponse, RedirectResponse


class ShortLink:
    def __init__(self, given):
        self.target = given.get("to", "/")

    def answer(self):
        if not self.target:
            return PlainTextResponse("no target", status_code=400)
        return RedirectResponse(url=self.target, status_code=302)  # expect: CWE-601


async def follow(request):
    return ShortLink(request.query_params).answer()
