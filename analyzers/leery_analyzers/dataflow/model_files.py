"""Models as they are written: TOML files in ``models/``, one for each framework or library, and the user's own.

`model_forms` is their form. Holds how a file is read and checked; what it says is in `models`.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from leery_analyzers.dataflow.model_forms import FORMS, fault, unknown_rule
from leery_analyzers.dataflow.models import (
    CallbackModel,
    ClearanceModel,
    FixedModel,
    Models,
    ParameterModel,
    Role,
    RouteModel,
    SinkModel,
    SourceModel,
)
from leery_analyzers.dataflow.values import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery_analyzers.dataflow.values import Origin
    from leery_analyzers.model import Level

FOLDER = Path(__file__).with_name("models")
_ABOUT: Final = frozenset({"language", "library"})
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


class ModelError(ValueError):
    """A model file does not have the form of one."""


def add(models: Models, text: str, where: str) -> None:
    """Take in one file.

    Args:
        models: those of a language, which get what the file tells.
        text: TOML.
        where: its name, for errors.

    Raises:
        ModelError: it is not of the form of a model file.
    """
    _take_in(models, _checked(text, where))


def _checked(text: str, where: str) -> dict[str, Any]:
    """What a file says, if it is of the form of a model file.

    Raises:
        ModelError: it is not.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the latter for a key of a thousand parts
        raise ModelError(f"{where}: {error}") from error
    for table, entries in data.items():
        if table in _ABOUT:
            if not isinstance(entries, str):
                raise ModelError(f"{where}: {table} must be a text, not {entries!r}")
            continue
        if table not in FORMS or not isinstance(entries, list):
            raise ModelError(f"{where}: there is no table {table!r}")
        for number, entry in enumerate(entries, start=1):
            wrong = fault(table, entry)
            if wrong is not None:
                raise ModelError(f"{where}: entry {number} of {table}: {wrong}")
    return data


def _take_in(models: Models, data: dict[str, Any]) -> None:
    for table, entries in data.items():
        if table in _ABOUT:
            continue
        for entry in entries:
            _READERS[table](models, entry)
            for name in entry.get("call", ()):
                models.roles[name] = models.roles.get(name, 0) | _ROLES.get(table, 0)


def _names(models: Models, entry: dict[str, Any]) -> None:
    for name in entry["name"]:
        if "alias" in entry:
            models.aliases[name] = entry["alias"]
        else:
            models.types[name] = entry["type"]


def _sources(models: Models, entry: dict[str, Any]) -> None:
    source = _source(entry)
    models.reads.update((name, source) for name in entry.get("read", ()))
    models.calls.update((name, source) for name in entry.get("call", ()))


def _parameters(models: Models, entry: dict[str, Any]) -> None:
    source = _source(entry) if "origin" in entry else None
    model = ParameterModel(entry.get("type", ""), source, entry.get("beside", ""))
    models.by_name.update((name, model) for name in entry.get("name", ()))
    models.by_annotation.update((name, model) for name in entry.get("annotation", ()))
    models.by_decorator.update((name, model) for name in entry.get("decorator", ()))


def _routes(models: Models, entry: dict[str, Any]) -> None:
    when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
    route = RouteModel(tuple(entry.get("requires", ())), entry.get("returns", ""), entry["title"], when)
    for name in entry.get("decorator", ()):
        models.routes.setdefault(name, []).append(route)
    for name in entry.get("owner", ()):
        models.owners.setdefault(name, []).append(route)


def _sinks(models: Models, entry: dict[str, Any]) -> None:
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
        models.sinks.setdefault(name, []).append(sink)
    for name in entry.get("assign", ()):
        models.assigned.setdefault(name, []).append(sink)
        models.members.add(name.rpartition(".")[2])


def _callbacks(models: Models, entry: dict[str, Any]) -> None:
    receiver = entry.get("receiver")
    when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
    pattern = re.compile(receiver) if receiver else None
    model = CallbackModel(_source(entry), when, pattern, entry.get("returns", ""), entry.get("says", ""))
    for name in entry["call"]:
        models.callbacks.setdefault(name, []).append(model)


def _sanitizers(models: Models, entry: dict[str, Any]) -> None:
    model = ClearanceModel(frozenset(entry.get("classes", [EVERY])), entry["reason"])
    models.sanitizers.update((name, model) for name in entry["call"])


def _guards(models: Models, entry: dict[str, Any]) -> None:
    classes = frozenset(entry.get("classes", [EVERY]))
    flags = {key: entry.get(key, False) for key in ("resolved", "asserts", "sources")}
    model = ClearanceModel(classes, entry["reason"], **flags)
    models.guards.update((name, model) for name in entry["call"])


def _propagators(models: Models, entry: dict[str, Any]) -> None:
    models.propagators.update((name, entry.get("type", "")) for name in entry["call"])
    if entry.get("resolves"):
        models.resolvers.update(entry["call"])


def _returns(models: Models, entry: dict[str, Any]) -> None:
    models.returns.update((name, entry["type"]) for name in entry["call"])


def _fixed(models: Models, entry: dict[str, Any]) -> None:
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
        models.fixed.setdefault(name, []).append(model)


def _exits(models: Models, entry: dict[str, Any]) -> None:
    models.exits.update(entry["call"])


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


_READERS: dict[str, Callable[[Models, dict[str, Any]], None]] = {
    "names": _names,
    "sources": _sources,
    "parameters": _parameters,
    "routes": _routes,
    "sinks": _sinks,
    "callbacks": _callbacks,
    "sanitizers": _sanitizers,
    "guards": _guards,
    "propagators": _propagators,
    "returns": _returns,
    "fixed": _fixed,
    "exits": _exits,
}


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
    """A model file, if its form is that of one and it names rules that are there.

    Raises:
        ModelError: it is not; the message says where.
    """
    from leery_analyzers.dataflow.rules import flow_rules  # noqa: PLC0415 - rules look at models to list languages

    data = _checked(text, name)
    language = data.get("language")
    known = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    if language not in known:
        raise ModelError(f"{name}: language is {language!r}, and not one of {', '.join(known)}")
    rules = flow_rules().keys()
    for table in data.keys() - _ABOUT:
        for number, entry in enumerate(data[table], start=1):
            rule = unknown_rule(table, entry, rules)
            if rule is not None:
                raise ModelError(f"{name}: entry {number} of {table}: there is no rule {rule!r}")
    return UserModel(name, language, text)


@cache
def models_for(language: str, more: tuple[UserModel, ...] = ()) -> Models:
    """Our models of a language and the user's, loaded once.

    Args:
        language: ``python``; the folder under ``models/``.
        more: further files, which add to ours and replace what they name again.

    Raises:
        ModelError: a file of the user's does not have the form of a model file.
    """
    models = Models()
    for path in sorted((FOLDER / language).glob("*.toml")):
        _take_in(models, tomllib.loads(path.read_text(encoding="utf-8")))  # a test checks these
    for model in more:
        if model.language == language:
            add(models, model.text, model.name)
    return models
