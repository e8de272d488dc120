"""Where Python's statements, functions and classes start, from lexical evidence alone.

Must not parse: it has to work, and to agree with itself, on every half-written file. Lexical rules follow chapter 2 of
the Python language reference, with these approximations, none of which a valid program meets in practice:

- brackets are counted, not matched by kind; closers too many are ignored;
- a line that starts with ``def name(``, ``async def name(`` or ``class Name`` within brackets ends them (no valid
  program has that), and so does at column 0 a decorator or an import;
- a string in single quotes ends with its line unless a backslash carries it on, even if it is an f-string whose
  replacement field goes on; an f-string's nested quotes (PEP 701) are understood on one line;
- a comment belongs to the statement before it, since what follows cannot be known from the left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.units import marks
from leery_analyzers.units.marks import Folded, LongLine
from leery_analyzers.units.python_constants import MAYBE_CONSTANT, constant
from leery_analyzers.units.python_imports import MAYBE_IMPORT, import_statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A state is one number: the structure's id, then bracket depth, a bit for a backslash at the line's end, and which
# string the line starts in (an index into _QUOTES).
_QUOTES = ("", '"""', "'''", '"', "'")
_SHORT_QUOTES = 3
_QUOTE_BITS = 3
_CARRIED = 1 << _QUOTE_BITS
_DEPTH_UNIT = _CARRIED << 1
_LEX_BITS = 32
_LEX = (1 << _LEX_BITS) - 1
_MAX_BRACKETS = 1 << 26

# Groups, in order: 1 the indentation; then, as `lastindex`, what the line starts with.
_HEAD = lazy_regex(
    r"\ufeff?([ \t\f]*)"
    r"(?:((?:async[ \t]+)?def[ \t]+\w)|(class[ \t]+\w)|(@)|((?:else|elif|except|finally)\b|[)\]}])|(\#)|(\Z))?"
)
_OTHER, _DEF, _CLASS, _DECORATOR, _CLAUSE, _COMMENT, _BLANK = range(1, 8)

_RECOVER = lazy_regex(
    r"[ \t\f]*(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*[(\[]|class[ \t]+\w+[ \t]*[(:\[])"
    r"|@[^\W\d]|import[ \t]+\w|from[ \t]+[.\w]+[ \t]+import\b"
)

_EFFECT = lazy_regex(r"[()\[\]{}\"'\\]")
_PLAIN = r"[^()\[\]{}\"'\#\\]*"
_STRING = r"(?:\"(?!\"\")[^\"\\{]*(?:\\.[^\"\\{]*)*\"|'(?!'')[^'\\{]*(?:\\.[^'\\{]*)*')"
_FLAT = rf"{_PLAIN}(?:(?:{_STRING})(?:{_PLAIN}))*"
_NESTED = rf"{_PLAIN}(?:(?:{_STRING}|[(\[{{]{_FLAT}[)\]}}]){_PLAIN})*"
_BALANCED = lazy_regex(rf"{_PLAIN}(?:(?:{_STRING}|[(\[{{]{_NESTED}[)\]}}]){_PLAIN})*(?:\#.*)?\Z", re.DOTALL)
"""A line with complete strings and brackets matched to three levels: it changes nothing. Only a shortcut."""
_SHORTCUT = 1_000

# An f-string on one line whose replacement fields may hold quotes; each alternative starts with another character,
# so a failing match costs linear time.
_FIELD_STRING = r"\"[^\"{}]*\"|'[^'{}]*'"
_INNER_FIELD = rf"\{{(?:[^{{}}\"']|{_FIELD_STRING})*\}}"
_FIELD = rf"\{{(?!\{{)(?:[^{{}}\"']|{_FIELD_STRING}|{_INNER_FIELD})*\}}"
_F_BODY = rf"(?:(?:\\.|\{{\{{|{_FIELD})"
_F_STRING = (
    r"(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])"
    rf"(?:\"(?!\"\")[^\"{{\\]*{_F_BODY}[^\"{{\\]*)*\"|'(?!'')[^'{{\\]*{_F_BODY}[^'{{\\]*)*')"
)
_TOKEN = lazy_regex(
    rf"(?=[\"'()\[\]{{}}#\\fFtTrR])(?:{_F_STRING}"  # most characters start nothing: tell fast
    r"|(\"\"\"|''')"  # 1: a long string opens
    r"|\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*'"
    r"|([\"'])"  # 2: a string that does not end here
    r"|([(\[{])"  # 3
    r"|([)\]}])"  # 4
    r"|(\#)"  # 5
    r"|(\\\Z))",  # 6
    re.DOTALL,
)
_OPENS_LONG, _UNCLOSED, _OPENER, _CLOSER, _HASH, _CARRIES = range(1, 7)
_ENDS = {quote: lazy_regex(rf"\\.|({quote})", re.DOTALL) for quote in _QUOTES[1:]}

_NAME = lazy_regex(r"(?:def|class)[ \t]+(\w+)")

_Classes = tuple[tuple[int, int], ...]
_Structure = tuple[int, bool, int, int, bool, _Classes]
# top: what the top-level piece holds (_EMPTY, _STATEMENTS, _DEFINITION); blank: a blank line came since;
# function: indentation of the function the line before belongs to, or -1; decorated: that of a pending decorator,
# or -1; framed: the line before belongs to the innermost class; classes: indentation of each open class and of its
# body, -1 while unknown.
_EMPTY, _STATEMENTS, _DEFINITION = range(3)


class PythonScanner:
    """Scans Python; see `Scanner`."""

    start = 0
    global_imports = False
    bare_headers = True
    filler = "pass"

    def constants(self, statement: str) -> Mapping[str, str]:
        """See `Scanner`."""
        found = constant(statement) if MAYBE_CONSTANT.match(statement) else None
        return {found["name"]: found["value"]} if found is not None else {}

    def opening(self, constants: Sequence[tuple[str, str]]) -> str:
        """See `Scanner`."""
        return "".join(f"{name} = {value}\n" for name, value in constants)

    def __init__(self) -> None:
        self._structures: list[_Structure] = [(_EMPTY, False, -1, -1, False, ())]
        self._ids = {self._structures[0]: 0}
        self._steps: dict[tuple[int, int, int], tuple[int, int]] = {}

    def fold(self, state: int, lines: Sequence[str]) -> Folded:
        """See `Scanner`."""
        out = Folded()
        states, lines_marks, imports = out.states.append, out.marks.append, out.imports.append
        head_of, effect, steps = _HEAD.match, _EFFECT.search, self._steps
        structure, lex = state >> _LEX_BITS, state & _LEX
        for line in lines:
            states(structure << _LEX_BITS | lex)
            if lex and not (lex & (_CARRIED - 1)) and _RECOVER.match(line):
                lex = 0
            mark = 0
            if lex:
                imports(0)
            else:
                head = head_of(line)
                assert head is not None
                kind = head.lastindex or _OTHER
                indent = head.end(1)
                if indent and ("\t" in line or "\f" in line):
                    indent = _column(head[1])
                key = (structure, kind, indent)
                step = steps.get(key)
                if step is None:
                    step = steps[key] = self._step(structure, kind, indent)
                structure, mark = step
                maybe = ("import" in line or "from" in line) and MAYBE_IMPORT.search(line)
                imports(1 if maybe or (not indent and MAYBE_CONSTANT.match(line)) else 0)
            lines_marks(mark)
            if line.__class__ is LongLine:
                continue
            if lex or effect(line):
                lex = _lex(line, lex)
        out.end = structure << _LEX_BITS | lex
        return out

    def continues(self, state: int) -> bool:
        """See `Scanner`."""
        return bool(state & _LEX)

    def header(self, head: str) -> str:
        """See `Scanner`."""
        return head

    def name(self, head: str) -> str:
        """See `Scanner`."""
        found = _NAME.search(head)
        return found[1] if found else ""

    def closing(self, before: int, after: int) -> str:  # noqa: ARG002 - indentation closes
        """See `Scanner`."""
        return ""

    def import_statements(self, text: str) -> tuple[str, ...]:
        """See `Scanner`."""
        found = import_statements(text)
        return found if found or not MAYBE_CONSTANT.match(text) or constant(text) is None else (text,)

    def _step(self, structure: int, kind: int, indent: int) -> tuple[int, int]:
        after, mark = _advance(self._structures[structure], kind, indent)
        number = self._ids.get(after)
        if number is None:
            number = self._ids[after] = len(self._structures)
            self._structures.append(after)
        return number, mark


def _column(indentation: str) -> int:
    """Columns of an indentation: tabs go to multiples of eight, a form feed starts over."""
    column = 0
    for char in indentation:
        column = 0 if char == "\f" else column // 8 * 8 + 8 if char == "\t" else column + 1
    return column


def _lex(line: str, lex: int) -> int:
    """The lexical state after a line."""
    brackets, quote, at = lex // _DEPTH_UNIT, lex & (_CARRIED - 1), 0
    if not quote and len(line) < _SHORTCUT and _BALANCED.match(line):
        return brackets * _DEPTH_UNIT
    while True:
        if quote:
            at = _after_string(line, at, _QUOTES[quote])
            if at < 0:
                goes_on = quote < _SHORT_QUOTES or _is_carried(line)
                return brackets * _DEPTH_UNIT | (quote if goes_on else 0)
        brackets, quote, at, carried = _lex_code(line, at, brackets)
        if not quote:
            return min(brackets, _MAX_BRACKETS) * _DEPTH_UNIT | carried


def _lex_code(line: str, at: int, brackets: int) -> tuple[int, int, int, int]:
    """Lex code up to a string that needs a closer look: brackets, the string's quote, its start, the carrying bit."""
    for token in _TOKEN.finditer(line, at):
        kind = token.lastindex
        if kind is None:
            continue
        if kind == _OPENER:
            brackets += 1
        elif kind == _CLOSER:
            brackets -= 1 if brackets else 0
        elif kind in {_OPENS_LONG, _UNCLOSED}:
            return brackets, _QUOTES.index(token[kind]), token.end(), 0
        elif kind == _CARRIES:
            return brackets, 0, 0, _CARRIED
        else:
            break
    return brackets, 0, 0, 0


def _after_string(line: str, at: int, quote: str) -> int:
    """Where code goes on after a string that was open at `at`, or -1."""
    for found in _ENDS[quote].finditer(line, at):
        if found[1]:
            return found.end()
    return -1


def _is_carried(line: str) -> bool:
    """Whether a backslash carries a string on to the next line."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _advance(before: _Structure, kind: int, indent: int) -> tuple[_Structure, int]:
    """The structure after the start of a line, and the line's mark."""
    top, _, function, decorated, framed, classes = before
    if kind == _BLANK and top == _STATEMENTS:
        return (top, True, -1, -1, False, ()), marks.MORE
    joined = decorated == indent and kind in {_DEF, _CLASS, _DECORATOR}
    if kind in {_COMMENT, _BLANK} or (not joined and 0 <= function < indent):
        return before, marks.MORE
    while classes and indent <= classes[-1][0]:
        classes, framed = classes[:-1], False
    if classes and classes[-1][1] < 0:
        classes = (*classes[:-1], (classes[-1][0], indent))
    if classes and indent != classes[-1][1]:
        kind = _OTHER
    if not classes and (indent or kind in {_OTHER, _CLAUSE}):
        return _top_statement(before, kind, indent)
    return _member(kind, indent, classes, joined=joined, framed=framed)


def _member(kind: int, indent: int, classes: _Classes, *, joined: bool, framed: bool) -> tuple[_Structure, int]:
    """A line where a definition starts, or a line of a class's frame."""
    depth = len(classes)
    if kind == _DEF:
        mark = marks.FUNCTION_HEAD if joined else marks.FUNCTION
        return (_DEFINITION, False, indent, -1, False, classes), mark | depth
    if kind == _CLASS and depth < marks.MAX_DEPTH:
        mark = marks.CONTAINER_HEAD if joined else marks.CONTAINER
        return (_DEFINITION, False, -1, -1, True, (*classes, (indent, -1))), mark | depth
    if kind == _DECORATOR:
        mark = marks.MORE if joined else marks.PENDING | depth
        return (_DEFINITION, False, -1, indent, False, classes), mark
    return (_DEFINITION, False, -1, -1, True, classes), marks.MORE if framed else marks.FRAME | depth


def _top_statement(before: _Structure, kind: int, indent: int) -> tuple[_Structure, int]:
    """A line of a top-level statement that is no definition of its own."""
    top, blank = before[:2]
    after = (_STATEMENTS, False, -1, -1, False, ())
    goes_on = top == _EMPTY or (top == _STATEMENTS and (indent > 0 or kind == _CLAUSE or not blank))
    return after, marks.MORE if goes_on else marks.STATEMENTS
