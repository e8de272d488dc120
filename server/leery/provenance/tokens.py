r"""Whether a change is formatting, and whose the characters of the formatted text are.

Formatting is what leaves the sequence of tokens the same, where tokens are compared without white space, the style of
quotes, trailing commas, semicolons at a line's end and parentheses that enclose a whole operand: what black and
prettier add and take away. The tokeniser is one regular expression for all languages; where it errs (a ``#`` in
JavaScript), it errs towards "not formatting". Parentheses, commas and quotes that can change a meaning count as
tokens, so that a rewrite cannot pass as formatting: ``a + (b * c)`` is not ``(a + b) * c`` and ``"x"`` is not ``x``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.provenance.edits import common_prefix, common_suffix

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(\w+)|((\"{3}|'{3})(?:[^\\]|\\.)*?\3|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')"""
    r"|((?:\#|//)[^\r\n]*)|[^\w\s]",
    re.DOTALL,
)
_WORD, _STRING, _COMMENT = 1, 2, 4
_ESCAPED_QUOTE = re.compile(r"""\\(["'])""")
_Token = tuple[str, int, int]
"""What it is compared by, its start and its end."""

_QUOTES = frozenset("\"'")
_TRIPLE = frozenset(('"""', "'''"))
_CHANGEABLE = dict.fromkeys(map(ord, "()'\",;\\"))
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"[\r\n]")
_OPENERS = frozenset("([{")
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_SLOT_WORDS = frozenset(
    ("return", "import", "if", "elif", "while", "assert", "yield", "else", "del", "raise", "with", "except", "case")
) | frozenset(("throw", "default"))
"""Words after which a whole expression stands; not those that bind tighter than ``or``, such as ``not`` and ``in``."""
_LISTS = frozenset(("import", "del", "with"))
_SLOT_MARKS = frozenset(":,([{?;")
_AFTER_MARKS = frozenset(")]},;:")
_AFTER_WORDS = frozenset(("if", "else", "for", "as", "from", "async"))
_GOES_ON = frozenset(("and", "or", "in", "is", "not", "if", "else", "instanceof"))
_LOOSE = frozenset(("lambda", "yield", "{"))
"""What binds so loosely that parentheses around it always matter."""


@dataclass(slots=True)
class _Bracket:
    """An open bracket, its index, how many are open around it, and the commas directly inside."""

    key: str
    index: int
    depth: int
    commas: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    """Characters of the new text that are those of the old from `old` on."""

    length: int
    old: int


@dataclass(frozen=True, slots=True)
class Like:
    """Characters of the new text that belong to whoever has the old text's character at `old`."""

    length: int
    old: int


def formatting(old: str, new: str) -> list[Same | Like] | None:
    """Whose the characters of `new` are when it is `old` formatted; None when it is something else.

    Both must be whole lines, and `old` must hold a character.
    """
    if not old or _bare(old) != _bare(new):
        return None
    a, b = _canonical(old), _canonical(new)
    if len(a) != len(b) or any(one[0] != other[0] for one, other in zip(a, b, strict=True)):
        return None
    parts: list[Same | Like] = []
    old_at = new_at = 0
    for one, other in zip(a, b, strict=True):
        if old_at != one[1] or new_at != other[1]:
            parts += _gap(old[old_at : one[1]], new[new_at : other[1]], old_at, one[1], len(old))
        parts += _token(one, other, old, new)
        old_at, new_at = one[2], other[2]
    parts += _gap(old[old_at:], new[new_at:], old_at, len(old), len(old))
    return [part for part in parts if part.length]


def _bare(text: str) -> str:
    """What formatting never changes; quick, and different for nearly all that is no formatting."""
    return "".join(text.translate(_CHANGEABLE).split()).lower()


def _token(one: _Token, other: _Token, old: str, new: str) -> Iterator[Same | Like]:
    (_, start, end), (_, new_start, new_end) = one, other
    if end - start == new_end - new_start:
        yield Same(end - start, start)
        return
    head = common_prefix(old[start:end], new[new_start:new_end])
    tail = common_suffix(old[start + head : end], new[new_start + head : new_end])
    yield Same(head, start)
    yield Like(new_end - new_start - head - tail, min(start + head, end - 1))
    yield Same(tail, end - tail)


def _gap(old: str, new: str, start: int, end: int, size: int) -> Iterator[Same | Like]:
    """What stands between two tokens: equal ends stay, the rest belongs to the neighbour it stands with."""
    if old == new:
        yield Same(len(new), start)
        return
    head = common_prefix(old, new)
    tail = common_suffix(old[head:], new[head:])
    middle = new[head : len(new) - tail]
    last = max(middle.rfind("\n"), middle.rfind("\r")) + 1
    before, after = max(start + head - 1, 0), min(end - tail, size - 1)
    if start + head == 0:
        before = after
    if end - tail == size:
        after = before
    yield Same(head, start)
    if not last and (start + head == 0 or old[:head].endswith(("\n", "\r"))):
        before = after  # indentation
    if last:
        yield Like(last, before)
        yield Like(len(middle) - last, after)
    else:
        yield Like(len(middle), before)
    yield Same(tail, end - tail)


def _canonical(text: str) -> list[_Token]:
    """The tokens that count."""
    tokens = [_make(match, text) for match in _TOKEN.finditer(text)]
    dropped = _needless(tokens, text)
    return [token for index, token in enumerate(tokens) if index not in dropped] if dropped else tokens


def _make(match: re.Match[str], text: str) -> _Token:
    start, end = match.span()
    key = match.group()
    kind = match.lastindex
    if kind == _WORD:
        if (end - start <= 2 and text[end : end + 1] in _QUOTES) or key[0].isdigit():
            key = key.lower()  # a string's prefix, a number
    elif kind == _STRING:
        key = _string_key(key)
    elif kind == _COMMENT:
        key = _SPACE.sub("", key)
    return key, start, end


def _string_key(text: str) -> str:
    size = 3 if text[:3] in _TRIPLE and len(text) >= 6 else 1
    content = text[size:-size]
    if size == 3:
        content = _SPACE.sub(" ", content).strip()
    if "\\" in content:
        content = _ESCAPED_QUOTE.sub(r"\1", content)
    return f"{size}\0{content}"


def _needless(tokens: list[_Token], text: str) -> set[int]:
    """Indices of trailing commas, semicolons at a line's end, and parentheses around a whole operand."""
    dropped: set[int] = set()
    stack: list[_Bracket] = []
    for index, (key, _, _) in enumerate(tokens):
        if key in _OPENERS:
            stack.append(_Bracket(key, index, len(stack)))
        elif key == ",":
            if stack:
                stack[-1].commas += 1
        elif key == ";":
            if _ends_line(tokens, index, text) or tokens[index + 1][0] == "}":
                dropped.add(index)
        elif key in _CLOSERS:
            if stack and stack[-1].key == _CLOSERS[key]:
                dropped.update(_needless_here(tokens, stack.pop(), index, text))
            else:
                stack.clear()
    return dropped


def _needless_here(tokens: list[_Token], opened: _Bracket, closed: int, text: str) -> Iterator[int]:
    """What is needless of one pair of brackets and of a comma before the closing one; ``(x,)`` needs its comma."""
    round_ = opened.key == "("
    if tokens[closed - 1][0] == "," and (opened.commas > 1 or not round_ or _is_call(tokens, opened.index)):
        yield closed - 1
        opened.commas -= 1
    if round_ and _is_needless_pair(tokens, opened, closed, text):
        yield opened.index
        yield closed


def _ends_line(tokens: list[_Token], index: int, text: str) -> bool:
    after = len(text) if index + 1 == len(tokens) else tokens[index + 1][1]
    return index + 1 == len(tokens) or _BREAK.search(text, tokens[index][2], after) is not None


def _is_call(tokens: list[_Token], opened: int) -> bool:
    """Whether an opening parenthesis follows a name or a closing bracket."""
    if opened == 0:
        return False
    before = tokens[opened - 1][0]
    return before in _CLOSERS or (before.isidentifier() and before not in _SLOT_WORDS)


def _is_needless_pair(tokens: list[_Token], opened: _Bracket, closed: int, text: str) -> bool:
    """Whether parentheses enclose one whole operand, so that they only group what is grouped anyway."""
    first = tokens[opened.index + 1][0]
    if closed == opened.index + 1 or first in _LOOSE:
        return False
    following = [token for token in tokens[closed + 1 : closed + 4] if not token[0].startswith(("#", "//"))]
    after = following[0][0] if following else ""
    if closed == opened.index + 2 and [key for key, _, _ in following[:2]] == ["=", ">"]:
        return True  # the parameter of an arrow function
    before = tokens[opened.index - 1][0] if opened.index else ""
    if opened.commas:
        return before in _LISTS
    if not _opens_slot(tokens, opened.index):
        return False
    if after in _AFTER_MARKS or after in _AFTER_WORDS:
        return True
    end = following[0][1] if following else len(text)
    return opened.depth == 0 and _BREAK.search(text + "\n", tokens[closed][2], end + 1) is not None and _begins(after)


def _opens_slot(tokens: list[_Token], opened: int) -> bool:
    """Whether a whole expression begins at a parenthesis: after an assignment or an arrow, not after a comparison."""
    if opened == 0:
        return True
    before = tokens[opened - 1][0]
    earlier = tokens[opened - 2][0] if opened > 1 and tokens[opened - 2][2] == tokens[opened - 1][1] else ""
    if before == "=":
        return earlier not in ("=", "!", "<", ">", "~")
    if before == ">":
        return earlier == "="
    return before in _SLOT_WORDS or before in _SLOT_MARKS


def _begins(key: str) -> bool:
    """Whether a line that starts so cannot go on with the one before."""
    return not key or (key not in _GOES_ON and (key[0].isalnum() or key[0] in "_@}])"))
