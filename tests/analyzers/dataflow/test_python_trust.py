"""What is believed in Python: functions that keep little out, files that are logs, rows of a database, queued tasks."""

import pytest
from tests.analyzers.dataflow import flows

CASES = {
    "perm1": (
        "server-side-request-forgery",
        True,
        """from urllib.parse import urlsplit
import requests
from flask import request
def permitted(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.hostname not in ("localhost", "127.0.0.1")
def v():
    u = request.args["u"]
    if not permitted(u):
        return None
    return requests.post(u, timeout=3).text
""",
    ),
    "perm2": (
        "server-side-request-forgery",
        True,
        """from urllib.parse import urlparse
import requests
from flask import request
def is_safe_url(address):
    return urlparse(address).scheme == "https"
def v():
    u = request.args["u"]
    if not is_safe_url(u):
        return None
    return requests.post(u, timeout=3).text
""",
    ),
    "perm3": (
        "server-side-request-forgery",
        False,
        """from urllib.parse import urlparse
import requests
from flask import request
HOSTS = {"a.example"}
def is_safe_url(address):
    p = urlparse(address)
    return p.scheme == "https" and p.hostname in HOSTS
def v():
    u = request.args["u"]
    if not is_safe_url(u):
        return None
    return requests.post(u, timeout=3).text
""",
    ),
    "perm4": (
        "server-side-request-forgery",
        False,
        """from urllib.parse import urlparse
import requests, socket, ipaddress
from flask import request
def is_safe_url(address):
    p = urlparse(address)
    if p.scheme not in ("http", "https"):
        return False
    for info in socket.getaddrinfo(p.hostname, 443):
        if not ipaddress.ip_address(info[4][0]).is_global:
            return False
    return True
def v():
    u = request.args["u"]
    if not is_safe_url(u):
        return None
    return requests.post(u, timeout=3).text
""",
    ),
    "log1": (
        "log-injection",
        True,
        """import os
class Audit:
    def __init__(self, path):
        self.path = path
    def add(self, line):
        with open(self.path, "a") as fh:
            fh.write(line + "\\n")
from flask import request
def v():
    Audit("/x").add(request.args["a"])
""",
    ),
    "log2": (
        "log-injection",
        False,
        """import os, json
class Audit:
    def __init__(self, path):
        self.path = path
    def add(self, line):
        with open(self.path, "a") as fh:
            fh.write(json.dumps({"a": line}) + "\\n")
from flask import request
def v():
    Audit("/x").add(request.args["a"])
""",
    ),
    "log3": (
        "log-injection",
        True,
        """import os
from flask import request
LOG = os.environ["ACCESS_LOG"]
def v():
    with open(LOG, "a") as fh:
        fh.write("seen " + request.args["a"] + "\\n")
    return ""
""",
    ),
    "db1": (
        "cross-site-scripting",
        True,
        """from fastapi import FastAPI
from fastapi.responses import HTMLResponse
app = FastAPI()
@app.get("/s", response_class=HTMLResponse)
async def s():
    rows = await app.state.pool.fetch("SELECT name FROM t")
    return "<ul>" + "".join(f"<li>{r['name']}</li>" for r in rows) + "</ul>"
""",
    ),
    "db2": (
        "cross-site-scripting",
        False,
        """from fastapi import FastAPI
from html import escape
from fastapi.responses import HTMLResponse
app = FastAPI()
@app.get("/s", response_class=HTMLResponse)
async def s():
    rows = await app.state.pool.fetch("SELECT id, name FROM t")
    return "<ul>" + "".join(f"<li id='{r['id']}'>{escape(r['name'])}</li>" for r in rows) + "</ul>"
""",
    ),
    "db3": (
        "sql-injection",
        False,
        """import sqlite3
from flask import request
def v():
    c = sqlite3.connect("x")
    names = {row[0] for row in c.execute("SELECT name FROM sqlite_master").fetchall()}
    t = request.args["t"]
    if t not in names:
        return "no"
    return {"n": c.execute(f"SELECT count(*) FROM {t}").fetchone()[0]}
""",
    ),
    "task1": (
        "server-side-request-forgery",
        True,
        """import requests
from celery import shared_task
@shared_task
def fetch(url):
    return requests.get(url, timeout=3).status_code
""",
    ),
    "task2": (
        "server-side-request-forgery",
        False,
        """import requests
from celery import shared_task
@shared_task
def fetch(url):
    return requests.get(url, timeout=3).status_code
def start():
    fetch.delay("https://a.example")
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case(name):
    rule, harmful, code = CASES[name]
    assert bool(flows.document(code, rule, "python")) is harmful
