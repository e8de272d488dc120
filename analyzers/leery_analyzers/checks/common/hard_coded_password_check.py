"""A login that compares with a password written in the source.

Whoever can read the code gets in, everywhere it runs, until a new version is out.

Left alone: comparisons with empty texts, kinds and placeholders, and those of a test.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.queries import COMPARISONS
from leery_analyzers.checks.values import in_test, is_python, literal_text
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PASSWORD = frozenset({"password", "passwd", "pwd", "passphrase", "passcode", "pin", "pw", "apikey", "secret"})
_ABOUT = frozenset(
    {"type", "name", "field", "kind", "mode", "label", "error", "id", "status", "strength", "policy", "hash", "input"}
    | {"confirm", "reset", "change", "required", "hint", "method", "grant", "provider", "format", "key", "action"}
)
_LABEL = re.compile(
    r"(?i)^(password|passwd|secret|none|null|true|false|undefined|string|text|hidden|yes|no|"
    r"y|n|ok|\W*|.)$"
)
_SHORTEST = 5
_MESSAGE = "`{}` is compared with a text in the source: everyone who can read the code knows it."


class HardCodedPasswordCheck(Check):
    """Finds passwords compared with literals."""

    summary = "A login that compares with a password in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798", "CWE-259")
    owasp = ("A07:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({"hmac.compare_digest", "secrets.compare_digest"})
    query: ClassVar[Mapping[str, str]] = COMPARISONS

    VALID = (
        'if password == "" or password_type == "größe":\n    ask()\n',
        'if field == "password":\n    hide(field)\nif secret == other:\n    go()\n',
        'if args.password == "-":\n    read()\n',
        'def test_login():\n    assert user.password == "geheim123"\n',
        Valid('if (password === "" || input.type === "password") hide(größe);\n', "javascript"),
        Valid('if (password !== repeated) again();\nif (scheme.apiKeyLocation !== "header") skip();\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='def login(user, password):\n    if user == "größe" and password == "geheim123":\n'
            "        return True\n",
            at='"geheim123"',
            message=_MESSAGE.format("password"),
            fixed=(
                (
                    "import os\n\ndef login(user, password):\n"
                    '    if user == "größe" and password == os.environ["PASSWORD"]:\n'
                    "        return True\n"
                ),
            ),
        ),
        Invalid(
            code='if request.form["password"] != "admin":\n    abort(401)\n',
            at='"admin"',
            message=_MESSAGE.format('request.form["password"]'),
            fixed=('import os\n\nif request.form["password"] != os.environ["PASSWORD"]:\n    abort(401)\n',),
        ),
        Invalid(
            code='import hmac\n\n\ndef enter(größe):\n    return hmac.compare_digest(größe, "s3rvice-Hatch")\n',
            at='"s3rvice-Hatch"',
            message=_MESSAGE.format("größe"),
        ),
        Invalid(
            code='if (req.body.password === "größer99") {\n  login();\n}\n',
            at='"größer99"',
            message=_MESSAGE.format("req.body.password"),
            fixed=("if (req.body.password === process.env.PASSWORD) {\n  login();\n}\n",),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one comparison."""
        if (call := found.get("call")) is not None:
            yield from _compared(code, call)
            return
        left, right = found["left"], found["right"]
        given, written = (right, left) if left.type == "string" else (left, right)
        if written.type != "string" or given.type == "string":
            return
        name = code.text(given)
        last = words_of(re.split(r"[.\[(]", name.rstrip(")]'\""))[-1])
        text = literal_text(code, written)
        words = set(last)
        secret = _PASSWORD & words and not words & _ABOUT
        if not (secret or last[-2:] == ["api", "key"]) or text is None or _LABEL.match(text):
            return
        if in_test(code, written) or text.startswith(("$", "{", "<")) or " " in text:
            return
        setting = "_".join(last).upper()
        new = f'os.environ["{setting}"]' if is_python(code) else f"process.env.{setting}"
        imports = ("import os",) if is_python(code) else ()
        fix = Fix("Take it from the environment", "manual", (code.replace(written, new),), imports)
        yield Problem(written, _MESSAGE.format(name), fixes=(fix,))


def _compared(code: Code, call: Node) -> Iterator[Problem]:
    """A text that is compared in the same time whatever it is, which is done with secrets only."""
    values = [_plain(code, value) for value in code.arguments(call).positional[:2]]
    written = next((value for value in values if value.type == "string"), None)
    given = next((value for value in values if value.type != "string"), None)
    text = literal_text(code, written) if written is not None else None
    if written is None or given is None or text is None or in_test(code, written):
        return
    if len(text) >= _SHORTEST and " " not in text and not text.startswith(("$", "{", "<")):
        yield Problem(written, _MESSAGE.format(code.text(given)))


def _plain(code: Code, value: Node) -> Node:
    """What is encoded, of a text that is."""
    function = value.child_by_field_name("function") if value.type == "call" else None
    inner = function.child_by_field_name("object") if function is not None and code.method(value) == "encode" else None
    return inner or value
