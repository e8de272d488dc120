"""Python's functions that call others, tables of them, records and numbers that decide; harmful and harmless twins."""

import pytest
from tests.analyzers.dataflow import flows

from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.units import segment

HEAD = """import asyncio, collections, dataclasses, functools, os, shlex, subprocess, threading, types
from collections import ChainMap, namedtuple
from concurrent.futures import ThreadPoolExecutor
from flask import Flask, request

app = Flask(__name__)
pool = ThreadPoolExecutor(2)
KNOWN = {'a', 'b'}
Site = namedtuple('Site', 'host größe', defaults=('klein',))
WORDS = {'disk': ['df', '-h'], 'memory': ['free']}


@dataclasses.dataclass(frozen=True)
class Place:
    host: str
    name: str = ''


def ping(host, note=''):
    os.system('ping ' + host)
    return note


def quoted(host):
    return "'" + host + "'"


def is_known(host):
    return host in KNOWN


@app.get('/größe')
def shown():
    host = request.args['host']
    hosts = request.args.getlist('hosts')
"""

TABLE = """import os
from flask import Flask, request

app = Flask(__name__)
RUNS = {'raw': lambda größe: os.system('du ' + größe), 'plain': lambda größe: os.system('du .')}


def found(key, name):
    return RUNS[key](name)


@app.get('/größe')
def shown():
"""


def view(*lines):
    """A view with these lines."""
    return HEAD + "".join(f"    {line}\n" for line in (*lines, "return ''"))


def runs(*lines):
    """Whether data of the request reaches a shell."""
    code = view(*lines)
    found = [finding.path[0].range for finding in flows.document(code, "shell-command-injection", "python")]
    return any(code[place.start : place.end].startswith("request") for place in found)


def run(text):
    return f"os.system('ping ' + {text})"


@pytest.mark.parametrize(
    ("harmful", "harmless"),
    [
        (("step = functools.partial(ping, note='x')", "step(host)"), ("functools.partial(ping, 'x')(host)",)),
        (("functools.partial(ping, host)('x')",), ("functools.partial(ping, note=host)('x')",)),
        (("functools.partial(functools.partial(ping, host), 'x')()",), ("functools.partial(ping, 'x', host)()",)),
        (("functools.partial(subprocess.run, shell=True)(host)",), ("functools.partial(ping)('x', host)",)),
        (("threading.Thread(None, ping, 'x', (host,)).start()",), ("threading.Thread(target=ping, args=('x', host))",)),
        (
            ("threading.Thread(target=ping, kwargs={'host': host}).start()",),
            ("threading.Thread(target=ping, kwargs={'host': 'x', 'note': host})",),
        ),
        (("queue.enqueue(ping, host)",), ("queue.enqueue(ping, 'x', host)",)),
        (("nursery.start_soon(ping, host)",), ("gevent.spawn(ping, 'x', host)",)),
        (("transaction.on_commit(lambda: ping(host))",), ("transaction.on_commit(lambda: ping('x', host))",)),
        (("pool.submit(ping, host)",), ("pool.submit(ping, 'x', host)",)),
        ((run("pool.submit(ping, 'x', host).result()"),), (run("pool.submit(ping, 'x', 'y').result()"),)),
        ((run("' '.join(map(quoted, hosts))"),), (run("' '.join(map(shlex.quote, hosts))"),)),
        ((run("list(map(quoted, ['x', host]))[1]"),), (run("list(map(quoted, ['x', host]))[0]"),)),
        (("low, high = map(str, hosts)", run("low")), ("low, high = map(int, hosts)", run("f'{low} {high}'"))),
        ((run("' '.join(filter(lambda one: len(one) > 2, hosts))"),), (run("' '.join(filter(is_known, hosts))"),)),
        ((run("' '.join(one for one in hosts if one)"),), (run("' '.join(one for one in hosts if is_known(one))"),)),
        ((run("''.join(x for x in hosts if is_known(x) or 1)"),), (run("''.join(filter(lambda x: x == 'a', hosts))"),)),
    ],
)  # fmt: skip
def test_who_calls_what_with_what(harmful, harmless):
    assert runs(*harmful)
    assert not runs(*harmless)


@pytest.mark.parametrize(
    ("lines", "harmful", "harmless"),
    [
        (("last = list(reversed([host, 'x', 'y']))",), "last[2]", "last[0]"),
        (("last = [host, 'x', 'y'][::-1]",), "last[2]", "last[0]"),
        (("lower = [one.lower() for one in ['X', host]]",), "lower[1]", "lower[0]"),
        (("left = [one for at, one in enumerate(['x', host]) if at]",), "left[0]", "'y'"),
        (("left = {k: v for k, v in {'a': 'x', 'b': host}.items() if k != 'b'}",), "host", "left['a']"),
        (("swapped = {k.upper(): v for k, v in {'a': 'x', 'b': host}.items()}",), "swapped['B']", "swapped['A']"),
        (("first = ChainMap({'a': 'x'}, {'a': host, 'b': host})",), "first['b']", "first['a']"),
        (("first = ChainMap({'a': 'x'}, request.args)",), "first['b']", "first['a']"),
        (("first = ChainMap(request.args, {'a': 'x'})",), "first['a']", "'x'"),
        (("both = {'a': 'x', 'b': 'y'} | {'a': host}",), "both['a']", "both['b']"),
        (("both = request.args.to_dict() | {'a': 'x'}",), "both['b']", "both['a']"),
        (("both = {'a': 'x'} | request.args.to_dict()",), "both['a']", "'x'"),
        (("fixed = types.MappingProxyType({'a': 'x', 'b': host})",), "fixed['b']", "fixed['a']"),
        (("site = Site('x', host)",), "site.größe", "site.host"),
        (("site = Site(host)",), "site.host", "site.größe"),
        (("site = Site('x')._replace(größe=host)",), "site.größe", "site.host"),
        (("site = Site('x', host)._asdict()",), "site['größe']", "site['host']"),
        (("place = dataclasses.replace(Place(host, host), host='x')",), "place.name", "place.host"),
        (("place = dataclasses.asdict(Place(name=host, host='x'))",), "place['name']", "place['host']"),
        (("two = ['x', host]",), "two[0 if len(two) > 2 else 1]", "two[0 if len(two) == 2 else 1]"),
        (("two = ['x', host]",), "two[0 if len(host) > 0 else 1]", "two[0 if len(host) >= 0 else 1]"),
        (("two = ['x', host]",), "two[0 if len(hosts) == 0 else 1]", "two[1 if len(hosts) < 0 else 0]"),
        (("two = ['x', host]",), "two[1 if 0 <= abs(len(host)) else 0]", "two[1 if -1 > abs(hash(host)) else 0]"),
        (("found = {'a': host}.get(host)", "if found is None:", "    return ''"), "found", "'x'"),
    ],
)
def test_what_is_where(lines, harmful, harmless):
    assert runs(*lines, run(harmful))
    assert not runs(*lines, run(harmless))


def test_words_of_the_program_for_a_shell_are_fixed():
    lines = ("words = WORDS.get(host)", "if words is None:", "    return ''")
    code = view(*lines, "subprocess.run(shlex.join(words), shell=True)")
    units = [flows.Listed(unit.start, unit.key, unit) for unit in segment(code, "python")]
    at = code.index("shlex.join")
    judged = [one for one in FlowDocuments(flows.ENGINE).follow(units).judgements if one.range.start == at]
    assert [one.outcome for one in judged] == ["refuted"]


def test_functions_in_a_table_are_known_by_who_takes_them_from_there():
    shown = "    return found('plain', request.args['name'])\n"
    code = TABLE + shown
    assert flows.document(code, "shell-command-injection", "python") == []
    assert flows.document(code.replace("found('plain'", "found('raw'"), "shell-command-injection", "python")
    assert flows.document(TABLE.replace("[key]", ".x"), "shell-command-injection", "python")


GRAPH = """from flask import Flask, request
from neo4j import GraphDatabase

app, driver = Flask(__name__), GraphDatabase.driver('neo4j://x', auth=None)


def größe(tx, name, most=9):
    return tx.run(f"MATCH (p {{name: '{name}'}}) RETURN p LIMIT {most}").data()


@app.get('/')
def shown():
    with driver.session() as session:
        return session.execute_read(größe, request.args['name'])
"""


def test_functions_that_get_a_transaction_first():
    assert flows.document(GRAPH, "nosql-injection", "python")
    assert flows.document(GRAPH.replace("execute_read", "write_transaction"), "nosql-injection", "python")
    harmless = GRAPH.replace("request.args['name']", "'Ida', int(request.args['n'])")
    assert flows.document(harmless, "nosql-injection", "python") == []
    assert flows.document(GRAPH.replace("{name: '{name}'}", "{name: $n}"), "nosql-injection", "python") == []
