from enum import StrEnum
from typing import Literal

from fastapi import APIRouter

router = APIRouter()


class Column(StrEnum):
    NAME = "name"
    AGE = "age"


@router.get("/people")
def people(column: Column, direction: Literal["ASC", "DESC"], other: str, db=None):
    third = Column(other)
    db.execute(f"SELECT * FROM people ORDER BY {column.value} {direction}")
    db.execute("SELECT * FROM people ORDER BY " + third.value)
    return {"ok": True}
