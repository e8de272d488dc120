from fastapi import APIRouter, Depends

from auth import current_user, require_admin
from store import orders

router = APIRouter(prefix="/orders", dependencies=[Depends(require_admin)])


@router.get("/")
def all_orders():
    return orders.all()


@router.post("/{order_id}/cancel")
def cancel(order_id: int, user=Depends(current_user)):
    orders.cancel(order_id, by=user.id)
    return {"ok": True}


@router.delete("/{order_id}")
def remove(order_id: int):
    orders.remove(order_id)
    return {"ok": True}
