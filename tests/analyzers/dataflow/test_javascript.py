"""JavaScript and TypeScript, class by class: a flow is reported at the exact place with its path, the rest is quiet."""

import pytest
from tests.analyzers.dataflow import flows
from tests.analyzers.dataflow import javascript_cases as cases

from leery_analyzers.dataflow.rules import flow_rules

pytestmark = pytest.mark.portable
VULNERABLE = [(rule, code) for rule, codes in cases.VULNERABLE.items() for code in codes]
SECURE = [(rule, code) for rule, codes in cases.SECURE.items() for code in codes]


def name(case):
    return case if isinstance(case, str) and "\n" not in case else ""


@pytest.mark.parametrize(("rule", "code"), VULNERABLE, ids=name)
def test_a_flow_is_reported_where_it_arrives(rule, code):
    text, start, end = flows.marked(code)
    found = flows.document(text, rule)
    assert [(text[f.range.start : f.range.end], f.range.start) for f in found] == [(text[start:end], start)]
    [finding] = found
    assert finding.confidence != "low"
    assert finding.cwe == flow_rules()[rule].rule.cwe
    assert finding.path[-1].range == finding.range
    assert finding.path[-1].message.startswith("reaches ")
    source = text[finding.path[0].range.start : finding.path[0].range.end]
    assert f"`{source}`" in finding.message or source[:30] in finding.message
    assert len({(step.range, step.message) for step in finding.path}) == len(finding.path)


@pytest.mark.parametrize(("rule", "code"), SECURE, ids=name)
def test_code_without_a_flow_is_quiet(rule, code):
    found = flows.document(code, rule)
    assert [code[f.range.start : f.range.end] for f in found if f.confidence != "low"] == []


def test_every_rule_has_cases():
    spoken = {name for name, rule in flow_rules().items() if "javascript" in rule.rule.languages}
    assert spoken == set(cases.VULNERABLE) == set(cases.SECURE)
    assert all(len(codes) >= 3 for codes in [*cases.VULNERABLE.values(), *cases.SECURE.values()])
