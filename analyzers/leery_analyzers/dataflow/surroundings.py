"""What the rest of a document holds, looked up by name: the only way an analysis of one unit sees others.

Lexical, but for the names that statements bind: nothing is parsed here. Every question is written down with its answer
(`Questions`), so that a result can be used again for as long as the same questions have the same answers.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from leery_analyzers.analyzer import Unit

_WORD = lazy_regex(r"[^\W\d][\w$]*|\$[\w$]*")
_NAME = r"([^\W\d][\w$]*|\$[\w$]*)"
_OPERATOR = r"(?:[-+*/%|&^]|\*\*|//|<<|>>|\?\?|\|\||&&)"
_CHANGERS = (
    "append|add|update|extend|insert|setdefault|pop|popitem|remove|clear|discard|push|unshift|shift|splice|set|put|"
    "put_nowait|appendleft|extendleft|popleft|rotate|putAll|putIfAbsent|addAll|delete|sort|reverse|fill|setProperty"
)
# A name and what follows it: a call; an index and the operator of an assignment; a method that changes its object. Most
# names are followed by something else, which one look tells.
_USES = lazy_regex(
    _NAME + r"(?:(?=\s*[(\[.=+\-*/%|&^<>?])"
    rf"(?:(?=\s*(\())|(?=\s*((?:\[[^\]\n]*\]\s*)*)({_OPERATOR}?=)(?![=>]))|(?=\s*(\.\s*(?:{_CHANGERS})\s*\())))?"
)
_REFERENCE = lazy_regex(r"::\s*([^\W\d]\w*)")
"""A function that is named to be called elsewhere, in Java."""
_STEPPED = lazy_regex(rf"(?:\+\+|--){_NAME}|{_NAME}\s*(?:\+\+|--)")
_DECLARED_OUTER = lazy_regex(r"\b(?:global|nonlocal)\b([^\n]*)")
_DEFINES = frozenset({"def", "function", "func"})
_OBJECTS = frozenset({"self", "this", "cls"})
_OPENING, _CLOSING = frozenset("(,=[:"), frozenset("),]}")
_APART = 40
"""White space between a name and what stands beside it."""
_LONGEST = 1_500
"""Characters of a comment that are read."""
_KEPT = 16_384
_MOST_FORMER, _FEW = 4, 1_024
"""Units that are indexed for each one of a document, and besides: those of its former versions, and of others."""
_INDEXES = {
    "words": ("words", ""),
    "told": ("words", "statements"),
    "called": ("called", ""),
    "changed": ("changed", "function"),
}
"""By name, the attribute of facts that an index is made of, and the kind of its units, empty for all."""


class Listed(Protocol):
    """A unit with its key and where it stands now, in code points."""

    start: int
    key: str
    unit: Unit


@dataclass(slots=True)
class _Comment:
    """What an answer is that is no unit: the text of a comment for its key."""

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


class _Index:
    """Which units have a name, by the units' keys: of one version of a document, of former ones, of other documents.

    Args:
        names: of a unit.
    """

    def __init__(self, names: Callable[[Listed], frozenset[str]]) -> None:
        self._names = names
        self._indexed: set[str] = set()
        self._found: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._indexed)

    def of(self, name: str) -> set[str]:
        """The keys of the units that have a name."""
        return self._found.get(name) or set()

    def take_in(self, listed: Sequence[Listed], places: Mapping[str, Sequence[int]]) -> None:
        """Learn units.

        Args:
            listed: all of a document.
            places: where some of them are in that, by their keys.
        """
        missing = places.keys() - self._indexed
        for key in missing:
            for name in self._names(listed[places[key][0]]):
                known = self._found.get(name)
                if known is None:
                    self._found[name] = {key}
                else:
                    known.add(key)
        self._indexed |= missing


class _Known:
    """The facts of units by their keys, and the indexes that are made of them, kept from version to version."""

    def __init__(self) -> None:
        self._kept: dict[str, _Facts] = {}
        self._indexes: dict[str, _Index] = {}

    def of(self, item: Listed) -> _Facts:
        """The facts of a unit."""
        found = self._kept.get(item.key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[item.key] = _facts(item.unit)
        return found

    def index(
        self, name: str, facts: str, listed: Sequence[Listed], places: Sequence[Mapping[str, Sequence[int]]]
    ) -> _Index:
        """An index that knows these units at least.

        Args:
            name: of the index.
            facts: the attribute of facts that it is made of.
            listed: as of `_Index.take_in`.
            places: likewise, in several parts.
        """
        found = self._indexes.get(name)
        if found is None or len(found) > _MOST_FORMER * sum(map(len, places)) + _FEW:
            found = self._indexes[name] = _Index(lambda item: getattr(self.of(item), facts))
        for some in places:
            found.take_in(listed, some)
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
    if "::" in unit.text:
        called.update(_REFERENCE.findall(unit.text))
    if "++" in unit.text or "--" in unit.text:
        changed.update(first or last for first, last in _STEPPED.findall(unit.text))
    if not words.isdisjoint({"global", "nonlocal"}):
        changed.update(name for names in _DECLARED_OUTER.findall(unit.text) for name in _WORD.findall(names))
    return _Facts(frozenset(words), frozenset(called), frozenset(changed))


def _last_comment(text: str) -> str:
    """The comment that a text ends with; empty if it ends with none, or with a long one."""
    text = text[-_LONGEST:].rstrip()
    if text.endswith("*/"):
        return text[text.rfind("/*") :] if "/*" in text else ""
    lines = text.split("\n")
    count = next((at for at, line in enumerate(reversed(lines)) if not line.lstrip().startswith("//")), 0)
    return "\n".join(lines[len(lines) - count :])


def _passes(text: str, name: str) -> bool:
    """Whether a name stands between what encloses and parts arguments."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if (
            text[max(at - _APART, 0) : at].rstrip()[-1:] in _OPENING
            and text[end : end + _APART].lstrip()[:1] in _CLOSING
        ):
            return True
        at = text.find(name, end)
    return False


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


_NOBODY = _Answer((), (), frozenset())


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
        self._indexes: dict[str, _Index] = {}
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
    def _places(self) -> dict[str, dict[str, list[int]]]:
        """Where in the listing the units of a key are, by the units' kinds."""
        found: dict[str, dict[str, list[int]]] = {}
        for place, item in enumerate(self.listed):
            kind = item.unit.kind
            here = found.get(kind)
            if here is None:
                here = found[kind] = {}
            known = here.get(item.key)
            if known is None:
                here[item.key] = [place]
            else:
                known.append(place)
        return found

    def _having(self, index: str, name: str) -> list[Listed]:
        """The units of an index that have a name, in document order."""
        facts, wanted = _INDEXES[index]
        meant = [here for kind, here in self._places.items() if not wanted or kind == wanted]
        found = self._indexes.get(index)
        if found is None:
            found = self._indexes[index] = _known.index(index, facts, self.listed, meant)
        places = [at for key in found.of(name) for here in meant for at in here.get(key, ())]
        return [self.listed[at] for at in sorted(places)]

    def named(self, name: str) -> Sequence[Listed]:
        """Functions and classes of a qualified name; an inner class also answers to its last part."""
        return self._named.get(name, ())

    def members(self, owner: str) -> Sequence[Listed]:
        """Methods and inner classes of the class of a qualified name."""
        return self._members.get(owner, ())

    @cached_property
    def _methods(self) -> dict[str, list[Listed]]:
        found: dict[str, list[Listed]] = {}
        for item in self.listed:
            owner, _, last = item.unit.name.rpartition(".")
            if owner and item.unit.kind == "function":
                found.setdefault(last, []).append(item)
        return found

    def methods(self, name: str) -> Sequence[Listed]:
        """Methods of a name, of whatever class."""
        return self._methods.get(name, ())

    def comments(self, name: str) -> Sequence[Listed]:
        """The comment right before the only method of a name: it is part of what stands before the method."""
        found = self._methods.get(name, ())
        if len(found) != 1:
            return ()
        place = bisect_left(self._starts, found[0].start)
        before = self.listed[place - 1] if place else None
        said = _last_comment(before.unit.text[: found[0].start - before.start]) if before is not None else ""
        return (_Comment(-1, said, found[0].unit),) if said else ()

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self.listed]

    def binders(self, name: str) -> Sequence[Listed]:
        """Top-level statements that bind a name."""
        return [item for item in self._having("told", name) if name in self._binds(item)]

    def any_of(self, names: str) -> Sequence[Listed]:
        """What has, or binds, any of some names, which stand with spaces between them."""
        return [item for name in names.split() for item in (*self.named(name), *self.binders(name))]

    def callers(self, name: str) -> Sequence[Listed]:
        """Everything that calls something by a plain name, or by it as a member."""
        return self._having("called", name)

    def passers(self, name: str) -> Sequence[Listed]:
        """Everything that passes something of a plain name on, as an argument or in a list: others may call it then."""
        return [item for item in self._having("words", name) if _passes(item.unit.text, name)]

    def speakers(self, name: str) -> Sequence[Listed]:
        """Everything in which a name stands."""
        return self._having("words", name)

    def changers(self, name: str) -> Sequence[Listed]:
        """Functions that may change what a name of the document's top level, or a member of that name, holds."""
        return self._having("changed", name)

    def ask(self, what: str, name: str) -> _Answer:
        """The answer to a question: the name of one of the methods above, and its argument."""
        found = self._asked.get((what, name))
        if found is None:
            items: Sequence[Listed] = getattr(self, what)(name)
            found = _NOBODY
            if items:
                found = _Answer(items, tuple([item.key for item in items]), frozenset([item.start for item in items]))
            self._asked[what, name] = found
        return found

    def users(self, item: Listed) -> Iterator[Listed]:
        """The units whose analysis may look into one, as far as that can lead a flow through it; some of them twice."""
        unit = item.unit
        owner, _, last = unit.name.rpartition(".")
        if unit.kind == "function":
            yield from self.callers(last)
            yield from self.passers(last)
            # A constructor is called by its class's name, and its fields are read by every method of that.
            last = owner.rpartition(".")[2]
        names = self._binds(item) if unit.kind == "statements" else {last} if last else ()
        for name in names:
            yield from self._having("words", name)


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
