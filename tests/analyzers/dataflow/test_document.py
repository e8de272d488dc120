"""Dataflow over whole documents: what one unit knows of the others, and that results kept are results made anew."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.judge import Flows, adjudicate
from leery_analyzers.mirror import Mirror
from leery_analyzers.model import Finding
from leery_analyzers.registry import flow_documents
from leery_analyzers.text import Text, TextEdit, TextRange

HEAD = "import os\nimport sqlite3\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n"


def flows(code, places=None, documents=None):
    mirror = Mirror("python", Text(code))
    return (documents or flow_documents()).follow(mirror.entries(), places)


def found(code, places=None):
    said = flows(code, places)
    assert said.report.notices == ()
    return [(f.rule, code[f.range.start : f.range.end], f.confidence) for f in said.report.findings]


def paths(code):
    return [
        [(code[step.range.start : step.range.end], step.message) for step in f.path]
        for f in flows(code).report.findings
    ]


def span(code, part):
    start = code.index(part)
    return TextRange(start, start + len(part))


VIEW = "@app.route('/x')\ndef view():\n    return str(run(request.args['n']))\n"


def test_a_flow_goes_through_a_function_that_stands_elsewhere():
    code = HEAD + "def run(größe):\n    os.system('ls ' + größe)\n\n\n" + VIEW
    assert found(code, [span(code, "def view")]) == [("shell-command-injection", "'ls ' + größe", "high")]
    assert [path for path in paths(code) if len(path) > 2] == [
        [
            ("request.args['n']", "comes from the request here"),
            ("request.args['n']", "is passed to `run` here"),
            ("'ls ' + größe", "reaches the command that a shell runs here"),
        ]
    ]


def test_who_calls_a_function_is_looked_at_with_it():
    code = HEAD + "def run(a):\n    os.system('ls ' + a)\n\n\n" + VIEW
    assert ("shell-command-injection", "'ls ' + a", "high") in found(code, [span(code, "os.system")])


def test_data_comes_back_from_a_function_that_stands_elsewhere():
    code = HEAD + "def name():\n    return request.args['n']\n\n\ndef go():\n    os.system('ls ' + name())\n"
    assert found(code) == [("shell-command-injection", "'ls ' + name()", "high")]
    [path] = paths(code)
    assert path[:2] == [("request.args", "comes from the request here"), ("name()", "comes back from `name` here")]


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ("NAME = 'x'\n", "'ls ' + NAME"),
        ("NAMES = {'a': 'x'}\n", "'ls ' + NAMES['a']"),
        ("NAMES = ('x', 'y')\n", "f'ls {NAMES[1]}'"),
        ("def pick():\n    return 'x'\n", "'ls ' + pick()"),
        ("class A:\n    NAME = 'x'\n", "'ls ' + A.NAME"),
        ("class A:\n    def __init__(self):\n        self.name = 'x'\n", "'ls ' + A().name"),
        ("BASE = 'ls '\nNAME = BASE + 'x'\n", "NAME"),
    ],
)
def test_a_constant_that_stands_elsewhere_refutes(before, command):
    code = f"import os\n\n{before}\n\ndef go():\n    os.system({command})\n"
    said = flows(code)
    assert said.report.findings == ()
    other = Finding(
        "B605", span(code, f"os.system({command})"), "Shell.", "high", "high", ("CWE-78",), ("bandit",), refutable=True
    )
    stands, refuted = adjudicate([other], said.judgements)
    assert (stands, [(item.finding, item.reason) for item in refuted]) == ([], [(other, "only constants arrive here")])


def test_what_stands_in_a_branch_that_cannot_run_is_refuted():
    code = "import os\n\nLEGACY = False\n\n\ndef go(a):\n  if LEGACY:\n    os.system(a)\n  os.system('x ' + a)\n"
    dead, live, both = (
        Finding("B605", span(code, part), "Shell.", "high", "high", ("CWE-78",), ("bandit",), refutable=True)
        for part in ("os.system(a)", "os.system('x ' + a)", code[code.index("if LEGACY") :])
    )
    other, secret = (
        Finding(rule, span(code, "os.system(a)"), "Not of a flow.", "high", "high", (cwe,), ("checks",))
        for rule, cwe in (("debug-mode", "CWE-489"), ("hard-coded-secret", "CWE-798"))
    )
    stands, refuted = adjudicate([dead, live, both, other, secret], flows(code).judgements)
    assert (stands, [(item.finding, item.reason) for item in refuted]) == (
        [live, both, secret],
        [(dead, "this branch cannot run"), (other, "this branch cannot run")],
    )


@pytest.mark.parametrize(
    "change",
    [
        "def change(v):\n    global NAME\n    NAME = v\n",
        "def change(v):\n    NAME.append(v)\n",
        "def change(v):\n    NAME[0] = v\n",
        "def change(v):\n    NAME += v\n",
    ],
)
def test_what_a_function_may_have_changed_is_no_constant(change):
    code = f"import os\n\nNAME = ['x']\n\n\ndef go():\n    os.system(NAME[0])\n\n\n{change}"
    other = Finding(
        "B605", span(code, "os.system(NAME[0])"), "Shell.", "high", "high", ("CWE-78",), ("bandit",), refutable=True
    )
    assert adjudicate([other], flows(code).judgements) == ([other], [])


def test_a_guard_before_the_call_holds_in_it():
    code = HEAD + (
        "ALLOWED = {'a', 'b'}\n\n\ndef _run(name):\n    os.system('ls ' + name)\n\n\n"
        "@app.route('/x')\ndef view():\n    name = request.args['n']\n"
        "    if name not in ALLOWED:\n        return 'no'\n    _run(name)\n    return ''\n"
    )
    assert found(code) == []


def test_methods_fields_and_bases_stand_elsewhere():
    code = HEAD + (
        "class Base:\n    def ask(self, sql):\n        return self.conn.execute(sql)\n\n\n"
        "class Store(Base):\n    TABLE = 'users'\n\n"
        "    def __init__(self, path):\n        self.conn = sqlite3.connect(path)\n\n"
        "    def all(self):\n        return self.ask(f'SELECT * FROM {self.TABLE}')\n\n"
        "    def one(self, name):\n        return self.ask(f\"SELECT * FROM {self.TABLE} WHERE n = '{name}'\")\n\n\n"
        "@app.route('/x')\ndef view():\n    return str(Store('x').one(request.args['n']))\n"
    )
    high = [item for item in found(code) if item[2] == "high"]
    assert high == [("sql-injection", "sql", "high")]
    texts = [text for text, _ in next(path for path in paths(code) if "request.args['n']" in path[0][0])]
    assert texts == [
        "request.args['n']",
        "request.args['n']",
        "f\"SELECT * FROM {self.TABLE} WHERE n = '{name}'\"",
        "sql",
    ]


@pytest.mark.parametrize(
    ("caller", "confidence"),
    [
        ("", ["medium"]),
        ("run('x')\n", ["medium"]),  # an example of its use says nothing of who else uses it
        ("def main():\n    run('x')\n", ["medium"]),
        ("def test_run():\n    run('x')\n", ["medium"]),
        ("def go():\n    run('x')\n", []),
        ("def go():\n    run('x')\n\n\ndef other(thing):\n    thing.run('y')\n", ["medium"]),  # whose `run` is that?
        ("def go(b):\n    run(b)\n", ["medium"]),
        ("def go(b):\n    run(b)\n\n\ndef further():\n    go('x')\n", []),
    ],
)
def test_a_parameter_is_assumed_to_hold_anything_until_all_callers_are_known(caller, confidence):
    code = f"import os\n\n\ndef run(a):\n    os.system('ls ' + a)\n\n\n{caller}"
    assert [item[2] for item in found(code)] == confidence
    other = Finding(
        "B605", span(code, "os.system('ls ' + a)"), "Shell.", "high", "high", ("CWE-78",), ("bandit",), refutable=True
    )
    stands, _ = adjudicate([other], flows(code).judgements)
    assert bool(stands) is bool(confidence)


def test_a_guard_in_every_caller_refutes_what_others_say_of_the_function():
    code = HEAD + (
        "def run(name):\n    os.system('ls ' + name)\n\n\n@app.route('/x')\ndef view():\n    name = request.args['n']\n"
        "    if name in ('a', 'b'):\n        run(name)\n    return ''\n"
    )
    said = flows(code)
    assert said.report.findings == ()
    other = Finding(
        "B605",
        span(code, "os.system('ls ' + name)"),
        "Shell.",
        "high",
        "high",
        ("CWE-78",),
        ("bandit",),
        refutable=True,
    )
    [refuted] = adjudicate([other], said.judgements)[1]
    assert refuted.reason == "`name in ('a', 'b')` lets only known values pass"


def test_what_is_interrupted_goes_on_later():
    code = HEAD + "".join(f"def f{n}(a):\n    os.system('ls ' + a)\n\n\n" for n in range(5))
    entries = Mirror("python", Text(code)).entries()
    documents = flow_documents()
    asked = []

    def interrupted():
        asked.append(1)
        return True

    rounds = 0
    while (said := documents.follow(entries, None, interrupted)) is None:
        rounds += 1
    assert rounds >= 5, "one unit at a time"
    assert said == flows(code)


def test_a_unit_that_takes_long_is_left_for_later_and_then_done():
    code = (
        "import os\n\n\ndef f(a, b):\n" + "    if a == b:\n        a = a + b + 'x' + b\n" * 1500 + "    os.system(a)\n"
    )
    entries = Mirror("python", Text(code)).entries()
    documents = flow_documents()
    asked = []

    def interrupted():
        asked.append(1)
        return True

    assert documents.follow(entries, [span(code, "def f")], interrupted) is None
    assert asked == [1], "it was stopped in its midst, not asked again after it"
    assert documents.follow(entries, [span(code, "def f")]) == flows(code, [span(code, "def f")])


JAVA_CALL = "class A {\n  int load(int a) {\n    return a;\n  }\n\n  int go() {\n    return größe.load(1);\n  }\n}\n"


def test_a_function_becomes_a_model_s_tool_once_it_is_listed_elsewhere():
    run = HEAD + "def run(größe):\n    os.system(größe)\n\n\n"
    documents = flow_documents()

    def sources(code):
        [finding] = flows(code, documents=documents).report.findings
        return finding.message

    assert "a model that calls this tool" not in sources(run)
    assert "a model that calls this tool" in sources(run + "TOOLS = [run]\n")
    assert "a model that calls this tool" not in sources(run + "LISTED = [run]\n")


@pytest.mark.parametrize(
    ("language", "code", "callers"),
    [
        ("python", "def load(a):\n    return a\n\n\ndef go(a):\n    return load(a)\n", ["go"]),
        ("java", JAVA_CALL, ["A.go"]),
        ("javascript", "class A {\n  load(a) {\n    return this.a.load(a);\n  }\n}\n", ["A.load"]),
        ("javascript", "class A {\n  load(a) {\n    return a;\n  }\n}\n", []),
        ("javascript", "const load = (a) => {\n  return this.größe.load(a);\n};\n", ["load"]),
    ],
)
def test_a_definition_is_no_call(language, code, callers):
    around = DataflowAnalyzer().surroundings(Mirror(language, Text(code)).entries())
    assert [item.unit.name for item in around.callers("load")] == callers


def test_an_import_binds_a_name_where_it_stands():
    code = "const db = require('./größe');\n\nfunction go() {\n  return 1;\n}\n\ndb.use(go);\n"
    around = DataflowAnalyzer().surroundings(Mirror("javascript", Text(code)).entries())
    assert [item.unit.text.strip() for item in around.binders("db")] == ["const db = require('./größe');"]


def test_what_a_paste_only_touches_is_not_followed():
    before, after = "def f(a):\n    os.system(a)\n\n\n", "\n\ndef h(a):\n    os.system(a)\n"
    code = HEAD + before + VIEW + after
    engine = DataflowAnalyzer()
    followed = []
    follow = engine.follow
    engine.follow = lambda unit, *a, **k: followed.append(unit.name) or follow(unit, *a, **k)
    start = code.index(before) + len(before) - 2
    FlowDocuments(engine).follow(Mirror("python", Text(code)).entries(), [TextRange(start, start + len(VIEW) + 4)])
    assert followed == ["view"]


def test_each_call_has_its_own_path_though_the_function_is_followed_once():
    go = "def go():\n    n = request.args['n']\n    x = wrap(n)\n    os.system(x)\n"
    go += "    größe = wrap(n)\n    os.system(größe)\n"
    code = HEAD + "def wrap(a):\n    b = 'ls ' + a\n    return b\n\n\n" + go
    first, second = (
        [(f.path[i].range, f.path[i].message) for i in range(len(f.path))] for f in flows(code).report.findings
    )
    passed = [place.start for place, message in (*first, *second) if message == "is passed to `wrap` here"]
    assert passed == [code.index("(n)") + 1, code.rindex("(n)") + 1]
    back = [code[place.start : place.end] for place, message in second if message == "comes back from `wrap` here"]
    assert [message for _, message in first[:-2]] == [message for _, message in second[:-2]]
    assert back == ["wrap(n)"]


def test_functions_that_call_each_other_in_many_ways_are_followed_to_the_end():
    calls = [f"def f{i}(a):\n" + f"    f{i + 1}(a + '{i}')\n" * 12 for i in range(12)]
    code = "import os\n\n\n" + "\n\n".join(calls) + "\n\ndef f5(a):\n    os.system('x ' + a)\n"
    start = "\n\ndef go():\n    f0(input())\n"
    said = flows(code + start, [span(code + start, "f0(input())")])
    assert said.report.notices == ()
    assert ("shell-command-injection", "'x ' + a") in [
        (f.rule, code[f.range.start : f.range.end]) for f in said.report.findings if len(f.path) > 5
    ]


def test_flows_survive_their_json_form():
    code = HEAD + "def run(a):\n    os.system('ls ' + a)\n    os.system('ls')\n\n\n" + VIEW
    said = flows(code)
    assert said.report.findings
    assert said.judgements
    assert Flows.from_json(said.to_json()) == said


PARTS = (
    "import os\n",
    "from flask import request\n",
    "NAME = 'x'\n",
    "NAME = request.args['n']\n",
    "NAMES = ['a', 'b']\n",
    "def run(a):\n    os.system('ls ' + a)\n",
    "def run(a):\n    os.system('ls')\n    return a\n",
    "def _quiet(a):\n    os.system(a)\n",
    "def name():\n    return request.args['n']\n",
    "def name():\n    return 'x'\n",
    "def view():\n    run(name())\n    _quiet(NAME)\n",
    "def view():\n    run(NAME)\n",
    "def change():\n    global NAME\n    NAME = name()\n",
    "def again(a):\n    return again(name() + a)\n",
    (
        "class A:\n    FIELD = 'x'\n\n    def __init__(self, b):\n        self.b = b\n\n"
        "    def go(self):\n        run(self.b + self.FIELD)\n"
    ),
    "class B(A):\n    def go(self):\n        self.other(name())\n\n    def other(self, v):\n        os.system(v)\n",
    "A(name()).go()\n",
    "B(NAMES[0]).go()\n",
    "x = (\n",
)


def touching(said, place):
    """The findings that are there, or have a step there, whatever else was looked at."""
    places = {f: (f.range, *(step.range for step in f.path)) for f in said.report.findings}
    return {f for f, all_of_it in places.items() if any(one.overlaps(place) for one in all_of_it)}


@pytest.mark.portable
@settings(max_examples=60)
@given(st.lists(st.sampled_from(PARTS), max_size=8), st.integers(0, 2**32), st.integers(1, 12))
def test_what_is_kept_through_edits_is_what_is_found_anew(parts, seed, edits):
    chance = random.Random(seed)
    mirror = Mirror("python", Text("\n\n".join(parts)))
    kept = flow_documents()
    for _ in range(edits):
        text = str(mirror.text)
        lines = [0, *(i + 1 for i, c in enumerate(text) if c == "\n"), len(text)]
        start, end = sorted(chance.choices(lines, k=2)) if chance.random() < 0.5 else [chance.choice(lines)] * 2
        mirror.edit([TextEdit(start, end, chance.choice((*PARTS, "", "\n")))])
        code = str(mirror.text)
        assert kept.follow(mirror.entries()) == flows(code)
        middle = chance.randrange(len(code) + 1)
        place = [TextRange(min(middle, len(code)), min(middle + 30, len(code)))]
        near = kept.follow(mirror.entries(), place)
        assert near == flows(code, place)
        assert touching(near, place[0]) == touching(flows(code), place[0])


JOB = (
    HEAD + "from dataclasses import dataclass\nfrom enum import Enum\nfrom pydantic import BaseModel, constr\n\n\n"
    "class Kind(str, Enum):\n    größe = 'a'\n\n\n@dataclass\nclass Made:\n    size: int\n    name: str = 'x'\n\n\n"
    "class Sent(BaseModel):\n    kind: Kind\n    size: int\n    word: constr(pattern=r'^[a-z]+$')\n    name: str\n\n\n"
)


@pytest.mark.parametrize(
    ("view", "command", "confidence"),
    [
        ("def view(job: Sent):\n    os.system(f'ls {job.name}')\n", "f'ls {job.name}'", "high"),
        ("def view(job: Sent):\n    os.system(f'ls {job.kind.value} {job.size} {job.word}')\n", "", ""),
        ("def view(n: str):\n    job = Made(1, n)\n    os.system('ls ' + job.name)\n", "'ls ' + job.name", "high"),
        ("def view(n: str):\n    job = Made(size=n)\n    os.system(f'ls {job.size} {job.name}')\n", "", ""),
    ],
)
def test_fields_of_records_count_one_by_one(view, command, confidence):
    expected = [("shell-command-injection", command, confidence)] if command else []
    assert found(JOB + "@app.post('/x')\n" + view) == expected


def test_what_an_error_tells_is_followed_through_a_helper():
    code = (
        "from flask import Flask, jsonify\n\napp = Flask(__name__)\n\n\ndef failed(größe, status):\n"
        "    return jsonify(error=größe), status\n\n\n@app.get('/x')\ndef view():\n    try:\n        return load()\n"
        "    except Exception as error:\n        return failed(str(error), 500)\n"
    )
    assert found(code) == [("error-details-exposed", "größe", "medium")]
    assert paths(code) == [
        [
            ("Exception as error", "holds an error"),
            ("str(error)", "is passed to `failed` here"),
            ("größe", "reaches an answer here"),
        ]
    ]
