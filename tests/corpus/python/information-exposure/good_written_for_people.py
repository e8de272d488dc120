from fastapi import FastAPI, HTTPException
from pydantic import ValidationError
from marshmallow import ValidationError as SchemaError
from app.schemas import OrderSchema, parse

app = FastAPI()


class QuotaExceeded(Exception):
    """The message is written for the user."""


@app.post("/orders")
async def create(payload: dict):
    try:
        order = OrderSchema().load(payload)
    except SchemaError as err:
        raise HTTPException(status_code=400, detail=err.messages)
    try:
        parse(order)
    except ValidationError as e:
        raise HTTPException(status_code=422, detail=e.errors())
    except QuotaExceeded as e:
        raise HTTPException(status_code=429, detail=str(e))
    return {"ok": True}
