"""Abstract values: what a value may be, and where it may come from.

A value is a bounded set of alternatives (constants, texts with holes), plus an opening for everything else, plus the
taints it carries, plus what is known of its parts. Values never change; joins are bounded, so that loops end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypedDict, Union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from typing_extensions import Unpack

    from leery_analyzers.dataflow.ir import Constant
    from leery_analyzers.model import Level

MAX_CONSTANTS = 12
MAX_FORMS = 4
MAX_PIECES = 40
MAX_TEXT = 4_000
"""Characters of a text that is folded."""
MAX_TAINTS = 6
MAX_STEPS = 8
MAX_FIELDS = 40
MAX_DEPTH = 4
"""Levels of values inside values that are kept."""
TEXT = "(text)"
"""A class that no sink has: the value is one text and no object."""

CLOSED: Final = 0
WIDENED: Final = 1
OPEN: Final = 2
Openness = Literal[0, 1, 2]
"""Closed: the alternatives are all. Widened: others too, made of constants of the code. Open: anything."""

Origin = Literal[
    "request",
    "model",
    "input",
    "environment",
    "argument",
    "file",
    "network",
    "answer",
    "process",
    "parameter",
    "archive",
    "constant",
    "error",
]
SCRIPTED: Final = "the JSON that is written here"
"""The title of a source that does harm in scripts only."""
EVERY: Final = "*"
BELOW: Final = "(below a folder)"
"""A class that no sink has: the data was put under a folder, whatever the path was made into since."""
KNOWN: Final = "(known)"
"""A class that no sink has: the data is one of a few values that the program knows."""


@dataclass(slots=True, unsafe_hash=True)
class Source:
    """Where data from outside enters; never changed once made (frozen ones are slow to make).

    Attributes:
        start: first byte of the expression or the parameter.
        end: byte after it.
        text: as written; two places written alike give the same data.
        origin: what kind of source.
        title: for messages, such as ``the request``.
        confidence: how sure it is that somebody else decides on it.
        decoded: whether it is what the data held in an encoded form, of which checks of the data say nothing.
        key: what makes two sources the same.
    """

    start: int
    end: int
    text: str
    origin: Origin
    title: str
    confidence: Level
    decoded: bool = False
    key: tuple[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the key together once; joins ask for it all the time."""
        self.key = self.origin, f"{self.text} decoded" if self.decoded else self.text


class Mark(NamedTuple):
    """A place on a path; bytes."""

    start: int
    end: int
    message: str


@dataclass(slots=True, unsafe_hash=True)
class Clearance:
    """Why data can do no harm in some classes; never changed once made.

    Attributes:
        classes: classes of sinks, or ``*``.
        reason: the guard or sanitiser, for people.
        start: first byte of it.
        end: byte after it.
        guess: whether only a name says so.
    """

    classes: frozenset[str]
    reason: str
    start: int
    end: int
    guess: bool = False

    def covers(self, sink: str) -> bool:
        """Whether it holds for a class of sinks."""
        return sink in self.classes or EVERY in self.classes


@dataclass(slots=True)
class Taint:
    """Data from one source inside a value; never changed once made (frozen ones are slow to make).

    Attributes:
        source: where from.
        marks: places it went through, oldest first.
        clearances: why it may be harmless.
        exact: whether the value is the source's data, unchanged and whole.
        weak: whether it came through a call that nothing is known of.
    """

    source: Source
    marks: tuple[Mark, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    exact: bool = False
    weak: bool = False

    def cleared(self, sink: str) -> Clearance | None:
        """Why it is harmless in a class of sinks, for certain if anything says so; None if it is not."""
        return surest(self.clearances, sink)

    def join(self, other: Taint) -> Taint:
        """What holds of both; the path of the more dangerous one."""
        if self is other:
            return self
        mine, theirs = self.clearances, other.clearances
        first = self if len(mine) <= len(theirs) else other
        both = common(mine, theirs)
        exact, weak = self.exact and other.exact, self.weak and other.weak
        if both == first.clearances and exact is first.exact and weak is first.weak:
            return first
        return Taint(first.source, first.marks, both, exact, weak)


def surest(proofs: Iterable[Clearance], sink: str) -> Clearance | None:
    """The first of some proofs that covers a class of sinks; one that only a name speaks for if there is no other."""
    guess = None
    for proof in proofs:
        if proof.covers(sink):
            if not proof.guess:
                return proof
            guess = guess or proof
    return guess


def common(left: tuple[Clearance, ...], right: tuple[Clearance, ...]) -> tuple[Clearance, ...]:
    """What is cleared on either of two paths; where the reasons differ, one that names the first."""
    if not left or not right:
        return ()
    if left == right:
        return left
    both = tuple(item for item in left if item in right)
    covered = frozenset(name for item in both for name in item.classes)
    if EVERY in covered:
        return both
    mine = frozenset(name for item in left for name in item.classes)
    theirs = frozenset(name for item in right for name in item.classes)
    classes = theirs if EVERY in mine else mine if EVERY in theirs else mine & theirs
    if classes <= covered:
        return both
    first = left[0]
    guess = any(item.guess for item in (*left, *right))
    return (*both, Clearance(classes, first.reason, first.start, first.end, guess))


Piece = Union[str, "Value"]
Form = tuple[Piece, ...]


@dataclass(slots=True, eq=False)
class Value:
    """What an expression may be; never changed once made (frozen ones are slow to make).

    Attributes:
        constants: alternatives that are constants.
        forms: alternatives that are texts with holes.
        openness: what else it may be.
        taints: data from outside in it, its parts left out.
        type: qualified name of its type, empty if unknown.
        name: qualified name of what it refers to (a function, a module, a class), empty if it does not.
        fields: values under constant keys or names.
        items: elements of a sequence whose length is known.
        rest: what its other fields or elements may be; None if there are none.
        target: a function of this unit, or a class or a bound method (see `functions`).
    """

    constants: tuple[Constant, ...] = ()
    forms: tuple[Form, ...] = ()
    openness: Openness = OPEN
    taints: tuple[Taint, ...] = ()
    type: str = ""
    name: str = ""
    fields: Mapping[Constant, Value] | None = None
    items: tuple[Value, ...] | None = None
    rest: Value | None = None
    target: Any = None

    @property
    def is_constant(self) -> bool:
        """Whether every alternative is a listed constant."""
        return (
            self.openness == CLOSED
            and bool(self.constants)
            and not self.forms
            and self.items is None
            and self.fields is None
            and self.rest is None
            and self.target is None
        )

    @property
    def only(self) -> tuple[Constant] | None:
        """The constant that it must be, in a tuple."""
        return (self.constants[0],) if self.is_constant and len(self.constants) == 1 else None

    @property
    def text(self) -> str | None:
        """The text that it must be."""
        only = self.only
        return only[0] if only is not None and isinstance(only[0], str) else None

    @property
    def elements(self) -> Iterable[Value]:
        """The values inside it."""
        if self.items is not None:
            yield from self.items
        if self.fields is not None:
            yield from self.fields.values()
        if self.rest is not None:
            yield self.rest

    def but(self, **changes: Unpack[_Changes]) -> Value:
        """The same with other attributes; several times faster than `dataclasses.replace`."""
        made = Value(
            self.constants, self.forms, self.openness, self.taints, self.type, self.name, self.fields, self.items,
            self.rest, self.target,
        )  # fmt: skip
        for name, value in changes.items():
            setattr(made, name, value)
        return made

    def with_taints(self, taints: tuple[Taint, ...]) -> Value:
        """The same with other taints."""
        if taints is self.taints:
            return self
        return Value(
            self.constants, self.forms, self.openness, taints, self.type, self.name, self.fields, self.items,
            self.rest, self.target,
        )  # fmt: skip


class _Changes(TypedDict, total=False):
    """The attributes of a `Value`."""

    constants: tuple[Constant, ...]
    forms: tuple[Form, ...]
    openness: Openness
    taints: tuple[Taint, ...]
    type: str
    name: str
    fields: Mapping[Constant, Value] | None
    items: tuple[Value, ...] | None
    rest: Value | None
    target: Any


UNKNOWN = Value()
NOTHING = Value(openness=CLOSED)
"""No value at all: the join's neutral element."""
NONE = Value(constants=(None,), openness=CLOSED)
FIXED = Value(openness=WIDENED)
"""Something made of constants that is not followed."""
COUNTED: Final = "(count)"
"""The name of a number that is never less than nothing; a join with anything else loses it."""
COUNT = Value(name=COUNTED)
FIXED_COUNT = Value(openness=WIDENED, name=COUNTED)


_MOST_CONSTANTS = 16_384
_constants: dict[tuple[type, Constant], Value] = {}


def constant(value: Constant) -> Value:
    """A constant; the same one for equal texts, integers and so on (floats may be equal and not the same)."""
    key = value.__class__, value
    found = _constants.get(key)
    if found is None:
        found = Value((value,), (), CLOSED)
        if not isinstance(value, float):
            if len(_constants) >= _MOST_CONSTANTS:
                _constants.clear()
            _constants[key] = found
    return found


def constants(values: Iterable[Constant]) -> Value:
    """One of several constants."""
    listed = distinct(values)
    return Value(constants=listed, openness=CLOSED) if len(listed) <= MAX_CONSTANTS else FIXED


def all_taints(value: Value, depth: int = 0) -> tuple[Taint, ...]:
    """The taints of a value and of everything inside it."""
    if value.fields is None and value.items is None and value.rest is None:
        return value.taints
    found = value.taints
    if depth < MAX_DEPTH:
        for inner in value.elements:
            found = merge_taints(found, all_taints(inner, depth + 1))
    return found


def merge_taints(left: tuple[Taint, ...], right: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """The union; the same source once, with what holds of both, since either may be what arrives."""
    if not right or left is right:
        return left
    if not left:
        return right
    if len(left) == 1 == len(right):
        one, other = left[0], right[0]
        if one.source is not other.source and one.source.key != other.source.key:
            return (one, other)
        joined = one.join(other)
        return left if joined is one else (joined,)
    merged = {taint.source.key: taint for taint in left}
    for taint in right:
        known = merged.get(taint.source.key)
        if known is not None:
            merged[taint.source.key] = known.join(taint)
        elif len(merged) < MAX_TAINTS:
            merged[taint.source.key] = taint
    return tuple(merged.values())


def map_taints(taints: tuple[Taint, ...], change: Callable[[Taint], Taint]) -> tuple[Taint, ...]:
    """Every taint changed."""
    return tuple([change(taint) for taint in taints])


def derived(taints: tuple[Taint, ...], *, weak: bool = False) -> tuple[Taint, ...]:
    """The taints of something made of the data: no longer exact."""
    if not taints:
        return taints
    if not weak:
        for taint in taints:
            if taint.exact:
                break
        else:
            return taints
    return tuple([
        Taint(t.source, t.marks, t.clearances, False, t.weak or weak) if t.exact or weak else t  # noqa: FBT003
        for t in taints
    ])  # fmt: skip


def marked(value: Value, start: int, end: int, message: str) -> Value:
    """The value with one more place on the paths of its taints."""
    if not value.taints:
        return value
    mark = Mark(start, end, message)
    return value.with_taints(tuple([_mark(taint, mark) for taint in value.taints]))


def _mark(taint: Taint, mark: Mark) -> Taint:
    marks = taint.marks
    if len(marks) >= MAX_STEPS or mark in marks:
        return taint
    return Taint(taint.source, (*marks, mark), taint.clearances, taint.exact, taint.weak)


def marked_again(taint: Taint, before: tuple[Mark, ...], more: tuple[Mark, ...]) -> Taint:
    """The taint as if it had come by one path, and then by another."""
    again = Taint(taint.source, before, taint.clearances, taint.exact, taint.weak)
    for mark in more:
        again = _mark(again, mark)
    return again


def clear(value: Value, clearance: Clearance, depth: int = 0, *, of: tuple[str, str] | None = None) -> Value:
    """The value with its taints cleared for some classes.

    Args:
        value: what is cleared.
        clearance: why, and for which classes.
        depth: of the values around it.
        of: the key of the source whose data is meant; None for all.
    """
    if depth > MAX_DEPTH:
        return value

    def add(taint: Taint) -> Taint:
        if of is not None and taint.source.key != of:
            return taint
        if clearance in taint.clearances or len(taint.clearances) >= MAX_STEPS:
            return taint
        return Taint(taint.source, taint.marks, (*taint.clearances, clearance), taint.exact, taint.weak)

    changed = value.with_taints(map_taints(value.taints, add)) if value.taints else value
    if value.items is not None:
        changed = changed.but(items=tuple(clear(item, clearance, depth + 1, of=of) for item in value.items))
    if value.fields is not None:
        changed = changed.but(fields={key: clear(v, clearance, depth + 1, of=of) for key, v in value.fields.items()})
    if value.rest is not None:
        changed = changed.but(rest=clear(value.rest, clearance, depth + 1, of=of))
    if value.forms:
        forms = tuple(
            tuple(p if isinstance(p, str) else clear(p, clearance, depth + 1, of=of) for p in form)
            for form in value.forms
        )
        changed = changed.but(forms=forms)
    return changed


def distinct(values: Iterable[Constant]) -> tuple[Constant, ...]:
    """Constants without repetition; ``1`` and ``True`` are two."""
    return tuple({(type(value), value): value for value in values}.values())
