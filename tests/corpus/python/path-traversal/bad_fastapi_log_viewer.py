from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()
LOGS = Path("/var/log/app")


@app.get("/logs/{name:path}", response_class=PlainTextResponse)
def read_log(name: str, lines: int = 100):
    target = LOGS / name
    content = target.read_text()  # expect: CWE-22
    return "\n".join(content.splitlines()[-lines:])
