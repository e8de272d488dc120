"""The text of an internal error sent to strangers, in Go.

Errors name tables, files and addresses of the inside; whoever attacks learns how the program is built.

Reported is ``err.Error()`` in an answer with a status of 500 and above. Left alone: answers that say what was wrong
with the request (400), and errors of a type made for users.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ERROR = named("net/http", "Error")
_ANSWERS = frozenset({".JSON", ".String", ".AbortWithStatusJSON", ".SendString", ".HTML", ".IndentedJSON"})
_INTERNAL = re.compile(r"(?:http\.Status|fiber\.Status)(?:InternalServerError|BadGateway|ServiceUnavailable)|50[0-4]")
_TEXT = re.compile(r"\b(\w*[eE]rr)\.Error\(\)|fmt\.Sprint(?:f|ln)?\([^()]*\b(\w*[eE]rr)\)|debug\.Stack\(\)")
_MESSAGE = "The answer tells strangers how this program is built; write the error to the log only."


class ErrorDetailsInResponseGo(Check):
    """Finds errors in answers."""

    summary = "The text of an internal error sent to strangers"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-209",)
    owasp = ("A10:2025",)
    languages = GO
    calls = _ERROR | _ANSWERS

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, err error) {
	log.Print(err)
	http.Error(w, "internal error", http.StatusInternalServerError)
	http.Error(w, err.Error(), http.StatusBadRequest)
}
""",
        """\
package a

func f(c *gin.Context, err error) {
	c.JSON(400, gin.H{"error": err.Error()})
	c.JSON(500, gin.H{"error": "internal"})
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError) // Fehler
}
""",
            at="err.Error()",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "net/http"

func größe(w http.ResponseWriter, err error) {
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError) // Fehler
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(c *gin.Context, err error) {
	c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
}
""",
            at="err.Error()",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "net/http"

func f(c *gin.Context, err error) {
	c.JSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        values = code.arguments(call).positional
        status = next((value for value in values if _INTERNAL.fullmatch(code.text(value))), None)
        base = code.text(code.receiver(call))
        if status is None and re.search(r"\.Status\(\s*(?:\w+\.StatusInternalServerError|500)\s*\)$", base) is None:
            return
        for value in values:
            text = _TEXT.search(code.text(value)) if value != status else None
            if text is None:
                continue
            start = value.start_byte + len(code.text(value)[: text.start()].encode())
            node = value.descendant_for_byte_range(start, start + len(text.group().encode()))
            if node is not None:
                yield Problem(node, _MESSAGE, fixes=_plain(code, node))
                return


def _plain(code: GoCode, node: Node) -> tuple[Fix, ...]:
    if node.type != "call_expression":
        return ()
    edit = code.replace(node, "http.StatusText(http.StatusInternalServerError)")
    return (Fix("Say only what kind of error it is", "review", (edit,), ('import "net/http"',)),)
