"""The contract between what finds and what schedules: `Unit` in, `Report` out.

Holds the two types every engine shares. It must not name any engine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.model import Report, Rule

UnitKind = Literal["function", "class", "statements", "file"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a document that can be analysed by itself.

    `source` parses alone: a method stands in the header of its class. What an analyzer finds depends on nothing but
    the fields that `key` covers, so a result can be kept for as long as the key stays the same, wherever the unit
    moves.

    Attributes:
        language: language id as in the LSP.
        kind: a function or method; a class without its methods; a run of top-level statements; the whole file.
        name: qualified name such as ``Store.load``; empty for statements.
        start: offset of `text` in the document, code points.
        line: line of `start` in the document, from 0.
        text: exactly as long as the document's slice from `start`; parts that belong to other units are blanked with
            spaces, line endings kept, so that offsets agree.
        prefix: wrapping lines before `text` (class headers), not of this place in the document.
        suffix: wrapping lines after it (closing braces).
        imports: import statements elsewhere in the document that hold here, in document order.
        constants: constants declared elsewhere in the document that `text` names, with their values as written.
    """

    language: str
    kind: UnitKind
    name: str
    start: int
    line: int
    text: str
    prefix: str = ""
    suffix: str = ""
    imports: tuple[str, ...] = ()
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> str:
        """The text to parse; subtract ``len(prefix)`` from its offsets to get offsets in `text`."""
        return self.prefix + self.text + self.suffix

    @property
    def end(self) -> int:
        """Offset after `text` in the document, code points."""
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """A digest of everything a result may depend on: not the place in the document."""
        own = _framed((self.language, self.kind, self.name, self.prefix, self.text, self.suffix))
        constants = _framed(part for pair in self.constants for part in pair)
        return hashlib.blake2b(own + _framed_imports(self.imports) + constants, digest_size=16).hexdigest()


def _framed(parts: Iterable[str]) -> bytes:
    """Texts one after the other, each after its length."""
    found = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join([piece for data in found for piece in (len(data).to_bytes(8, "big"), data)])


@lru_cache(maxsize=64)
def _framed_imports(imports: tuple[str, ...]) -> bytes:
    """Those of imports: most units of a document have the same ones."""
    return _framed(imports)


class Analyzer(Protocol):
    """Text in, findings out: no disk, no network, no state that changes a result.

    Attributes:
        name: `checks`, `dataflow`, `bandit`, `semgrep`.
        version: changes whenever a result could; part of every cache key.
        languages: language ids it understands.
    """

    name: str
    languages: frozenset[str]

    @property
    def version(self) -> str:
        """Found out when it is asked for: it may take a while."""
        ...

    def rules(self) -> tuple[Rule, ...]:
        """Every rule it can report."""
        ...

    def analyze(self, unit: Unit) -> Report:
        """Findings with ranges relative to ``unit.text`` (0 is ``unit.start``), all within it.

        Never raises for any input: what went wrong is a `Notice` in the report.
        """
        ...
