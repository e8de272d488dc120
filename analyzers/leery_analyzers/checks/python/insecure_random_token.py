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
from leery_analyzers.checks.values import followed, function_name, function_of, purpose
from leery_analyzers.checks.words import PLAIN_NAMES, SPEAKS, is_guess_sensitive, short
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PICKING = frozenset(
    {"random.choice", "random.choices", "random.sample", "numpy.random.choice", "numpy.random.permutation"}
)
_DRAWING = frozenset(
    f"random.{name}" for name in ("random", "randint", "randrange", "getrandbits", "randbytes", "uniform", "shuffle")
) | {"numpy.random.randint", "numpy.random.rand", "numpy.random.random", "numpy.random.bytes"}
_SAME_IN_SECRETS = {
    "random.choice": "secrets.choice",
    "random.getrandbits": "secrets.randbits",
    "random.randbytes": "secrets.token_bytes",
}
_CHARACTERS = lazy_regex(
    r"(?i)^[\"']|\bstring\.|ascii_|digits|letters|hexdigits|char|alpha|symbol|pool|punct|\brange\("
)
_NEAR = 12
_MAKES = lazy_regex(
    r"(?i)_*(?:gen(?:erate)?|create|make|new|build|random|get|issue|next)(?:_?(?:random|new|unique|secure|strong))?"
    r"(?:_?(?:string|str|text|code|codes|value|key|id|one|chars|number|digits|pin))?"
)
_TIMED = "uuid.uuid1"
_CLOCKS = frozenset({"time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow"})
_HASHED = lazy_regex(r"(?i)^hashlib\.|\.(sha\d+|md5|blake2\w)$")
_METHODS = frozenset(
    {".choice", ".choices", ".sample", ".randint", ".randrange", ".getrandbits", ".randbytes", ".random"}
)


class InsecureRandomToken(Check):
    """Finds secrets drawn from `random`."""

    summary = "A secret value made by a predictable random generator"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = PYTHON
    calls = _PICKING | _DRAWING | _METHODS | _CLOCKS | {_TIMED}

    VALID = (
        "import random\nimport time\n\n\ndef refresh_token():\n    time.sleep(random.random())\n",
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
            code="import random\n\n\ndef generate_password(größe):\n    result = ''\n    for _ in range(größe):\n"
            "        result += random.choice('abcdef0123456789')\n    return result\n",
            at="random.choice",
            message="`generate_password` must not be guessed, but `random` can be predicted from earlier values.",
            fixed=(
                (
                    "import random\nimport secrets\n\n\ndef generate_password(größe):\n    result = ''\n"
                    "    for _ in range(größe):\n        result += secrets.choice('abcdef0123456789')\n"
                    "    return result\n"
                ),
            ),
        ),
        Invalid(
            code="import uuid\n\nreset_token = str(uuid.uuid1())\n",
            at="uuid.uuid1",
            message="`reset_token` must not be guessed, but `uuid1` can be predicted from earlier values.",
            fixed=("import uuid\n\nreset_token = str(uuid.uuid4())\n",),
        ),
        Invalid(
            code="import random\n\n\ndef api_key(größe):\n    rng = random.Random()\n"
            "    return ''.join(rng.choices('abcdefghij', k=größe))\n",
            at="rng.choices",
            message="`api_key` must not be guessed, but `random` can be predicted from earlier values.",
            fixed=(
                (
                    "import random\nimport secrets\n\n\ndef api_key(größe):\n    rng = random.Random()\n"
                    "    return ''.join(secrets.SystemRandom().choices('abcdefghij', k=größe))\n"
                ),
            ),
        ),
        Invalid(
            code="import hashlib\nimport time\n\n\ndef session_token(größe):\n"
            "    return hashlib.sha256(f'{größe}{time.time()}'.encode()).hexdigest()\n",
            at="time.time()",
            message="`session_token` must not be guessed, but the time it is made of is known.",
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
        if name in _CLOCKS:
            yield from _clock(code, call)
            return
        name = name if name in _PICKING | _DRAWING | {_TIMED} else _of_generator(code, call)
        if not name:
            return
        pool = code.arguments(call).get(0)
        if name in _PICKING and (pool is None or not _are_characters(code, pool)):
            return
        use = purpose(code, call, is_guess_sensitive) or _digest_of(code, call) or _told(code, call)
        if not use:
            return
        module = "uuid1" if name == _TIMED else "random"
        new = (
            "uuid.uuid4"
            if name == _TIMED
            else _SAME_IN_SECRETS.get(name, f"secrets.SystemRandom().{name.rpartition('.')[2]}")
        )
        fix = Fix(
            "Draw it from secrets", "review", (code.replace(function, new),), (f"import {new.partition('.')[0]}",)
        )
        message = f"`{short(use)}` must not be guessed, but `{module}` can be predicted from earlier values."
        yield Problem(function, message, fixes=(fix,))


def _of_generator(code: Code, call: Node) -> str:
    """The function of `random` that a method of a generator made by it is; empty for any other method."""
    function = call.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    if receiver is None or receiver.type not in {"identifier", "attribute"}:
        return ""
    made = followed(code, receiver)
    known = made.type == "call" and code.callee(made) == "random.Random"
    name = f"random.{code.method(call)}"
    return name if known and name in _PICKING | _DRAWING else ""


def _clock(code: Code, call: Node) -> Iterator[Problem]:
    """A secret that is a digest of the time."""
    hashed = any(node.type == "call" and _HASHED.search(code.callee(node)) for node in islice(ancestors(call), _NEAR))
    use = purpose(code, call, is_guess_sensitive) if hashed else _digest_of(code, call)
    if use and "random" not in code.source and "secrets" not in code.source and "urandom" not in code.source:
        yield Problem(call, f"`{short(use)}` must not be guessed, but the time it is made of is known.")


def _told(code: Code, call: Node) -> str:
    """The secret that what stands around speaks of, where the names themselves say nothing: `code`, `generate`."""
    holder = next((node for node in islice(ancestors(call), _NEAR) if node.type in {"assignment", "pair"}), None)
    left = holder.child_by_field_name("left") if holder is not None else None
    function = function_of(call)
    if function is None:
        return ""
    name = code.text(left) if left is not None else ""
    if name in PLAIN_NAMES and SPEAKS.search(code.text(function)):
        return name
    own, owner = code.text(function.child_by_field_name("name")), code.unit.name.rpartition(".")[0]
    body = function.child_by_field_name("body")
    first = body.named_children[0] if body is not None and body.named_children else None
    said = code.text(first) if first is not None and code.text(first).startswith(('"', "'", 'f"', 'r"')) else ""
    returned = left is None or re.search(rf"\breturn\b[^\n]*\b{re.escape(name)}\b", code.text(function)) is not None
    makes = _MAKES.fullmatch(own) is not None and returned
    return own if makes and (SPEAKS.search(said) or (owner and is_guess_sensitive(owner))) else ""


def _digest_of(code: Code, call: Node) -> str:
    """The secret that is a digest of the variable that a call's value goes into; empty if there is none."""
    holder = next((node for node in islice(ancestors(call), _NEAR) if node.type == "assignment"), None)
    left = holder.child_by_field_name("left") if holder is not None else None
    if holder is None or left is None or left.type != "identifier":
        return ""
    name = re.escape(code.text(left))
    found = re.search(
        rf"(?:\b(\w+)\s*=|\breturn)\s*\(?(?:\w+\.)?(?:md5|sha\d+|blake2\w|new)\([^()\n]*\b{name}\b", code.source
    )
    if found is None:
        return ""
    use = found[1] or function_name(code, call)
    return use if is_guess_sensitive(use) else ""


def _are_characters(code: Code, pool: Node) -> bool:
    """Whether what is picked from looks like an alphabet, not like a list of things."""
    pool = code.bare(pool)
    text = code.text(pool)
    if pool.type in code.identifiers:
        bindings = code.scopes.lookup(text, pool.start_byte)
        values = [code.text(binding.value) for binding in bindings if binding.value is not None]
        return any(_CHARACTERS.search(value) for value in (text, *values))
    return _CHARACTERS.search(text) is not None
