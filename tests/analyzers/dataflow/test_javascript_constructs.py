"""JavaScript's constructs, one at a time: a value goes through, or it does not; and what must not matter does not."""

import re

import pytest
from tests.analyzers.dataflow import flows
from tests.analyzers.dataflow import javascript_constructs as constructs

pytestmark = pytest.mark.portable

RULE = "shell-command-injection"
CASES = [(name, True) for name in constructs.REACHES] + [(name, False) for name in constructs.STOPS]


def reported(code, language="javascript"):
    return [f for f in flows.document(code, RULE, language) if f.confidence != "low"]


def code_of(name, *, reaches):
    return constructs.HANDLER + (constructs.REACHES if reaches else constructs.STOPS)[name] + constructs.END


def renamed(code):
    return re.sub(r"\b(param|cmd|known|build)\b", lambda found: f"{found[0]}_ß", code)


def requoted(code):
    """The other quotes, where no text has any inside."""
    return code if '"' in code else code.replace("'", '"')


def aliased(code):
    """The function under another name, from another way to import."""
    head, _, rest = code.partition(";\n")
    del head
    rest = re.sub(r"(?<![\w.])exec(?=\(|\.|;)", "run1", rest)
    return "import { exec as run1 } from 'node:child_process';\n" + rest


def nested(code):
    """Everything one level deeper, in a condition that nothing is known of."""
    head, _, rest = code.partition("(req, res) => {\n")
    return f"{head}(req, res) => {{\nif (unknown()) {{\n{rest[: -len(constructs.END)]}}}\n{constructs.END}"


def named(code):
    """The handler as a function of its own."""
    head, _, rest = code.partition("app.get('/x', async (req, res) => {\n")
    return f"{head}async function handler(req, res) {{\n{rest[: -len(constructs.END)]}}}\n\napp.get('/x', handler);\n"


@pytest.mark.parametrize("change", [str, renamed, requoted, aliased, nested, named])
@pytest.mark.parametrize(("name", "reaches"), CASES)
def test_a_construct(name, reaches, change):
    code = change(code_of(name, reaches=reaches))
    found = reported(code)
    assert bool(found) is reaches
    for finding in found:
        source = code[finding.path[0].range.start : finding.path[0].range.end]
        assert source.startswith("req.")
        assert finding.path[-1].range == finding.range


@pytest.mark.parametrize(("name", "reaches"), CASES)
def test_a_construct_in_typescript(name, reaches):
    code = code_of(name, reaches=reaches).replace("(req, res)", "(req: Request, res: Response): Promise<void>")
    assert bool(reported(code, "typescript")) is reaches


def test_a_reassignment_takes_a_flow_away_and_gives_it_back():
    lines = ["let command = 'x ' + param;", "command = 'ls';", "exec(command);", "command = param;", "exec(command);"]
    code = constructs.HANDLER + "".join(f"  {line}\n" for line in lines) + constructs.END
    assert [f.range.start for f in reported(code)] == [code.rindex("command)")]
