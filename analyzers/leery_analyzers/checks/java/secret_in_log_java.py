"""A password or token written to a log, in Java.

Logs are kept, copied and read by more people than may know the secret, and nobody changes it because it was in one.

Reported is a value whose name says secret, as it is, in a call of a logger or on the standard streams. Left alone:
its length, whether it is there, and what a method made of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import is_secret_setting, short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LEVELS = frozenset({"trace", "debug", "info", "warn", "warning", "error", "severe", "fine", "finest", "log", "fatal"})
_PRINTS = frozenset({"println", "print", "printf"})
_LOGGERS = re.compile(r"(?i)(?:\w*\.)?_?(?:logger|log|slf4jlogger|console)")
_GETTER = re.compile(r"get([A-Z]\w*)")
_SHORT = frozenset({"pass", "pwd", "passwd", "pw"})
_HARMLESS = frozenset(
    {"hash", "hashed", "masked", "encoded", "encrypted", "redacted", "salt", "page", "count", "valid"}
)


class SecretInLogJava(Check):
    """Finds secrets in logs."""

    summary = "A secret in a log"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-532",)
    owasp = ("A09:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset(f".{name}" for name in _LEVELS | _PRINTS)

    VALID = (
        """\
class A {
    void größe(String password) {
        log.info("password changed, {} characters", password.length());
    }
}
""",
        """\
class A {
    void f(User user) {
        log.info("token missing: {}", user.getTokenId());
        log.debug("hash {}", passwordHash);
    }
}
""",
        """\
class A {
    void f(Parser token) {
        writer.println(token.text());
        report.info(password);
    }
}
""",
        """\
class A {
    void f(String token) {
        log.info("token {}", mask(token));
        log.info("has password: " + (password != null));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(String name, String password) {
        log.info("login of {} with {}", name, password); // zum Testen
    }
}
""",
            at=", «password»); //",
            message="`password` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
class A {
    void f(User user) {
        System.out.println("user " + user.getName() + " / " + user.getPassword());
    }
}
""",
            at="user.getPassword()",
            message="`user.getPassword()` ends up in the log, where more people read it than may know it.",
        ),
        Invalid(
            code="""\
class A {
    void f(String apiKey) {
        LOGGER.debug(String.format("calling with %s", apiKey));
    }
}
""",
            at='%s", «apiKey»',
            message="`apiKey` ends up in the log, where more people read it than may know it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        base = call.child_by_field_name("object")
        if base is None:
            return
        text = code.text(base)
        prints = code.method(call) in _PRINTS
        if (prints and text not in {"System.out", "System.err"}) or (not prints and not _LOGGERS.fullmatch(text)):
            return
        for value in code.arguments(call).positional:
            for part in _parts(code, value, 0):
                if _is_secret(code, part):
                    message = (
                        f"`{short(code.text(part))}` ends up in the log, where more people read it than may know it."
                    )
                    yield Problem(part, message)


def _parts(code: JavaCode, value: Node, depth: int) -> Iterator[Node]:
    """The values that a text is put together from."""
    value = code.bare(value)
    if value.type == "binary_expression" and depth < 30:
        if code.text(value.child_by_field_name("operator")) == "+":
            for side in ("left", "right"):
                if (inner := value.child_by_field_name(side)) is not None:
                    yield from _parts(code, inner, depth + 1)
    elif value.type == "method_invocation" and code.callee(value) in {"String.format", "String.valueOf"}:
        for inner in code.arguments(value).positional:
            yield from _parts(code, inner, depth + 1)
    else:
        yield value


def _is_secret(code: JavaCode, value: Node) -> bool:
    if value.type == "method_invocation":
        getter = _GETTER.fullmatch(code.method(value))
        name = "" if code.arguments(value).positional else getter.group(1) if getter is not None else code.method(value)
    elif value.type in {"identifier", "field_access"}:
        name = code.text(value).rpartition(".")[2]
    else:
        return False
    kind = code.type_of(value)
    words = set(words_of(name))
    return (
        bool(name)
        and (is_secret_setting(name) or name in _SHORT)
        and not words & _HARMLESS
        and kind not in code.number_types
    )
