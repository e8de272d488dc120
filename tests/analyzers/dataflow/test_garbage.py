"""An analysis leaves nothing behind that only the collector of garbage finds: its cost would grow with the file."""

from __future__ import annotations

import gc

import pytest

from leery_analyzers.worker import Worker

SOURCES = {
    "python": """import subprocess
from functools import wraps

from flask import request


def checked(function):
    @wraps(function)
    def inner(*given):
        return function(*given)
    return inner


class Base:
    def name(self):
        return request.args['näme']


class Shop(Base):
    def __init__(self):
        self.label = self.name()

    @checked
    def show(self):
        later = lambda: subprocess.run('echo ' + self.label, shell=True)
        return later()


def main():
    return Shop().show()
""",
    "javascript": """const express = require('express');
const { exec } = require('child_process');

class Base { name(req) { return req.query.näme; } }
class Shop extends Base {
  show(req) { const later = () => exec('echo ' + this.name(req)); return later(); }
}
const app = express();
app.get('/', (req, res) => { new Shop().show(req); res.send('ok'); });
""",
    "java": """import javax.servlet.http.*;

class Base { String name(HttpServletRequest request) { return request.getParameter("näme"); } }

class Shop extends Base {
    private Runnable later;

    void show(HttpServletRequest request) throws Exception {
        String name = name(request);
        later = () -> { try { Runtime.getRuntime().exec("echo " + name); } catch (Exception e) { } };
        later.run();
    }
}
""",
}


@pytest.mark.parametrize("language", SOURCES)
def test_nothing_is_left_in_circles(language):
    worker = Worker(("checks",))
    request = {"op": "flows", "doc": "a", "ranges": None}
    worker.handle({"op": "open", "doc": "a", "language": language, "text": SOURCES[language]})
    worker.handle(request)  # what is kept from the first time on is no garbage
    worker.handle({"op": "edit", "doc": "a", "edits": [[0, 0, "\n\n"]]})
    gc.collect()
    gc.disable()
    try:
        answer = worker.handle(request)
        left = gc.collect()
    finally:
        gc.enable()
    assert "command" in str(answer)
    assert left == 0
