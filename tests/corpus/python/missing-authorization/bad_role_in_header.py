from fastapi import FastAPI, Header, HTTPException
from .ops import restart

app = FastAPI()


@app.post("/ops/restart")
def do_restart(x_role: str = Header("user")):
    if x_role != "admin":  # expect: CWE-862
        raise HTTPException(403)
    restart()
    return {"ok": True}
