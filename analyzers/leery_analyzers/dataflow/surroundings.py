"""What the rest of a document holds, looked up by name: the only way an analysis of one unit sees others.

Purely lexical: nothing is parsed here. Every question is written down with its answer (`Questions`), so that a result
can be used again for as long as the same questions have the same answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
_BINDING = re.compile(_NAME + r"\s*(?::[^=\n]+)?(?:,[^=\n]*|[\])}]\s*)?=(?![=>])")
_DEFINES = frozenset({"def", "function", "func"})
_OBJECTS = frozenset({"self", "this", "cls"})
_KEPT = 16_384


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
        bound: names that are assigned.
    """

    words: frozenset[str]
    called: frozenset[str]
    changed: frozenset[str]
    bound: frozenset[str]


class _Known:
    """The facts of units, kept by their keys."""

    def __init__(self) -> None:
        self._kept: dict[str, _Facts] = {}

    def __call__(self, item: Listed) -> _Facts:
        found = self._kept.get(item.key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[item.key] = _facts(item.unit)
        return found


_known = _Known()


def _facts(unit: Unit) -> _Facts:
    words, called, changed = set(_WORD.findall(unit.prefix)), set(), set()
    is_python = unit.language == "python"
    before = ""
    for name, call, index, operator, changer in _USES.findall(unit.text):
        words.add(name)
        if call and before not in _DEFINES:
            called.add(name)
        # In Python a plain assignment makes a variable of the function's own.
        elif changer or (operator and (index or operator != "=" or before in _OBJECTS or not is_python)):
            changed.add(name)
        before = name
    if "++" in unit.text or "--" in unit.text:
        changed.update(first or last for first, last in _STEPPED.findall(unit.text))
    if not words.isdisjoint({"global", "nonlocal"}):
        changed.update(name for names in _DECLARED_OUTER.findall(unit.text) for name in _WORD.findall(names))
    bound = _BINDING.findall(unit.text) if unit.kind == "statements" else ()
    return _Facts(frozenset(words), frozenset(called), frozenset(changed), frozenset(bound))


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
        self._asked: dict[tuple[str, str], Sequence[Listed]] = {}
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

    def statements(self, name: str) -> Sequence[Listed]:
        """Top-level statements that speak of a name."""
        return [item for item in self._statements if name in _known(item).words]

    def callers(self, name: str) -> Sequence[Listed]:
        """Everything that calls something by a plain name, or by it as a member."""
        return [item for item in self.listed if name in _known(item).called]

    def changers(self, name: str) -> Sequence[Listed]:
        """Functions that may change what a name of the document's top level, or a member of that name, holds."""
        return [item for item in self.listed if item.unit.kind == "function" and name in _known(item).changed]

    def ask(self, what: str, name: str) -> Sequence[Listed]:
        """The answer to a question: the name of one of the methods above, and its argument."""
        found = self._asked.get((what, name))
        if found is None:
            answer: Sequence[Listed] = getattr(self, what)(name)
            found = self._asked[what, name] = answer
        return found

    def users(self, item: Listed) -> list[Listed]:
        """The units whose analysis may look into one, as far as that can lead a flow through it."""
        unit = item.unit
        if unit.kind == "function":
            last = unit.name.rpartition(".")[2]
            # A constructor is called by its class's name, and its fields are read by every method of that.
            owner = unit.name.rpartition(".")[0].rpartition(".")[2]
            return [*self.ask("callers", last), *(self._speaking({owner}) if owner else ())]
        names = _known(item).bound if unit.kind == "statements" else {unit.name.rpartition(".")[2]}
        return self._speaking(names)

    def _speaking(self, names: Collection[str]) -> list[Listed]:
        wanted = frozenset(names)
        return [item for item in self.listed if not wanted.isdisjoint(_known(item).words)]


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
        found = [item for item in self.around.ask(what, name) if item.start != self.own]
        self.answers[what, name] = tuple(item.key for item in found)
        return found

    @classmethod
    def hold(cls, answers: Mapping[tuple[str, str], tuple[str, ...]], around: Surroundings, own: int) -> bool:
        """Whether the same questions have the same answers."""
        return all(
            tuple(item.key for item in around.ask(what, name) if item.start != own) == keys
            for (what, name), keys in answers.items()
        )
