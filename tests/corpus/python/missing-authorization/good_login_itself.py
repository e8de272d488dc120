from fastapi import APIRouter, Depends, HTTPException

from auth import create_token, current_user, verify_password
from store import users

router = APIRouter()


@router.post("/login")
def login(name: str, password: str):
    user = users.by_name(name)
    if user is None or not verify_password(password, user.password_hash):
        raise HTTPException(401)
    return {"token": create_token(user)}


@router.post("/logout")
def logout(user=Depends(current_user)):
    users.drop_sessions(user.id)
    return {"ok": True}


@router.delete("/me")
def remove_me(user=Depends(current_user)):
    users.remove(user.id)
    return {"ok": True}
