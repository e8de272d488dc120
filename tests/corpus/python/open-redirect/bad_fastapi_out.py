from fastapi import FastAPI
from fastapi.responses import RedirectResponse

app = FastAPI()
CLICKS: dict[str, int] = {}


@app.get("/out")
def out(url: str):
    CLICKS[url] = CLICKS.get(url, 0) + 1
    return RedirectResponse(url, status_code=302)  # expect: CWE-601 @ url
