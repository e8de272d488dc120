r"""A character that an editor does not show.

Bidirectional controls (U+202A to U+202E, U+2066 to U+2069) reorder what is displayed, so a reviewer reads other code
than the machine runs. Zero-width characters make two names look alike, or hide text. Tag characters (the block U+E0000)
and runs of variation selectors carry whole instructions that a person cannot see and a language model reads.

Left alone: joiners within emoji and between letters of scripts that need them, tags of a flag emoji, a byte order mark
at the start of a file, and direction marks next to right-to-left letters.

The fix keeps what the program does: within a string the character is written as an escape, within a comment it is
removed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import EVERY_TEXT, Check, Invalid, Problem, Valid
from leery_analyzers.model import Fix, Level
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_HIDDEN = re.compile(
    "[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3164\uffa0\U000e0000-\U000e007f]+"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_BLACK_FLAG = "\U0001f3f4"
_STRINGS = frozenset({"string", "string_content", "string_fragment", "template_string", "escape_sequence"})
_NAMES = frozenset({"identifier", "property_identifier", "shorthand_property_identifier", "type_identifier"})


class HiddenUnicode(Check):
    """Finds characters that are not displayed."""

    summary = "A character that an editor does not show"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-1007",)
    owasp = ("A03:2025", "LLM01:2025")
    references = ("https://trojansource.codes/", "https://www.unicode.org/reports/tr36/")
    languages = EVERY_TEXT

    VALID = (
        "Une famille: \U0001f468\u200d\U0001f469\u200d\U0001f467, un cœur: ❤\ufe0f\n",
        "\ufeffA byte order mark at the start\n",
        "\u0641\u0627\u0631\u0633\u06cc: \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\n",
        "Wales: \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f\n",
        Valid("# עברית\u200e: a direction mark beside Hebrew\n", "python"),
        Valid('clean = text.replace("\\u200b", "")\n', "python"),
    )
    INVALID = (
        Invalid(
            code="Ignore the following.\U000e0072\U000e006d\n",
            at="\U000e0072\U000e006d",
            message="2 hidden characters (U+E0072, U+E006D) carry text that no editor shows but a program or a "
            "language model reads.",
            fixed=("Ignore the following.\n",),
        ),
        Invalid(
            code="# größer\u202e } \nif admin:\n    grant()\n",
            at="\u202e",
            message="The hidden character U+202E (right-to-left override) reorders this line on the screen: what is "
            "read is not what is run.",
            fixed=("# größer } \nif admin:\n    grant()\n",),
            language="python",
        ),
        Invalid(
            code='if role == "admin\u2066":\n    grant()\n',
            at="\u2066",
            message="The hidden character U+2066 (left-to-right isolate) reorders this line on the screen: what is "
            "read is not what is run.",
            fixed=('if role == "admin\\u2066":\n    grant()\n', 'if role == "admin":\n    grant()\n'),
            language="python",
        ),
        Invalid(
            code="const is\u200bAdmin = false;\n",
            at="\u200b",
            message="The hidden character U+200B (zero width space) is not shown: this text differs from the one it "
            "looks like.",
            fixed=("const isAdmin = false;\n",),
            language="javascript",
        ),
        Invalid(
            code="x = 1  # é\ufe00\ufe01\n",
            at="\ufe00\ufe01",
            message="2 hidden characters (U+FE00, U+FE01) carry text that no editor shows but a program or a "
            "language model reads.",
            fixed=("x = 1  # é\n",),
            language="python",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        if text.isascii():
            return
        for found in _HIDDEN.finditer(text):
            start, end = _without_sane(text, found.start(), found.end(), at_file_start=code.unit.start == 0)
            if start < end:
                hidden = text[start:end]
                yield Problem(TextRange(start, end), _message(hidden), fixes=_fixes(code, start, end))


def _without_sane(text: str, start: int, end: int, *, at_file_start: bool) -> tuple[int, int]:
    """The run without what has a good reason to be there; empty when all of it has."""
    if at_file_start and start == 0 and text[0] == "\ufeff":
        start += 1
    before, after = text[start - 1 : start], text[end : end + 1]
    run = text[start:end]
    if run and all(char in _JOINERS for char in run) and len(run) == 1 and _joins(before, after, run):
        return end, end
    if run and all(char in _MARKS for char in run) and (_right_to_left(before) or _right_to_left(after)):
        return end, end
    if before == _BLACK_FLAG and run.endswith("\U000e007f") and len(run) <= 8:
        return end, end
    return start, end


def _joins(before: str, after: str, joiner: str) -> bool:
    """Whether a joiner stands within an emoji sequence, or between letters of a script that uses it."""
    if not before or not after:
        return False
    if joiner == "\u200d" and _is_emoji(after) and (_is_emoji(before) or before == "\ufe0f"):
        return True
    return _takes_joiners(before) and (_takes_joiners(after) or not after.isalnum())


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk"} or char in "\u2640\u2642\u2695\u2696\u2708\u2764"


def _takes_joiners(char: str) -> bool:
    """Arabic and its kin, the scripts of India and South-East Asia, Mongolian."""
    return "\u0600" <= char <= "\u1aff" or "\ufb50" <= char <= "\ufefc"


def _right_to_left(char: str) -> bool:
    return bool(char) and unicodedata.bidirectional(char) in {"R", "AL"}


def _message(hidden: str) -> str:
    code = f"U+{ord(hidden[0]):04X}"
    name = unicodedata.name(hidden[0], "").lower()
    shown = f"The hidden character {code}" + (f" ({name})" if name else "")
    if len(hidden) > 1:
        listed = ", ".join(f"U+{ord(char):04X}" for char in hidden[:3]) + (", …" if len(hidden) > 3 else "")
        shown = f"{len(hidden)} hidden characters ({listed})"
    one = len(hidden) == 1
    if _BIDI.search(hidden):
        verb = "reorders" if one else "reorder"
        return f"{shown} {verb} this line on the screen: what is read is not what is run."
    if _TAGS.search(hidden) or _SELECTORS.search(hidden):
        verb = "carries" if one else "carry"
        return f"{shown} {verb} text that no editor shows but a program or a language model reads."
    verb = "is" if one else "are"
    return f"{shown} {verb} not shown: this text differs from the one it looks like."


def _fixes(code: Code, start: int, end: int) -> tuple[Fix, ...]:
    count = end - start
    title = "Remove the hidden character" if count == 1 else f"Remove {count} hidden characters"
    remove = (TextEdit(start, end, ""),)
    node = _node_at(code, start)
    if node is not None and node.type in _STRINGS:
        escaped = _escaped(code, code.unit.text[start:end], node)
        removal = Fix(title, "review", remove)
        if escaped is None:
            return (removal,)
        return (Fix("Write it as an escape", "safe", (TextEdit(start, end, escaped),)), removal)
    in_name = node is not None and node.type in _NAMES
    return (Fix(title, "review" if in_name else "safe", remove),)


def _node_at(code: Code, offset: int) -> Node | None:
    if code.tree is None:
        return None
    at = len((code.unit.prefix + code.unit.text[:offset]).encode("utf-8", "surrogatepass"))
    node = code.tree.root.descendant_for_byte_range(at, at + 1)
    return node.parent if node is not None and node.is_error and node.parent is not None else node


def _escaped(code: Code, hidden: str, node: Node) -> str | None:
    """The characters as escapes of the language; None in a string that knows no escapes."""
    whole: Node | None = node
    while whole is not None and whole.type not in {"string", "template_string"}:
        whole = whole.parent
    opening = code.text(whole)[:4].lower().split('"')[0].split("'")[0]
    if "r" in opening or "b" in opening:
        return None
    if code.unit.language == "python":
        return "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in hidden)
    return "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\u{{{ord(c):x}}}" for c in hidden)
