"""A password or token written to a log, in Go.

Logs are kept, copied and read by more people than may know the secret, and nobody changes it because it was in one.

Left alone: its length, whether it is there, and what a function made of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.words import is_secret_setting, short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LEVELS = ("Print", "Debug", "Info", "Warn", "Warning", "Error", "Fatal", "Panic", "Trace", "Log")
_METHODS = frozenset(f"{level}{end}" for level in _LEVELS for end in ("", "f", "ln", "w", "Context"))
_LOGGER = re.compile(r"(?i)(?:.*\.)?(?:log|logger|slog|logrus|klog|glog|zap|sugar|l|fmt)")
_PRINTS = re.compile(r"Print(?:f|ln)?")
_HARMLESS = frozenset(
    {"hash", "hashed", "masked", "encoded", "encrypted", "redacted", "salt", "count", "valid", "has", "is"}
)


class SecretInLogGo(Check):
    """Finds secrets in logs."""

    summary = "A secret in a log"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-532",)
    owasp = ("A09:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",)
    languages = GO
    calls = frozenset(f".{name}" for name in _METHODS)

    VALID = (
        """\
package a

func größe(password string) {
	log.Printf("password changed, %d characters", len(password))
}
""",
        """\
package a

func f(token string) {
	log.Println("token", mask(token), token != "")
}
""",
        """\
package a

func f(user User) {
	log.Printf("%s %s", user.TokenID, user.PasswordHash)
}
""",
        """\
package a

func f(report *Report, password string) {
	report.Printf("%s", password)
	fmt.Errorf("bad token %s", token)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(name, password string) {
	log.Printf("login %s %s", name, password) // zum Testen
}
""",
            at="name, «password») //",
            message="`password` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
package a

func f(user User) {
	fmt.Println("user " + user.Password)
}
""",
            at="user.Password",
            message="`user.Password` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
package a

func f(apiKey string) {
	s.logger.Debug("calling", "key", apiKey)
}
""",
            at='"key", «apiKey»',
            message="`apiKey` ends up in the log, where more people read it than may know it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        base = code.receiver(call)
        if base is None or not _LOGGER.fullmatch(code.text(base)):
            return
        if code.text(base) == "fmt" and not _PRINTS.fullmatch(code.method(call)):
            return
        for value in code.arguments(call).positional:
            for part in _parts(code, value):
                name = code.text(part).rpartition(".")[2]
                if is_secret_setting(name) and not set(words_of(name)) & _HARMLESS:
                    message = (
                        f"`{short(code.text(part))}` ends up in the log, where more people read it than may know it."
                    )
                    yield Problem(part, message)


def _parts(code: GoCode, value: Node) -> list[Node]:
    """The variables and fields of a sum."""
    found: list[Node] = []
    stack = [value]
    while stack and len(found) < 100:
        node = code.bare(stack.pop())
        if node.type == "binary_expression" and code.text(node.child_by_field_name("operator")) == "+":
            stack.extend(side for name in ("left", "right") if (side := node.child_by_field_name(name)) is not None)
        elif node.type in {"identifier", "selector_expression"} and code.type_of(node) not in code.number_types:
            found.append(node)
    return found
