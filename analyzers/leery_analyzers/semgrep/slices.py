"""What semgrep is given to read for a unit, and the way back from its lines and columns to the unit's code points.

Knows neither how semgrep is run nor what its rules say. Semgrep counts lines by line feeds only and columns in UTF-8
bytes, in every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from leery_analyzers.semgrep.languages import LANGUAGES
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery_analyzers.analyzer import Unit

_LONE_RETURN = re.compile(r"\r(?!\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOM = "\ufeff"
_DENSE = 0.1


@dataclass(frozen=True)
class Slice:
    """One file for semgrep and where a unit's text lies in it.

    Attributes:
        language: language id as in the LSP.
        text: what to write, without a byte order mark (semgrep finds nothing in Python behind one), without lone
            carriage returns and surrogates; each replaced by one code point, so that offsets stay.
        start: offset in `text` of the unit's own characters, code points.
        length: how many characters of the unit's own there are in `text`.
        dropped: how many characters of the unit's text before these were left out.
    """

    language: str
    text: str
    start: int = 0
    length: int = 0
    dropped: int = 0

    @cached_property
    def data(self) -> bytes:
        """The bytes to write."""
        return self.text.encode("utf-8")

    @cached_property
    def lines(self) -> list[str]:
        """The lines as semgrep counts them, without their line feeds."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    def range_of(self, first: tuple[int, int], last: tuple[int, int]) -> TextRange | None:
        """The place in the unit's text between two (line, column) pairs, both from 0, columns in UTF-8 bytes.

        None when it is not wholly within: then it speaks of the imports or the class header around.
        """
        start, end = self._offset(*first) - self.start, self._offset(*last) - self.start
        if start < 0 or end > self.length or end < start:
            return None
        return TextRange(start + self.dropped, end + self.dropped)

    def line_range(self, line: int) -> TextRange | None:
        """The place of a whole line, from 0, in the unit's text; None for a line outside."""
        if not 0 <= line < len(self.lines):
            return None
        start = max(self._starts[line] - self.start, 0)
        end = min(self._starts[line] + len(self.lines[line]) - self.start, self.length)
        return TextRange(start + self.dropped, end + self.dropped) if start <= end else None

    def _offset(self, line: int, column: int) -> int:
        if line >= len(self.lines):
            return len(self.text)
        text = self.lines[line]
        if text.isascii():
            return self._starts[line] + min(column, len(text))
        return self._starts[line] + len(text.encode("utf-8")[:column].decode("utf-8", "ignore"))


def slice_of(unit: Unit, witness: str = "") -> Slice:
    """The file that stands for a unit: its imports, its source, and a last line with the witness as a comment.

    Args:
        unit: in one of `LANGUAGES`.
        witness: a word that a textual rule looks for, to show that the file was read.
    """
    text = unit.text.removeprefix(_BOM)
    dropped = len(unit.text) - len(text)
    before = "".join(line + "\n" for line in unit.imports).removeprefix(_BOM) + unit.prefix
    content = before + text + unit.suffix
    if "\r" in content:
        content = _LONE_RETURN.sub("\n", content)
    if not content.isascii():
        content = _SURROGATE.sub("\ufffd", content)
    if witness:
        content += f"{_padding(content)}\n{LANGUAGES[unit.language].comment} {witness}\n"
    return Slice(unit.language, content, len(before), len(text), dropped)


def _padding(content: str) -> str:
    """Line feeds for a text with hardly any white space: semgrep's language server skips what looks minified."""
    blank = content.count(" ") + content.count("\n") + content.count("\t")
    if len(content) * _DENSE <= min(blank, content.count("\n") * 100):
        return ""
    return "\n" * (len(content) // 8)


# From "Ignore files, folders, and code" of semgrep's documentation: the comment stands on the finding's first line or
# alone on the line before.
_MARK = re.compile(r"\#|//|/\*|<!--|--")
_QUOTES = re.compile(r"""\\.|["'`]""")
_NOSEM = re.compile(
    r"\bnosem(?:grep)?\b(?:\s*:\s*(?P<ids>[\w.\-]+(?:\s*,\s*[\w.\-]+)*))?",
    re.IGNORECASE,
)


def is_suppressed(lines: list[str], line: int, rule: str) -> bool:
    """Whether a `nosemgrep` comment on a line, or alone on the line before, speaks of a rule.

    Args:
        lines: of the whole file.
        line: of the finding's first character, from 0.
        rule: id; a comment may also name it with the folders semgrep puts before it.
    """
    if line < len(lines) and _names(_comment(lines[line]), rule):
        return True
    return (
        0 < line <= len(lines) and _MARK.match(before := lines[line - 1].lstrip()) is not None and _names(before, rule)
    )


def _comment(line: str) -> str:
    """A line from the first mark of a comment on that no string is open before, in any language; roughly."""
    for mark in _MARK.finditer(line):
        quotes = [quote for quote in _QUOTES.findall(line, 0, mark.start()) if len(quote) == 1]
        if all(quotes.count(kind) % 2 == 0 for kind in set(quotes)):
            return line[mark.start() :]
    return ""


def _names(comment: str, rule: str) -> bool:
    found = _NOSEM.search(comment)
    if found is None:
        return False
    ids = found["ids"]
    return ids is None or any(name == rule or name.endswith("." + rule) for name in re.split(r"\s*,\s*", ids))
