"""Any Java text: no crash, the same report twice, everything within the unit, and an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyzers.dataflow import java_cases as cases
from tests.analyzers.dataflow import java_constructs as constructs

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.model import report_from_json, report_to_json
from leery_analyzers.text import TextRange
from leery_analyzers.units import segment

pytestmark = pytest.mark.portable

ENGINE = DataflowAnalyzer()
SAMPLES = [
    code.replace("«", "").replace("»", "")
    for codes in [*cases.VULNERABLE.values(), *cases.SECURE.values()]
    for code in codes
]
SAMPLES += [
    f"{constructs.HEAD}{body}{constructs.RUN}{constructs.MIDDLE}{members}{constructs.END}"
    for body, members in [*constructs.REACHES.values(), *constructs.STOPS.values()]
]
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["(", ")", "[", "{", "}", '"', "'", '"""', "\\", "\r", "\n", "->", "::", "\ud800", "ß", ";", "= "]),
    st.sampled_from(
        ["class A ", "new ", "return ", "switch (x) { case ", "default -> ", "for (", "try {", "this.", "super(", "@X("]
    ),
    st.sampled_from(["record R(", "enum E { ", "yield 1;", "break a;", "instanceof String s", "var x = ", "(String) "]),
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
def mutated(draw):
    """A text with some pieces replaced, removed, doubled or put in."""
    text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.one_of(PIECES, st.just(text[start:end] * 2))) + text[end:]
    return text


@settings(max_examples=150)
@given(mutated())
def test_mutated_code_never_crashes_it(text):
    check(Unit("java", "file", "", 0, 0, text))
    for unit in segment(text, "java"):
        check(unit)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_never_crashes_it(text):
    check(Unit("java", "statements", "", 0, 0, text))


@pytest.mark.parametrize("code", SAMPLES[::9])
def test_truncated_code_never_crashes_it(code):
    for end in range(0, len(code), max(1, len(code) // 25)):
        check(Unit("java", "file", "", 0, 0, code[:end]))


METHOD = "class A {{ void f(String a) {{ {} }} }}"
NESTS = {
    "parentheses": METHOD.format("x = " + "(" * 3000 + "a" + ")" * 3000 + ";"),
    "calls": METHOD.format("x = " + "f(" * 3000 + "a" + ")" * 3000 + ";"),
    "chain": METHOD.format("x = a" + ".f()" * 3000 + ";"),
    "sum": METHOD.format("x = a" + " + a" * 5000 + ";"),
    "blocks": METHOD.format("{" * 2000 + "}" * 2000),
    "ifs": METHOD.format("if (a) {" * 500 + "}" * 500),
    "else ifs": METHOD.format("if (a) {}" + " else if (a) {}" * 1000),
    "classes": "class A { " * 500 + "}" * 500,
    "anonymous classes": METHOD.format("new A() { void f() { " * 200 + "} };" * 200),
    "lambdas": METHOD.format("x = " + "a -> " * 1000 + "a;"),
    "conditions": METHOD.format("x = " + "a ? b : " * 1000 + "c;"),
    "switches": METHOD.format("switch (a) { case 1: " * 300 + "}" * 300),
    "cases": METHOD.format("switch (a) { " + "".join(f"case {i}: b += a; " for i in range(800)) + "}"),
    "doubling": METHOD.format("String x = a; " + "x = x + x; " * 200 + "exec(x);"),
    "repeating": METHOD.format('String x = "a"; ' + "x = x.repeat(1000); " * 50),
    "builders": METHOD.format("StringBuilder s = new StringBuilder(); " + "s.append(a).append(s); " * 100),
    "recursion": "class A { String f(String a) { return g(a) + f(a); } String g(String a) { return f(a) + g(a); } }",
    "classes that derive from each other": "class A extends B { int x = f(); } class B extends A { }",
    "a class that makes itself": "class A { A a = new A(); A() { this(new A()); } }",
    "array": METHOD.format("int[] x = {" + "1, " * 5000 + "};"),
    "many labels": METHOD.format("a: while (b) { " * 60 + "break a; " + "}" * 60),
}


@pytest.mark.parametrize("name", NESTS)
def test_nests_come_to_an_end(name):
    report = ENGINE.analyze(Unit("java", "file", "", 0, 0, NESTS[name]))
    assert [notice for notice in report.notices if notice.kind != "limit"] == []
