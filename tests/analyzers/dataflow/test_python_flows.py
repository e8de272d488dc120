"""What Python code does with values on their way: queues, encodings, settings, objects; harmful and harmless twins."""

import pytest
from tests.analyzers.dataflow import flows

HEAD = """import base64, binascii, collections, configparser, html, os, queue, urllib.parse
from flask import Flask, request

app = Flask(__name__)


@app.get('/größe')
def shown():
    host = request.args['host']
"""
"""A view in which a line decides whether what comes in reaches the shell."""


def view(*lines, chosen):
    """A view that runs what is chosen."""
    body = "".join(f"    {line}\n" for line in (*lines, f"os.system('ping ' + {chosen})", "return ''"))
    return HEAD + body


def runs(code):
    """Whether data from outside reaches the shell."""
    return bool(flows.document(code, "shell-command-injection", "python"))


ENDS = ("both = collections.deque()", "both.append('localhost')", "both.append(host)")
QUEUE = ("waiting = queue.Queue()", "waiting.put('localhost')", "waiting.put_nowait(host)", "first = waiting.get()")
STACK = ("waiting = queue.LifoQueue()", "waiting.put('localhost')", "waiting.put(host)", "last = waiting.get()")
LISTED = ("hosts = ['localhost', host, 'example.org']",)
SETTINGS = (
    "kept = configparser.ConfigParser()",
    "kept.read_dict({'net': {'known': 'localhost'}})",
    "kept.set('net', 'Wanted', host)",
)


@pytest.mark.parametrize(
    ("lines", "harmful", "harmless"),
    [
        (ENDS, "both.pop()", "both.popleft()"),
        ((*ENDS, "both.rotate(1)"), "both[0]", "both[1]"),
        ((*ENDS, "both.appendleft('::1')"), "both[2]", "both[1]"),
        ((*ENDS, "both.extendleft(['::1', host])"), "both[0]", "both[2]"),
        (QUEUE, "waiting.get(timeout=1)", "first"),
        (STACK, "last", "waiting.get()"),
        ((*LISTED, "hosts.pop(0)"), "hosts[0]", "hosts[1]"),
        ((*LISTED, "del hosts[0]"), "hosts[0]", "hosts[1]"),
        ((*LISTED, "del hosts[:1]"), "hosts[0]", "hosts[1]"),
        ((*LISTED, "del hosts[-1]"), "hosts[-1]", "hosts[0]"),
        (("pairs = dict(zip(('a', 'b'), (host, 'x')))",), "pairs['a']", "pairs['b']"),
        (("import copy", "twin = copy.deepcopy({'a': host, 'b': 'x'})"), "twin['a']", "twin['b']"),
        (("both = 'localhost,' + host",), "both.split(',', 1)[1]", "both.split(',', 1)[0]"),
        (SETTINGS, "kept.get('net', 'wanted')", "kept.get('net', 'known')"),
        (SETTINGS, "kept['net']['wanted']", "kept['net']['known']"),
    ],
)
def test_which_element_it_is(lines, harmful, harmless):
    assert runs(view(*lines, chosen=harmful))
    assert not runs(view(*lines, chosen=harmless))


JOINED = ("both = 'localhost,' + host",)


@pytest.mark.parametrize(
    ("lines", "harmful", "harmless"),
    [
        (JOINED, "both.split(',')[-1]", "both.split(',')[0]"),
        (JOINED, "both.partition(',')[2]", "both.partition(',')[0]"),
        (JOINED, "both.split(',')[1]", "both.rsplit(',')[0]"),
        (JOINED, "both[:11]", "both[:9]"),
        (JOINED, "both[5:]", "both[2:9]"),
        (("both = ','.join((host, 'localhost'))",), "both.split(',')[0]", "both.split(',')[-1]"),
        (("both = f'{host},localhost'",), "both.rpartition(',')[0]", "both.rpartition(',')[2]"),
        (("both = f'{host},localhost'",), "both.partition(',')[2]", "both.rpartition(',')[2]"),
    ],
)
def test_which_part_of_a_text_it_is(lines, harmful, harmless):
    assert runs(view(*lines, chosen=harmful))
    assert not runs(view(*lines, chosen=harmless))


@pytest.mark.parametrize(
    "lines",
    [
        ("both = collections.deque(maxlen=1)", "both.append(host)", "first = both.popleft()"),
        ("both = collections.deque(['localhost', host], 1)", "first = both[0]"),
        ("waiting = queue.PriorityQueue()", "waiting.put('localhost')", "waiting.put(host)", "first = waiting.get()"),
        ("import heapq", "hosts = []", "heapq.heappush(hosts, host)", "first = heapq.heappop(hosts)"),
        ("import random", "hosts = ['localhost', host]", "random.shuffle(hosts)", "first = hosts[0]"),
        ("hosts = ['localhost', host]", "del hosts[len(host) % 2]", "first = hosts[0]"),
    ],
)
def test_what_is_not_known_counts(lines):
    assert runs(view(*lines, chosen="first"))


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("base64.b64encode(host.encode()).decode()", "base64.b64decode(coded).decode()"),
        ("base64.urlsafe_b64encode(host.encode()).decode()", "base64.urlsafe_b64decode(coded).decode()"),
        ("binascii.hexlify(host.encode()).decode()", "binascii.unhexlify(coded).decode()"),
        ("host.encode().hex()", "bytes.fromhex(coded).decode()"),
    ],
)
def test_encoded_and_decoded(there, back):
    coded = f"coded = {there}"
    assert not runs(view(coded, chosen="coded"))
    assert runs(view(coded, f"plain = {back}", chosen="plain"))
    assert not runs(view("import shlex", f"coded = {there.replace('host', 'shlex.quote(host)')}", chosen=back))


def test_escapes_that_are_taken_back():
    page = HEAD.replace("'/größe'", "'/größe/'") + "    text = {}\n    return f'<p>{{text}}</p>'\n"
    assert flows.document(page.format("html.unescape(html.escape(host))"), "cross-site-scripting", "python")
    assert not flows.document(page.format("html.escape(html.unescape(host))"), "cross-site-scripting", "python")


def test_a_text_that_is_only_taken_apart_runs_nothing():
    code = view("import ast", "tree = compile(host, 'x', 'eval'{})", chosen="'localhost'")
    assert flows.document(code.replace("{}", ""), "code-eval", "python")
    for flags in (", ast.PyCF_ONLY_AST", ", flags=ast.PyCF_ONLY_AST", ", 0x400"):
        assert not flows.document(code.replace("{}", flags), "code-eval", "python")


def test_a_message_that_refuses_line_breaks():
    code = HEAD + (
        "    from email.message import EmailMessage\n    import smtplib\n    mail = EmailMessage()\n"
        "    mail['Subject'] = host\n    smtplib.SMTP('mx').sendmail('a@b', ['c@d'], {})\n    return ''\n"
    )
    assert flows.document(code.replace("{}", "('Subject: ' + host).encode()"), "mail-header-injection", "python")
    assert not flows.document(code.replace("{}", "mail.as_bytes()"), "mail-header-injection", "python")


def test_a_view_that_is_named_like_an_example_calls_like_any_other():
    code = (
        "import os\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\ndef ping(host):\n"
        "    os.system('ping ' + host)\n\n\n{}def {}():\n    ping({})\n    return ''\n"
    )
    route = "@app.get('/größe')\n"
    assert not runs(code.format(route, "usage", "'localhost'"))
    assert runs(code.format(route, "usage", "request.args['host']"))
    assert not runs(code.format("", "mainly", "'localhost'"))
    assert runs(code.format("", "main", "'localhost'"))


NUMBERED = """import functools, os
from flask import Flask, request

app = Flask(__name__)


def numbered(unit):
    def around(run):
        @functools.wraps(run)
        def inner(*given, **named):
            return run(*given, **named)
        def counted(what, **named):
            return run(f'{{int(what)}}{{unit}}', **named)
        return {chosen}
    return around


{decorator}
def wait(größe):
    os.system('sleep ' + größe)


@app.get('/')
def shown():
    wait(request.args['n'])
    return ''
"""


@pytest.mark.parametrize(
    ("decorator", "chosen", "harmful"),
    [
        ("@numbered('s')", "counted", False),
        ("@numbered('s')", "inner", True),
        ("", "counted", True),
        ("@app.task\n@numbered('s')", "counted", False),
        ("@numbered('s')\n@functools.lru_cache", "counted", False),
    ],
)
def test_a_decorator_that_changes_what_it_passes_on(decorator, chosen, harmful):
    assert runs(NUMBERED.format(decorator=decorator, chosen=chosen)) == harmful


WRAPPED = """import os
from flask import Flask

app = Flask(__name__)


def cleaned(view):
    def inner({given}):
        return view({passed})
    return inner


@app.get('/<größe>')
@cleaned
def shown(größe):
    os.system('ls ' + größe)
    return ''
"""


@pytest.mark.parametrize(
    ("given", "passed", "harmful"),
    [
        ("größe", "int(größe)", False),
        ("what", "str(int(what))", False),
        ("**named", "größe=int(named['größe'])", False),
        ("**named", "**named", True),
        ("größe", "größe", True),
        ("größe", "größe if größe.isalnum() else größe.strip()", True),
    ],
)
def test_a_route_is_entered_through_its_decorators(given, passed, harmful):
    assert runs(WRAPPED.format(given=given, passed=passed)) == harmful


GUARDED = """import os
from flask import Flask, request

app = Flask(__name__)


@app.get('/')
def shown():
    größe = request.args['n']

    def plain():
        return größe.isalnum()

    def check():
        if not größe.isalnum():
            raise ValueError(größe)

    def run():
        os.system('ls ' + größe)

    {line}
    return ''
"""


@pytest.mark.parametrize(
    ("line", "harmful"),
    [
        ("if plain(): os.system('ls ' + größe)", False),
        ("if not plain(): return ''\n    os.system('ls ' + größe)", False),
        ("if plain(): return ''\n    os.system('ls ' + größe)", True),
        ("if plain() or größe: os.system('ls ' + größe)", True),
        ("if plain() and größe: os.system('ls ' + größe)", False),
        ("check()\n    os.system('ls ' + größe)", False),
        ("os.system('ls ' + größe)\n    check()", True),
    ],
)
def test_an_inner_function_that_checks_what_is_around_it(line, harmful):
    assert (
        runs(GUARDED.format(line=line).replace("    def run():\n        os.system('ls ' + größe)\n\n", "")) == harmful
    )


def test_what_one_path_finds_out_about_a_variable_around_does_not_hold_of_another():
    code = GUARDED.format(line="run()").replace(
        "        os.system", "        if request.args:\n            check()\n        os.system"
    )
    assert runs(code)
    assert not runs(code.replace("        if request.args:\n            check()\n", "        check()\n"))


@pytest.mark.parametrize(
    ("test", "harmful"),
    [
        ("if lines > 1000: return ''", False),
        ("if not 0 < lines: return ''", False),
        ("if lines == '': return ''", True),
        ("if len(lines) > 1000: return ''", True),
        ("if lines > 'x': return ''", True),
    ],
)
def test_what_is_compared_with_a_number_is_one(test, harmful):
    assert runs(view("lines = host", test, chosen="str(lines)")) == harmful


WEEDED = """from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
places = MongoClient().places.found
FIELDS = ('größe', 'kind')


@app.post('/')
def found():
    query = dict(request.json)
    for key in list(query):
        if {first}:
            {body}
        elif {second}:
            query.pop(key, None)
    return list(places.find(query))
"""


@pytest.mark.parametrize(
    ("first", "body", "second", "harmful"),
    [
        ("key not in FIELDS", "del query[key]", "not isinstance(query[key], str)", False),
        ("key not in FIELDS", "query.pop(key)", "not isinstance(query.get(key), (str, int))", False),
        ("key not in FIELDS", "continue", "not isinstance(query[key], str)", True),
        ("key not in FIELDS", "del query[key]", "not query[key]", True),
        ("key in FIELDS", "del query[key]", "not isinstance(query[key], str)", True),
        ("key not in FIELDS and len(query) > 1", "del query[key]", "not isinstance(query[key], str)", True),
        ("key not in FIELDS", "del query['kind']", "not isinstance(query[key], str)", True),
    ],
)
def test_a_loop_that_takes_away_what_does_not_pass(first, body, second, harmful):
    code = WEEDED.format(first=first, body=body, second=second)
    assert bool(flows.document(code, "nosql-injection", "python")) == harmful


OBJECT = """import os
from flask import Flask, request

app = Flask(__name__)


class Pings:
    def __init__(self):
        self.host = None

    def take(self, form):
        {first}
        {second}
        return self

    def run(self):
        os.system('ping ' + self.host)


@app.post('/')
def größe():
    Pings().take(request.form).run()
    return ''
"""


def test_a_field_that_is_overwritten():
    outside, known = "self.host = form['host']", "self.host = 'localhost'"
    assert runs(OBJECT.format(first=known, second=outside))
    assert not runs(OBJECT.format(first=outside, second=known))


SCRIPT = """import json
import asyncpg
from aiohttp import web

PAGE = '<html><body>%s</body></html>'
routes = web.RouteTableDef()


def written(data):
    return json.dumps(data){kept}


@routes.get('/')
async def größe(request):
    row = await request.app['pool'].fetchrow('SELECT name FROM people WHERE id = $1', int(request.query['id']))
    data = {data}
    return web.Response(text=PAGE % ('{before}' + written(data) + '{after}'), content_type='text/html')
"""


@pytest.mark.parametrize(
    ("data", "before", "after", "kept", "harmful"),
    [
        ("{'name': row['name']}", "<script>var x = ", ";</script>", "", True),
        ("{'id': int(request.query['id']), 'name': row['name']}", "<script>var x = ", ";</script>", "", True),
        ("{'name': row['name']}", "<script>var x = ", ";</script>", ".replace('<', '\\u003c')", False),
        ("{'name': row['name']}", "<script>var x = ", ";</script>", ".replace('</', '<\\/')", False),
        ("{'name': row['name']}", "<script>var x = ", ";</script>", ".replace('x', 'y')", True),
        ("{'name': request.query['n']}", "<script>var x = ", ";</script>", ".replace('<', '\\u003c')", False),
        ("{'name': request.query['n']}", "<script>var x = ", ";</script>", "", True),
        ("{'id': int(request.query['id'])}", "<script>var x = ", ";</script>", "", False),
        ("{'name': 'größe'}", "<script>var x = ", ";</script>", "", False),
        ("{'name': row['name']}", "<script>var x = 1;</script><p>", "</p>", "", False),
    ],
)
def test_json_in_a_script(data, before, after, kept, harmful):
    code = SCRIPT.format(data=data, before=before, after=after, kept=kept)
    assert bool(flows.document(code, "cross-site-scripting", "python")) == harmful


@pytest.mark.parametrize(
    ("test", "harmful"),
    [
        ("re.search('[^a-z0-9]', host)", False),
        ("re.compile(r'[^\\w.-]+').search(host)", False),
        ("re.search('[^a-z0-9;]', host)", True),
        ("re.search('[^a-z0-9]$', host)", True),
        ("not re.search('[^a-z0-9]', host)", True),
        ("re.search('[;]', host)", True),
    ],
)
def test_a_search_that_finds_no_other_character(test, harmful):
    assert runs(view("import re", f"if {test}: return ''", chosen="host")) == harmful


@pytest.mark.parametrize(
    ("chosen", "harmful"),
    [
        ("asked", True),
        ("asked - known", True),
        ("asked | known", True),
        ("asked & {'localhost', host}", True),
        ("asked & known", False),
        ("known & asked", False),
        ("known.intersection(asked)", False),
        ("asked.intersection(known)", False),
        ("asked & known or known", False),
    ],
)
def test_what_is_in_two_sets(chosen, harmful):
    lines = ("known = {'localhost', 'größe.example'}", "asked = set(request.args.getlist('host'))")
    assert runs(view(*lines, f"both = {chosen}", chosen="','.join(sorted(both))")) == harmful
    if " & known" in chosen and "or" not in chosen:
        assert not runs(view(*lines, "asked &= known", chosen="','.join(asked)"))
        assert not runs(view(*lines, "asked.intersection_update(known)", chosen="','.join(asked)"))


LINES = """import logging, re
from flask import Flask, request

app = Flask(__name__)
BREAKS = re.compile(r'[\\x00-\\x1f\\x7f]')


@app.get('/größe')
def shown():
    text = request.args['q']
    {test}:
        {body}
    logging.info('asked for %s', text)
    return ''
"""


@pytest.mark.parametrize(
    ("test", "body", "harmful"),
    [
        ("if BREAKS.search(text)", "return ''", False),
        ("if found := BREAKS.search(text)", "return str(found)", False),
        ("if re.search('[\\\\r\\\\n]', text)", "return ''", False),
        ("while BREAKS.search(text)", "text = text[1:]", False),
        ("while found := BREAKS.search(text)", "text = text[found.end():]", False),
        ("while '\\n' in text", "text = text.replace('\\n', '', 1)", False),
        ("if '\\n' in text", "text = text.replace('\\n', '', 1)", True),
        ("if found := BREAKS.search(text)", "text = text[found.end():]", True),
        ("while not BREAKS.search(text)", "text = text + request.args['q']", True),
        ("while BREAKS.search(text)", "text = text[1:]; break", True),
        ("if BREAKS.match(text)", "return ''", True),
    ],
)
def test_texts_in_which_no_line_break_is_found(test, body, harmful):
    code = LINES.format(test=test, body=body)
    assert bool(flows.document(code, "log-injection", "python")) == harmful


def test_a_member_that_is_set_by_its_name():
    lines = ("kept = Kept()", "setattr(kept, 'host', host)", "setattr(kept, 'known', 'localhost')")
    code = "class Kept:\n    pass\n\n\n"
    assert runs(code + view(*lines, chosen="kept.host"))
    assert not runs(code + view(*lines, chosen="kept.known"))
