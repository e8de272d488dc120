import xml.etree.ElementTree as ET
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi import Path as Part

app = FastAPI()
TREE = ET.parse("stock.xml")
Number = Annotated[str, Part(pattern="^[A-Z]{2}[0-9]{6}$")]


@app.get("/parts/{number}")
def part(number: Number, shelf: str = Query("a1", pattern=r"^[a-z][0-9]$")):
    found = TREE.find(f".//part[@number='{number}'][@shelf='{shelf}']")
    return {"found": found is not None}
