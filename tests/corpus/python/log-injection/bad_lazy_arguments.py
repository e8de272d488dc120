import logging

from fastapi import FastAPI, Request

app = FastAPI()
log = logging.getLogger("orders")


@app.get("/orders/{reference}")
async def order(reference: str, request: Request):
    agent = request.headers.get("user-agent")
    log.info("order %s read by %s", reference, agent)  # expect: CWE-117
    return {"reference": reference}
