from fastapi import FastAPI, HTTPException

from store import load_order

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    try:
        return load_order(number)
    except Exception as error:
        raise HTTPException(status_code=500, detail=str(error))  # expect: CWE-209
