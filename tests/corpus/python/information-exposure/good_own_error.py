from fastapi import FastAPI, HTTPException

from store import load_order

app = FastAPI()


class OrderNotFound(Exception):
    """Raised with a message for the person."""


@app.get("/orders/{number}")
def order(number: int):
    try:
        return load_order(number)
    except OrderNotFound:
        raise HTTPException(status_code=404, detail=f"no order {number}") from None
