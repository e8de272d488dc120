from fastapi import FastAPI, Form, Request, Response

from store import sessions, users

app = FastAPI()


@app.post("/login")
def login(request: Request, response: Response, name: str = Form(...), password: str = Form(...)):
    user = users.check(name, password)
    sid = request.cookies.get("sid")
    sessions[sid] = user.id
    response.set_cookie("sid", sid, secure=True, httponly=True, samesite="strict")  # expect: CWE-384
    return {"ok": True}
