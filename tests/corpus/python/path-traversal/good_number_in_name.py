from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

app = FastAPI()
INVOICES = Path("/data/invoices")


@app.get("/invoices/{year}/{number}")
def invoice(year: int, number: int):
    path = INVOICES / str(year) / f"{number:06d}.pdf"
    return FileResponse(path)
