"""Python's guards that stand in another unit than what they guard: helpers, decorators, models, callbacks."""

import pytest
from tests.analyzers.dataflow import flows

from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.units import segment

WRAPPED = """import functools, re
from flask import Flask, abort

app = Flask(__name__)


def named(view):
    @functools.wraps(view)
    def around(**given):
        {check}
        return view(**given)
    return around


@app.get('/pages/<path:page>')
@named
def page_text(page):
    return {{'größe': open(«f'pages/{{page}}.txt'»).read()}}
"""
CHECK = "if not re.fullmatch(r'\\w+', given['page']): abort(404)"
CALLBACK = """import os, re
import click


def plain(context, option, value):
    if not re.{match}(r'[a-z]+', value):
        raise click.BadParameter('letters only')
    return value


@click.command()
@click.argument('name', callback=plain)
def stop(name):
    os.system(«'systemctl stop ' + name»)
"""
MODEL = """import os
from typing import Literal
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    what: {kind}


@app.post('/brew')
def brew(order: Order):
    os.system(«'brew ' + order.what»)
"""
NETWORK = """import ipaddress, socket
import requests
from flask import Flask, request
from urllib.parse import urlparse

app = Flask(__name__)


def outside(host):
    for found in socket.getaddrinfo(host, 443):
        if not ipaddress.ip_address(found[4][0]).{test}:
            return False
    return True


@app.post('/ping')
def ping():
    address = request.json['address']
    if not outside(urlparse(address).hostname):
        return '', 400
    return {{'status': requests.get(«address», timeout=3).status_code}}
"""
CODE = """from fastapi import FastAPI
from pydantic import BaseModel
from pymongo import MongoClient

app = FastAPI()
notes = MongoClient().app.notes


class Wanted(BaseModel):
    field: {kind}


@app.post('/find')
def find(wanted: Wanted):
    return list(notes.find(«{{'$where': f'this.{{wanted.field}} > 1'}}»))
"""
LOOP = """import sqlite3
from flask import Flask, request, abort

app = Flask(__name__)
COLUMNS = {{'title', 'body'}}


@app.get('/größen')
def listed():
    columns = request.args.getlist('column')
    for column in columns:
        if column.islower():
            {first}
        if column not in COLUMNS:
            abort(400)
    return sqlite3.connect('n').execute(«'SELECT ' + ', '.join(columns) + ' FROM notes'»).fetchall()
"""
CASES = [
    ("path-traversal", WRAPPED, {"check": "print(given['page'])"}, {"check": CHECK}),
    ("shell-command-injection", CALLBACK, {"match": "match"}, {"match": "fullmatch"}),
    ("shell-command-injection", MODEL, {"kind": "str"}, {"kind": "Literal['tea', 'milk']"}),
    ("server-side-request-forgery", NETWORK, {"test": "is_reserved"}, {"test": "is_global"}),
    ("nosql-injection", CODE, {"kind": "str"}, {"kind": "int"}),
    ("sql-injection", LOOP, {"first": "continue"}, {"first": "print(column)"}),
]  # fmt: skip


def found(code, rule):
    return [
        (finding.range.start, finding.range.end)
        for finding in flows.document(code, rule, "python")
        if finding.confidence != "low"
    ]


@pytest.mark.parametrize(
    ("rule", "code", "harmful", "harmless"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)]
)
def test_only_a_guard_that_checks_enough_keeps_it_quiet(rule, code, harmful, harmless):
    text, start, end = flows.marked(code.format(**harmful))
    assert found(text, rule) == [(start, end)]
    assert found(flows.marked(code.format(**harmless))[0], rule) == []


CLICK = """import click
from pathlib import Path


@click.command()
@click.argument('größe', type=click.Path(path_type=Path))
def main(größe):
    größe.write_bytes(b'')
"""


@pytest.mark.parametrize(
    "code",
    [
        CLICK,
        "import argparse, os\n\np = argparse.ArgumentParser()\np.add_argument('a')\nos.rmdir(p.parse_args().a)\n",
        "import sys\n\n\ndef main():\n    return open(sys.argv[1]).read()\n",
    ],
)
def test_who_starts_a_program_names_its_files(code):
    assert flows.document(code, "path-traversal", "python") == []


def test_a_web_page_names_none():
    asked = "from flask import request\n\n\ndef größe():\n    return open('/srv/' + request.args['f']).read()\n"
    assert flows.document(asked, "path-traversal", "python")


@pytest.mark.parametrize(("number", "outcomes"), [("min(int(request.args['größe']), 9)", ["refuted"]), ("load()", [])])
def test_a_text_that_a_library_wraps_is_what_is_in_it(number, outcomes):
    code = (
        "from sqlalchemy import text\nfrom flask import request\n\n\ndef rows(session):\n"
        f"    count = {number}\n    return session.execute(text(f'SELECT a FROM t LIMIT {{count}}')).all()\n"
    )
    units = [flows.Listed(unit.start, unit.key, unit) for unit in segment(code, "python")]
    at = code.index("text(f'")
    judged = [one.outcome for one in FlowDocuments(flows.ENGINE).follow(units).judgements if one.range.start == at]
    assert judged == outcomes


@pytest.mark.parametrize(("path", "harmful"), [("sys.argv[1]", False), ("'/srv/größe/' + sys.argv[1]", True)])
def test_what_is_put_under_a_folder_is_meant_to_stay_there(path, harmful):
    code = f"import sys\n\n\ndef main():\n    return open({path}).read()\n"
    assert bool(flows.document(code, "path-traversal", "python")) is harmful


INSIDE = """import os
from flask import request, send_file


class Browser:
    def __init__(self, root):
        self.root = os.path.realpath(root)

    def found(self, größe):
        full = os.path.realpath(os.path.join(self.root, größe))
        if full != self.root and not full.startswith(self.root + os.sep):
            raise ValueError(größe)
        return full

    def sent(self):
        return send_file(self.found(request.args['path']))
"""


def test_a_path_that_is_the_folder_itself_or_lies_in_it():
    assert flows.document(INSIDE, "path-traversal", "python") == []
    assert flows.document(INSIDE.replace(" + os.sep", ""), "path-traversal", "python")
    assert flows.document(INSIDE.replace("full != self.root", "full != self.title"), "path-traversal", "python")
    assert flows.document(INSIDE.replace("full != self.root", "full != größe"), "path-traversal", "python")
    assert flows.document(INSIDE.replace(" and not full", " and full"), "path-traversal", "python")
