"""What the rest of a document holds, looked up by name: the only way an analysis of one unit sees others.

Lexical, but for the names that statements bind: nothing is parsed here. Every question is written down with its answer
(`Questions`), so that a result can be used again for as long as the same questions have the same answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from leery_analyzers.analyzer import Unit

_WORD = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
_NAME = r"([^\W\d][\w$]*|\$[\w$]*)"
_OPERATOR = r"(?:[-+*/%|&^]|\*\*|//|<<|>>|\?\?|\|\||&&)"
_CHANGERS = (
    "append|add|update|extend|insert|setdefault|pop|popitem|remove|clear|discard|push|unshift|shift|splice|set|put|"
    "putAll|putIfAbsent|addAll|delete|sort|reverse|fill|setProperty"
)
# A name and what follows it: a call; an index and the operator of an assignment; a method that changes its object.
_USES = re.compile(
    _NAME + rf"(?:(?=\s*(\())|(?=\s*((?:\[[^\]\n]*\]\s*)*)({_OPERATOR}?=)(?![=>]))|(?=\s*(\.\s*(?:{_CHANGERS})\s*\()))?"
)
_STEPPED = re.compile(rf"(?:\+\+|--){_NAME}|{_NAME}\s*(?:\+\+|--)")
_DECLARED_OUTER = re.compile(r"\b(?:global|nonlocal)\b([^\n]*)")
_DEFINES = frozenset({"def", "function", "func"})
_OBJECTS = frozenset({"self", "this", "cls"})
_KEPT = 16_384
_SINGLY = 8
"""Names that are looked for in unit after unit, before an index pays."""


class Listed(Protocol):
    """A unit with its key and where it stands now, in code points."""

    start: int
    key: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a unit's text from its characters alone.

    Attributes:
        words: every name in it and in the headers around it.
        called: names that are called, by themselves or as members.
        changed: names whose value, or a part of it, the text may change where a function stands in it.
    """

    words: frozenset[str]
    called: frozenset[str]
    changed: frozenset[str]


class _Known:
    """The facts of units, kept by their keys."""

    def __init__(self) -> None:
        self._kept: dict[str, _Facts] = {}

    def of(self, listed: Sequence[Listed]) -> list[_Facts]:
        """Those of several units."""
        kept = self._kept
        return [kept.get(item.key) or self._new(item) for item in listed]

    def _new(self, item: Listed) -> _Facts:
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        found = self._kept[item.key] = _facts(item.unit)
        return found


_known = _Known()


def _facts(unit: Unit) -> _Facts:
    words, called, changed = set(_WORD.findall(unit.prefix)), set[str](), set[str]()
    is_python = unit.language == "python"
    own = unit.name.rpartition(".")[2] if unit.kind == "function" else ""
    before = ""
    for name, call, index, operator, changer in _USES.findall(unit.text):
        if call:
            # What comes first is the definition of a method, unless it is written otherwise: ``save = () => …``.
            if before not in _DEFINES and not (name == own and name not in words):
                called.add(name)
        # In Python a plain assignment makes a variable of the function's own.
        elif changer or (operator and (index or operator != "=" or before in _OBJECTS or not is_python)):
            changed.add(name)
        words.add(name)
        before = name
    if "++" in unit.text or "--" in unit.text:
        changed.update(first or last for first, last in _STEPPED.findall(unit.text))
    if not words.isdisjoint({"global", "nonlocal"}):
        changed.update(name for names in _DECLARED_OUTER.findall(unit.text) for name in _WORD.findall(names))
    return _Facts(frozenset(words), frozenset(called), frozenset(changed))


class _Index:
    """The units that have a name among their words, their calls and so on; made once several names were asked for.

    Args:
        listed: the units.
        names: of each of them.
    """

    def __init__(self, listed: Sequence[Listed], names: Sequence[frozenset[str]]) -> None:
        self._listed = listed
        self._names = names
        self._asked = 0
        self._found: dict[str, list[Listed]] = {}

    def of(self, name: str) -> Sequence[Listed]:
        """In document order."""
        self._asked += 1
        if self._asked <= _SINGLY:
            return [item for item, names in zip(self._listed, self._names, strict=True) if name in names]
        if not self._found:
            for item, names in zip(self._listed, self._names, strict=True):
                for one in names:
                    self._found.setdefault(one, []).append(item)
        return self._found.get(name, ())


class _Answer(NamedTuple):
    """Units with their keys, and where they start."""

    items: Sequence[Listed]
    keys: tuple[str, ...]
    starts: frozenset[int]

    def but(self, own: int) -> tuple[Sequence[Listed], tuple[str, ...]]:
        """Units and keys without the one that starts at a place."""
        if own not in self.starts:
            return self.items, self.keys
        items = [item for item in self.items if item.start != own]
        return items, tuple(item.key for item in items)


class Surroundings:
    """The units of one version of a document, by name.

    Args:
        listed: all of them, in document order.
        binds: the names that top-level statements bind.
    """

    def __init__(self, listed: Sequence[Listed], binds: Callable[[Listed], frozenset[str]]) -> None:
        self.listed = listed
        self._binds = binds
        self._named: dict[str, list[Listed]] = {}
        self._asked: dict[tuple[str, str], _Answer] = {}
        for item in listed:
            name = item.unit.name
            if name:
                known = self._named.get(name)
                if known is None:
                    self._named[name] = [item]
                else:
                    known.append(item)
                if "." in name and item.unit.kind == "class":
                    self._named.setdefault(name.rpartition(".")[2], []).append(item)

    @cached_property
    def _members(self) -> dict[str, list[Listed]]:
        found: dict[str, list[Listed]] = {}
        for item in self.listed:
            owner, dot, _ = item.unit.name.rpartition(".")
            if dot:
                found.setdefault(owner, []).append(item)
        return found

    @cached_property
    def _facts(self) -> list[_Facts]:
        return _known.of(self.listed)

    @cached_property
    def _words(self) -> _Index:
        return _Index(self.listed, [known.words for known in self._facts])

    @cached_property
    def _called(self) -> _Index:
        return _Index(self.listed, [known.called for known in self._facts])

    @cached_property
    def _told(self) -> _Index:
        chosen = [item for item in self.listed if item.unit.kind == "statements"]
        return _Index(chosen, [known.words for known in _known.of(chosen)])

    @cached_property
    def _changed(self) -> _Index:
        chosen = [item for item in self.listed if item.unit.kind == "function"]
        return _Index(chosen, [known.changed for known in _known.of(chosen)])

    def named(self, name: str) -> Sequence[Listed]:
        """Functions and classes of a qualified name; an inner class also answers to its last part."""
        return self._named.get(name, ())

    def members(self, owner: str) -> Sequence[Listed]:
        """Methods and inner classes of the class of a qualified name."""
        return self._members.get(owner, ())

    def binders(self, name: str) -> Sequence[Listed]:
        """Top-level statements that bind a name."""
        return [item for item in self._told.of(name) if name in self._binds(item)]

    def callers(self, name: str) -> Sequence[Listed]:
        """Everything that calls something by a plain name, or by it as a member."""
        return self._called.of(name)

    def changers(self, name: str) -> Sequence[Listed]:
        """Functions that may change what a name of the document's top level, or a member of that name, holds."""
        return self._changed.of(name)

    def ask(self, what: str, name: str) -> _Answer:
        """The answer to a question: the name of one of the methods above, and its argument."""
        found = self._asked.get((what, name))
        if found is None:
            items: Sequence[Listed] = getattr(self, what)(name)
            found = _Answer(items, tuple(item.key for item in items), frozenset(item.start for item in items))
            self._asked[what, name] = found
        return found

    def users(self, item: Listed) -> Iterator[Listed]:
        """The units whose analysis may look into one, as far as that can lead a flow through it; some of them twice."""
        unit = item.unit
        owner, _, last = unit.name.rpartition(".")
        if unit.kind == "function":
            yield from self.callers(last)
            # A constructor is called by its class's name, and its fields are read by every method of that.
            last = owner.rpartition(".")[2]
        names = self._binds(item) if unit.kind == "statements" else {last} if last else ()
        for name in names:
            yield from self._words.of(name)


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
        items, self.answers[what, name] = self.around.ask(what, name).but(self.own)
        return items

    @classmethod
    def hold(cls, answers: Mapping[tuple[str, str], tuple[str, ...]], around: Surroundings, own: int) -> bool:
        """Whether the same questions have the same answers."""
        return all(around.ask(what, name).but(own)[1] == keys for (what, name), keys in answers.items())
