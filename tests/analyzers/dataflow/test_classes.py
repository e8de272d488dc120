"""Every class: what has a flow is reported at the exact place with its path, what has none is quiet."""

import pytest
from tests.analyzers.dataflow import cases, flows

from leery_analyzers.dataflow.rules import flow_rules

VULNERABLE = [(rule, code) for rule, codes in cases.VULNERABLE.items() for code in codes]
SECURE = [(rule, code) for rule, codes in cases.SECURE.items() for code in codes]


def name(case):
    return case if isinstance(case, str) and "\n" not in case else ""


@pytest.mark.parametrize(("rule", "code"), VULNERABLE, ids=name)
def test_a_flow_is_reported_where_it_arrives(rule, code):
    text, start, end = flows.marked(code)
    found = flows.findings(text, rule)
    assert [(text[f.range.start : f.range.end], f.range.start) for f in found] == [(text[start:end], start)]
    finding = found[0]
    assert finding.cwe == flow_rules()[rule].rule.cwe
    assert finding.engines == ("dataflow",)
    assert finding.path[-1].range == finding.range
    assert finding.message.endswith(flow_rules()[rule].harm)
    if finding.path[-1].message.startswith("is used as "):
        return  # a constant comes from nowhere
    assert finding.path[-1].message.startswith("reaches ")
    source = text[finding.path[0].range.start : finding.path[0].range.end]
    assert source in finding.message.replace("…", source) or source.split(":")[0] in finding.message
    assert len({(step.range, step.message) for step in finding.path}) == len(finding.path)


@pytest.mark.parametrize(("rule", "code"), SECURE, ids=name)
def test_code_without_a_flow_is_quiet(rule, code):
    assert [
        text
        for f in flows.findings(code, rule)
        if f.confidence != "low"
        for text in [code[f.range.start : f.range.end]]
    ] == []


def test_every_rule_has_cases():
    python = {name for name, rule in flow_rules().items() if "python" in rule.rule.languages}
    assert python == set(cases.VULNERABLE) == set(cases.SECURE)
    assert all(len(codes) >= 3 for codes in [*cases.VULNERABLE.values(), *cases.SECURE.values()])
