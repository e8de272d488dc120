import logging

from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)


@app.post("/enter")
def enter():
    log.warning("no such visitor: %r from page %d", request.form["name"], int(request.form["page"]))
    log.warning(f"badge {request.form['badge']!r} is unknown")
    return {"ok": False}, 401
