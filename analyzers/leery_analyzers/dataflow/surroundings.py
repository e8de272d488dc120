"""What the rest of a document holds, looked up by name: the only way an analysis of one unit sees others.

Purely lexical: nothing is parsed here. Every question is written down with its answer (`Questions`), so that a result
can be used again for as long as the same questions have the same answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from leery_analyzers.analyzer import Unit

_WORD = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
_BINDING = re.compile(r"([^\W\d][\w$]*)\s*(?::[^=\n]+)?(?:,[^=\n]*|[\])}]\s*)?=(?![=>])")
_KEPT = 16_384
_CHANGERS = (
    "append|add|update|extend|insert|setdefault|pop|popitem|remove|clear|discard|push|unshift|shift|splice|set|put|"
    "putAll|putIfAbsent|addAll|delete|sort|reverse|fill|setProperty"
)


class Listed(Protocol):
    """A unit with its key and where it stands now, in code points."""

    start: int
    key: str
    unit: Unit


class _Words:
    """The words of units, kept by their keys."""

    def __init__(self) -> None:
        self._kept: dict[str, frozenset[str]] = {}

    def __call__(self, item: Listed) -> frozenset[str]:
        found = self._kept.get(item.key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[item.key] = frozenset(_WORD.findall(item.unit.prefix + item.unit.text))
        return found


_words = _Words()


class Surroundings:
    """The units of one version of a document, by name.

    Args:
        listed: all of them, in document order.
    """

    def __init__(self, listed: Sequence[Listed]) -> None:
        self.listed = listed
        self._named: dict[str, list[Listed]] = {}
        self._members: dict[str, list[Listed]] = {}
        self._index: dict[str, list[Listed]] | None = None
        self._statements = [item for item in listed if item.unit.kind == "statements"]
        for item in listed:
            name = item.unit.name
            if name:
                self._named.setdefault(name, []).append(item)
                owner, dot, last = name.rpartition(".")
                if dot:
                    self._members.setdefault(owner, []).append(item)
                    if item.unit.kind == "class":
                        self._named.setdefault(last, []).append(item)

    def named(self, name: str) -> Sequence[Listed]:
        """Functions and classes of a qualified name; an inner class also answers to its last part."""
        return self._named.get(name, ())

    def members(self, owner: str) -> Sequence[Listed]:
        """Methods and inner classes of the class of a qualified name."""
        return self._members.get(owner, ())

    def statements(self, name: str) -> list[Listed]:
        """Top-level statements that speak of a name."""
        return [item for item in self._statements if name in _words(item)]

    def callers(self, name: str) -> list[Listed]:
        """Everything that calls something by a plain name, or by it as a member."""
        pattern = _calling(name)
        return [item for item in self._speakers(name) if _found(pattern, item.key, item.unit.text)]

    def _speakers(self, name: str) -> Sequence[Listed]:
        """The units that speak of a name."""
        if self._index is None:
            self._index = {}
            for item in self.listed:
                for word in _words(item):
                    self._index.setdefault(word, []).append(item)
        return self._index.get(name, ())

    def users(self, item: Listed) -> list[Listed]:
        """The units whose analysis may look into one, as far as that can lead a flow through it."""
        unit = item.unit
        if unit.kind == "function":
            last = unit.name.rpartition(".")[2]
            # A constructor is called by its class's name, and its fields are read by every method of that.
            owner = unit.name.rpartition(".")[0].rpartition(".")[2]
            return [*self.callers(last), *(self._speaking({owner}) if owner else ())]
        names = set(_BINDING.findall(unit.text)) if unit.kind == "statements" else {unit.name.rpartition(".")[2]}
        return self._speaking(names)

    def _speaking(self, names: set[str]) -> list[Listed]:
        return [item for item in self.listed if not names.isdisjoint(_words(item))]

    def changers(self, name: str) -> list[Listed]:
        """Functions that may change what a name of the document's top level, or a member of that name, holds."""
        return [
            item
            for item in self._speakers(name)
            if item.unit.kind == "function" and _changes(name, item)
        ]


@dataclass(slots=True)
class Questions:
    """One analysis's view of the surroundings; remembers what was asked and answered.

    Attributes:
        around: the document; None where there is none.
        own: where the unit under analysis stands: it is left out of the answers.
        answers: what was asked, and the keys of the units that were the answer.
    """

    around: Surroundings | None
    own: int = -1
    answers: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def ask(self, what: str, name: str) -> Sequence[Listed]:
        """The units that are the answer to a question: the name of a method of `Surroundings`, and its argument."""
        if self.around is None:
            return ()
        found = self._look(self.around, what, name, self.own)
        self.answers[what, name] = tuple(item.key for item in found)
        return found

    @staticmethod
    def _look(around: Surroundings, what: str, name: str, own: int) -> Sequence[Listed]:
        found: Iterable[Listed] = getattr(around, what)(name)
        return [item for item in found if item.start != own]

    @classmethod
    def hold(cls, answers: Mapping[tuple[str, str], tuple[str, ...]], around: Surroundings, own: int) -> bool:
        """Whether the same questions have the same answers."""
        return all(
            tuple(item.key for item in cls._look(around, what, name, own)) == keys
            for (what, name), keys in answers.items()
        )


@lru_cache(maxsize=4096)
def _calling(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$])(?<!def )(?<!function ){re.escape(name)}\s*\(")


@lru_cache(maxsize=4096)
def _changing(name: str) -> re.Pattern[str]:
    word = rf"(?<![\w$]){re.escape(name)}(?![\w$])"
    return re.compile(
        rf"{word}\s*(?:\[[^\]\n]*\]\s*)+(?:[-+*/%|&^]|\*\*|//|<<|>>|\?\?|\|\||&&)?=(?![=>])"  # an element
        rf"|{word}\s*(?:[-+*/%|&^]|\*\*|//|<<|>>|\?\?|\|\||&&)=(?!=)"  # x += …
        rf"|{word}\s*(?:\+\+|--)|(?:\+\+|--){word}"
        rf"|{word}\s*\.\s*(?:{_CHANGERS})\s*\("
        rf"|\b(?:self|this|cls)\.{re.escape(name)}\s*(?::[^=\n]+)?=(?![=>])"  # a member
        rf"|\b(?:global|nonlocal)\b[^\n]*{word}"
    )


@lru_cache(maxsize=4096)
def _assigning(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[;{{}}])[ \t]*{re.escape(name)}\s*=(?![=>])", re.MULTILINE)


@lru_cache(maxsize=65536)
def _found(pattern: re.Pattern[str], key: str, text: str) -> bool:
    """Whether a pattern finds anything in a unit; the same units are asked the same again and again."""
    del key
    return pattern.search(text) is not None


def _changes(name: str, item: Listed) -> bool:
    if _found(_changing(name), item.key, item.unit.text):
        return True
    # In Python a plain assignment makes a variable of the function's own.
    return item.unit.language != "python" and _found(_assigning(name), item.key, item.unit.text)
