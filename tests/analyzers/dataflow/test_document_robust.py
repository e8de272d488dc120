"""Whole documents with pieces replaced, in every language: no crash, an end, places within, the same answer twice."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.judge import Flows
from leery_analyzers.mirror import Mirror
from leery_analyzers.text import Text, TextRange

pytestmark = pytest.mark.portable

FILES = {"python": "cases", "javascript": "javascript_cases", "java": "java_cases"}
PIECES = [
    "(",
    ")",
    "{",
    "}",
    '"',
    "'",
    "\\",
    "\r",
    "\n",
    "    ",
    "\ud800",
    "ß",
    ":",
    "= ",
    "=>",
    "return ",
    "class ",
    "try {",
]


def samples(language):
    path = Path(__file__).with_name(f"{FILES[language]}.py")
    spec = importlib.util.spec_from_file_location(f"document_{path.stem}", path)
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    return [code.replace("«", "").replace("»", "") for codes in cases.VULNERABLE.values() for code in codes]


@st.composite
def documents(draw, codes):
    """Two samples one after the other, with some pieces replaced, removed, doubled or put in."""
    text = "\n\n".join(draw(st.lists(st.sampled_from(codes), min_size=2, max_size=2)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(st.one_of(st.sampled_from(PIECES), st.just(text[start:end] * 2))) + text[end:]
    return text


@pytest.mark.parametrize("language", FILES)
def test_mutated_documents(language):
    known = FlowDocuments(DataflowAnalyzer())

    @settings(max_examples=60)
    @given(documents(samples(language)))
    def check(text):
        entries = Mirror(language, Text(text)).entries()
        said = known.follow(entries)
        assert [notice for notice in said.report.notices if notice.kind in {"crash", "timeout"}] == []
        assert FlowDocuments(DataflowAnalyzer()).follow(entries) == said
        assert Flows.from_json(said.to_json()) == said
        whole = TextRange(0, len(text))
        for finding in said.report.findings:
            assert finding.path
            assert all(whole.contains(place) for place in (finding.range, *(step.range for step in finding.path)))

    check()
