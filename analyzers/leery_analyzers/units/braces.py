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
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from leery_analyzers.units import marks
from leery_analyzers.units.dialects import TOKEN_KINDS
from leery_analyzers.units.marks import Folded, LongLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery_analyzers.units.dialects import Dialect

(_COMMENT, _LONG_STRING, _UNCLOSED, _OPEN, _CLOSE, _OPENER, _CLOSER, _SEMICOLON, _ARROW, _EQUALS, _SLASH, _LINE) = (
    range(1, TOKEN_KINDS + 1)
)

# What a brace opens. From _BODY on, nothing inside is looked at; a template literal is open text.
_ROOT, _SCOPE, _CLASS, _BODY, _BLOCK, _FIELD, _TEMPLATE = range(7)

# What is known of the member whose head is being read.
(
    _OPENED,
    _PARAMETERS,
    _ASSIGNED,
    _NAMED,
    _DECORATED,
    _FUNCTION,
    _CONTROL,
    _UNRESOLVED,
    _GOES_ON,
    _BLOCK_ENDED,
    _SCOPED,
) = (1 << bit for bit in range(11))

# What the line starts in, other than code.
_CODE, _IN_COMMENT, _IN_TEXT_BLOCK, _IN_RAW, _IN_VERBATIM, _IN_DOUBLE, _IN_SINGLE, _IN_QUOTES = range(8)
_TEXT_ENDS = {
    _IN_COMMENT: re.compile(r"(\*/)"),
    _IN_TEXT_BLOCK: re.compile(r"\\.|(\"\"\")"),
    _IN_RAW: re.compile(r"(`)"),
    _IN_VERBATIM: re.compile(r"\"\"|(\")"),
    _IN_DOUBLE: re.compile(r"\\.|(\")"),
    _IN_SINGLE: re.compile(r"\\.|(')"),
}
_TEMPLATE_END = re.compile(r"\\.|(`)|(\$\{)")
_REGEX = re.compile(r"/(?:[^/\\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/\w*")
_BEFORE_REGEX = frozenset("=(,:;!&|?{[+-*%~^")
_WORD_BEFORE_REGEX = re.compile(r"(?<![\w$.])(?:return|typeof|case|in|of|do|else|void|delete|await|yield)\Z")

_LEAD = re.compile(r"\ufeff?(?:\s|/\*.*?\*/)*")
_GOES_ON_AFTER = frozenset("=,(+-*/%&|^?:<.!~[")
_GOES_ON_WITH = frozenset(".,)]?:&|=+-/%<>({`")
_COMMENTS = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\r\n]*", re.DOTALL)
_BETWEEN = re.compile(r"[\s;]*")
_CLAUSE = re.compile(r"(?:else|catch|finally|while|instanceof|in)\b")

_PLAIN = r"[^()\[\]{}\"'`/\\]*"
_FLAT = rf"{_PLAIN}(?:(?:\"[^\"\\{{}}]*\"|'[^'\\{{}}]*')(?:{_PLAIN}))*"
_NESTED = rf"{_PLAIN}(?:(?:\"[^\"\\{{}}]*\"|'[^'\\{{}}]*'|[(\[{{]{_FLAT}[)\]}}]){_PLAIN})*"
_BALANCED = re.compile(rf"{_PLAIN}(?:(?:\"[^\"\\{{}}]*\"|'[^'\\{{}}]*'|[(\[{{]{_NESTED}[)\]}}]){_PLAIN})*(?://.*)?\Z")
"""A line with complete strings and brackets matched to three levels: it changes nothing. Only a shortcut."""
_SHORTCUT = 500
_LONGEST_WORD = 12


class _Frame(NamedTuple):
    """An open brace: what it is, and what was known outside of it, to go on with after it."""

    outer: int
    kind: int
    brackets: int
    member: int
    indent: int
    body: int  # the innermost frame around this one that is a member's body; 0 for none
    containers: int  # how many of the frames, this one included, are containers


class _State(NamedTuple):
    """Everything that the next line's meaning depends on."""

    mode: int = _CODE
    frame: int = 0
    brackets: int = 0
    member: int = 0
    indent: int = 0
    top: int = 0
    blank: bool = False


# What the piece at the top level holds.
_EMPTY, _STATEMENTS, _DECLARED = range(3)


@dataclass(slots=True)
class _Now:
    """A state while a line changes it, and the line's mark."""

    mode: int
    frame: int
    brackets: int
    member: int
    indent: int
    top: int
    blank: bool
    mark: int = 0
    import_: int = 0
    code_end: int = 0

    def state(self) -> _State:
        return _State(self.mode, self.frame, self.brackets, self.member, self.indent, self.top, self.blank)


class BraceScanner:
    """Scans one language with braces; see `Scanner`.

    Args:
        dialect: what is peculiar to the language.
    """

    start = 0
    global_imports = True
    bare_headers = False
    filler = ""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._frames = [_Frame(0, _ROOT, 0, 0, 0, 0, 0)]
        self._frame_ids = {self._frames[0]: 0}
        self._states = [_State()]
        self._ids = {self._states[0]: 0}
        self._may_recover: dict[int, Callable[[str], bool] | None] = {}

    def fold(self, state: int, lines: Sequence[str]) -> Folded:
        """See `Scanner`."""
        out = Folded()
        add_state, add_mark, add_import = out.states.append, out.marks.append, out.imports.append
        recovers = self._shortcut(state)
        for line in lines:
            add_state(state)
            if recovers is not None and len(line) < _SHORTCUT and _BALANCED.match(line) and not recovers(line):
                add_mark(0)
                add_import(0)
                continue
            now = _Now(*self._states[state])
            self._line(now, line)
            after = now.state()
            number = self._ids.get(after)
            if number is None:
                number = self._ids[after] = len(self._states)
                self._states.append(after)
            if number != state:
                state = number
                recovers = self._shortcut(state)
            add_mark(now.mark)
            add_import(now.import_)
        out.end = state
        return out

    def continues(self, state: int) -> bool:
        """See `Scanner`."""
        here = self._states[state]
        return here.mode != _CODE or here.brackets > 0 or self._frames[here.frame].kind >= _BODY

    def opening(self, head: str) -> int:
        """See `Scanner`."""
        brackets = braces = 0
        for token in self._dialect.tokens.finditer(head):
            kind = token.lastindex
            if kind == _OPENER:
                brackets += 1
            elif kind == _CLOSER:
                brackets -= 1
            elif kind == _OPEN:
                if not brackets and not braces and not self._opens_type(head[: token.start()]):
                    return token.end()
                braces += 1
            elif kind == _CLOSE:
                braces -= 1
        return len(head)

    def name(self, head: str) -> str:
        """See `Scanner`."""
        text = _COMMENTS.sub(" ", head)
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
        while match := self._dialect.import_statement.match(text, at):
            found.append(match[0])
            at = _BETWEEN.match(text, match.end()).end()  # type: ignore[union-attr] # same
        return tuple(found)

    # Lines

    def _shortcut(self, state: int) -> Callable[[str], bool] | None:
        """For a state in which balanced lines change nothing: whether a line may be a recovery; otherwise None."""
        if state not in self._may_recover:
            here = self._states[state]
            frame = self._frames[here.frame]
            plain = here.mode == _CODE and frame.kind != _TEMPLATE and (here.brackets > 0 or frame.kind >= _BODY)
            self._may_recover[state] = self._recovery_test(self._body(here.frame)) if plain else None
        return self._may_recover[state]

    def _recovery_test(self, body: int) -> Callable[[str], bool]:
        dialect, indent = self._dialect, self._frames[body].indent

        def may_recover(line: str) -> bool:
            if line[:1] not in {" ", "\t"}:
                return bool(dialect.root_recovery.match(line) or dialect.soft_recovery.match(line)) or indent == 0
            return body > 0 and bool(dialect.member_recovery.match(line, indent))

        return may_recover

    def _line(self, now: _Now, line: str) -> None:
        """Change the state by one line."""
        if now.mode == _CODE and self._frames[now.frame].kind != _TEMPLATE:
            start = _LEAD.match(line).end()  # type: ignore[union-attr] # an empty match is one, too
            if self._dialect.hash_comments and line.startswith("#", start):
                return
            self._recover(now, line, start)
            if self._at_members(now):
                self._begin(now, line, start)
        if line.__class__ is LongLine:
            return
        self._lex(now, line)
        if now.member and self._at_members(now) and (code := line[: now.code_end].rstrip()):
            now.member = now.member | _GOES_ON if code[-1] in _GOES_ON_AFTER else now.member & ~_GOES_ON

    def _at_members(self, now: _Now) -> bool:
        """Whether members, or statements outside all braces, stand here."""
        return not now.brackets and self._frames[now.frame].kind < _BODY

    def _recover(self, now: _Now, line: str, start: int) -> None:
        """Leave brackets and braces that a line's first word shows to be too many."""
        dialect = self._dialect
        if start == 0:
            inside = now.frame != 0 or now.brackets > 0
            if inside and (
                dialect.root_recovery.match(line)
                or (not self._at_members(now) and dialect.soft_recovery.match(line) and self._is_declared(now))
            ):
                now.frame = now.brackets = now.member = now.indent = 0
                now.top, now.blank = _DECLARED, False
        elif not self._at_members(now):
            body = self._frames[self._body(now.frame)]
            if (
                body.kind == _BODY
                and self._frames[body.outer].kind == _CLASS
                and start == body.indent
                and dialect.member_recovery.match(line, start)
            ):
                now.frame, now.brackets, now.member, now.indent = body.outer, body.brackets, 0, body.indent

    def _body(self, frame: int) -> int:
        """The innermost member's body that a frame is or stands in; 0 for none."""
        return frame if self._frames[frame].kind == _BODY else self._frames[frame].body

    def _is_declared(self, now: _Now) -> bool:
        """Whether the outermost brace, if any, belongs to a function or container and not to an expression."""
        frame = self._frames[now.frame]
        while frame.outer:
            frame = self._frames[frame.outer]
        return frame.kind in {_ROOT, _SCOPE, _CLASS, _BODY} or bool(frame.member & _FUNCTION)

    # Where lines start

    def _begin(self, now: _Now, line: str, start: int) -> None:
        """Take in the start of a line that stands among members."""
        code = line[start:]
        if not code:
            now.blank = now.blank or (now.frame == 0 and now.top == _STATEMENTS and not line.strip("\ufeff \t\f\v"))
            return
        if code.startswith(("//", "/*")):
            return
        if now.member:
            if not self._has_ended(now, code, start):
                if code[0] != "@":
                    now.member &= ~_DECORATED
                return
            now.member = 0
        if code[0] != ";":
            now.indent = start
            self._start(now, code)

    def _has_ended(self, now: _Now, code: str, start: int) -> bool:
        """Whether the member or statement before ended with its last line, without a semicolon or a body."""
        dialect, member = self._dialect, now.member
        if member & _BLOCK_ENDED:
            return not _CLAUSE.match(code)
        if not dialect.newline_ends or (now.frame == 0 and start):
            return False
        if start == 0 and now.frame == 0 and (dialect.root_recovery.match(code) or dialect.function.match(code)):
            return not member & _DECORATED and not (member & _GOES_ON and member & _ASSIGNED)
        if member & (_GOES_ON | _DECORATED) or (member & _NAMED and not member & _ASSIGNED):
            return False
        return code[0] not in _GOES_ON_WITH and not _CLAUSE.match(code)

    def _start(self, now: _Now, code: str) -> None:
        """A member or statement starts."""
        dialect, frame = self._dialect, self._frames[now.frame]
        if code[0] == "}" and frame.kind != _ROOT:
            now.mark = marks.FRAME | frame.containers
            return
        if dialect.import_line.match(code):
            now.import_ = 1
        now.member = _OPENED | (_DECORATED if code[0] == "@" and dialect.newline_ends else 0)
        if frame.kind == _CLASS or (code[0] != "}" and dialect.declaration.match(code)):
            now.mark = marks.PENDING | frame.containers
            now.member |= _UNRESOLVED
        elif dialect.function.match(code):
            now.mark = marks.FUNCTION | frame.containers
            now.member |= _FUNCTION
        else:
            now.member |= _CONTROL if dialect.control.match(code) else 0
            apart = now.top == _DECLARED or (now.top == _STATEMENTS and now.blank)
            now.mark = marks.FRAME | frame.containers if now.frame else marks.STATEMENTS if apart else marks.MORE
        if now.frame == 0:
            now.top = _DECLARED if now.member & (_UNRESOLVED | _FUNCTION) else _STATEMENTS
            now.blank = False

    # Within lines

    def _lex(self, now: _Now, line: str) -> None:
        at = 0
        while at >= 0:
            if now.mode != _CODE:
                at = self._text(now, line, at)
            elif self._frames[now.frame].kind == _TEMPLATE:
                at = self._template(now, line, at)
            else:
                at = self._code(now, line, at)

    def _text(self, now: _Now, line: str, at: int) -> int:
        """Pass a comment or string that is open; returns where it ends, or -1."""
        pattern = _TEXT_ENDS.get(now.mode)
        if pattern is None:
            pattern = _TEXT_ENDS[now.mode] = re.compile(rf"(\"{{{now.mode - _IN_QUOTES},}})")
        for found in pattern.finditer(line, at):
            if found[1]:
                now.mode = _CODE
                return found.end()
        if now.mode in {_IN_DOUBLE, _IN_SINGLE} and not _is_carried(line):
            now.mode = _CODE
        return -1

    def _template(self, now: _Now, line: str, at: int) -> int:
        """Pass the text of a template literal; returns where it or its next field starts or ends, or -1."""
        for found in _TEMPLATE_END.finditer(line, at):
            if found[1]:
                self._leave(now)
                return found.end()
            if found[2]:
                self._enter(now, _FIELD)
                return found.end()
        return -1

    def _code(self, now: _Now, line: str, at: int) -> int:
        """Pass code; returns where text that needs its own rules starts, or -1 at the line's end."""
        last, now.code_end = at, len(line)
        for token in self._dialect.tokens.finditer(line, at):
            kind = token.lastindex
            members = self._at_members(now)
            if members and last < token.start():
                self._words(now, line[last : token.start()])
            last = token.end()
            if kind == _LINE:
                now.code_end = token.start()
                return -1
            if kind in _TEXT_KINDS:
                after = self._open_text(now, line, token)
                if after:
                    return after
            elif kind in _BRACKETS:
                if self._bracket(now, kind, line[:last], members=members) == _FIELD:
                    return last
            elif members:
                self._punctuation(now, kind)
        if self._at_members(now) and last < len(line):
            self._words(now, line[last:])
        return -1

    def _bracket(self, now: _Now, kind: int | None, line: str, *, members: bool) -> int:
        """Take in a bracket, with which `line` ends; returns what a closing brace closes, or -1."""
        if kind == _OPEN:
            self._enter(now, self._brace(now, line[:-1]) if members else _BLOCK)
        elif kind == _CLOSE:
            return self._leave(now)
        elif kind == _CLOSER:
            now.brackets -= 1 if now.brackets else 0
        else:
            if members and line[-1] == "(" and not now.member & _ASSIGNED:
                now.member |= _OPENED | _PARAMETERS
            now.brackets += 1
        return -1

    def _words(self, now: _Now, words: str) -> None:
        """Take in the words of a member's head."""
        if words.isspace():
            return
        now.member |= _OPENED
        if not now.member & _ASSIGNED and self._dialect.container.search(words):
            now.member |= _NAMED
            if self._dialect.scope.search(words):
                now.member |= _SCOPED

    def _punctuation(self, now: _Now, kind: int | None) -> None:
        """Take in what stands among members and opens nothing; None is a string."""
        if kind == _SEMICOLON:
            now.member = 0
            return
        if kind == _EQUALS:
            now.member |= _ASSIGNED
        elif kind == _ARROW and not now.member & _CONTROL:
            wanted = _PARAMETERS if self._dialect.expression_bodies else _ASSIGNED
            if now.member & (_PARAMETERS | _ASSIGNED) == wanted:
                self._resolve(now, marks.FUNCTION, marks.FUNCTION_HEAD)
        now.member |= _OPENED

    def _open_text(self, now: _Now, line: str, token: re.Match[str]) -> int:
        """A comment or string that does not end here, or a regular expression; returns where its text starts, or 0."""
        kind, opener = token.lastindex, token[0]
        if kind == _SLASH:
            found = _REGEX.match(line, token.start()) if _may_be_regex(line[: token.start()]) else None
            return found.end() if found else 0
        if kind == _COMMENT:
            now.mode = _IN_COMMENT
        elif kind == _UNCLOSED:
            now.mode = _IN_DOUBLE if opener == '"' else _IN_SINGLE
        elif opener == "`" and self._dialect.regexes:
            self._enter(now, _TEMPLATE)
        elif opener == "`":
            now.mode = _IN_RAW
        elif "@" in opener:
            now.mode = _IN_VERBATIM
        elif self._dialect.hash_comments:
            now.mode = _IN_QUOTES + opener.count('"')
        else:
            now.mode = _IN_TEXT_BLOCK
        return token.end()

    # Braces

    def _brace(self, now: _Now, before: str) -> int:
        """What a brace among members opens."""
        dialect, member, frame = self._dialect, now.member, self._frames[now.frame]
        if self._opens_type(before) or (member & _GOES_ON and not before.strip()) or member & _ASSIGNED:
            return _BLOCK
        if member & _NAMED:
            if not member & _UNRESOLVED or frame.containers >= marks.MAX_DEPTH:
                return _BODY
            self._resolve(now, marks.CONTAINER, marks.CONTAINER_HEAD)
            return _SCOPE if member & _SCOPED else _CLASS
        if frame.kind == _CLASS or (dialect.open_members and not member & _CONTROL):
            if member & _PARAMETERS:
                self._resolve(now, marks.FUNCTION, marks.FUNCTION_HEAD)
            return _BODY
        return _BODY if member & _FUNCTION else _BLOCK

    def _opens_type(self, before: str) -> bool:
        return bool(self._dialect.type_before.search(before.rstrip()[-_LONGEST_WORD:]))

    def _resolve(self, now: _Now, role: int, head_role: int) -> None:
        """The member being read turns out to be a function or a container."""
        if not now.member & _UNRESOLVED:
            return
        now.member &= ~_UNRESOLVED
        depth = self._frames[now.frame].containers
        now.mark = (role if marks.role(now.mark) == marks.PENDING else head_role) | depth

    def _enter(self, now: _Now, kind: int) -> None:
        outer = self._frames[now.frame]
        frame = _Frame(
            outer=now.frame,
            kind=kind,
            brackets=now.brackets,
            member=now.member,
            indent=now.indent,
            body=0 if kind < _BODY else now.frame if outer.kind == _BODY else outer.body,
            containers=outer.containers + (kind in {_SCOPE, _CLASS}),
        )
        now.frame = self._frame_ids.setdefault(frame, len(self._frames))
        if now.frame == len(self._frames):
            self._frames.append(frame)
        now.brackets = now.member = now.indent = 0

    def _leave(self, now: _Now) -> int:
        """Close the innermost brace or template; returns what it was."""
        frame = self._frames[now.frame]
        if frame.kind == _ROOT:
            now.brackets = 0
            return _ROOT
        now.frame, now.brackets, now.member, now.indent = frame.outer, frame.brackets, frame.member, frame.indent
        if frame.kind in {_SCOPE, _CLASS, _BODY}:
            now.member = 0
        elif now.member & _CONTROL:
            now.member |= _BLOCK_ENDED
        return frame.kind


_TEXT_KINDS = frozenset({_COMMENT, _LONG_STRING, _UNCLOSED, _SLASH})
_BRACKETS = frozenset({_OPEN, _CLOSE, _OPENER, _CLOSER})


def _may_be_regex(before: str) -> bool:
    """Whether a slash after this part of a line starts a regular expression rather than divides."""
    before = before.rstrip()
    return not before or before[-1] in _BEFORE_REGEX or before.endswith("=>") or bool(_WORD_BEFORE_REGEX.search(before))


def _is_carried(line: str) -> bool:
    """Whether a backslash carries a string on to the next line."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
