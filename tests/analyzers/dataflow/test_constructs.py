"""The language's constructs, one at a time: a value goes through, or it does not; and what must not matter does not."""

import re

import pytest
from tests.analyzers.dataflow import constructs, flows

RULE = "shell-command-injection"
CASES = [(name, True) for name in constructs.REACHES] + [(name, False) for name in constructs.STOPS]


def reported(code):
    return [f for f in flows.findings(code, RULE) if f.confidence != "low"]


def body(name, *, reaches):
    return (constructs.REACHES if reaches else constructs.STOPS)[name]


def renamed(code):
    return re.sub(r"\b(bar|param|guess|cmd)\b", lambda found: f"{found[0]}_ß", code)


def requoted(code):
    """The other quotes, where no text has any inside."""
    return code if '"' in code else code.replace("'", '"')


def aliased(code):
    """The modules under other names."""
    head = code.replace("import os, subprocess, re\n", "import os as o1\nimport subprocess as s1\nimport re as r1\n", 1)
    return re.sub(
        r"\b(os|subprocess|re)\.", lambda found: f"{ {'os': 'o1', 'subprocess': 's1', 're': 'r1'}[found[1]] }.", head
    )


def extracted(code):
    """What a shell runs in a variable first."""
    return re.sub(r"(?m)^( +)os\.system\((.+)\)$", r"\1taken = \2\n\1os.system(taken)", code)


def nested(code):
    """Everything one level deeper, in a condition that nothing is known of."""
    head, _, rest = code.partition("def view():\n")
    inside = "".join(f"    {line}" for line in rest.splitlines(keepends=True))
    return f"{head}def view():\n    if unknown():\n{inside}"


@pytest.mark.parametrize("change", [str, renamed, requoted, aliased, extracted, nested])
@pytest.mark.parametrize(("name", "reaches"), CASES)
def test_a_construct(name, reaches, change):
    code = change(constructs.VIEW + body(name, reaches=reaches))
    found = reported(code)
    assert bool(found) is reaches
    for finding in found:
        source = code[finding.path[0].range.start : finding.path[0].range.end]
        assert source.startswith(("request.args", "getattr(request"))
        assert finding.path[-1].range == finding.range


def test_a_reassignment_takes_a_flow_away_and_gives_it_back():
    lines = ["command = 'x ' + param", "command = 'ls'", "os.system(command)", "command = param", "os.system(command)"]
    code = constructs.VIEW + "".join(f"    {line}\n" for line in lines)
    assert [f.range.start for f in reported(code)] == [code.rindex("command)")]
