from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from database import get_session

app = FastAPI()


@app.get("/orders")
def list_orders(status: str, session: Session = Depends(get_session)):
    statement = text("SELECT * FROM orders WHERE status = '{}'".format(status))  # expect: CWE-89
    rows = session.execute(statement).mappings().all()
    return [dict(row) for row in rows]
