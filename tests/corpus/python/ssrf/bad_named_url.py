import httpx
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Feed(BaseModel):
    address: str


@app.post("/feeds")
async def add(feed: Feed):
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.get(url=feed.address)  # expect: CWE-918
    return {"length": len(answer.content)}
