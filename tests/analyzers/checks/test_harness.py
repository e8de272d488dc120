"""The harness must fail for examples that do not hold, in every way they can fail."""

import pytest

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.discovery import CheckFileError, load_check
from leery_analyzers.checks.examples import verify
from leery_analyzers.model import Fix

SOUND = Invalid(code="größe\nbad(1)\n", at="bad", message="Bad.", fixed=("größe\ngood(1)\n",))


def check_with(*invalid: Invalid, valid=("good(1)\n",), new="good", message="Bad.") -> Check:
    class Sample(Check):
        id = "sample"
        page = "Sample."
        summary = "Sample"
        severity = "low"
        cwe = ("CWE-1",)
        languages = PYTHON
        calls = frozenset({"bad", "worse"})
        VALID = valid
        INVALID = invalid

        def match(self, code, found):
            function = found["call"].child_by_field_name("function")
            yield Problem(function, message, fixes=(Fix("Do good", "safe", (code.replace(function, new),)),))

    return Sample()


def reasons(check: Check) -> list[str]:
    return [f"{failure.example}: {failure.reason}" for failure in verify(check)]


def test_sound_examples():
    assert reasons(check_with(SOUND)) == []


def test_a_finding_in_valid_code():
    assert reasons(check_with(SOUND, valid=("bad(2)\n",))) == ["VALID 1: expected nothing, got 'bad' (Bad.)"]


def test_a_wrong_place():
    wrong = Invalid(code=SOUND.code, at="bad(1)", message="Bad.", fixed=SOUND.fixed)
    assert reasons(check_with(wrong)) == ["INVALID 1: expected the mark at 'bad(1)', got 'bad' at 6"]


def test_a_place_that_is_not_unique():
    twice = Invalid(code="bad(größe)\n# bad\n", at="bad", message="Bad.")
    assert reasons(check_with(twice)) == ["INVALID 1: the marked text 'bad' must occur once"]
    once = Invalid(code="bad(größe)\n# bad\n", at="«bad»(", message="Bad.", fixed=("good(größe)\n# bad\n",))
    assert reasons(check_with(once)) == []


def test_a_wrong_message():
    assert reasons(check_with(SOUND, message="Other.")) == ["INVALID 1: expected the message 'Bad.', got 'Other.'"]


def test_a_wrong_fix():
    assert reasons(check_with(SOUND, new="fine")) == [
        "INVALID 1: Do good: expected 'größe\\ngood(1)\\n', got 'größe\\nfine(1)\\n'"
    ]


def test_a_fix_that_leaves_the_finding():
    example = Invalid(code="bad(größe)\n", at="bad", message="Bad.", fixed=("worse(größe)\n",))
    assert reasons(check_with(example, new="worse")) == ["INVALID 1: Do good: the finding is still there"]


def test_a_fix_that_breaks_the_syntax():
    example = Invalid(code="bad(größe)\n", at="bad", message="Bad.", fixed=("1 = )(größe)\n",))
    assert reasons(check_with(example, new="1 = )")) == ["INVALID 1: Do good: gives new findings of syntax error"]


def test_a_missing_fix():
    example = Invalid(code=SOUND.code, at="bad", message="Bad.")
    assert reasons(check_with(example)) == ["INVALID 1: expected 0 fixes, got ['Do good']"]


def test_missing_examples():
    assert reasons(check_with(valid=())) == [
        ": needs at least one VALID and one INVALID example",
        ": needs an example that is not ASCII",
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\n", "defines 0 checks"),
        ("raise ValueError('no')\n", "ValueError: no"),
        ("def\n", "SyntaxError"),
        ("from leery_analyzers.checks.base import Check\nclass A(Check):\n    pass\n", "lacks summary"),
        (
            (
                "from leery_analyzers.checks.base import Check\n"
                "class A(Check):\n    summary = severity = cwe = languages = ''\n"
            ),
            "lacks a docstring",
        ),
    ],
)
def test_a_file_that_is_no_check(tmp_path, source, message):
    file = tmp_path / "some_rule.py"
    file.write_text(source, encoding="utf-8")
    with pytest.raises(CheckFileError, match=message):
        load_check(file)
