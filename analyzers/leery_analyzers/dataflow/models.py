"""What frameworks and libraries do with data: sources, sinks, sanitisers and types.

Names are qualified: ``os.system`` for a function, ``sqlite3.Cursor.execute`` for a method of a known type, ``.execute``
for a method of anything. `model_files` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from leery_analyzers.dataflow.ir import Block
    from leery_analyzers.dataflow.values import Origin, Value
    from leery_analyzers.model import Level


@dataclass(frozen=True, slots=True)
class SourceModel:
    """What data read or returned here is.

    Attributes:
        origin: what kind of source.
        title: for messages.
        confidence: how sure it is that somebody else decides on it.
        type: of the data.
        text: whether it is one text for certain, and no object.
        harmless: ids of the rules that it does not count for.
    """

    origin: Origin
    title: str
    confidence: Level
    type: str = ""
    text: bool = False
    harmless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterModel:
    """What a parameter of some name or annotation is: a type, or a source.

    Attributes:
        type: its type.
        source: what its data is.
        beside: name of another parameter that there must be; of several one, joined by ``|``.
    """

    type: str = ""
    source: SourceModel | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class RouteModel:
    """A decorator, or a class for its methods, that makes a function an entry from outside.

    Attributes:
        requires: modules of which one must be imported, if any import is known.
        returns: id of the rule for what the function returns, if it is a text.
        title: what calls it.
        when: the last part of the names that the decorator's arguments must have.
    """

    requires: tuple[str, ...]
    returns: str
    title: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SinkModel:
    """A place where data can do harm.

    Attributes:
        arguments: positions and names under which the data is passed; ``*`` for every argument.
        rule: id of the rule.
        confidence: at most.
        text: what the known part of the text must look like (``sql``, ``html``), or empty.
        receiver: what the expression before the method must look like, or None.
        when: what an argument must be: a constant, or a qualified name; absent means it is not.
        unless: what an argument must not be; an absent one is not it.
        parameter: how much a function's own parameters count here, if otherwise than the rule says.
        objects: whether what is one text for certain does no harm.
        apart: what a function is written with in which the sink does no harm, or None.
    """

    arguments: tuple[int | str, ...]
    rule: str
    confidence: Level = "high"
    text: str = ""
    receiver: re.Pattern[str] | None = None
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    parameter: str = ""
    objects: bool = False
    apart: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class CallbackModel:
    """A function that calls those passed to it with data from outside.

    Attributes:
        source: what they get.
        when: as of sinks.
        receiver: as of sinks.
        returns: id of the rule for what the functions return, if it is a text.
        says: what a function must hold for that.
    """

    source: SourceModel
    when: Mapping[str, tuple[Any, ...]]
    receiver: re.Pattern[str] | None
    returns: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class FixedModel:
    """An argument that does harm if it is a constant of the program itself.

    Attributes:
        arguments: as of sinks; ``()`` means the function itself, where it is called by another name.
        rule: id of the rule.
        value: which texts; ``true`` and ``false`` are written like this.
        bits: which numbers: those with any of these bits.
        below: which numbers: those between none and this.
        lacks: which entries an object must have that is written out.
        first: what the first argument must look like, if that is known to be a text.
        always: whether it must be such a constant on every path.
        confidence: of the finding.
    """

    arguments: tuple[int | str, ...]
    rule: str
    value: re.Pattern[str]
    bits: int
    below: int
    lacks: tuple[str, ...]
    first: re.Pattern[str]
    always: bool
    confidence: Level


@dataclass(frozen=True, slots=True)
class ClearanceModel:
    """A sanitiser or a guard: the classes it makes harmless, and why.

    Attributes:
        classes: of harm.
        reason: for people.
        resolved: whether it holds for paths that were resolved only.
        asserts: whether the call fails where it does not hold.
        sources: whether it holds for all that the arguments were made of, too.
    """

    classes: frozenset[str]
    reason: str
    resolved: bool = False
    asserts: bool = False
    sources: bool = False


class Role:
    """What models may say of a call, each a bit of its own, so that one look tells what need not be looked for."""

    EXIT: Final = 1
    SOURCE: Final = 2
    SANITIZER: Final = 4
    GUARD: Final = 8
    PROPAGATOR: Final = 16
    RETURN: Final = 32
    SINK: Final = 64
    FIXED: Final = 128


class Told(NamedTuple):
    """What models say of one call.

    Attributes:
        names: those of its names under which there is anything.
        role: bits of `Role`: what there is under any of them.
    """

    names: list[str]
    role: int


@dataclass(slots=True)
class Models:
    """All models of a language, by qualified name."""

    types: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    reads: dict[str, SourceModel] = field(default_factory=dict)
    calls: dict[str, SourceModel] = field(default_factory=dict)
    by_name: dict[str, ParameterModel] = field(default_factory=dict)
    by_annotation: dict[str, ParameterModel] = field(default_factory=dict)
    by_decorator: dict[str, ParameterModel] = field(default_factory=dict)
    routes: dict[str, list[RouteModel]] = field(default_factory=dict)
    owners: dict[str, list[RouteModel]] = field(default_factory=dict)
    sinks: dict[str, list[SinkModel]] = field(default_factory=dict)
    assigned: dict[str, list[SinkModel]] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    callbacks: dict[str, list[CallbackModel]] = field(default_factory=dict)
    sanitizers: dict[str, ClearanceModel] = field(default_factory=dict)
    guards: dict[str, ClearanceModel] = field(default_factory=dict)
    propagators: dict[str, str] = field(default_factory=dict)
    resolvers: set[str] = field(default_factory=set)
    returns: dict[str, str] = field(default_factory=dict)
    exits: set[str] = field(default_factory=set)
    fixed: dict[str, list[FixedModel]] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    """Bits of `Role`, by every name under which there is anything about a call."""
    named: dict[str, Value] = field(default_factory=dict)
    """What qualified names stand for, as far as it was asked; see `Evaluator.named`."""
    imported: dict[int, tuple[Block, dict[str, Value], set[str]]] = field(default_factory=dict)
    """Imports that units share, by the identity of the first: themselves, what they bind, and the top-level modules."""

    def read(self, owner: str, name: str) -> SourceModel | None:
        """What a member of something is: by its name, or as any member of it (``*``)."""
        if not owner:
            return None
        return self.reads.get(f"{owner}.{name}") or self.reads.get(f"{owner}.*")
