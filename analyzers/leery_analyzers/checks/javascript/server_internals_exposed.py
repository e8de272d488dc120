"""An answer that shows the environment or the inside of a server.

The environment holds passwords and keys. Traces in answers of a GraphQL server, and a handler of errors that is meant
for development, tell a visitor about files, versions and queries.

Left alone: single variables that are named, and handlers of errors that are mounted for development only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ENVIRONMENT = re.compile(
    r"(?:\b(?:res|reply|response|ctx|c|h|Response|NextResponse)\b[\w.()]*\.?(?:json|send|end|body|response)\s*[(=]|"
    r"\bbody\s*:)[^;\n]{0,160}?(?P<place>\bprocess\.env\b(?!\s*[.\[?]))"
)
_TRACES = re.compile(r"(?P<place>\bincludeStacktraceInErrorResponses\s*:\s*true)")
_FORMAT = re.compile(
    r"\b(?:formatError|customFormatErrorFn|errorFormatter)\b[^;]{0,240}?"
    r"(?P<place>[\w.?()\[\] ]*\.(?:stack\b|stacktrace\b|originalError\b))"
)
_HANDLER = re.compile(r"\.use\(\s*(?P<place>(?:errorhandler|errorHandler)\(\s*(?:\{[^}]*\})?\s*\))")
_HASH = re.compile(
    r"\b(?:res|reply|Response|NextResponse)\b[\w.()]*\.?(?:json|send)\(\s*\{[^;]{0,200}?"
    r"(?P<place>\b(?:password|passwordHash|password_hash)\s*:\s*\w+\.(?:password\w*|hash))"
)
_CLUES = ("password", "process.env", "includeStacktrace", "ormatError", "rrorFormatter", "errorhandler", "errorHandler")
_DEVELOPMENT = re.compile(r"(?i)NODE_ENV|is_?(prod|dev)|get\(\s*['\"`]env")
_SECRETS = "The whole environment goes to whoever asks, with the passwords and keys in it."
_STORED = "The stored password goes to whoever asks; its hash can be tried out elsewhere."
_INSIDE = "This shows traces of errors to whoever asks: files, versions and queries of this program."


class ServerInternalsExposed(Check):
    """Finds answers that show the environment or traces."""

    summary = "An answer that shows the environment or traces of a server"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-209", "CWE-497", "CWE-200")
    owasp = ("A02:2025", "A10:2025")
    languages = JAVASCRIPT

    VALID = (
        "res.json({ größe: 1, name: user.name, hasPassword: Boolean(user.password) });\n",
        "res.json({ größe: process.env.SIZE, mode: process.env['MODE'] });\nstart(process.env);\n",
        "if (process.env.NODE_ENV !== 'production') {\n  app.use(errorhandler()); // größe\n}\n",
    )
    INVALID = (
        Invalid(code="app.get('/größe', (req, res) => res.json(process.env));\n", at="process.env", message=_SECRETS),
        Invalid(
            code="const server = new ApolloServer({ größe, includeStacktraceInErrorResponses: true });\n",
            at="includeStacktraceInErrorResponses: true",
            message=_INSIDE,
            language="typescript",
        ),
        Invalid(
            code="const server = new ApolloServer({ formatError: (err) => ({ größe: 1, trace: err.stack }) });\n",
            at="err.stack",
            message=_INSIDE,
        ),
        Invalid(
            code="const errorhandler = require('errorhandler');\napp.use(errorhandler()); // größe\n",
            at="errorhandler()",
            message=_INSIDE,
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        if not any(clue in text for clue in _CLUES):
            return
        for pattern, message in (
            (_ENVIRONMENT, _SECRETS),
            (_HASH, _STORED),
            (_TRACES, _INSIDE),
            (_FORMAT, _INSIDE),
            (_HANDLER, _INSIDE),
        ):
            for found in pattern.finditer(text):
                start, end = found.span("place")
                start += len(found["place"]) - len(found["place"].lstrip())
                if pattern is _HANDLER and "errorhandler" not in code.import_lines:
                    continue
                if pattern is _ENVIRONMENT or not _DEVELOPMENT.search(text[max(0, start - 300) : end]):
                    yield Problem(TextRange(start, end), message)
