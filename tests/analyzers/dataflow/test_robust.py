"""Any text: no crash, the same report twice, everything within the unit, and an end."""

import ast
import inspect
import json
import shutil
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyzers.dataflow import cases

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import MAX_CHARACTERS, DataflowAnalyzer
from leery_analyzers.model import report_from_json, report_to_json
from leery_analyzers.text import TextRange
from leery_analyzers.units import segment

ENGINE = DataflowAnalyzer()
SAMPLES = [code.replace("«", "").replace("»", "") for codes in cases.VULNERABLE.values() for code in codes]
REAL = [inspect.getsource(module) for module in (ast, json, shutil, textwrap)]
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["(", ")", "[", "{", "}", '"', "'", "f'{", "\\", "\r", "\n", "    ", "\ud800", "%s", "ß", ":", "= "]
    ),
    st.sampled_from(
        ["def ", "class ", "return ", "yield ", "lambda: ", "for x in ", "while ", "try:\n", "match x:\n", "*"]
    ),
)


def check(unit):
    report = ENGINE.analyze(unit)
    assert [notice for notice in report.notices if notice.kind in {"crash", "timeout"}] == []
    assert ENGINE.analyze(unit) == report
    assert report_from_json(report_to_json(report)) == report
    whole = TextRange(0, len(unit.text))
    for finding in report.findings:
        assert whole.contains(finding.range)
        assert finding.path
        assert all(whole.contains(step.range) for step in finding.path)


@st.composite
def mutated(draw, texts):
    """A text with some pieces replaced, removed, doubled or put in."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.one_of(PIECES, st.just(text[start:end] * 2))) + text[end:]
    return text


@pytest.mark.portable
@settings(max_examples=100)
@given(st.text(max_size=200))
def test_random_text(text):
    check(Unit("python", "file", "", 0, 0, text))


@pytest.mark.portable
@settings(max_examples=250)
@given(mutated(SAMPLES), st.sampled_from(["", "class Größe:\n"]))
def test_mutated_samples(text, prefix):
    check(Unit("python", "function", "x", 0, 0, text, prefix=prefix))


@pytest.mark.portable
@settings(max_examples=25)
@given(mutated(REAL), st.integers(0, 100))
def test_mutated_files(text, which):
    units = segment(text, "python")
    for unit in units[which % max(len(units), 1) :][:4]:
        check(unit)


NESTS = {
    "parentheses": "x = " + "(" * 3000 + "a" + ")" * 3000,
    "lists": "x = " + "[" * 500 + "a" + "]" * 500,
    "calls": "x = " + "f(" * 500 + "a" + ")" * 500,
    "members": "x = a" + ".b()" * 800,
    "sum": "x = " + " + ".join(["a"] * 3000),
    "and": "x = " + " and ".join(["a"] * 1000),
    "not": "x = " + "not " * 1000 + "a",
    "unary": "x = " + "-" * 1000 + "a",
    "lambdas": "x = " + "lambda: " * 300 + "a",
    "conditionals": "x = " + "a if b else " * 500 + "c",
    "formats": "x = " + "f'{" * 40 + "a" + "}'" * 40,
    "blocks": "".join(f"{'  ' * i}if a:\n" for i in range(95)) + "  " * 95 + "b\n",
    "loops": "def f(a):\n" + "".join(f"{'  ' * i}for x{i} in a:\n" for i in range(1, 30)) + "  " * 30 + "a += x1\n",
    "whiles": "def f(a):\n" + "".join(f"{'  ' * i}while a:\n" for i in range(1, 22)) + "  " * 22 + "a = a + 'x'\n",
    "functions": "".join(f"{'  ' * i}def f{i}(a):\n" for i in range(60)) + "  " * 60 + "return a\n",
    "chain of calls": "".join(f"def f{i}(a):\n    return f{i + 1}(a) + f{i + 1}(a)\n" for i in range(40))
    + "f0(input())\n",
    "recursion": "def f(a):\n    return f(a + 'x') + f(a)\neval(f(input()))\n",
    "elif": "if a:\n    b\n" + "elif a:\n    b = c\n" * 1500,
    "doubling": "x = input()\n" + "x = x + x\n" * 200 + "eval(x)\n",
    "numbers": "x = 9\n" + "x = x * x\n" * 200,
    "texts": "x = 'a' * 1000\n" + "x = x * 1000\n" * 50,
    "huge number": f"x = {'9' * 5000}",
    "tuple": "x = (" + "a, " * 5000 + ")",
    "dict": "x = {" + ", ".join(f"'{i}': a" for i in range(5000)) + "}",
    "try": "".join(f"{'  ' * i}try:\n" for i in range(40)) + "  " * 40 + "a\n",
    "targets": " = ".join(f"x{i}" for i in range(2000)) + " = input()",
}


@pytest.mark.parametrize("name", NESTS)
def test_nests_come_to_an_end(name):
    unit = Unit("python", "statements", "", 0, 0, NESTS[name])
    report = ENGINE.analyze(unit)
    assert [notice for notice in report.notices if notice.kind != "limit"] == []


def test_what_is_given_up_is_said():
    calls = [f"def f{i}(a):\n" + f"    f{i + 1}(a + '{i}')\n" * 12 for i in range(12)]
    code = "".join(calls) + "f0(input())\n"
    [notice] = ENGINE.analyze(Unit("python", "function", "f", 0, 0, code)).notices
    assert (notice.engine, notice.kind, notice.message) == (
        "dataflow", "limit", "gave up on a part that takes too long to follow",
    )  # fmt: skip
    [notice] = ENGINE.analyze(Unit("python", "statements", "", 0, 0, NESTS["calls"])).notices
    assert (notice.kind, notice.message) == ("limit", "a part nests too deep to be followed wholly")
    [notice] = ENGINE.analyze(Unit("python", "statements", "", 0, 0, "x = 1\n" * MAX_CHARACTERS)).notices
    assert (notice.kind, notice.message) == (
        "limit",
        f"a part of more than {MAX_CHARACTERS} characters was not followed",
    )


def test_recursion_that_counts_in_many_branches_comes_to_an_end():
    steps = " + ".join(f"count(n - {i}, x)" for i in range(1, 6))
    calls = "".join(f"    count({i}, 'ä')\n" for i in range(20, 30))
    function = f"    def count(n, x):\n        return x if n < 3 else {steps}\n"
    code = f"def view():\n{function}{calls}    eval(count(20, input()))\n"
    report = ENGINE.analyze(Unit("python", "function", "view", 0, 0, code))
    assert ([finding.rule for finding in report.findings], report.notices) == (["code-eval"], ())


def test_other_languages_are_left_alone():
    report = ENGINE.analyze(Unit("csharp", "file", "", 0, 0, "eval(input());"))
    assert (report.findings, report.notices) == ((), ())
