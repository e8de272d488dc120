"""Random values that can be predicted, in C#.

`System.Random` repeats itself: from some of its outputs all later ones can be computed. What must not be guessed, such
as a token, a password or a key, comes from `RandomNumberGenerator`.

Medium confidence has a value whose name, method or class says that it must not be guessed; everything else is reported
with low confidence only in code that answers requests, and otherwise not at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.words import is_guess_sensitive, short, words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SECRET_WORDS = frozenset({"crypto", "cipher", "encrypt", "salt", "nonce", "iv", "session", "otp", "pin"})
_GENERATOR = re.compile(r"(?i)rand|rng|rnd|generator|^r$")
_FIELD = re.compile(r"_?(?i:rand|random|rnd|rng)|_?[sS]_?[rR]andom")
_AT_ONCE = frozenset({"Random.Shared", "newRandom()", "System.Random.Shared"})
_DRAWS = frozenset({"Next", "NextInt64", "NextBytes", "NextDouble", "GetItems", "NextSingle"})
_WEB = re.compile(r"\bI?ActionResult\b|\[Http(?:Get|Post|Put)|\bHttpContext\b|ControllerBase|: Controller\b")


class InsecureRandomCsharp(Check):
    """Finds secrets drawn from `Random`."""

    summary = "A random value that can be predicted"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/api/system.security.cryptography.randomnumbergenerator",)
    languages = CSHARP
    calls = frozenset({"new Random", *(f".{name}" for name in _DRAWS)})

    VALID = (
        """\
class Größe {
    int Otp() {
        return RandomNumberGenerator.GetInt32(100000, 1000000);
    }
}
""",
        """\
class A {
    int Roll() {
        var random = new Random();
        return random.Next(1, 7);
    }
}
""",
        """\
class A {
    string Token(TokenStream stream) {
        return stream.Next();
    }
}
""",
        """\
class A {
    Colour Pick(Colour[] colours) => colours[Random.Shared.Next(colours.Length)];
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    string GenerateToken() {
        var random = new Random(); // schnell
        return random.Next().ToString("x");
    }
}
""",
            at="new Random",
            message="`GenerateToken` must not be guessed, but these values can be predicted from earlier ones.",
        ),
        Invalid(
            code="""\
class A {
    string SessionToken() {
        return _random.Next().ToString();
    }
}
""",
            at="_random.Next",
            message="`SessionToken` must not be guessed, but these values can be predicted from earlier ones.",
        ),
        Invalid(
            code="""\
class A {
    void F() {
        var otp = Random.Shared.Next(100000, 1000000);
    }
}
""",
            at="Random.Shared.Next",
            message="`otp` must not be guessed, but these values can be predicted from earlier ones.",
            fixed=(
                """\
class A {
    void F() {
        var otp = System.Security.Cryptography.RandomNumberGenerator.GetInt32(100000, 1000000);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
using System.Security.Cryptography;

class A {
    int ResetCode() {
        return new Random().Next(1000, 9999);
    }
}
""",
            at="new Random().Next",
            message="`ResetCode` must not be guessed, but these values can be predicted from earlier ones.",
            fixed=(
                """\
using System.Security.Cryptography;

class A {
    int ResetCode() {
        return RandomNumberGenerator.GetInt32(1000, 9999);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    byte[] F() {
        var key = new byte[32];
        new Random().NextBytes(key);
        return key;
    }

    byte[] Salt() {
        return null;
    }
}
""",
            at="new Random().NextBytes",
            message="`key` must not be guessed, but these values can be predicted from earlier ones.",
            fixed=(
                """\
class A {
    byte[] F() {
        var key = new byte[32];
        System.Security.Cryptography.RandomNumberGenerator.Fill(key);
        return key;
    }

    byte[] Salt() {
        return null;
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        if call.type != "invocation_expression":
            if code.arguments(call).positional or (
                call.parent is not None and call.parent.type == "member_access_expression"
            ):
                return
            yield from _generator(code, call)
            return
        base = code.receiver(call)
        if base is None or not (_is_made_at_once(code, base) or _is_field(code, base)):
            return
        purpose = next((name for name in _purposes(code, call) if _is_sensitive(name)), "")
        if purpose:
            yield Problem(code.called(call), _message(purpose), fixes=_fixes(code, call))
        elif _WEB.search(code.source):
            yield Problem(code.called(call), _message(""), severity="low", confidence="low")


def _generator(code: CSharpCode, call: Node) -> Iterator[Problem]:
    """``var random = new Random();``, whose values go somewhere else."""
    names = list(code.purposes(call))
    if names and _GENERATOR.search(names[0]):
        function = code.function(call)
        own = re.escape(names[0])
        body = code.text(function) if function is not None else ""
        uses = re.findall(rf"(\w+)\s*(?:=|\+=|\.Append\(|\.Add\()[^;=]*\b{own}\s*\.\s*Next", body)
        names = [*uses, *re.findall(rf"\b{own}\.NextBytes\(\s*(\w+)", body), *names[1:]]
    purpose = next((name for name in names if _is_sensitive(name)), "")
    if purpose:
        yield Problem(code.called(call), _message(purpose))
    elif _WEB.search(code.source):
        yield Problem(code.called(call), _message(""), severity="low", confidence="low")


def _is_made_at_once(code: CSharpCode, base: Node) -> bool:
    """``Random.Shared`` or ``new Random()``, also with a seed."""
    text = code.text(base).replace(" ", "")
    return text in _AT_ONCE or re.match(r"new(?:System\.)?Random\(", text) is not None


def _is_field(code: CSharpCode, base: Node) -> bool:
    """A generator that this unit does not make; `RandomNumberGenerator` has no methods of these names."""
    if base.type != "identifier" or not _FIELD.fullmatch(code.text(base)):
        return False
    return not code.scopes.lookup(code.text(base), base.start_byte)


def _purposes(code: CSharpCode, call: Node) -> list[str]:
    given = [code.text(value) for value in code.arguments(call).positional if value.type == "identifier"]
    return [*(given if code.method(call) == "NextBytes" else ()), *code.purposes(call)]


def _is_sensitive(name: str) -> bool:
    return (
        is_guess_sensitive(name)
        or bool(set(words_of(name)) & _SECRET_WORDS)
        or name.lower() in {"key", "keybytes", "iv"}
    )


def _message(purpose: str) -> str:
    if not purpose:
        return "These values can be predicted from earlier ones; where that matters, use RandomNumberGenerator."
    return f"`{short(purpose)}` must not be guessed, but these values can be predicted from earlier ones."


def _fixes(code: CSharpCode, call: Node) -> tuple[Fix, ...]:
    function, values = call.child_by_field_name("function"), code.arguments(call).positional
    new = {"Next": "GetInt32", "NextBytes": "Fill"}.get(code.method(call))
    if function is None or new is None or not values:
        return ()
    imported = "System.Security.Cryptography;" in code.import_lines_of("using")
    name = "RandomNumberGenerator" if imported else "System.Security.Cryptography.RandomNumberGenerator"
    return (Fix("Draw it from RandomNumberGenerator", "review", (code.replace(function, f"{name}.{new}"),)),)
