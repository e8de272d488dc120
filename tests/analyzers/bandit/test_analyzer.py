"""Places, messages, notices and metadata: what bandit itself does not say, or says differently."""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.bandit import BanditAnalyzer, engine
from leery_analyzers.bandit.hints import HINTS
from leery_analyzers.model import LEVELS, Notice, Report
from leery_analyzers.text import TextRange

_PLACES = {
    "a call with its arguments": ("import os\nx = os.system(\n  y)\n", "B605", "os.system(\n  y)"),
    "shell named on a later line": (
        "import subprocess\nsubprocess.run(\n  y,\n  shell=True,\n)\n",
        "B602",
        "subprocess.run(\n  y,\n  shell=True,\n)",
    ),
    "columns beyond ASCII": ("import os\n('é𝄞', os.system(y))\n", "B605", "os.system(y)"),
    "the password of a call": ("f(user='é',\n  password='hunter2')\n", "B106", "'hunter2'"),
    "the password of a definition": ("def f(a, password='hunter2'):\n    pass\n", "B107", "'hunter2'"),
    "a definition without its body": (
        "import ssl\ndef f(\n  a,\n  v=ssl.PROTOCOL_SSLv3,\n) -> None:\n    pass\n",
        "B503",
        "def f(\n  a,\n  v=ssl.PROTOCOL_SSLv3",
    ),
    "a handler": ("try:\n    f()\nexcept Exception:\n    pass\nx = 1\n", "B110", "except Exception:\n    pass"),
    "a literal": ("x = [\n  '/tmp/é']\n", "B108", "'/tmp/é'"),
    "all of a concatenation": (
        "c.execute('SELECT a FROM b WHERE '\n  + x + ' AND d')\n",
        "B608",
        "'SELECT a FROM b WHERE '\n  + x + ' AND d'",
    ),
    "all of a formatted string": ("'DELETE FROM a WHERE {}'.format(x)\n", "B608", "'DELETE FROM a WHERE {}'.format(x)"),
    "all of an f-string": ("y = f'SELECT {x} FROM b {z}'\n", "B608", "f'SELECT {x} FROM b {z}'"),
    "a call within an f-string": ("import os\ny = f'é{os.system(x)}'\n", "B605", "os.system(x)"),
    "a hidden character": ("x = 1\f\n\u2028\ny = 'a\u202eb'\n", "B613", "\u202e"),
    "windows line ends": ("import os\r\nx = 1\r\nos.system(y)\r\n", "B605", "os.system(y)"),
    "old line ends": ("import os\rx = 1\ros.system(y)\r", "B605", "os.system(y)"),
    "after a form feed": ("import os\n\fos.system(y)\n", "B605", "os.system(y)"),
    "after a byte order mark": ("\ufeffexec(y)\n", "B102", "exec(y)"),
    "after half a surrogate pair": ("x = '\ud834'\nexec(y)  # \udd1e\n", "B102", "exec(y)"),
    "under a foreign encoding comment": ("# coding: latin-1\nx = 'é', exec(y)\n", "B102", "exec(y)"),
}


@pytest.mark.parametrize("name", _PLACES)
def test_marks(name, analyzer, whole):
    source, rule, expected = _PLACES[name]
    if "\u2028" in source:
        source = source.replace("\n\u2028\n", "\n#\u2028\n")

    report = analyzer.analyze(whole(source))

    assert [source[f.range.start : f.range.end] for f in report.findings if f.rule == rule][:1] == [expected]
    assert report.notices == ()


def test_a_finding_in_full(analyzer, whole):
    (finding,) = analyzer.analyze(whole("exec(x)\n")).findings

    assert finding.rule == "B102"
    assert finding.range == TextRange(0, 7)
    assert finding.message == "Use of exec detected."
    assert (finding.severity, finding.confidence) == ("medium", "high")
    assert finding.cwe == ("CWE-95", "CWE-78")
    assert finding.engines == ("bandit",)


@pytest.mark.parametrize("source", ["password = 'hunter2'", "f(token='hunter2')", "def f(pwd='hunter2'): pass"])
def test_messages_do_not_repeat_secrets(source, analyzer, whole):
    (finding,) = analyzer.analyze(whole(source)).findings

    assert finding.message == "Possible hardcoded password"


# Wrapped units


def test_what_stands_in_the_prefix_belongs_to_another_unit(analyzer):
    method = "    def m(self):\n        eval(y)\n"
    unit = Unit("python", "function", "C.m", 40, 3, method, prefix="class C(eval(x)):\n")

    report = analyzer.analyze(unit)

    assert [(f.rule, method[f.range.start : f.range.end]) for f in report.findings] == [("B307", "eval(y)")]


def test_imports_of_the_file_hold_in_the_unit(analyzer):
    text = "def f(x):\n    p.run(x, shell=True)\n    return loads(x)\n"
    imports = ("import subprocess as p", "from pickle import (\n    loads,\n)", "import not valid")

    report = analyzer.analyze(Unit("python", "function", "f", 0, 0, text, imports=imports))

    assert [f.rule for f in report.findings] == ["B602", "B301"]


def test_one_units_imports_do_not_leak_into_the_next(analyzer):
    analyzer.analyze(Unit("python", "statements", "", 0, 0, "import pickle as p\n", imports=("import os",)))

    report = analyzer.analyze(Unit("python", "statements", "", 0, 0, "p.loads(x)\n", imports=("import os",)))

    assert report == Report()


def test_each_unit_names_its_first_hidden_character(analyzer):
    text = "        x = '\u202e'\n        y = '\u2066'\n"
    unit = Unit("python", "function", "C.m", 0, 0, f"    def m(self):\n{text}", prefix="class C:  # nosec\n")

    (finding,) = analyzer.analyze(unit).findings

    assert unit.text[finding.range.start : finding.range.end] == "\u202e"


# What cannot be read


@pytest.mark.parametrize(
    ("source", "line", "rest"),
    [
        ("x = 1\ndef f(:\n    exec(x)\n", 2, ":"),
        ("x = 1\n\ny = 'é\n", 3, "'é"),
        ("x = (\n", 1, "("),
        ("é = 1 ) + 2\r\n", 1, ") + 2"),
    ],
)
def test_a_syntax_error_is_a_notice_with_its_place(source, line, rest, analyzer, whole):
    report = analyzer.analyze(whole(source))

    (notice,) = report.notices
    assert report.findings == ()
    assert (notice.engine, notice.kind) == ("bandit", "parse")
    assert notice.message.startswith(f"Python {sys.version_info[0]}.{sys.version_info[1]} cannot read line {line} of ")
    assert notice.range is not None
    assert source[notice.range.start : notice.range.end] == rest


def test_a_syntax_error_under_a_prefix_counts_the_units_own_lines(analyzer):
    unit = Unit("python", "function", "C.m", 0, 0, "    def m(self):\n        x = = 1\n", prefix="class C(\n  B):\n")

    (notice,) = analyzer.analyze(unit).notices

    assert "cannot read line 2 of this part" in notice.message
    assert notice.range is not None
    assert unit.text[notice.range.start : notice.range.end] == "= 1"


def test_a_syntax_error_in_the_prefix_stays_within_the_unit(analyzer):
    unit = Unit("python", "function", "C.m", 0, 0, "    def m(self): pass\n", prefix="class C(:\n")

    (notice,) = analyzer.analyze(unit).notices

    assert notice.kind == "parse"
    assert notice.range == TextRange(0, 0)


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("x = '\0'\n", {"parse"}),
        ("(" * 5000 + ")" * 5000, {"parse", "limit"}),
        ("-" * 100_000 + "1", {"parse", "limit"}),
        ("x" + ".y" * 50_000 + "()", {"parse", "limit"}),
        ("x = " + "'a' + " * 20_000 + "'b'", {"parse", "limit", "crash"}),
    ],
)
def test_what_python_refuses_is_a_notice(source, kinds, analyzer, whole):
    report = analyzer.analyze(whole(source))

    assert report.findings == ()
    assert {notice.kind for notice in report.notices} <= kinds
    assert report.notices


def test_a_notice_holds_no_text_of_the_document(analyzer, whole):
    (notice,) = analyzer.analyze(whole("secret_thing = 'abc\n")).notices

    assert "secret" not in notice.message
    assert "abc" not in notice.message


def test_a_test_that_raises_is_a_notice_and_the_others_go_on(analyzer, whole, monkeypatch):
    def broken(_context):
        raise KeyError

    broken._test_id = "B999"
    monkeypatch.setitem(engine._TESTS.tests, "Call", [broken, *engine._TESTS.get_tests("Call")])
    monkeypatch.setattr(engine, "_selected", engine._Selection)

    report = analyzer.analyze(whole("x = 1\nexec(x)\nexec(y)\n"))

    assert [finding.rule for finding in report.findings] == ["B102", "B102"]
    assert report.notices == (Notice("bandit", "crash", "bandit's test B999 failed: KeyError", TextRange(14, 21)),)


def test_a_bug_of_bandits_own_is_a_notice(analyzer, whole):
    # bandit takes the first argument of mark_safe for granted.
    source = "from django.utils.safestring import mark_safe\nmark_safe()\nexec(x)\n"

    report = analyzer.analyze(whole(source))

    assert "B102" in {finding.rule for finding in report.findings}
    assert [notice.message for notice in report.notices] == ["bandit's test B703 failed: IndexError"]


def test_another_language_is_a_notice(analyzer):
    report = analyzer.analyze(Unit("javascript", "file", "", 0, 0, "eval(x)"))

    assert report == Report(notices=(Notice("bandit", "missing", "bandit does not read javascript"),))


def test_nothing_is_written_about_the_text(analyzer, whole, caplog, capfd):
    with warnings.catch_warnings(record=True) as caught, caplog.at_level(logging.DEBUG):
        analyzer.analyze(whole("x = '\\d'  # nosec no_such_test\n"))

    assert caught == []
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


# Metadata


def test_rules_are_all_of_bandits_tests(analyzer):
    rules = {rule.id: rule for rule in analyzer.rules()}

    known = engine.EXTENSIONS
    assert set(rules) == {*known.plugins_by_id, *known.blacklist_by_id}
    assert rules["B602"].cwe == ("CWE-78",)
    assert (rules["B602"].severity, rules["B602"].confidence) == ("high", "high")
    assert rules["B602"].owasp == ("A05:2025",)
    assert rules["B602"].references[0].endswith("/plugins/b602_subprocess_popen_with_shell_equals_true.html")
    assert rules["B301"].references[0].endswith("/blacklists/blacklist_calls.html#b301-pickle")
    assert (rules["B404"].summary, rules["B404"].severity) == ("Import of subprocess", "low")
    assert rules["B609"].cwe == ("CWE-155",)


def test_hints_are_left_out_on_request(analyzer):
    text = "import subprocess\nimport telnetlib\nassert subprocess.call(['ls'])\n"
    unit = Unit("python", "file", "", 0, 0, text)
    quiet = BanditAnalyzer(hints=False)
    assert [finding.rule for finding in quiet.analyze(unit).findings] == ["B401"]
    assert {finding.rule for finding in analyzer.analyze(unit).findings} == {"B101", "B401", "B404", "B603", "B607"}
    assert {rule.id for rule in analyzer.rules()} - {rule.id for rule in quiet.rules()} == HINTS
    assert quiet.version != analyzer.version


def test_every_rule_has_a_weakness_and_a_page(analyzer):
    for rule in analyzer.rules():
        assert rule.cwe, rule
        assert rule.references[0].startswith("https://bandit.readthedocs.io/"), rule
        assert rule.summary, rule
        assert not rule.summary.endswith("."), rule
        assert (rule.engine, rule.languages) == ("bandit", ("python",))


def test_rules_cover_what_findings_say(analyzer, whole):
    source = (
        "import subprocess, os, yaml, hashlib, ssl\nsubprocess.run(x, shell=True)\nos.chmod(x, 0o777)\nyaml.load(x)\n"
        "eval(x)\nhashlib.md5(x)\nassert x\ntoken = 'x'\nc.execute('SELECT a FROM b WHERE %s' % x)\ny = '0.0.0.0'\n"
        "from Crypto.PublicKey import RSA\nRSA.generate(1024)\nssl.wrap_socket()\nz = '/tmp/x'\nos.popen('tar *')\n"
    )
    rules = {rule.id: rule for rule in analyzer.rules()}

    findings = analyzer.analyze(whole(source)).findings

    assert len({finding.rule for finding in findings}) >= 14
    for finding in findings:
        rule = rules[finding.rule]
        assert finding.cwe == rule.cwe
        assert LEVELS.index(finding.severity) <= LEVELS.index(rule.severity), finding


def test_the_version_names_all_that_a_result_depends_on(analyzer):
    from importlib.metadata import version  # noqa: PLC0415 - only here

    assert analyzer.version.startswith(f"{version('bandit')}+")
    assert analyzer.version.endswith(f".py{sys.version_info[0]}.{sys.version_info[1]}")
    assert BanditAnalyzer().version == analyzer.version


def test_bandit_is_not_imported_before_it_is_used():
    code = (
        "import sys, warnings; show = warnings.formatwarning\n"
        "from leery_analyzers.bandit import BanditAnalyzer\n"
        "from leery_analyzers.analyzer import Unit\n"
        "one = BanditAnalyzer(); one.version; before = 'bandit' in sys.modules\n"
        "found = one.analyze(Unit('python', 'file', '', 0, 0, 'exec(x)')).findings\n"
        "print(before, 'bandit' in sys.modules, len(found), warnings.formatwarning is show)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.split() == ["False", "True", "1", "True"]


def test_texts_marked_as_safe_and_digests_in_tables_weigh_little(analyzer):
    text = (
        "from markupsafe import Markup\nimport hashlib\n\n"
        "def größe(part):\n    hashlib.md5(part)\n    return Markup(part)\n"
    )
    unit = Unit("python", "file", "", 0, 0, text)
    quiet = BanditAnalyzer(hints=False).analyze(unit).findings
    assert [(finding.rule, finding.confidence) for finding in quiet] == [("B704", "low")]
    told = {finding.rule: finding.confidence for finding in analyzer.analyze(unit).findings}
    assert told == {"B324": "high", "B704": "high"}


def test_a_method_called_extra_weighs_little(analyzer):
    unit = Unit("python", "file", "", 0, 0, "def größe(stream, part):\n    return stream.extra(part)\n")
    quiet = BanditAnalyzer(hints=False).analyze(unit).findings
    assert [(finding.rule, finding.confidence) for finding in quiet] == [("B610", "low")]
    assert [finding.confidence for finding in analyzer.analyze(unit).findings] == ["medium"]
