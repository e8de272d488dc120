"""Units as IR, each kept for as long as its content is in use, at byte addresses of their own.

A unit that others look into is *displaced*: all its spans are moved to addresses that follow from its content, so that
places of several units can stand side by side in one analysis and still say whose they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.bindings import bindings
from leery_analyzers.dataflow.languages import SUPPORTED
from leery_analyzers.syntax import ByteOffsets, encode, parse
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.analyzer import Unit

_BITS = 24
FOREIGN = 1 << _BITS
"""Addresses from here on belong to other units than the one under analysis; no unit is that long."""
_WORD = re.compile(r"[\w$]+")
_KEPT = 1_500
_KEPT_OWN = 256
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
    """

    unit: Unit
    key: str
    base: int
    source: bytes
    module: ir.Module
    offsets: ByteOffsets
    bindings: Mapping[str, list[int]] = field(default_factory=dict)

    def text(self, start: int, end: int) -> str:
        """The characters of a span of addresses, on one line."""
        return " ".join(self.source[start - self.base : end - self.base].decode("utf-8", "replace").split())

    def range(self, start: int, end: int) -> TextRange:
        """A span of addresses in the unit's text, in code points; it may lie outside of it, in a header."""
        return TextRange(self.offsets.of(start - self.base), self.offsets.of(end - self.base))


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
            found = _lower(unit, key, 0)
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
            found = _lower(unit, key, base)
            _displace(found.module, base)
            found = replace(found, bindings=bindings(found.module))
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = found
        return found


def page(address: int) -> int:
    """What the addresses of one unit have in common."""
    return address >> _BITS


def _lower(unit: Unit, key: str, base: int) -> Lowered:
    source = encode(unit.source)
    module = SUPPORTED[unit.language].lower(parse(unit).root, source, unit.imports)
    return Lowered(unit, key, base, source, module, ByteOffsets(unit))


def _displace(module: ir.Module, by: int) -> None:
    """Move every node below a module; what was made elsewhere (imports) has no address and keeps none."""
    seen: set[int] = set()
    stack: list[object] = [module]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            stack.extend(here)
        elif isinstance(here, ir.Node) and here.start >= 0 and id(here) not in seen:
            seen.add(id(here))
            here.start += by
            here.end += by
            stack.extend(_parts(here))


def _parts(node: ir.Node) -> Iterator[object]:
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in {"start", "end"})
    for name in _FIELDS[kind]:
        yield getattr(node, name)


_FIELDS: dict[type[ir.Node], tuple[str, ...]] = {}
"""For each kind of node, the fields that may hold nodes."""
