"""Units as IR, each kept for as long as its content is in use, at byte addresses of their own.

A unit that others look into is *displaced*: all its spans are moved to addresses that follow from its content, so that
places of several units can stand side by side in one analysis and still say whose they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.bindings import bindings
from leery_analyzers.dataflow.languages import support
from leery_analyzers.syntax import ByteOffsets, encode, parse
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.analyzer import Unit

_BITS = 24
FOREIGN = 1 << _BITS
"""Addresses from here on belong to other units than the one under analysis; no unit is that long."""
_WORD = re.compile(r"[\w$]+")
_KEPT = 1_500
_KEPT_OWN = 512
_REMEMBERED = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Lowered:
    """A unit as IR.

    Attributes:
        unit: the unit; its place may be out of date.
        key: its key.
        base: the address of its first byte: 0 for the unit under analysis.
        source: the bytes that were parsed.
        module: the IR.
        offsets: from bytes to code points of the unit's text.
        bindings: which top-level statements bind a name; of displaced units only.
        imports: top-level imports; of displaced units only.
        given_up: whether parsing took too long, so that the IR holds nothing.
    """

    unit: Unit
    key: str
    base: int
    source: bytes
    module: ir.Module
    offsets: ByteOffsets
    bindings: Mapping[str, list[int]] = field(default_factory=dict)
    imports: tuple[ir.Import, ...] = ()
    given_up: bool = False

    def text(self, start: int, end: int) -> str:
        """The characters of a span of addresses, on one line."""
        return " ".join(self.source[start - self.base : end - self.base].decode("utf-8", "replace").split())

    def range(self, start: int, end: int) -> TextRange:
        """A span of addresses in the unit's text, in code points; it may lie outside of it, in a header."""
        return TextRange(self.offsets.of(start - self.base), self.offsets.of(end - self.base))


_PLAIN = frozenset({str, int, bool, float, bytes, frozenset, type(None)})
"""Types of parts of nodes that are no nodes and hold none."""


def _parts_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives some attributes of a node, in order."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda node: tuple([getattr(node, name) for name in names])


_PARTS = {kind: _parts_of(names) for kind, names in ir.PARTS.items()}


class Shelf:
    """Units as IR by their key, the least recently used forgotten."""

    def __init__(self) -> None:
        self._own: dict[str, Lowered] = {}
        self._kept: dict[str, Lowered] = {}
        self._bound: dict[str, frozenset[str]] = {}

    def own(self, unit: Unit, key: str) -> Lowered:
        """The unit under analysis."""
        found = self._own.pop(key, None)
        if found is None:
            found = _lower(unit, key)
            if len(self._own) >= _KEPT_OWN:
                del self._own[next(iter(self._own))]
        self._own[key] = found
        return found

    def binds(self, unit: Unit, key: str) -> frozenset[str]:
        """The names that the top-level statements of a unit bind; remembered for longer than its IR."""
        found = self._bound.get(key)
        if found is None:
            try:
                found = frozenset(bindings(self.own(unit, key).module))
            except Exception:  # noqa: BLE001 - whoever looks into the unit says what is wrong with it
                found = frozenset(_WORD.findall(unit.text))
            if len(self._bound) >= _REMEMBERED:
                self._bound.clear()
            self._bound[key] = found
        return found

    def foreign(self, unit: Unit, key: str) -> Lowered:
        """A unit that the one under analysis looks into."""
        found = self._kept.pop(key, None)
        if found is None:
            base = (1 + int(key[:12], 16)) << _BITS
            own = self.own(unit, key)
            module = _displaced(own.module, base)
            imports = tuple([statement for statement in module.body if isinstance(statement, ir.Import)])
            found = replace(own, base=base, module=module, bindings=bindings(module), imports=imports)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = found
        return found


def page(address: int) -> int:
    """What the addresses of one unit have in common."""
    return address >> _BITS


def _lower(unit: Unit, key: str) -> Lowered:
    source = encode(unit.source)
    tree = parse(unit)
    module = support(unit.language).lower(tree.root, source, unit.imports)
    return Lowered(unit, key, 0, source, module, ByteOffsets(unit), given_up=tree.given_up)


def _displaced(module: ir.Module, by: int) -> ir.Module:
    """A copy of a module with every node moved; what was made elsewhere (imports) has no address and stays itself."""
    copied: ir.Module = _moved(module, by, {})
    return copied


def _moved(part: Any, by: int, made: dict[int, Any]) -> Any:
    """A part of the IR with every node moved; `made` has what was copied already, by identity."""
    kind = part.__class__
    if kind is tuple:
        return tuple([item if item.__class__ in _PLAIN else _moved(item, by, made) for item in part])
    parts = _PARTS.get(kind)
    if parts is None or part.start < 0:
        return part
    known = made.get(id(part))
    if known is None:
        inside = [item if item.__class__ in _PLAIN else _moved(item, by, made) for item in parts(part)]
        known = made[id(part)] = kind(part.start + by, part.end + by, *inside)
    return known
