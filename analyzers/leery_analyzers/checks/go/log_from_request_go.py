"""Text from a request written to the log as it is, in Go.

A line break in the value starts a line of its own, so that whoever sends it writes what looks like entries of this
program. ``%q`` and structured loggers (`log/slog`) quote what they are given.

Left alone: ``%q``, numbers, fields of structured loggers, and values whose line breaks are taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LEVELS = ("Info", "Warn", "Warning", "Error", "Debug", "Print", "Fatal", "Panic", "Trace")
_FORMATTED = frozenset(f".{level}f" for level in _LEVELS)
_PLAIN = frozenset(f".{level}{end}" for level in _LEVELS for end in ("", "ln"))
_LOGGER = re.compile(r"(?:.*\.)?(?:\w*[lL]og(?:ger|rus|s)?|l|sugar|e\.Logger|c\.Logger\(\)|\w*Log)(?:\(\))?")
_STRUCTURED = re.compile(r"slog|zap|zerolog")
_VERB = re.compile(r"%%|%[^a-zA-Z%]*([a-zA-Z])")
_CLEANED = re.compile(r"\"\\[rn]\"|(?i:sanitiz|escape|clean)\w*\(|strconv\.Quote")


class LogFromRequestGo(Check):
    """Finds values of requests in the text of log entries."""

    summary = "Text from a request in the log as it is"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-117",)
    owasp = ("A09:2025",)
    references = ("https://pkg.go.dev/log/slog",)
    languages = GO
    calls = _FORMATTED | _PLAIN

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	log.Printf("name %q", r.FormValue("größe"))
	slog.Info("login", "user", r.FormValue("user"))
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	name := strings.ReplaceAll(r.FormValue("name"), "\\n", "")
	log.Println("name", name)
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request, path string) {
	log.Println("reading", path)
	menu.Info(r.FormValue("name"))
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Printf("Größe %s: %d", user, 1)
}
""",
            at='%d", «user»',
            message="`user` comes from the request; a line break in it forges entries of the log.",
            fixed=(
                """\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Printf("Größe %q: %d", user, 1)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(c *gin.Context) {
	logger.Info("agent " + c.GetHeader("User-Agent"))
}
""",
            at='"agent " + c.GetHeader("User-Agent")',
            message='`c.GetHeader("User-Agent")` comes from the request; a line break in it forges entries of the log.',
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        base, values = code.receiver(call), code.arguments(call).positional
        owner = f"{code.text(base)} {code.type_of(base) if base is not None else ''}".strip()
        if not values or not _LOGGER.fullmatch(code.text(base)) or _STRUCTURED.search(owner):
            return
        if _CLEANED.search(code.text(code.function(call) or call)):
            return
        formatted = f".{code.method(call)}" in _FORMATTED
        verbs = _VERB.findall(code.literal(values[0]) or "") if formatted else []
        verbs = [verb for verb in verbs if verb]
        for place, value in enumerate(values):
            verb = verbs[place - 1] if formatted and 0 < place <= len(verbs) else "s"
            source = from_request(code, value) if verb in "sv" else ""
            if source:
                message = f"`{short(source)}` comes from the request; a line break in it forges entries of the log."
                yield Problem(value, message, fixes=_quoted(code, values, place) if formatted else ())
                return


def _quoted(code: GoCode, values: tuple[Node, ...], place: int) -> tuple[Fix, ...]:
    """The verb that quotes in the place of the value's."""
    text = code.text(values[0])
    verbs = [found for found in _VERB.finditer(text) if found[1]]
    if place == 0 or place > len(verbs) or verbs[place - 1].group() not in {"%s", "%v"}:
        return ()
    at = verbs[place - 1]
    edit = code.replace(values[0], f"{text[: at.start()]}%q{text[at.end() :]}")
    return (Fix("Quote it with %q", "safe", (edit,)),)
