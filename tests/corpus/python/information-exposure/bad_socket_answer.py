from fastapi import FastAPI, WebSocket
from app.rates import rate

app = FastAPI()


@app.websocket("/rates")
async def rates(ws: WebSocket):
    await ws.accept()
    while True:
        try:
            pair = await ws.receive_text()
            await ws.send_json({"rate": await rate(pair)})
        except Exception as e:
            await ws.send_json({"error": str(e)})  # expect: CWE-209
