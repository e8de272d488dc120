"""The tokens of brace languages: strings, comments and brackets, and what they tell about the member being read.

Driven by a `Dialect`; where lines start is the business of `braces`. It must work on every half-written file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.units import marks
from leery_analyzers.units.brace_state import (
    ASSIGNED,
    BLOCK,
    BLOCK_ENDED,
    BODY,
    CLASS,
    CODE,
    CONTROL,
    FIELD,
    FUNCTION,
    GOES_ON,
    IN_COMMENT,
    IN_DOUBLE,
    IN_QUOTES,
    IN_RAW,
    IN_SINGLE,
    IN_TEXT_BLOCK,
    IN_VERBATIM,
    NAMED,
    OPENED,
    PARAMETERS,
    ROOT,
    SCOPE,
    SCOPED,
    TEMPLATE,
    UNRESOLVED,
    Frame,
    Now,
)
from leery_analyzers.units.dialects import TOKEN_KINDS

if TYPE_CHECKING:
    from leery_analyzers.units.dialects import Dialect

(
    _COMMENT,
    _LONG_STRING,
    _UNCLOSED,
    _OPEN,
    _CLOSE,
    _OPENER,
    _CLOSER,
    _SEMICOLON,
    _ARROW,
    _EQUALS,
    _SLASH,
    _LINE,
) = range(1, TOKEN_KINDS + 1)

_TEXT_ENDS = {
    IN_COMMENT: lazy_regex(r"(\*/)"),
    IN_TEXT_BLOCK: lazy_regex(r"\\.|(\"\"\")"),
    IN_RAW: lazy_regex(r"(`)"),
    IN_VERBATIM: lazy_regex(r"\"\"|(\")"),
    IN_DOUBLE: lazy_regex(r"\\.|(\")"),
    IN_SINGLE: lazy_regex(r"\\.|(')"),
}
_TEMPLATE_END = lazy_regex(r"\\.|(`)|(\$\{)")
_REGEX = lazy_regex(r"/(?:[^/\\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/\w*")
_BEFORE_REGEX = frozenset("=(,:;!&|?{[+-*%~^")
_WORD_BEFORE_REGEX = lazy_regex(r"(?<![\w$.])(?:return|typeof|case|in|of|do|else|void|delete|await|yield)\Z")
_LONGEST_REGEX = 500
_WINDOW = 100


class BraceLexer:
    """Lexes one language with braces.

    Args:
        dialect: what is peculiar to the language.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._frames = [Frame(0, ROOT, 0, 0, 0, 0, 0)]
        self._frame_ids = {self._frames[0]: 0}

    def _at_members(self, now: Now) -> bool:
        """Whether members, or statements outside all braces, stand here."""
        return not now.brackets and self._frames[now.frame].kind < BODY

    def _lex(self, now: Now, line: str) -> None:
        at = 0
        while at >= 0:
            if now.mode != CODE:
                at = self._text(now, line, at)
            elif self._frames[now.frame].kind == TEMPLATE:
                at = self._template(now, line, at)
            else:
                at = self._code(now, line, at)

    def _text(self, now: Now, line: str, at: int) -> int:
        """Pass a comment or string that is open; returns where it ends, or -1."""
        pattern = _TEXT_ENDS.get(now.mode)
        if pattern is None:
            pattern = _TEXT_ENDS[now.mode] = re.compile(rf"(\"{{{now.mode - IN_QUOTES},}})")
        for found in pattern.finditer(line, at):
            if found[1]:
                now.last = now.last if now.mode == IN_COMMENT else found[1][0]
                now.mode = CODE
                return found.end()
        if now.mode in {IN_DOUBLE, IN_SINGLE} and not _is_carried(line):
            now.mode = CODE
        return -1

    def _template(self, now: Now, line: str, at: int) -> int:
        """Pass the text of a template literal; returns where it or its next field starts or ends, or -1."""
        for found in _TEMPLATE_END.finditer(line, at):
            if found[1]:
                self._leave(now)
                now.last = "`"
                return found.end()
            if found[2]:
                self._enter(now, FIELD)
                return found.end()
        return -1

    def _code(self, now: Now, line: str, at: int) -> int:
        """Pass code; returns where text that needs its own rules starts, or -1 at the line's end."""
        last = at
        for token in self._dialect.tokens.finditer(line, at):
            kind = token.lastindex
            members = self._at_members(now)
            if last < token.start():
                self._words(now, line[last : token.start()], members=members)
            if kind == _LINE:
                return -1
            last = token.end()
            if kind in _TEXT_KINDS:
                after = self._open_text(now, line, token)
                if after:
                    return after
            if kind in _BRACKETS:
                if self._bracket(now, kind, line, last, members=members) == FIELD:
                    return last
            elif members:
                self._punctuation(now, kind, line, last)
            now.last = line[last - 1]
        if last < len(line):
            self._words(now, line[last:], members=self._at_members(now))
        return -1

    def _bracket(self, now: Now, kind: int | None, line: str, end: int, *, members: bool) -> int:
        """Take in a bracket that ends at `end`; returns what a closing brace closes, or -1."""
        if kind == _OPEN:
            self._enter(now, self._brace(now, line, end - 1) if members else BLOCK)
        elif kind == _CLOSE:
            return self._leave(now)
        elif kind == _CLOSER:
            now.brackets -= 1 if now.brackets else 0
        else:
            if members and line[end - 1] == "(" and not now.member & ASSIGNED:
                now.member |= OPENED | PARAMETERS
            now.brackets += 1
        return -1

    def _words(self, now: Now, words: str, *, members: bool) -> None:
        """Take in what stands between tokens; among members it is a part of one's head."""
        words = words.rstrip()
        if not words:
            return
        now.last = words[-1]
        if not members:
            return
        now.member |= OPENED
        if not now.member & ASSIGNED and self._dialect.container.search(words):
            now.member |= NAMED
            if self._dialect.scope.search(words):
                now.member |= SCOPED

    def _punctuation(self, now: Now, kind: int | None, line: str, end: int) -> None:
        """Take in what stands among members, up to `end`, and opens nothing; None is a string."""
        if kind == _SEMICOLON:
            now.member = 0
            return
        if kind == _EQUALS:
            before = _before(line, end)
            in_generics = before.count("<") > before.count(">") - before.count("=>")
            now.member |= 0 if now.member & NAMED or in_generics else ASSIGNED
        elif kind == _ARROW and not now.member & CONTROL:
            wanted = PARAMETERS if self._dialect.expression_bodies else ASSIGNED
            if now.member & (PARAMETERS | ASSIGNED) == wanted:
                self._resolve(now, marks.FUNCTION, marks.FUNCTION_HEAD)
            now.member |= ASSIGNED if self._dialect.expression_bodies else 0
        now.member |= OPENED

    def _open_text(self, now: Now, line: str, token: re.Match[str]) -> int:
        """A comment or string that does not end here, or a regular expression; returns where its text starts, or 0."""
        kind, opener = token.lastindex, token[0]
        if kind == _SLASH:
            start = token.start()
            found = _REGEX.match(line, start, start + _LONGEST_REGEX) if _may_be_regex(_before(line, start)) else None
            now.last = "/"
            if found is None:
                return 0
            now.last = '"'
            return found.end()
        if kind == _COMMENT:
            now.mode = IN_COMMENT
        elif kind == _UNCLOSED:
            now.mode = IN_DOUBLE if opener == '"' else IN_SINGLE
        elif opener == "`" and self._dialect.regexes:
            self._enter(now, TEMPLATE)
        elif opener == "`":
            now.mode = IN_RAW
        elif "@" in opener:
            now.mode = IN_VERBATIM
        elif self._dialect.hash_comments:
            now.mode = IN_QUOTES + opener.count('"')
        else:
            now.mode = IN_TEXT_BLOCK
        return token.end()

    # Braces

    def _brace(self, now: Now, line: str, at: int) -> int:
        """What a brace among members opens."""
        dialect, member, frame = self._dialect, now.member, self._frames[now.frame]
        if self._opens_type(line, at) or (member & GOES_ON and not now.last) or member & ASSIGNED:
            return BLOCK
        if member & NAMED:
            if not member & UNRESOLVED or frame.containers >= marks.MAX_DEPTH:
                return BODY
            self._resolve(now, marks.CONTAINER, marks.CONTAINER_HEAD)
            return SCOPE if member & SCOPED else CLASS
        if frame.kind == CLASS or (dialect.open_members and not member & CONTROL):
            if member & PARAMETERS:
                self._resolve(now, marks.FUNCTION, marks.FUNCTION_HEAD)
            return BODY
        return BODY if member & FUNCTION else BLOCK

    def _opening(self, head: str) -> int:
        """Where a container's body starts."""
        brackets = braces = 0
        for token in self._dialect.tokens.finditer(head):
            kind = token.lastindex
            if kind == _OPENER:
                brackets += 1
            elif kind == _CLOSER:
                brackets -= 1
            elif kind == _OPEN:
                if not brackets and not braces and not self._opens_type(head, token.start()):
                    return token.end()
                braces += 1
            elif kind == _CLOSE:
                braces -= 1
        return len(head)

    def _opens_type(self, line: str, at: int) -> bool:
        return bool(self._dialect.type_before.search(_before(line, at)))

    def _resolve(self, now: Now, role: int, head_role: int) -> None:
        """The member being read turns out to be a function or a container."""
        if not now.member & UNRESOLVED:
            return
        now.member &= ~UNRESOLVED
        depth = self._frames[now.frame].containers
        now.mark = (role if marks.role(now.mark) == marks.PENDING else head_role) | depth

    def _enter(self, now: Now, kind: int) -> None:
        outer = self._frames[now.frame]
        frame = Frame(
            outer=now.frame,
            kind=kind,
            brackets=now.brackets,
            member=now.member,
            indent=now.indent,
            body=0 if kind < BODY else now.frame if outer.kind == BODY else outer.body,
            containers=outer.containers + (kind in {SCOPE, CLASS}),
        )
        now.frame = self._frame_ids.setdefault(frame, len(self._frames))
        if now.frame == len(self._frames):
            self._frames.append(frame)
        now.brackets = now.member = now.indent = 0

    def _leave(self, now: Now) -> int:
        """Close the innermost brace or template; returns what it was."""
        frame = self._frames[now.frame]
        if frame.kind == ROOT:
            now.brackets = 0
            return ROOT
        now.frame, now.brackets, now.member, now.indent = frame.outer, frame.brackets, frame.member, frame.indent
        if frame.kind in {SCOPE, CLASS, BODY}:
            now.member = 0
        elif now.member & CONTROL:
            now.member |= BLOCK_ENDED
        return frame.kind


_TEXT_KINDS = frozenset({_COMMENT, _LONG_STRING, _UNCLOSED, _SLASH})
_BRACKETS = frozenset({_OPEN, _CLOSE, _OPENER, _CLOSER})


def _before(line: str, at: int) -> str:
    """What stands before a place, as much of it as is looked at, without white space at its end."""
    return line[max(0, at - _WINDOW) : at].rstrip()


def _may_be_regex(before: str) -> bool:
    """Whether a slash after this part of a line starts a regular expression rather than divides."""
    return not before or before[-1] in _BEFORE_REGEX or before.endswith("=>") or bool(_WORD_BEFORE_REGEX.search(before))


def _is_carried(line: str) -> bool:
    """Whether a backslash carries a string on to the next line."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
