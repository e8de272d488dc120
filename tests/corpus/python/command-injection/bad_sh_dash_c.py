import subprocess

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Lookup(BaseModel):
    domain: str


@app.post("/whois")
def whois(lookup: Lookup):
    command = "whois {} | head -n 20".format(lookup.domain)
    output = subprocess.check_output(["bash", "-c", command])  # expect: CWE-78
    return {"output": output.decode()}
