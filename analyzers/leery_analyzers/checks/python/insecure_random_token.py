"""A token, password or one-time code made by a generator that can be predicted.

``random`` repeats itself: from a few of its outputs all later ones can be computed. What must not be guessed comes from
``secrets``.

Left alone: ``random.SystemRandom``, and random choices that are no secret: a colour, the next token of a text, a delay.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.words import is_guess_sensitive, short
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PICKING = frozenset({"random.choice", "random.choices", "random.sample"})
_DRAWING = frozenset(
    f"random.{name}" for name in ("random", "randint", "randrange", "getrandbits", "randbytes", "uniform", "shuffle")
)
_SAME_IN_SECRETS = {
    "random.choice": "secrets.choice",
    "random.getrandbits": "secrets.randbits",
    "random.randbytes": "secrets.token_bytes",
}
_CHARACTERS = re.compile(
    r"(?i)^[\"']|\bstring\.|ascii_|digits|letters|hexdigits|char|alpha|symbol|pool|punct|\brange\("
)
_NEAR = 40  # levels of the tree between a value and its name; more is no code that a person reads
_FUNCTIONS = frozenset({"function_definition", "lambda"})


class InsecureRandomToken(Check):
    """Finds secrets drawn from `random`."""

    summary = "A secret value made by a predictable random generator"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = PYTHON
    calls = _PICKING | _DRAWING

    VALID = (
        "import secrets\n\ntoken = secrets.token_urlsafe(32)\n",
        "import random\n\ncolour = random.choice(größen)\nnext_token = random.choice(vocabulary)\n",
        "import random\nimport string\n\ntoken = random.SystemRandom().choice(string.ascii_letters)\n",
        "import random\n\ntoken = random.choice(tokens)\nmax_tokens = random.randint(1, 9)\n",
        "import random\n\n\ndef backoff(token):\n    return random.random() * 2\n",
    )
    INVALID = (
        Invalid(
            code='"""Größe."""\n\nimport random\nimport string\n\n\ndef make_token():\n'
            '    return "".join(random.choice(string.ascii_letters) for _ in range(32))\n',
            at="random.choice",
            message="`make_token` must not be guessed, but `random` can be predicted from earlier values.",
            fixed=(
                (
                    '"""Größe."""\n\nimport random\nimport secrets\nimport string\n\n\ndef make_token():\n'
                    '    return "".join(secrets.choice(string.ascii_letters) for _ in range(32))\n'
                ),
            ),
        ),
        Invalid(
            code="from random import randint\n\notp = str(randint(1000, 9999))\n",
            at="= str(«randint»(",
            message="`otp` must not be guessed, but `random` can be predicted from earlier values.",
            fixed=(
                "import secrets\nfrom random import randint\n\notp = str(secrets.SystemRandom().randint(1000, 9999))\n",
            ),
        ),
        Invalid(
            code="import random\n\nuser.update(reset_code=random.getrandbits(64))\n",
            at="random.getrandbits",
            message="`reset_code` must not be guessed, but `random` can be predicted from earlier values.",
            fixed=("import random\nimport secrets\n\nuser.update(reset_code=secrets.randbits(64))\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        function = call.child_by_field_name("function")
        if function is None:
            return
        pool = code.arguments(call).get(0)
        if name in _PICKING and (pool is None or not _are_characters(code, pool)):
            return
        purpose = _purpose(code, call)
        if not purpose:
            return
        new = _SAME_IN_SECRETS.get(name, f"secrets.SystemRandom().{name.rpartition('.')[2]}")
        fix = Fix("Draw it from secrets", "review", (code.replace(function, new),), ("import secrets",))
        message = f"`{short(purpose)}` must not be guessed, but `random` can be predicted from earlier values."
        yield Problem(function, message, fixes=(fix,))


def _are_characters(code: Code, pool: Node) -> bool:
    """Whether what is picked from looks like an alphabet, not like a list of things."""
    pool = code.bare(pool)
    text = code.text(pool)
    if pool.type in code.identifiers:
        bindings = code.scopes.lookup(text, pool.start_byte)
        values = [code.text(binding.value) for binding in bindings if binding.value is not None]
        return any(_CHARACTERS.search(value) for value in (text, *values))
    return _CHARACTERS.search(text) is not None


def _purpose(code: Code, call: Node) -> str:
    """The name that the value gets, if it is the name of something that must not be guessed."""
    inner = call
    for around in islice(ancestors(call), _NEAR):
        name = ""
        if around.type in {"assignment", "augmented_assignment"} and around.child_by_field_name("right") == inner:
            name = code.text(around.child_by_field_name("left"))
        elif around.type == "keyword_argument":
            name = code.text(around.child_by_field_name("name"))
        elif around.type == "pair":
            name = code.text(around.child_by_field_name("key"))
        elif around.type == "return_statement":
            function = next((node for node in ancestors(around) if node.type in _FUNCTIONS), None)
            name = code.text(function.child_by_field_name("name")) if function is not None else ""
        if name:
            return name if is_guess_sensitive(name) else ""
        if around.type in _FUNCTIONS or around.type.endswith(("_statement", "block")):
            return ""
        inner = around
    return ""
