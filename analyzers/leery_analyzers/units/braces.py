"""Where declarations start in languages with braces: JavaScript, TypeScript, Java, C# and Go.

Driven by a `Dialect`. Must not parse: like the scanner of Python it has to agree with itself on every half-written
file, and these are approximations none of which well-formed code in an ordinary layout meets:

- parentheses and square brackets are counted together and forgotten at the brace around them;
- a string in quotes ends with its line, unless a backslash carries it on;
- a member is recognised where its first line starts; what starts in the middle of a line belongs to what is before;
- outside of all braces something starts in column 0 only, where statements need no semicolon;
- a keyword that can only stand at the top level, in column 0, ends all braces, and one that can only start a member,
  at the indentation of members, ends the member before: one brace too few does not spoil the rest of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.units import marks
from leery_analyzers.units.brace_lexer import BraceLexer
from leery_analyzers.units.brace_state import (
    ASSIGNED,
    BLOCK_ENDED,
    BODY,
    CLASS,
    CODE,
    CONTROL,
    DECLARED,
    DECORATED,
    FUNCTION,
    GOES_ON,
    IN_COMMENT,
    NAMED,
    OPENED,
    ROOT,
    SCOPE,
    STATEMENTS,
    TEMPLATE,
    UNRESOLVED,
    Now,
    State,
)
from leery_analyzers.units.marks import Folded, LongLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from leery_analyzers.units.dialects import Dialect

_LEAD = lazy_regex(r"\ufeff?(?:\s|/\*.*?\*/)*")
_GOES_ON_AFTER = frozenset("=,(+-*/%&|^?:<.!~[")
_GOES_ON_WITH = frozenset(".,)]?:&|=+-/%<>({`")
_COMMENTS = lazy_regex(r"/\*.*?(?:\*/|\Z)|//[^\r\n]*", re.DOTALL)
_STRINGS = lazy_regex(r"\"[^\"\\\r\n]*(?:\\.[^\"\\\r\n]*)*\"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'|`[^`]*`")
_NO_CODE = lazy_regex(rf"{_COMMENTS.pattern}|{_STRINGS.pattern}", re.DOTALL)
_INNERMOST = lazy_regex(r"(?<!\bfunc)(?<!\bfunc )\([^()]*\)")
_PARENTHESES = 8
_BETWEEN = lazy_regex(r"[\s;]*")
_CLAUSE = lazy_regex(r"(?:else|catch|finally|while|instanceof|in)\b")

_PLAIN = r"[^()\[\]{}\"'`/\\]*"
_SIMPLE = (
    r"(?:(?<!@)(?<!@\$)\"[^\"\\{}]*(?:\\.[^\"\\{}]*)*\"|'[^'\\{}]*(?:\\.[^'\\{}]*)*'"
    r"|`[^`\\$]*(?:\$(?:\{[^`{}]*\}|(?!\{))[^`\\$]*)*`)"
)
_FLAT = rf"{_PLAIN}(?:{_SIMPLE}{_PLAIN})*"
_NESTED = rf"{_PLAIN}(?:(?:{_SIMPLE}|[(\[{{]{_FLAT}[)\]}}]){_PLAIN})*"
_BALANCED = lazy_regex(rf"{_PLAIN}(?:(?:{_SIMPLE}|[(\[{{]{_NESTED}[)\]}}]){_PLAIN})*(?://.*)?\Z")
"""A line with complete strings and brackets matched to three levels: it changes nothing. Only a shortcut."""
_TEMPLATE_PUNCTUATION = lazy_regex(r"[`\\]|\$\{")
_SHORTCUT = 500
_KEPT = 1_000
"""Statements whose constants are kept."""


class BraceScanner(BraceLexer):
    """Scans one language with braces; see `Scanner`.

    Args:
        dialect: what is peculiar to the language.
    """

    start = 0
    global_imports = True
    bare_headers = False
    filler = ""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self._states = [State()]
        self._ids = {self._states[0]: 0}
        self._shortcuts: dict[int, Callable[[str], bool] | None] = {}
        self._constants: dict[str, Mapping[str, str]] = {}

    def fold(self, state: int, lines: Sequence[str]) -> Folded:
        """See `Scanner`."""
        out = Folded()
        add_state, add_mark, add_import = out.states.append, out.marks.append, out.imports.append
        is_inert = self._shortcut(state)
        for line in lines:
            add_state(state)
            if is_inert is not None and len(line) < _SHORTCUT and is_inert(line):
                add_mark(0)
                add_import(0)
                continue
            now = Now(*self._states[state])
            self._line(now, line)
            after = now.state()
            number = self._ids.get(after)
            if number is None:
                number = self._ids[after] = len(self._states)
                self._states.append(after)
            if number != state:
                state = number
                is_inert = self._shortcut(state)
            add_mark(now.mark)
            add_import(now.import_)
        out.end = state
        return out

    def continues(self, state: int) -> bool:
        """See `Scanner`."""
        here = self._states[state]
        return here.mode != CODE or here.brackets > 0 or self._frames[here.frame].kind >= BODY

    def header(self, head: str) -> str:
        """See `Scanner`."""
        end = self._opening(head)
        needed = "; " if self._dialect.enum_body.search(head, 0, end) else ""
        return f"{head[:end]}{needed}\n"

    def name(self, head: str) -> str:
        """See `Scanner`."""
        text = _STRINGS.sub('""', _uncommented(head))
        for _ in range(_PARENTHESES):
            text = _INNERMOST.sub("\x02\x03", text)
        text = text.replace("\x02", "(").replace("\x03", ")")
        for pattern in self._dialect.names:
            found = pattern.search(text)
            if found:
                return ".".join(group for group in found.groups() if group)
        return ""

    def closing(self, before: int, after: int) -> str:
        """See `Scanner`."""
        open_before, open_after = (self._frames[self._states[state].frame].containers for state in (before, after))
        return "\n" + "}" * min(open_before, open_after)

    def import_statements(self, text: str) -> tuple[str, ...]:
        """See `Scanner`."""
        found = []
        at = _LEAD.match(text).end()  # type: ignore[union-attr] # an empty match is one, too
        dialect = self._dialect
        while match := dialect.import_statement.match(text, at) or dialect.constant.match(text, at):
            found.append(match[0])
            at = _BETWEEN.match(text, match.end()).end()  # type: ignore[union-attr] # same
        return tuple(found)

    def constants(self, statement: str) -> Mapping[str, str]:
        """See `Scanner`."""
        known = self._constants.get(statement)
        if known is None:
            if len(self._constants) >= _KEPT:
                self._constants.clear()
            parts = self._dialect.constant_parts.finditer(statement) if self._dialect.constant.match(statement) else ()
            known = self._constants[statement] = {part["name"]: part["value"] or "" for part in parts}
        return known

    def opening(self, constants: Sequence[tuple[str, str]]) -> str:
        """See `Scanner`."""
        del constants
        return ""

    # Lines

    def _shortcut(self, state: int) -> Callable[[str], bool] | None:
        """A quick test for lines that change nothing in a state, if there is one."""
        if state not in self._shortcuts:
            here = self._states[state]
            frame = self._frames[here.frame]
            found: Callable[[str], bool] | None = None
            if here.mode == IN_COMMENT:
                found = _is_comment_text
            elif here.mode == CODE and frame.kind == TEMPLATE:
                found = _is_template_text
            elif here.mode == CODE and (here.brackets > 0 or frame.kind >= BODY):
                found = self._inert_code(self._body(here.frame))
            self._shortcuts[state] = found
        return self._shortcuts[state]

    def _inert_code(self, body: int) -> Callable[[str], bool]:
        """The test for code inside brackets or braces: balanced and nothing to recover at."""
        dialect, indent = self._dialect, self._frames[body].indent
        balanced, root = _BALANCED.match, dialect.root_recovery.match
        soft, member = dialect.soft_recovery.match, dialect.member_recovery.match

        def is_inert(line: str) -> bool:
            if not balanced(line):
                return False
            if line[:1] not in {" ", "\t"}:
                return not (root(line) or soft(line) or (body and not indent))
            return not body or not member(line, indent)

        return is_inert

    def _line(self, now: Now, line: str) -> None:
        """Change the state by one line."""
        if now.mode == CODE and self._frames[now.frame].kind != TEMPLATE:
            start = _LEAD.match(line).end()  # type: ignore[union-attr] # an empty match is one, too
            if self._dialect.hash_comments and line.startswith("#", start):
                return
            self._recover(now, line, start)
            if self._at_members(now):
                self._begin(now, line, start)
        if line.__class__ is LongLine:
            now.member = 0 if self._at_members(now) else now.member
            return
        self._lex(now, line)
        if now.member and now.last and self._at_members(now):
            now.member = now.member | GOES_ON if now.last in _GOES_ON_AFTER else now.member & ~GOES_ON

    def _recover(self, now: Now, line: str, start: int) -> None:
        """Leave brackets and braces that a line's first word shows to be too many."""
        dialect = self._dialect
        if start == 0:
            inside = now.frame != 0 or now.brackets > 0
            if inside and (
                dialect.root_recovery.match(line)
                or (not self._at_members(now) and dialect.soft_recovery.match(line) and self._is_declared(now))
            ):
                now.frame = now.brackets = now.member = now.indent = 0
                now.top, now.blank = DECLARED, False
        elif not self._at_members(now):
            body = self._frames[self._body(now.frame)]
            if (
                body.kind == BODY
                and self._frames[body.outer].kind == CLASS
                and start == body.indent
                and dialect.member_recovery.match(line, start)
            ):
                now.frame, now.brackets, now.member, now.indent = body.outer, body.brackets, 0, body.indent

    def _body(self, frame: int) -> int:
        """The innermost member's body that a frame is or stands in; 0 for none."""
        return frame if self._frames[frame].kind == BODY else self._frames[frame].body

    def _is_declared(self, now: Now) -> bool:
        """Whether the outermost brace, if any, belongs to a function or container and not to an expression."""
        frame = self._frames[now.frame]
        while frame.outer:
            frame = self._frames[frame.outer]
        return frame.kind in {ROOT, SCOPE, CLASS, BODY} or bool(frame.member & FUNCTION)

    # Where lines start

    def _begin(self, now: Now, line: str, start: int) -> None:
        """Take in the start of a line that stands among members."""
        code = line[start:]
        if not code:
            now.blank = now.blank or (now.frame == 0 and now.top == STATEMENTS and not line.strip("\ufeff \t\f\v"))
            return
        if code.startswith(("//", "/*")):
            return
        if now.member:
            if not self._has_ended(now, code, start):
                if code[0] != "@":
                    now.member &= ~DECORATED
                return
            now.member = 0
        if code[0] != ";":
            now.indent = start
            self._start(now, code)

    def _has_ended(self, now: Now, code: str, start: int) -> bool:
        """Whether the member or statement before ended with its last line, without a semicolon or a body."""
        dialect, member = self._dialect, now.member
        if member & BLOCK_ENDED:
            return not _CLAUSE.match(code)
        if not dialect.newline_ends or (now.frame == 0 and start):
            return False
        if start == 0 and now.frame == 0 and (dialect.root_recovery.match(code) or dialect.function.match(code)):
            return not member & DECORATED and not (member & GOES_ON and member & ASSIGNED)
        if member & (GOES_ON | DECORATED) or (member & NAMED and not member & ASSIGNED):
            return False
        return code[0] not in _GOES_ON_WITH and not _CLAUSE.match(code)

    def _start(self, now: Now, code: str) -> None:
        """A member or statement starts."""
        dialect, frame = self._dialect, self._frames[now.frame]
        if code[0] == "}" and frame.kind != ROOT:
            now.mark = marks.FRAME | frame.containers
            return
        if "/*" in code:
            code = _uncommented(code)
        if dialect.import_line.match(code) or dialect.constant_line.match(code):
            now.import_ = 1
        now.member = OPENED | (DECORATED if code[0] == "@" and dialect.newline_ends else 0)
        if frame.kind == CLASS or (code[0] != "}" and dialect.declaration.match(code)):
            now.mark = marks.PENDING | frame.containers
            now.member |= UNRESOLVED
        elif dialect.function.match(code):
            now.mark = marks.FUNCTION | frame.containers
            now.member |= FUNCTION
        else:
            now.member |= CONTROL if dialect.control.match(code) else 0
            apart = now.top == DECLARED or (now.top == STATEMENTS and now.blank)
            now.mark = marks.FRAME | frame.containers if now.frame else marks.STATEMENTS if apart else marks.MORE
        if now.frame == 0:
            now.top = DECLARED if now.member & (UNRESOLVED | FUNCTION) else STATEMENTS
            now.blank = False


def _uncommented(code: str) -> str:
    """Code without its comments; what looks like one inside of a text is none."""
    return _NO_CODE.sub(lambda found: " " if found[0][0] == "/" else found[0], code)


def _is_comment_text(line: str) -> bool:
    return "*/" not in line


def _is_template_text(line: str) -> bool:
    return not _TEMPLATE_PUNCTUATION.search(line)
