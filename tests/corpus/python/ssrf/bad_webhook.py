import aiohttp
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Hook(BaseModel):
    callback: str
    event: str


@app.post("/hooks/test")
async def test_hook(hook: Hook):
    async with aiohttp.ClientSession() as session:
        async with session.post(hook.callback, json={"event": hook.event}) as response:  # expect: CWE-918
            return {"status": response.status}
