"""The constants that a document's top level declares, found without parsing it.

A constant is a name in capitals that is given, on lines of its own, what never changes: texts, numbers, truth values,
tuples of them, and members of modules. Lists and tables are none, since anything may change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    import re

MAYBE_CONSTANT = lazy_regex(r"_*[A-Z][A-Z0-9_]*[ \t]*(?::[^=\n]*)?=(?!=)")
"""Matches every line on which such a declaration may start, at the start of the line."""
_TEXT = r"(?:[rRbBuU]{1,2})?(?:\"(?!\"\")(?:[^\"\\\n]|\\.)*\"|'(?!'')(?:[^'\\\n]|\\.)*')"
_NUMBER = r"(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)"
_MEMBER = r"[^\W\d]\w*(?:\.[^\W\d]\w*)+(?![\w.]*\s*\()"
_ATOM = rf"(?:{_TEXT}|{_NUMBER}|True\b|False\b|None\b|{_MEMBER})"
_SUM = rf"{_ATOM}(?:\s*(?:\*\*|<<|[-+*|&])\s*{_ATOM}|\s+{_TEXT})*"
_VALUE = rf"(?:{_SUM}|\(\s*(?:{_SUM}\s*,?\s*){{0,40}}\))"
CONSTANT = lazy_regex(rf"(?P<name>_*[A-Z][A-Z0-9_]*)[ \t]*(?::[^=\n]*)?=[ \t]*(?P<value>{_VALUE})[ \t]*(?:#[^\n]*)?\s*")
_LONGEST = 600


def constant(text: str) -> re.Match[str] | None:
    """The declaration that a text of one logical line is; None if it is none."""
    return CONSTANT.fullmatch(text) if len(text) <= _LONGEST else None
