from fastapi import FastAPI, HTTPException
from fastapi.responses import RedirectResponse

app = FastAPI()
PARTNERS = {"docs": "https://docs.example.com/", "shop": "https://shop.example.com/"}


@app.get("/partner")
def partner(name: str):
    if name not in PARTNERS:
        raise HTTPException(404)
    return RedirectResponse(PARTNERS[name])
