"""What dataflow answers besides findings: explanations, verdicts on others' findings."""

import pytest
from tests.analyzers.dataflow import flows

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.judge import verdict as verdict_on
from leery_analyzers.model import Finding
from leery_analyzers.text import TextRange

ENGINE = DataflowAnalyzer()


def unit(text, kind="function"):
    return Unit("python", kind, "f", 0, 0, text)


def foreign(text, part, cwe="CWE-78"):
    start = text.index(part)
    place = TextRange(start, start + len(part))
    return Finding("B602", place, "Shell.", "high", "high", (cwe,), ("bandit",), refutable=True)


@pytest.mark.parametrize(
    ("body", "guard", "reason", "certain"),
    [
        ("os.system('x ' + shlex.quote(a))", "shlex.quote(a)", "it is quoted for the shell", True),
        (
            "if a in ('x', 'y'):\n        os.system(a)",
            "a in ('x', 'y')",
            "`a in ('x', 'y')` lets only known values pass",
            True,
        ),
        ("os.system(f'x {int(a)}')", "int(a)", "it becomes a number or another value of a fixed form", True),
        (
            "if is_valid_name(a):\n        os.system(a)",
            "is_valid_name(a)",
            "`is_valid_name` checks it, by its name",
            False,
        ),
        ("os.system('x ' + sanitize(a))", "sanitize(a)", "`sanitize` cleans it, by its name", False),
    ],
)
def test_it_says_what_made_a_flow_harmless(body, guard, reason, certain):
    text = f"def f(a):\n    {body}\n"
    assert ENGINE.analyze(unit(text)).findings == ()
    [said] = ENGINE.explain(unit(text))
    assert (said.rule, said.reason, said.certain) == ("shell-command-injection", reason, certain)
    assert text[said.guard.start : said.guard.end] == guard
    assert text[said.source.start : said.source.end] == "a"
    assert said.range.end <= len(text)


@pytest.mark.parametrize(
    ("text", "part", "cwe", "verdict"),
    [
        ("def f(a):\n    os.system('x ' + a)\n", "os.system('x ' + a)", "CWE-78", "confirmed"),
        ("def f(a):\n    os.system('x ' + a)\n", "'x ' + a", "CWE-78", "confirmed"),
        ("def f(a):\n    os.system('x ' + 'y')\n", "os.system('x ' + 'y')", "CWE-78", "refuted"),
        ("def f(a):\n    c = 'x' if a else 'y'\n    os.system(c)\n", "os.system(c)", "CWE-78", "refuted"),
        ("def f(a):\n    os.system(shlex.quote(a))\n", "os.system(shlex.quote(a))", "CWE-78", "refuted"),
        ("def f(a):\n    os.system(sanitize(a))\n", "os.system(sanitize(a))", "CWE-78", "undecided"),
        ("def f(a):\n    os.system(load())\n", "os.system(load())", "CWE-78", "undecided"),
        ("def f(a: int):\n    os.system(f'x {a}')\n", "os.system(f'x {a}')", "CWE-78", "undecided"),
        ("def f(a):\n    os.system('x ' + a)\n", "os.system('x ' + a)", "CWE-89", "undecided"),
        ("def f(a):\n    os.system('x ' + a)\n", "f(a)", "CWE-78", "undecided"),
        ("def f(m, a):\n    m.execute('go ' + a)\n", "m.execute('go ' + a)", "CWE-89", "undecided"),
        ("def f(m, a):\n    m.execute(a)\n", "m.execute(a)", "CWE-89", "undecided"),
        ("def f(a):\n    os.system('x ' + 'y'\n", "os.system", "CWE-78", "undecided"),
        ("def f(c, a):\n    c.execute('DROP TABLE ' + a)\n", "'DROP TABLE ' + a", "CWE-89", "confirmed"),
        ("def f(c, a):\n    t = 'u'\n    c.execute(f'DROP TABLE {t}')\n", "f'DROP TABLE {t}'", "CWE-89", "refuted"),
    ],
)  # fmt: skip
def test_it_judges_what_another_engine_found(text, part, cwe, verdict):
    assert verdict_on(foreign(text, part, cwe), [j for _, j in ENGINE.follow(unit(text)).judgements])[0] == verdict


def test_an_unknown_function_passes_everything_on_one_step_less_sure():
    [finding] = flows.findings("def f(request):\n    os.system(other(request.args['n']))\n")
    assert finding.confidence == "medium"
    assert flows.findings("def f(request):\n    os.system(other())\n") == []


def test_the_path_names_every_place_in_order():
    code = "import os\n\ndef f(größe):\n    a = größe.strip()\n    b = f'x {a}'\n    os.system(b)\n"
    [finding] = flows.findings(code)
    assert [(code[s.range.start : s.range.end], s.message) for s in finding.path] == [
        ("größe", "`größe` is a parameter of `f`"),
        ("a", "goes into `a` here"),
        ("b", "goes into `b` here"),
        ("b", "reaches the command that a shell runs here"),
    ]


def test_a_method_in_its_class_header():
    text = "    def get(self):\n        self.write('<p>' + self.get_argument('n'))\n"
    here = Unit("python", "function", "H.get", 0, 0, text, prefix="class H(RequestHandler):\n")
    [finding] = ENGINE.analyze(here).findings
    assert text[finding.range.start : finding.range.end] == "'<p>' + self.get_argument('n')"
    assert text[finding.path[0].range.start : finding.path[0].range.end] == "self.get_argument('n')"


def test_imports_of_the_document_hold_in_the_unit():
    text = "def f(a):\n    go(f'x {a}', shell=True)\n"
    assert ENGINE.analyze(unit(text)).findings == ()
    here = Unit("python", "function", "f", 0, 0, text, imports=("from subprocess import run as go",))
    [finding] = ENGINE.analyze(here).findings
    assert finding.rule == "shell-command-injection"
