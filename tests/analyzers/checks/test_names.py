"""What names mean and what strings are made of, in both languages."""

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Problem
from leery_analyzers.checks.code import Code
from leery_analyzers.checks.discovery import all_checks


class Probe(Check):
    """Reports what each call's callee and first argument are taken for."""

    id = "probe"
    summary = "Probe"
    severity = "low"
    cwe = ()
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({".probe"})

    def match(self, code: Code, found):
        value = code.arguments(found["call"]).get(0)
        assert value is not None
        name = code.name(value)
        holes = [code.text(hole.node) for hole in code.template(value).holes]
        yield Problem(found["call"], f"{name}|{','.join(holes)}")


ENGINE = ChecksAnalyzer([Probe()])


def probe(code: str, language: str, imports: tuple[str, ...] = ()) -> list[list[str]]:
    report = ENGINE.analyze(Unit(language, "file", "", 0, 0, code, imports=imports))
    assert report.notices == ()
    return [finding.message.split("|") for finding in report.findings]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import os\nx.probe(os.system)", "os.system"),
        ("import os as größe\nx.probe(größe.system)", "os.system"),
        ("import a.b.c\nx.probe(a.b.c.d)", "a.b.c.d"),
        ("import a.b.c as d\nx.probe(d.e)", "a.b.c.e"),
        ("import a, b as c\nx.probe(c.d)", "b.d"),
        ("from os import system\nx.probe(system)", "os.system"),
        ("from os import (path as p,\n  system as s)\nx.probe(s)", "os.system"),
        ("from . import views as v\nx.probe(v.f)", "..views.f"),
        ("run = os.system\nx.probe(run)", "os.system"),
        ("def f(os):\n    x.probe(os.system)", ""),
        ("os = load()\nx.probe(os.system)", ""),
        ("def f():\n    import os as o\n    x.probe(o.system)", "os.system"),
        ("def f():\n    import os as o\nx.probe(o.system)", "o.system"),
        ("for os in y:\n    x.probe(os.system)", ""),
        ("with y as os:\n    x.probe(os.system)", ""),
        ("class A:\n    eval = 1\n    def f(self):\n        x.probe(eval)", "eval"),
        ("x.probe((os).system)", "os.system"),
        ("x.probe(f().system)", ""),
    ],
)
def test_python_names(code, name):
    assert [found for found, _ in probe(code, "python")] == [name]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('import cp from "child_process";\nx.probe(cp.exec)', "child_process.exec"),
        ('import * as cp from "node:child_process";\nx.probe(cp.exec)', "child_process.exec"),
        ('import { exec as größe } from "child_process";\nx.probe(größe)', "child_process.exec"),
        ('const cp = require("child_process");\nx.probe(cp.exec)', "child_process.exec"),
        ('const { exec: run, spawn } = require("child_process");\nx.probe(run)', "child_process.exec"),
        ('const run = require("child_process").exec;\nx.probe(run)', "child_process.exec"),
        ('x.probe(require("child_process").exec)', "child_process.exec"),
        ('const cp = await import("child_process");\nx.probe(cp.exec)', "child_process.exec"),
        ("const { exec } = tools;\nx.probe(exec)", ""),
        ("function f(process) { x.probe(process.env) }", ""),
        ("const f = ({ process }) => x.probe(process.env)", ""),
        ("const f = process => x.probe(process.env)", ""),
        ("try {} catch (process) { x.probe(process.env) }", ""),
        ("x.probe(process.env.KEY)", "process.env.KEY"),
    ],
)
def test_javascript_names(code, name):
    for language in JAVASCRIPT:
        assert [found for found, _ in probe(code, language)] == [name]


def test_imports_from_elsewhere():
    assert probe("x.probe(s)", "python", ("from os import system as s",)) == [["os.system", "s"]]
    assert probe("x.probe(e)", "javascript", ('const { exec: e } = require("child_process");',)) == [
        ["child_process.exec", "e"]
    ]
    assert probe("x.probe(e)", "typescript", ('import { exec as e } from "child_process"',)) == [
        ["child_process.exec", "e"]
    ]


@pytest.mark.parametrize(
    ("expression", "holes"),
    [
        ("'a' 'b' + \"c\"", ""),
        ("f'{a} {b!r:>10} {c:d} {{x}}'", "a,b"),
        ("'%s %d %s %%' % (a, b, c)", "a,c"),
        ("'%(a)s %(b)d' % {'a': x, 'b': y}", "x"),
        ("'%s %s' % pair", "pair,pair"),
        ("'{} {1} {name} {{}} {0:d}'.format(a, b, name=c)", "a,b,c"),
        ("', '.join('?' for _ in items)", ""),
        ("', '.join(items)", "items"),
        ("', '.join([a, 'b', c])", "a,c"),
        ("'?' * len(items)", ""),
        ("','.join(['%s'] * len(items))", ""),
        ("('a' if test else b).strip()", "b"),
        ("test or 'x'", "test"),
        ("str(a) + 'x'", "a"),
        ("int(a)", ""),
        ("TABLE + settings.SCHEMA + COLUMNS[key]", ""),
        ("{'a': 'b', 'c': 'd'}[key]", ""),
        ("os.environ['X']", "os.environ['X']"),
        ("sys.argv[1]", "sys.argv[1]"),
        ("a.b", "a.b"),
        ("(yield)", "yield"),
        ("x == y", ""),
    ],
)
def test_python_strings(expression, holes):
    assert probe(f"x.probe({expression})", "python")[0][1] == holes


@pytest.mark.parametrize(
    ("code", "holes"),
    [
        ("q = 'a'\nx.probe(q)", ""),
        ("q = f'a {b}'\nx.probe(q)", "b"),
        ("q = 'a'\nq += b\nx.probe(q)", "b"),
        ("q = load()\nx.probe(q)", "q"),
        ("def f(q): x.probe(q)", "q"),
        ("for q in ('a', 'b'): x.probe(q)", ""),
        ("for q in items: x.probe(q)", "q"),
        ("a, b = 1, 2\nx.probe(a)", "a"),
        ("x.probe(q)\nq = 'late'", ""),
        ("q = 'a'\ndef f():\n    x.probe(q)", ""),
        ("def f():\n    q = b\nx.probe(q)", "q"),
        ("def f():\n    global q\n    q = 'a'\n    x.probe(q)", "q"),
        ("if q not in ALLOWED:\n    raise E\nx.probe(q)", "q"),
        ("def f(q):\n    if q not in ALLOWED:\n        raise E\n    x.probe(q)", ""),
        ("def f(q):\n    if q not in ('a', 'b'):\n        return\n    x.probe(q)", ""),
        ("def f(q):\n    if q in ALLOWED:\n        x.probe(q)", ""),
        ("def f(q):\n    if q not in ALLOWED:\n        log(q)\n    x.probe(q)", "q"),
        ("def f(q):\n    if q in ALLOWED:\n        pass\n    x.probe(q)", "q"),
        ("def f(q):\n    if q not in ALLOWED:\n        x.probe(q)", "q"),
        ("def f(q):\n    if q not in names:\n        raise E\n    x.probe(q)", "q"),
        ("q = q + q\nx.probe(q)", ""),
    ],
)
def test_python_variables(code, holes):
    assert probe(code, "python")[0][1] == holes


@pytest.mark.parametrize(
    ("code", "holes"),
    [
        ("x.probe(`a ${b} ${1} ${'c'}`)", "b"),
        ("x.probe('a' + b + \"c\" + `d`)", "b"),
        ("x.probe(a * b + 'px')", ""),
        ("x.probe(a ? 'b' : c)", "c"),
        ("x.probe(a || 'b')", "a"),
        ("x.probe(Number(a))", ""),
        ("x.probe(String(a).trim())", "a"),
        ("x.probe(items.map(() => '?').join(', '))", ""),
        ("x.probe([a, 'b'].join(' '))", "a"),
        ("x.probe('?'.repeat(3))", ""),
        ("x.probe(TABLES[key] + LIMIT + a.length)", ""),
        ("x.probe({ a: 'b' }[key])", ""),
        ("x.probe(process.env.NAME)", "process.env.NAME"),
        ("const q = `a ${b}`; x.probe(q)", "b"),
        ("let q = 'a'; q += b; x.probe(q)", "b"),
        ("let q; q = 'a'; x.probe(q)", ""),
        ("for (const q of ['a', 'b']) x.probe(q)", ""),
        ("for (const q of items) x.probe(q)", "q"),
        ("function f(q) { if (!ALLOWED.includes(q)) { throw e } x.probe(q) }", ""),
        ("function f(q) { if (!ALLOWED.has(q)) return; x.probe(q) }", ""),
        ("function f(q) { if (['a', 'b'].includes(q)) { x.probe(q) } }", ""),
        ("function f(q) { if (!ALLOWED.includes(q)) { log(q) } x.probe(q) }", "q"),
        ("const { q } = req.query; x.probe(q)", "q"),
    ],
)
def test_javascript_strings(code, holes):
    for language in JAVASCRIPT:
        assert probe(code, language)[0][1] == holes


def test_a_type_is_kept_with_its_value():
    engine = ChecksAnalyzer([check for check in all_checks() if check.id.startswith("sql")])
    for language, code in (
        ("python", "def f(cur, key: int):\n    cur.execute(f'select * from t where id = {key}')\n"),
        ("typescript", "function f(key: number) { db.query(`select * from t where id = ${key}`) }"),
    ):
        report = engine.analyze(Unit(language, "file", "", 0, 0, code))
        assert [finding.confidence for finding in report.findings] == ["low"]


class Spelling(Check):
    """Reports each call as it reads with names of imports as they are where they come from."""

    id = "spelling"
    summary = "Spelling"
    severity = "low"
    cwe = ()
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({".probe"})

    def match(self, code: Code, found):
        yield Problem(found["call"], code.spelled(code.text(found["call"])))


@pytest.mark.parametrize(
    ("code", "language", "imports", "spelled"),
    [
        ("x.probe(guard)", "python", ("from auth import login_required as guard",), "x.probe(login_required)"),
        ("from auth import (\n    login_required as guard)\nx.probe(guard)", "python", (), "x.probe(login_required)"),
        ("x.probe(guard)", "javascript", ('import { requireUser as guard } from "./auth";',), "x.probe(requireUser)"),
        (
            "x.probe(guard)",
            "javascript",
            ('const { requireUser: guard } = require("./auth");',),
            "x.probe(requireUser)",
        ),
        # A module's own name may be anything, and words that only look like an import are none.
        ("x.probe(guard)", "javascript", ('import guard from "./auth.js";',), "x.probe(guard)"),
        ("x.probe(guard)  # as if from user as guard", "python", (), "x.probe(guard)"),
    ],
)
def test_names_of_imports_are_spelled_as_where_they_come_from(code, language, imports, spelled):
    report = ChecksAnalyzer([Spelling()]).analyze(Unit(language, "file", "", 0, 0, code, imports=imports))
    assert (report.notices, [finding.message for finding in report.findings]) == ((), [spelled])
