from urllib.parse import quote

import httpx
from fastapi import FastAPI

app = FastAPI()
BASE = "https://api.weather.example.com/v1"


@app.get("/weather/{city}")
async def weather(city: str):
    async with httpx.AsyncClient(timeout=5) as client:
        response = await client.get(f"{BASE}/cities/{quote(city, safe='')}/today")
    return response.json()
