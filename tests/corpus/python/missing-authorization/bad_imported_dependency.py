from fastapi import APIRouter as BaseAPIRouter, Depends as BaseDepends, HTTPException as BaseHTTPException

from auth import require_admin as require_admin_2
from store import users as users_2

router = BaseAPIRouter(prefix="/admin")


@router.get("/users", dependencies=[BaseDepends(require_admin_2)])
def list_users():
    return users_2.all()


@router.post("/users/{user_id}/ban", dependencies=[BaseDepends(require_admin_2)])
def ban(user_id: int):
    users_2.ban(user_id)
    return {"ok": True}


@router.delete("/users/{user_id}")  # expect: CWE-862|CWE-639
def remove(user_id: int):
    if not users_2.exists(user_id):
        raise BaseHTTPException(404)
    users_2.remove(user_id)
    return {"ok": True}
