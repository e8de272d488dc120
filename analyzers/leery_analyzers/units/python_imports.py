"""The import statements in a piece of Python, found without parsing it.

Must work on half-written code: what is not a complete import statement is left out.
"""

from __future__ import annotations

import re

from leery_analyzers.lazy import lazy_regex

MAYBE_IMPORT = lazy_regex(r"(?:^\ufeff?|[;:])[ \t\f]*(?:import|from)\b")
"""Matches every line on which an import statement may start."""

# Strings and comments, then what separates statements or nests.
_TOKEN = lazy_regex(
    r"\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*(?:\"\"\"|\Z)|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r"|\"[^\"\\\n\r]*(?:\\.[^\"\\\n\r]*)*\"?|'[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'?"
    r"|\#[^\n\r]*|\\(?:\r\n|.)|([(\[{])|([)\]}])|([;:\n\r])",
    re.DOTALL,
)
_OPENER, _CLOSER, _SEPARATOR = range(1, 4)
_BLANKS = lazy_regex(r"(?:\#[^\n\r]*|\\\r?\n|\\\r|\s)+")

_NAME = r"[^\W\d]\w*"
_DOTTED = rf"{_NAME}(?: ?\. ?{_NAME})*"
_AS = rf"(?: as {_NAME})?"
_ITEMS = rf"{_NAME}{_AS}(?: ?, ?{_NAME}{_AS})*"
_STATEMENT = lazy_regex(
    rf"import {_DOTTED}{_AS}(?: ?, ?{_DOTTED}{_AS})*"
    rf"|from ?(?:\.[. ]*(?:{_DOTTED} |)|(?<= ){_DOTTED} )import ?(?:\*|(?<= ){_ITEMS}|\( ?{_ITEMS} ?,? ?\))"
)


def import_statements(text: str) -> tuple[str, ...]:
    """The import statements in a text of whole logical lines, as they stand there, in order.

    They are cut out of what surrounds them (``if x: import y; z()`` gives ``import y``) and parse alone.
    """
    found: list[str] = []
    start = nesting = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind == _OPENER:
            nesting += 1
        elif kind == _CLOSER:
            nesting -= 1 if nesting else 0
        elif kind == _SEPARATOR and not nesting:
            _keep(text[start : token.start()], found)
            start = token.end()
    _keep(text[start:], found)
    return tuple(found)


def _keep(piece: str, found: list[str]) -> None:
    statement = piece.lstrip("\ufeff \t\f")
    if not statement.startswith(("import", "from")):
        return
    if _STATEMENT.fullmatch(_BLANKS.sub(" ", statement).rstrip()):
        found.append(_without_comment(statement))


def _without_comment(statement: str) -> str:
    """The statement without a comment after its end; comments between brackets stay."""
    end = statement.rfind(")") + 1 or len(statement)
    hash_at = statement.find("#")
    if hash_at >= 0 and "(" not in statement[:hash_at]:
        end = hash_at
    return statement[:end].rstrip()
