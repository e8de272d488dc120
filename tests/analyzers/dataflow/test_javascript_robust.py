"""Any text as JavaScript or TypeScript: no crash, the same report twice, everything within the unit, and an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyzers.dataflow import javascript_cases as cases

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.model import report_from_json, report_to_json
from leery_analyzers.text import TextRange
from leery_analyzers.units import segment

pytestmark = pytest.mark.portable

ENGINE = DataflowAnalyzer()
SAMPLES = [code.replace("«", "").replace("»", "") for codes in cases.VULNERABLE.values() for code in codes]
SAMPLES += [code for codes in cases.SECURE.values() for code in codes]
LANGUAGES = st.sampled_from(["javascript", "javascriptreact", "typescript", "typescriptreact"])
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "(",
            ")",
            "[",
            "{",
            "}",
            '"',
            "'",
            "`",
            "${",
            "\\",
            "\r",
            "\n",
            "/",
            "\ud800",
            "ß",
            ":",
            "= ",
            "=>",
            "...",
            "?.",
            "<",
            "/>",
        ]
    ),
    st.sampled_from(
        [
            "function ",
            "class ",
            "return ",
            "yield ",
            "async ",
            "await ",
            "for (const x of ",
            "switch (x) {case ",
            "try {",
            "new ",
        ]
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


@settings(max_examples=100)
@given(st.text(max_size=200), LANGUAGES)
def test_random_text(text, language):
    check(Unit(language, "file", "", 0, 0, text))


@settings(max_examples=300)
@given(mutated(SAMPLES), LANGUAGES, st.sampled_from(["", "class Größe {\n"]))
def test_mutated_samples(text, language, prefix):
    check(Unit(language, "function", "x", 0, 0, text, prefix=prefix))


@settings(max_examples=100)
@given(st.sampled_from(SAMPLES), st.integers(0, 400), LANGUAGES)
def test_truncated_samples(text, length, language):
    for unit in segment(text[:length], language):
        check(unit)


NESTS = {
    "parentheses": "x = " + "(" * 3000 + "a" + ")" * 3000,
    "arrays": "x = " + "[" * 500 + "a" + "]" * 500,
    "objects": "x = " + "{ a: " * 500 + "a" + "}" * 500,
    "calls": "x = " + "f(" * 500 + "a" + ")" * 500,
    "members": "x = a" + ".b()" * 800,
    "sum": "x = " + " + ".join(["a"] * 3000),
    "and": "x = " + " && ".join(["a"] * 1000),
    "not": "x = " + "!" * 1000 + "a",
    "arrows": "x = " + "() => " * 300 + "a",
    "conditionals": "x = " + "a ? b : " * 500 + "c",
    "templates": "x = " + "`${" * 60 + "a" + "}`" * 60,
    "blocks": "".join(f"{'  ' * i}if (a) {{\n" for i in range(95)) + "b;" + "}" * 95,
    "loops": "function f(a) {\n" + "".join(f"for (const x{i} of a) {{\n" for i in range(30)) + "a += x1;" + "}" * 31,
    "whiles": "function f(a) {\n" + "while (a) {\n" * 22 + "a = a + 'x';" + "}" * 23,
    "functions": "".join(f"function f{i}(a) {{\n" for i in range(60)) + "return a;" + "}" * 60,
    "callbacks": "".join(f"g((a{i}) => {{\n" for i in range(60)) + "h(a1);" + "});" * 60,
    "callbacks in loops": "".join(f"for (const a{i} of l) {{ g(() => {{\n" for i in range(12)) + "h();" + "}); }" * 12,
    "chain of calls": "".join(f"function f{i}(a) {{ return f{i + 1}(a) + f{i + 1}(a); }}\n" for i in range(40))
    + "f0(b);\n",
    "recursion": "function f(a) { return f(a + 'x') + f(a); }\neval(f(prompt()));\n",
    "callbacks that call each other": (
        "function next(e) { s(e, function (x) { if (x) return next(x); s(x, function () { next(); next(e); }); }); }\n"
    ),
    "else if": "if (a) {\n  b;\n}" + " else if (a) {\n  b = c;\n}" * 1500,
    "doubling": "let x = prompt();\n" + "x = x + x;\n" * 200 + "eval(x);\n",
    "numbers": "let x = 9;\n" + "x = x * x;\n" * 200,
    "texts": "let x = 'a'.repeat(1000);\n" + "x = x.repeat(1000);\n" * 50,
    "huge number": f"x = {'9' * 5000}",
    "huge array": "x = [" + "a, " * 5000 + "]",
    "huge object": "x = {" + ", ".join(f"k{i}: a" for i in range(5000)) + "}",
    "cases": "switch (a) {\n" + "".join(f"case {i}: b();\n" for i in range(1500)) + "}",
    "try": "try {\n" * 40 + "a;" + "} catch (e) {}" * 40,
    "targets": " = ".join(f"x{i}" for i in range(2000)) + " = prompt();",
    "JSX": "x = " + "<a>" * 200 + "{b}" + "</a>" * 200,
    "then": "p" + ".then((a) => a + 'x')" * 300,
}


@pytest.mark.parametrize("name", NESTS)
def test_nests_come_to_an_end(name):
    unit = Unit("typescriptreact", "statements", "", 0, 0, NESTS[name])
    report = ENGINE.analyze(unit)
    assert [notice for notice in report.notices if notice.kind != "limit"] == []


def test_what_is_given_up_is_said():
    calls = [f"function f{i}(a) {{\n" + f"  f{i + 1}(a + '{i}');\n" * 12 + "}\n" for i in range(12)]
    code = "".join(calls) + "f0(prompt());\n"
    [notice] = ENGINE.analyze(Unit("javascript", "function", "f", 0, 0, code)).notices
    assert (notice.engine, notice.kind) == ("dataflow", "limit")
    assert notice.message == "gave up on a part that takes too long to follow"
