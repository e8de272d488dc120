"""A secret that comes from a helper, or a generator kept elsewhere, which can be predicted.

``random_string(32)`` says nothing of where its characters come from; where it draws them from ``random``, a token made
by it can be computed from earlier ones. The same holds of a ``random.Random()`` that an object keeps.

Left alone: generators made by ``SystemRandom``, helpers that draw from ``secrets``, and values that need not be secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import PLAIN_NAMES, SPEAKS, AnyCase, is_guess_sensitive
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_HELPED = "`{}` must not be guessed, but `{}` draws it from `random`, which can be predicted."
_DREW = "`{}` must not be guessed, but the generator `{}` can be predicted from earlier values."
_DRAWS = lazy_regex(
    r"\b(?:random\w*|np\.random|numpy\.random)\.(?:(?P<pick>choices?|sample)|getrandbits|randint|randrange|randbytes|bytes|random)\("
    r"|(?<![\w.])(?:(?P<bare>choices?|sample)|getrandbits|randint|randrange|randbytes)\(|\brandom\w*\.choices?\b(?!\()"
)
_DRAWN = lazy_regex("rand|choice|sample")
"""What all of these hold; quick to look for."""
_CHARACTERS = lazy_regex(
    r"(?i)[(\[,]\s*[rbf]?[\"'][\w!@#$%^&*-]{4,}|\bstring\.|ascii_|digits|letters|hexdigits|char|alphabet|symbols|pool|0123456789"
)
_KEPT = lazy_regex(
    r"(?:^|[\r\n])[ \t]*(?P<name>(?:self\.)?\w+)\s*(?::[^=\r\n]+)?=\s*[^\r\n#]*?\b(?:random\w*\.Random|"
    r"(?:np|numpy)\.random\.(?:default_rng|RandomState|Generator))\("
)
_SAFE = lazy_regex(r"\bsecrets\.|SystemRandom|urandom")
_DEFINED = lazy_regex(r"\bdef\s+(\w+)\s*\(")
_GIVEN = lazy_regex(
    r"(?P<name>(?<![\w.])[\w.]+|[\"']\w+[\"']\])\s*(?::[ \t]*[\w.\[\], |]+)?(?<![=!<>])=(?!=)\s*(?P<value>[^\r\n]*)"
    r"|(?P<key>[\"']\w+[\"'])\s*:\s*(?P<item>[^\r\n]*)|\breturn[ \t]+(?P<back>[^\r\n]*)"
)
_CALLED = lazy_regex(
    r"(?<![\w.])(?P<whole>(?:\w+\.)*(?P<last>[A-Za-z_]\w*))\(|\bdefault(?:_factory)?\s*=\s*(?P<default>\w+)"
)
_NEUTRAL = frozenset({"key", "code", "value", "result", "raw", "text", "chars", "material", "data"})
_METHODS = frozenset(
    {"choice", "choices", "sample", "randint", "randrange", "getrandbits", "randbytes", "bytes", "integers", "random"}
)


@dataclass(frozen=True, slots=True)
class _Helper:
    """A function that gives what it draws from `random`."""

    name: str
    at: TextRange


@dataclass(frozen=True, slots=True)
class _Generator:
    """A name that keeps a generator."""

    name: str


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a unit says; which secrets are called for in it is found out only where something draws."""

    text: str


@dataclass(frozen=True, slots=True)
class _Use:
    """A call whose value is a secret."""

    secret: str
    called: str
    at: TextRange


class SecretFromRandomHelper(DocumentCheck):
    """Finds secrets that come from helpers."""

    summary = "A secret made by a helper that can be predicted"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = PYTHON
    clue = AnyCase(r"random|rng|token|secret|otp|code|key|pin\b|sid\b|session|nonce|salt|passw|captcha|voucher|coupon")
    parsed = False

    VALID = (
        "import secrets\n\n\ndef random_text(size):\n    return secrets.token_hex(size)\n\n\ntoken = random_text(8)\n",
        (
            "import random\n\n\ndef pick(größen):\n    return random.choice(größen)\n\n\n"
            "def issue():\n    api_key = pick(keys)\n    return api_key\n"
        ),
        (
            "import random\n\n\nclass Codes:\n    def __init__(self):\n        self.rng = random.Random()\n\n"
            "    def colour(self):\n        code = '%06x' % self.rng.getrandbits(24)\n        return 'größe', code\n"
        ),
        "import random\n\nrng = random.SystemRandom()\n\n\ndef f():\n    otp = rng.randint(1, 9)\n    return otp\n",
        (
            "import random\n\n\ndef colour():\n    return '%06x' % random.getrandbits(24)\n\n\n"
            "def show():\n    größe = colour()\n    return größe\n"
        ),
    )
    INVALID = (
        Invalid(
            code="import random\nimport string\n\n\ndef random_text(größe):\n"
            "    return ''.join(random.choice(string.ascii_letters) for _ in range(größe))\n\n\n"
            "def invite(user):\n    user.invite_token = random_text(32)\n    user.save()\n",
            at="random.choice",
            message=_HELPED.format("invite_token", "random_text"),
        ),
        Invalid(
            code="import random\n\n\nclass Codes:\n    def __init__(self):\n        self.rng = random.Random()\n\n"
            "    def größe(self):\n        otp = str(self.rng.randint(0, 999999))\n        return otp\n",
            at="self.rng.randint",
            message=_DREW.format("otp", "self.rng"),
        ),
        Invalid(
            code="import random\n\n\nclass Größe:\n    def __init__(self):\n        self.rng = random.Random()\n\n"
            "    def send(self, user):\n        code = '%06d' % self.rng.randint(0, 999999)\n"
            "        self.store.set(f'otp:{user}', code)\n",
            at="self.rng.randint",
            message=_DREW.format("code", "self.rng"),
        ),
        Invalid(
            code="import random\n\n\nclass Codes:\n    def __init__(self):\n        self.random = random.Random(1)\n\n"
            "    def größe(self, user) -> None:\n        code = '%06d' % self.random.randint(0, 999999)\n"
            "        self.store.set(f'otp:{user}', code)\n",
            at="self.random.randint",
            message=_DREW.format("code", "self.random"),
        ),
        Invalid(
            code="import random\n\n\ndef number():\n    return random.getrandbits(64)\n\n\nclass Größe(models.Model):\n"
            "    access_token = models.BigIntegerField(default=number)\n",
            at="random.getrandbits",
            message=_HELPED.format("access_token", "number"),
        ),
        Invalid(
            code="import random\nimport string\n\n\ndef made(größe):\n"
            "    return ''.join(random.choices(string.ascii_letters, k=größe))\n\n\n"
            "def begin(user):\n    if user is None:\n        return\n    code = made(9)\n"
            "    ResetCode.objects.create(user=user, code=code)\n",
            at="random.choices",
            message=_HELPED.format("code", "made"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Helpers, generators and secrets of one unit."""
        text = code.unit.text
        made = [_Generator(found["name"]) for found in (_KEPT.finditer(text) if "random" in text else ())]
        return (*made, *_helpers(text), _Spoken(text))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Secrets that come from a helper or a generator of the document."""
        helpers = {
            fact.name: (index, fact.at)
            for index, facts in enumerate(document)
            for fact in facts
            if isinstance(fact, _Helper)
        }
        kept = {fact.name for facts in document for fact in facts if isinstance(fact, _Generator)}
        if not helpers and not kept:
            return
        told = set()
        for index, facts in enumerate(document):
            for fact in (use for spoken in facts if isinstance(spoken, _Spoken) for use in _uses(spoken.text)):
                owner, _, last = fact.called.rpartition(".")
                if owner in kept and last in _METHODS:
                    yield Lack(index, fact.at, _DREW.format(fact.secret, owner))
                elif owner in {"", "self", "cls"} and last in helpers and last not in told:
                    told.add(last)
                    yield Lack(*helpers[last], _HELPED.format(fact.secret, last))


def _helpers(text: str) -> Iterator[_Helper]:
    """Functions of a unit that draw from `random`; those whose name tells a secret are told of where they draw."""
    starts = list(_DEFINED.finditer(text)) if _DRAWN.search(text) else []
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        body = text[start.start() : end]
        found = _DRAWS.search(body)
        if found is None or "return" not in body or _SAFE.search(body) or is_guess_sensitive(start[1]):
            continue
        picks = found.groupdict().get("pick") or found.groupdict().get("bare") or not found[0].endswith("(")
        if not picks or _CHARACTERS.search(body):
            first = start.start() + found.start()
            yield _Helper(start[1], TextRange(first, first + len(found[0].rstrip("("))))


@lru_cache(maxsize=4096)
def _uses(text: str) -> tuple[_Use, ...]:
    """Calls whose value gets a name that tells a secret, or is given by a function with such a name."""
    return tuple(_found_uses(text))


def _found_uses(text: str) -> Iterator[_Use]:
    functions = [(found.start(), found[1]) for found in _DEFINED.finditer(text)]
    ends = [start for start, _ in functions[1:]] + [len(text)]
    for given in _GIVEN.finditer(text):
        label = next(name for name in ("value", "item", "back") if given[name] is not None)
        last = next((index for index, (start, _) in enumerate(functions) if start < given.start() < ends[index]), None)
        around = functions[last][1] if last is not None else ""
        said = (given["name"] or given["key"] or around).strip("\"'[]").rpartition(".")[2]
        own = around if said in _NEUTRAL else said
        if not is_guess_sensitive(own):
            if said not in PLAIN_NAMES or last is None or not SPEAKS.search(text, functions[last][0], ends[last]):
                continue
            own = said
        for call in _CALLED.finditer(given[label]):
            which = "whole" if call["whole"] else "default"
            start = given.start(label) + call.start(which)
            yield _Use(own, call[which], TextRange(start, start + len(call[which])))
