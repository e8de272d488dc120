from fastapi import FastAPI, Response

from auth import issue_token

app = FastAPI()


@app.post("/token")
def token(response: Response):
    response.set_cookie(
        key="access_token",
        value=issue_token(),
        httponly=False,  # expect: CWE-614|CWE-1004
        secure=False,
        max_age=3600,
    )
    return {"ok": True}
