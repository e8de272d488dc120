"""Syntax trees of units, by tree-sitter, with places in code points.

The only module that knows which grammar reads which language. It must not know rules, nor documents larger than a unit.

Trees are walked with cursors and loops, never by recursion: a unit may nest thousands of levels deep.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from leery_analyzers.analyzer import Unit

_GRAMMARS: Mapping[str, tuple[str, str]] = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "javascriptreact": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "typescriptreact": ("tree_sitter_typescript", "language_tsx"),
    "java": ("tree_sitter_java", "language"),
    "csharp": ("tree_sitter_c_sharp", "language"),
    "go": ("tree_sitter_go", "language"),
}
LANGUAGES = frozenset(_GRAMMARS)
"""Language ids, as in the LSP, that have a grammar."""

_SURROGATE = lazy_regex("[\ud800-\udfff]")
_LONE_RETURN = lazy_regex(r"\r(?!\n)")
_WIDE = lazy_regex(r"[^\x00-\x7f]")


_MOST_SECONDS = 0.5
"""Of this thread's time for one tree; 200,000 characters of code take a tenth of it, what is no code up to seconds."""
_LOOKED_AFTER = 16_384
"""Bytes from which on a tree's time is looked after; less take 50 ms whatever they are."""
_CHUNK = 65_536
_KEPT = 8
_parsed: dict[tuple[str, str, str, str], SyntaxTree] = {}


class UnknownLanguageError(ValueError):
    """There is no grammar for a language."""


@cache
def grammar(language: str) -> Language:
    """The grammar of a language, loaded when first asked for.

    Raises:
        UnknownLanguageError: the language is not in `LANGUAGES`.
    """
    if language not in _GRAMMARS:
        raise UnknownLanguageError(f"no grammar for {language!r}")
    module, function = _GRAMMARS[language]
    return Language(getattr(import_module(module), function)())


@cache
def query(language: str, source: str) -> Query:
    """A compiled query; compiled once for each language and text.

    Raises:
        tree_sitter.QueryError: the query is not valid for the grammar.
        UnknownLanguageError: the language is not in `LANGUAGES`.
    """
    compiled: Query = Query(grammar(language), source)
    return compiled


def encode(text: str) -> bytes:
    """A text as the bytes that are parsed: UTF-8 as long as the text's own.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD (three bytes, too); a lone carriage return, which the
    grammars take for white space, becomes a newline.
    """
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode("utf-8")


def parse_text(language: str, text: str) -> Tree:
    """The tree of a text; its offsets are bytes of `encode(text)`.

    Raises:
        UnknownLanguageError: the language is not in `LANGUAGES`.
    """
    return Parser(grammar(language)).parse(encode(text))


def _parse_in_time(language: str, source: bytes) -> Tree | None:
    """The tree of encoded text; None where that takes too long, as when an error spans what is no code at all."""
    parser = Parser(grammar(language))
    if len(source) < _LOOKED_AFTER:
        return parser.parse(source)
    deadline = time.thread_time() + _MOST_SECONDS
    try:
        return parser.parse(
            lambda offset, _point: source[offset : offset + _CHUNK],
            progress_callback=lambda _offset, _error: time.thread_time() > deadline,
        )
    except ValueError:  # that is how the library says that the callback stopped it
        return None


def parse(unit: Unit) -> SyntaxTree:
    """The tree of a unit's `source`; the last few are kept, since several engines look at one.

    Raises:
        UnknownLanguageError: the unit's language is not in `LANGUAGES`.
    """
    name = unit.language, unit.prefix, unit.text, unit.suffix
    tree = _parsed.get(name)
    if tree is None:
        tree = SyntaxTree(unit)
        if len(_parsed) >= _KEPT:
            del _parsed[next(iter(_parsed))]
        _parsed[name] = tree
    return tree


class ByteOffsets:
    """From bytes of a unit's parsed source to places in its text.

    Args:
        unit: any unit.
    """

    def __init__(self, unit: Unit) -> None:
        self._source = unit.source
        self._prefix = len(unit.prefix)

    def of(self, byte: int) -> int:
        """The offset in the unit's text, in code points; negative in the prefix."""
        starts, surplus = self._wide
        return byte - surplus[bisect_right(starts, byte - 1)] - self._prefix

    @cached_property
    def _wide(self) -> tuple[Sequence[int], Sequence[int]]:
        """Byte offsets of the characters longer than a byte, and the surplus bytes up to each of them."""
        starts: list[int] = []
        surplus = [0]
        if self._source.isascii():
            return starts, surplus
        for found in _WIDE.finditer(self._source):
            starts.append(found.start() + surplus[-1])
            surplus.append(surplus[-1] + _length(found[0]) - 1)
        return starts, surplus


def is_broken(unit: Unit) -> bool:
    """Whether the grammar of a unit's language does not accept it; False for a language without one."""
    return unit.language in LANGUAGES and parse(unit).has_error


class SyntaxTree:
    """A unit's tree, with places in its text.

    Args:
        unit: a unit in a language that has a grammar.

    Attributes:
        unit: the same.
        given_up: whether parsing took too long; the tree is one of no text then, with an error.
        root: the root node; it spans the unit's prefix and suffix, too.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        tree = _parse_in_time(unit.language, encode(unit.source))
        self.given_up = tree is None
        self._tree = tree or parse_text(unit.language, "")
        self._offsets = ByteOffsets(unit)
        self.root: Node = self._tree.root_node

    @property
    def has_error(self) -> bool:
        """Whether any part of the source, wrapping lines included, could not be parsed."""
        return self.given_up or self.root.has_error

    def offset(self, byte: int) -> int:
        """The offset in ``unit.text``, in code points, of a byte of the parsed source; negative in the prefix."""
        return self._offsets.of(byte)

    def range(self, node: Node) -> TextRange:
        """A node's place in ``unit.text``, in code points; partly or wholly outside of it for wrapping lines."""
        return TextRange(self.offset(node.start_byte), self.offset(node.end_byte))

    def text(self, node: Node) -> str:
        """A node's characters, exactly as in the unit's source."""
        place, prefix = self.range(node), len(self.unit.prefix)
        return self.unit.source[place.start + prefix : place.end + prefix]

    def of_kinds(self, *kinds: str) -> list[Node]:
        """Every node of some kinds, in document order, parents first; much faster than to `walk`."""
        found = self.captures(f"[{' '.join(f'({kind})' for kind in kinds)}] @it").get("it", [])
        return sorted(found, key=lambda node: (node.start_byte, -node.end_byte))

    def captures(self, source: str, node: Node | None = None) -> dict[str, list[Node]]:
        """The nodes that a query captures, by capture name, under a node (the root by default)."""
        return QueryCursor(query(self.unit.language, source)).captures(node or self.root)

    def matches(self, source: str, node: Node | None = None) -> list[tuple[int, dict[str, list[Node]]]]:
        """A query's matches: the pattern's index and the captured nodes, under a node (the root by default)."""
        return QueryCursor(query(self.unit.language, source)).matches(node or self.root)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, in document order, parents first."""
    cursor = node.walk()
    while True:
        here = cursor.node
        assert here is not None
        yield here
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around a node, innermost first.

    Each step costs as much as the node is deep, since the library looks for a parent from the root: where the depth is
    not known to be small, take only as many as are needed.
    """
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _length(char: str) -> int:
    """Bytes of a character in UTF-8."""
    code = ord(char)
    return 2 if code < 0x800 else 3 if code < 0x10000 else 4
