from fastapi import APIRouter, Depends, HTTPException

from auth import require_admin
from store import users

router = APIRouter(prefix="/admin")


@router.get("/users", dependencies=[Depends(require_admin)])
def list_users():
    return users.all()


@router.post("/users/{user_id}/ban", dependencies=[Depends(require_admin)])
def ban(user_id: int):
    users.ban(user_id)
    return {"ok": True}


@router.delete("/users/{user_id}")  # expect: CWE-862|CWE-639
def remove(user_id: int):
    if not users.exists(user_id):
        raise HTTPException(404)
    users.remove(user_id)
    return {"ok": True}
