from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.orm import Session

from auth import current_user
from models import Prescription, User
from store import session

router = APIRouter()


@router.get("/prescriptions/{number}")
def show(number: int, db: Session = Depends(session), user: User = Depends(current_user)):
    found = db.get(Prescription, number)
    if found is None or found.patient_id != user.id:
        raise HTTPException(404)
    return found
