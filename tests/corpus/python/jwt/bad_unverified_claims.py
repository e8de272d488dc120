from fastapi import Depends, FastAPI, Header
from jose import jwt

app = FastAPI()


def current_user(authorization: str = Header(...)):
    claims = jwt.get_unverified_claims(authorization.split(" ")[1])  # expect: CWE-347
    return claims["sub"]


@app.get("/profile")
def profile(user: str = Depends(current_user)):
    return {"user": user}
