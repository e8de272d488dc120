"""A secret that is used where none is set, in Java.

``System.getenv().getOrDefault("JWT_SECRET", "…")`` works everywhere, also where somebody forgot to set the secret: then
everybody who can read the code has it. A program that lacks a secret should not start.

Reported are texts that stand in for an environment variable or a property whose name says that it is secret. Left
alone: empty texts, and variables that are called a secret themselves, which another rule reports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.secrets_written import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DEFAULTS = frozenset({"getOrDefault", "orElse", "getProperty", "requireNonNullElse"})
_ASKED = re.compile(r"(?:getenv|getProperty|getOrDefault|getOptionalValue)\(\s*\"([\w.\-]+)\"")
_WORKS = re.compile(r"(?!\$\{)[^\s<>{}]{6,}")
"""What serves as a secret; a placeholder such as ``dev-secret`` serves, too, once it is in use."""
_SOME = "k3Vq9-Zt71xW"
_MESSAGE = "Where the setting is missing, this text is used, which everybody can read here."


class FallbackSecretJava(Check):
    """Finds texts that stand in for a secret that is not set."""

    summary = "A secret that is used where none is set"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798",)
    owasp = ("A07:2025",)
    languages = JAVA
    calls = frozenset(f".{name}" for name in _DEFAULTS)
    query = """
    (ternary_expression) @choice
    (return_statement (string_literal) @text) @returned
    (assignment_expression left: (identifier) @kept right: (string_literal) @text)
    """

    VALID = (
        """\
class A {
    static String größe() {
        String secret = System.getenv("TOKEN_SECRET");
        return secret == null ? "" : "configured";
    }
}
""",
        """\
class A {
    String größe() {
        return System.getenv().getOrDefault("REGION", "eu-central-1");
    }
}
""",
        """\
class A {
    String f(String given) {
        return given != null ? given : "nothing";
    }
}
""",
        """\
class A {
    String f() {
        return Optional.ofNullable(System.getenv("API_TOKEN")).orElse("");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    static String größe() {
        String configured = System.getenv("TOKEN_SECRET");
        if (configured != null && configured.length() >= 32) {
            return configured;
        }
        return "access-token-signing-2024!";
    }
}
""",
            at='"access-token-signing-2024!"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe() {
        String configured = System.getenv("JWT_SECRET");
        if (configured == null) {
            configured = "jwt-s3cr3t-of-2024";
        }
        sign(configured);
    }
}
""",
            at='"jwt-s3cr3t-of-2024"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String f() {
        return Optional.ofNullable(System.getenv("API_TOKEN")).orElse("größe-12345abcde");
    }
}
""",
            at='"größe-12345abcde"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String f() {
        String größe = System.getenv("JWT_SECRET");
        return größe != null ? größe : "jwt-s3cr3t-of-2024";
    }
}
""",
            at='"jwt-s3cr3t-of-2024"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Key größe(Environment settings) {
        return keyOf(settings.getProperty("jwt.secret", "jwt-s3cr3t-of-2024"));
    }
}
""",
            at='"jwt-s3cr3t-of-2024"',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one choice."""
        assert isinstance(code, JavaCode)
        call, choice = found.get("call"), found.get("choice")
        if "text" in found:
            yield from _otherwise(code, found["text"], found.get("kept"))
        elif call is not None:
            values = code.arguments(call).positional
            yield from _by_default(code, call, values[-1]) if values else ()
        elif choice is not None:
            for side in ("consequence", "alternative"):
                text = choice.child_by_field_name(side)
                yield from _by_default(code, choice, text) if text is not None else ()


def _otherwise(code: JavaCode, text: Node, kept: Node | None) -> Iterator[Problem]:
    """A text that a method gives, or a variable gets, where what was asked of the environment is not there."""
    function = code.text(code.function(text))
    own, known = re.escape(code.text(kept)) if kept is not None else r"\w+", code.literal(text) or ""
    asked = re.search(rf"\b({own})\s*=\s*[\w.]*(?:getenv|getProperty)\(\s*\"([\w.\-]+)\"\s*\)", function)
    if asked is None or not is_secret(re.sub(r"[.\-]", "_", asked[2]), _SOME) or is_secret(asked[1], known):
        return
    given = kept is not None or re.search(rf"\breturn\s+{re.escape(asked[1])}\b", function)
    if given and _WORKS.fullmatch(known):
        yield Problem(text, _MESSAGE)


def _by_default(code: JavaCode, lookup: Node, default: Node) -> Iterator[Problem]:
    """A text that is taken where an environment variable or a property is not set."""
    text, asked = code.literal(default), code.text(lookup)
    for side in ("consequence", "alternative"):
        part = lookup.child_by_field_name(side)
        if part is not None and part.type == "identifier":
            asked += "".join(code.text(b.value) for b in code.last_values(part) if b.value is not None)
    setting, kept = _ASKED.search(asked), lookup.parent
    own = code.text(kept.child_by_field_name("name") or kept.child_by_field_name("left")) if kept is not None else ""
    if text is None or setting is None or setting[1] == text or (own and is_secret(own, text)):
        return
    if _WORKS.fullmatch(text) and is_secret(re.sub(r"[.\-]", "_", setting[1]), _SOME):
        yield Problem(default, _MESSAGE)
