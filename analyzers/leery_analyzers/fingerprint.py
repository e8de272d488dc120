"""A name for a place in a text that survives edits elsewhere and does not depend on who looks at it.

Engines mark different parts of one statement, so the name is made from the whole of it: the lines from where the
statement starts to where its brackets close. Those lines are found from indentation and brackets near the place, not
by parsing, so it works for every language and for broken code; a wrong guess is still the same guess each time.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery_analyzers.text import Text

_REACH = 1200  # code points looked at before and after the start of the place's line, however long the lines are
_last: tuple[Text, dict[int, str]] | None = None
_NO_CODE = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:\\.|[^`\\])*`|#.*|//.*")


def statement_at(text: Text, offset: int) -> str:
    """The lines of the statement around a place, without any white space; at most about 2,400 code points.

    Formatting that only moves white space, also over line ends, does not change it. Those of the text that was asked
    for last are kept: several engines' answers on one version come one after the other.
    """
    global _last  # noqa: PLW0603 - replaced as a whole, so that threads cannot mix two texts up
    known = _last
    if known is None or known[0] is not text:
        _last = known = text, {}
    found = known[1].get(offset)
    if found is None:
        start = text.line_start(text.line_of(offset))
        low = max(start - _REACH, 0)
        window = text.slice(low, start + _REACH)
        found = known[1][offset] = _statement(window[: start - low], window[start - low :], low > 0)
    return found


@lru_cache(maxsize=4096)
def _statement(before: str, behind: str, cut: bool) -> str:
    """The statement in a window on the text; kept, since it is asked for again after every edit elsewhere."""
    below = _lines(behind)
    above = _lines(before)[:-1]
    if cut and above:
        del above[0]  # its start may be cut off
    first = _first_line(above, below[0])
    lines = [*above[first:], *below]
    return "".join("".join(lines[: _length(lines, len(above) - first)]).split())


def fingerprint(kind: str, statement: str, ordinal: int) -> str:
    """32 hexadecimal digits.

    Args:
        kind: the class of the finding.
        statement: from `statement_at`.
        ordinal: how many findings of the same class at an identical statement come before it in the document.
    """
    parts = (kind, statement, str(ordinal))
    data = b"".join(len(part).to_bytes(4, "big") + part.encode("utf-8", "surrogatepass") for part in parts)
    return hashlib.sha256(data).hexdigest()[:32]


def _first_line(above: list[str], line: str) -> int:
    """Index into `above` of the line where the statement starts that `line` is part of; its length for `line` itself.

    A line higher up that is indented less starts it when it leaves a bracket open down to here. A block's brace ends
    the search: what stands in a block is a statement of its own.
    """
    first, indent, opened = len(above), _indent(line), 0
    for index in reversed(range(len(above) if indent else 0)):
        candidate = above[index]
        code = _NO_CODE.sub("", candidate)
        opened += _opened(code)
        if not code.strip() or _indent(candidate) >= indent:
            continue
        if opened <= 0 or code.rstrip().endswith("{"):
            break
        first, indent, opened = index, _indent(candidate), 0
    return first


def _length(lines: list[str], at_least: int) -> int:
    """How many lines the statement has: up to where its brackets close, to the place's own line if they do not."""
    opened = 0
    for index, line in enumerate(lines):
        code = _NO_CODE.sub("", line)
        opened += _opened(code)
        if (opened <= 0 or code.rstrip().endswith("{")) and index >= at_least:
            return index + 1
    return at_least + 1


def _opened(code: str) -> int:
    """Brackets opened and not closed; negative when more are closed."""
    return code.count("(") + code.count("[") - code.count(")") - code.count("]")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _lines(text: str) -> list[str]:
    """The lines without their endings."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
