"""A password or token written to a log, in C#.

Logs are kept, copied and read by more people than may know the secret, and nobody changes it because it was in one.

Left alone: its length, whether it is there, and what a method made of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.words import is_secret_setting, short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LOGS = frozenset(
    {"LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical", "Information", "Debug", "Info"}
    | {"Warning", "Warn", "Error", "Fatal", "Verbose", "Trace", "WriteLine", "Write"}
)
_LOGGER = re.compile(r"(?i)(?:.*\.)?_?(?:\w*logger|log|\w*log|console|debug|trace)")
_HARMLESS = frozenset(
    {"hash", "hashed", "masked", "encoded", "encrypted", "redacted", "salt", "count", "valid", "has", "is"}
)


class SecretInLogCsharp(Check):
    """Finds secrets in logs."""

    summary = "A secret in a log"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-532",)
    owasp = ("A09:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",)
    languages = CSHARP
    calls = frozenset(f".{name}" for name in _LOGS)

    VALID = (
        """\
class Größe {
    void F(string password) {
        _logger.LogInformation("password changed, {Length} characters", password.Length);
    }
}
""",
        """\
class A {
    void F(string token) {
        _logger.LogDebug("token {Token}", Mask(token));
        logger.LogDebug($"has token: {token != null}");
    }
}
""",
        """\
class A {
    void F(TextWriter writer, string password) {
        writer.WriteLine(password);
    }
}
""",
        """\
class A {
    void F(User user) {
        _logger.LogInformation("user {Id} {Hash}", user.TokenId, user.PasswordHash);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(string name, string password) {
        _logger.LogInformation("login {Name} {Password}", name, password); // zum Testen
    }
}
""",
            at=", «password»); //",
            message="`password` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
class A {
    void F(User user) {
        Console.WriteLine($"user {user.Name} / {user.Password}");
    }
}
""",
            at="user.Password",
            message="`user.Password` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
class A {
    void F(string apiKey) {
        Log.Debug("calling with " + apiKey);
    }
}
""",
            at='" + «apiKey»',
            message="`apiKey` ends up in the log, where more people read it than may know it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        base = code.receiver(call)
        if base is None or not _LOGGER.fullmatch(code.text(base)):
            return
        for value in code.arguments(call).positional:
            for part in _parts(code, value, 0):
                if _is_secret(code, part):
                    message = (
                        f"`{short(code.text(part))}` ends up in the log, where more people read it than may know it."
                    )
                    yield Problem(part, message)


def _parts(code: CSharpCode, value: Node, depth: int) -> Iterator[Node]:
    """The values that a text is put together from."""
    value = code.bare(value)
    inner: list[Node | None] = []
    if value.type == "binary_expression" and code.text(value.child_by_field_name("operator")) == "+":
        inner = [value.child_by_field_name("left"), value.child_by_field_name("right")]
    elif value.type == "interpolated_string_expression":
        holes = [child for child in value.named_children if child.type == "interpolation"]
        inner = [next((v for v in hole.named_children if "brace" not in v.type), None) for hole in holes]
    elif value.type != "binary_expression":
        yield value
    for part in inner if depth < 30 else ():
        if part is not None:
            yield from _parts(code, part, depth + 1)


def _is_secret(code: CSharpCode, value: Node) -> bool:
    if value.type not in {"identifier", "member_access_expression"}:
        return False
    name = code.text(value).rpartition(".")[2]
    return (
        is_secret_setting(name) and not set(words_of(name)) & _HARMLESS and code.type_of(value) not in code.number_types
    )
