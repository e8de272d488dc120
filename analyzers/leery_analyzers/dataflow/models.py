"""What frameworks and libraries do with data: sources, sinks, sanitisers and types, read from TOML files.

The files lie in ``models/``, one for each framework or library; ``models/schema.json`` is their form. Names are
qualified: ``os.system`` for a function, ``sqlite3.Cursor.execute`` for a method of a known type, ``.execute`` for a
method of anything.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from leery_analyzers.dataflow.values import EVERY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.ir import Block
    from leery_analyzers.dataflow.values import Origin, Value
    from leery_analyzers.model import Level

FOLDER = Path(__file__).with_name("models")
_TABLES = {
    "names": {"name", "type", "alias"},
    "sources": {"read", "call", "origin", "title", "confidence", "type", "text", "harmless"},
    "parameters": {"name", "annotation", "decorator", "beside", "type", "origin", "title", "confidence", "text"},
    "routes": {"decorator", "owner", "when", "requires", "returns", "title"},
    "sinks": {
        "call",
        "assign",
        "argument",
        "rule",
        "confidence",
        "text",
        "receiver",
        "apart",
        "when",
        "unless",
        "parameter",
        "objects",
    },
    "callbacks": {"call", "receiver", "when", "origin", "title", "confidence", "type", "text", "returns", "says"},
    "sanitizers": {"call", "classes", "reason"},
    "guards": {"call", "classes", "reason", "resolved", "asserts", "sources"},
    "propagators": {"call", "type", "resolves"},
    "returns": {"call", "type"},
    "exits": {"call"},
    "fixed": {"call", "argument", "rule", "value", "bits", "below", "lacks", "first", "always", "confidence"},
}


class ModelError(ValueError):
    """A model file does not have the form of one."""


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


_ROLES = {
    "exits": Role.EXIT,
    "sources": Role.SOURCE,
    "sanitizers": Role.SANITIZER,
    "guards": Role.GUARD,
    "propagators": Role.PROPAGATOR,
    "returns": Role.RETURN,
    "sinks": Role.SINK,
    "fixed": Role.FIXED,
}


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

    def add(self, text: str, where: str) -> None:
        """Take in one file.

        Args:
            text: TOML.
            where: its name, for errors.

        Raises:
            ModelError: it is not of the form of a model file.
        """
        try:
            data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:  # the latter for a key of a thousand parts
            raise ModelError(f"{where}: {error}") from error
        for table, entries in data.items():
            if table in {"language", "library"}:
                continue
            if table not in _TABLES or not isinstance(entries, list):
                raise ModelError(f"{where}: there is no table {table!r}")
            for entry in entries:
                unknown = set(entry) - _TABLES[table]
                if unknown:
                    raise ModelError(f"{where}: {table} has no key {min(unknown)!r}")
                try:
                    getattr(self, f"_add_{table}")(entry)
                except (KeyError, TypeError, re.error) as error:
                    raise ModelError(f"{where}: an entry of {table} is wrong: {error}") from error
                for name in entry.get("call", ()):
                    self.roles[name] = self.roles.get(name, 0) | _ROLES.get(table, 0)

    def _add_names(self, entry: dict[str, Any]) -> None:
        for name in entry["name"]:
            if "alias" in entry:
                self.aliases[name] = entry["alias"]
            else:
                self.types[name] = entry["type"]

    def _add_sources(self, entry: dict[str, Any]) -> None:
        source = _source(entry)
        self.reads.update((name, source) for name in entry.get("read", ()))
        self.calls.update((name, source) for name in entry.get("call", ()))

    def _add_parameters(self, entry: dict[str, Any]) -> None:
        source = _source(entry) if "origin" in entry else None
        model = ParameterModel(entry.get("type", ""), source, entry.get("beside", ""))
        self.by_name.update((name, model) for name in entry.get("name", ()))
        self.by_annotation.update((name, model) for name in entry.get("annotation", ()))
        self.by_decorator.update((name, model) for name in entry.get("decorator", ()))

    def _add_routes(self, entry: dict[str, Any]) -> None:
        when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
        route = RouteModel(tuple(entry.get("requires", ())), entry.get("returns", ""), entry["title"], when)
        for name in entry.get("decorator", ()):
            self.routes.setdefault(name, []).append(route)
        for name in entry.get("owner", ()):
            self.owners.setdefault(name, []).append(route)

    def _add_sinks(self, entry: dict[str, Any]) -> None:
        receiver = entry.get("receiver")
        sink = SinkModel(
            arguments=tuple(entry.get("argument", ())),
            rule=entry["rule"],
            confidence=entry.get("confidence", "high"),
            text=entry.get("text", ""),
            receiver=re.compile(receiver) if receiver else None,
            apart=re.compile(entry["apart"]) if "apart" in entry else None,
            when={key: tuple(values) for key, values in entry.get("when", {}).items()},
            unless={key: tuple(values) for key, values in entry.get("unless", {}).items()},
            parameter=entry.get("parameter", ""),
            objects=entry.get("objects", False),
        )
        for name in entry.get("call", ()):
            self.sinks.setdefault(name, []).append(sink)
        for name in entry.get("assign", ()):
            self.assigned.setdefault(name, []).append(sink)
            self.members.add(name.rpartition(".")[2])

    def _add_callbacks(self, entry: dict[str, Any]) -> None:
        receiver = entry.get("receiver")
        when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
        pattern = re.compile(receiver) if receiver else None
        model = CallbackModel(_source(entry), when, pattern, entry.get("returns", ""), entry.get("says", ""))
        for name in entry["call"]:
            self.callbacks.setdefault(name, []).append(model)

    def _add_sanitizers(self, entry: dict[str, Any]) -> None:
        model = ClearanceModel(frozenset(entry.get("classes", [EVERY])), entry["reason"])
        self.sanitizers.update((name, model) for name in entry["call"])

    def _add_guards(self, entry: dict[str, Any]) -> None:
        classes = frozenset(entry.get("classes", [EVERY]))
        flags = {key: entry.get(key, False) for key in ("resolved", "asserts", "sources")}
        model = ClearanceModel(classes, entry["reason"], **flags)
        self.guards.update((name, model) for name in entry["call"])

    def _add_propagators(self, entry: dict[str, Any]) -> None:
        self.propagators.update((name, entry.get("type", "")) for name in entry["call"])
        if entry.get("resolves"):
            self.resolvers.update(entry["call"])

    def _add_returns(self, entry: dict[str, Any]) -> None:
        self.returns.update((name, entry["type"]) for name in entry["call"])

    def _add_fixed(self, entry: dict[str, Any]) -> None:
        model = FixedModel(
            tuple(entry["argument"]),
            entry["rule"],
            re.compile(entry.get("value", "(?!)")),
            entry.get("bits", 0),
            entry.get("below", 0),
            tuple(entry.get("lacks", ())),
            re.compile(entry.get("first", "")),
            entry.get("always", False),
            entry.get("confidence", "high"),
        )
        for name in entry["call"]:
            self.fixed.setdefault(name, []).append(model)

    def _add_exits(self, entry: dict[str, Any]) -> None:
        self.exits.update(entry["call"])


def _source(entry: dict[str, Any]) -> SourceModel:
    level = cast("Level", entry.get("confidence", "high"))
    return SourceModel(
        cast("Origin", entry["origin"]),
        entry["title"],
        level,
        entry.get("type", ""),
        entry.get("text", False),
        tuple(entry.get("harmless", ())),
    )


class UserModel(NamedTuple):
    """A model file of the user's.

    Attributes:
        name: of the file, for errors.
        language: the folder of ours that it adds to.
        text: TOML.
    """

    name: str
    language: str
    text: str


def check(name: str, text: str) -> UserModel:
    """A model file, if its form is that of one and its sinks name rules that are there.

    Raises:
        ModelError: it is not; the message says where.
    """
    from leery_analyzers.dataflow.rules import flow_rules  # noqa: PLC0415 - rules look at models to list languages

    models = Models()
    models.add(text, name)
    language = tomllib.loads(text).get("language")
    known = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    if language not in known:
        raise ModelError(f"{name}: language is {language!r}, and not one of {', '.join(known)}")
    named = {sink.rule for table in (models.sinks, models.assigned) for sinks in table.values() for sink in sinks}
    for rule in sorted(named - flow_rules().keys()):
        raise ModelError(f"{name}: there is no rule {rule!r}")
    return UserModel(name, language, text)


@cache
def models_for(language: str, more: tuple[UserModel, ...] = ()) -> Models:
    """Our models of a language and the user's, loaded once.

    Args:
        language: ``python``; the folder under ``models/``.
        more: further files, which add to ours and replace what they name again.

    Raises:
        ModelError: a file does not have the form of a model file.
    """
    models = Models()
    for path in sorted((FOLDER / language).glob("*.toml")):
        models.add(path.read_text(encoding="utf-8"), path.name)
    for model in more:
        if model.language == language:
            models.add(model.text, model.name)
    return models
