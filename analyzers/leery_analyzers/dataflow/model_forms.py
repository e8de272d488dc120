"""The form of model files: their tables, the keys of an entry of each, and what a key may hold.

``models/schema.json`` says the same to editors; a test holds the two together. Must not know what models mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeGuard, get_args

from leery_analyzers.dataflow.values import Origin
from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_NAME = re.compile(r"[.\w\[\]/@$*()-]+")
_CLASS = re.compile(r"[a-z-]+")
_LONGEST = 60
_PARTS: Final = frozenset({"html-text", "html-double", "html-single"})
"""Classes of harm that are no rules but parts of one."""

ORIGINS: Final = tuple(name for name in get_args(Origin) if name not in {"parameter", "constant"})
"""Those that models may tell of; the others the analysis itself makes."""
TEXTS: Final = (
    "sql",
    "html",
    "hql",
    "markup",
    "redirect",
    "ldap",
    "dn",
    "uploaded",
    "xpath",
    "condition",
    "comparison",
    "cypher",
    "built",
    "header",
    "smtp",
    "xpath-test",
    "broken-digest",
    "broken-cipher",
    "broken-key",
    "file-name",
    "view",
)


class Form(NamedTuple):
    """What an entry of a table looks like.

    Attributes:
        keys: what each key holds, by the name of its kind.
        required: keys that there must be.
        either: sets of keys of which one must be there; empty for no such.
        beside: what another key must come with.
    """

    keys: Mapping[str, str]
    required: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    beside: Mapping[str, str] = {}


_SOURCE: Final = {"origin": "origin", "title": "string", "confidence": "level", "type": "string", "text": "boolean"}
FORMS: Final[Mapping[str, Form]] = {
    "names": Form({"name": "names", "type": "string", "alias": "string"}, ("name",), (("type",), ("alias",))),
    "sources": Form(
        {"read": "names", "call": "names", "harmless": "classes", **_SOURCE},
        ("origin", "title"),
        (("read",), ("call",)),
    ),
    "parameters": Form(
        {"name": "names", "annotation": "names", "decorator": "names", "beside": "string", **_SOURCE},
        (),
        (("type",), ("origin", "title")),
        {"origin": "title"},
    ),
    "routes": Form(
        {
            "decorator": "names",
            "owner": "names",
            "when": "conditions",
            "requires": "names",
            "returns": "rule",
            "title": "string",
        },
        ("title",),
        (("decorator",), ("owner",)),
    ),
    "sinks": Form(
        {
            "call": "names",
            "assign": "names",
            "argument": "arguments",
            "rule": "rule",
            "confidence": "level",
            "text": "form",
            "receiver": "regex",
            "apart": "regex",
            "when": "conditions",
            "unless": "conditions",
            "parameter": "weight",
            "objects": "boolean",
        },
        ("rule",),
        (("call", "argument"), ("assign",)),
    ),
    "callbacks": Form(
        {
            "call": "names",
            "receiver": "regex",
            "when": "conditions",
            "returns": "rule",
            "says": "string",
            **_SOURCE,
        },
        ("call", "origin", "title"),
    ),
    "sanitizers": Form({"call": "names", "classes": "classes", "reason": "string"}, ("call", "reason")),
    "guards": Form(
        {
            "call": "names",
            "classes": "classes",
            "reason": "string",
            "resolved": "boolean",
            "asserts": "boolean",
            "sources": "boolean",
        },
        ("call", "reason"),
    ),
    "propagators": Form({"call": "names", "type": "string", "resolves": "boolean"}, ("call",)),
    "returns": Form({"call": "names", "type": "string"}, ("call", "type")),
    "exits": Form({"call": "names"}, ("call",)),
    "fixed": Form(
        {
            "call": "names",
            "argument": "arguments",
            "rule": "rule",
            "value": "regex",
            "bits": "count",
            "below": "count",
            "lacks": "strings",
            "first": "regex",
            "always": "boolean",
            "confidence": "level",
        },
        ("call", "argument", "rule"),
        (("value",), ("bits",), ("below",), ("lacks",)),
    ),
}


def fault(table: str, entry: object) -> str | None:
    """What is wrong with an entry of a table, or None.

    Args:
        table: of `FORMS`.
        entry: as TOML has it.
    """
    if not isinstance(entry, dict):
        return f"it must be a table, not {_shown(entry)}"
    form = FORMS[table]
    for key, value in entry.items():
        if key not in form.keys:
            return f"there is no key {key!r}"
        wrong = _KINDS[form.keys[key]](value)
        if wrong is not None:
            return f"{key} {wrong}"
    lacking = [key for key in form.required if key not in entry]
    lacking += [other for key, other in form.beside.items() if key in entry and other not in entry]
    if lacking:
        return f"it lacks {lacking[0]!r}"
    if form.either and not any(entry.keys() >= set(keys) for keys in form.either):
        return f"it lacks {' or '.join(' and '.join(map(repr, keys)) for keys in form.either)}"
    return None


def unknown_rule(table: str, entry: Mapping[str, Any], rules: Collection[str]) -> str | None:
    """What an entry without fault takes for a rule, or for a class of harm, and is none; None if nothing.

    Args:
        table: of `FORMS`.
        entry: as TOML has it.
        rules: the ids of all.
    """
    for key, kind in FORMS[table].keys.items():
        if kind == "rule" and key in entry and entry[key] not in rules:
            return str(entry[key])
        if kind == "classes":
            for name in entry.get(key, ()):
                if name not in rules and name not in _PARTS:
                    return str(name)
    return None


def _string(value: object) -> str | None:
    return None if isinstance(value, str) else _must("be a text", value)


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else _must("be true or false", value)


def _count(value: object) -> str | None:
    return None if _is_number(value) and value >= 1 else _must("be a number from 1 on", value)


def _regex(value: object) -> str | None:
    if not isinstance(value, str):
        return _must("be a regular expression", value)
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}"
    return None


def _rule(value: object) -> str | None:
    return None if isinstance(value, str) else _must("be the id of a rule", value)


def _names(value: object) -> str | None:
    if _is_list(value, lambda item: isinstance(item, str) and _NAME.fullmatch(item)) and len(set(value)) == len(value):
        return None
    return _must("be a list of names, each once", value)


def _classes(value: object) -> str | None:
    if _is_list(value, lambda item: isinstance(item, str) and _CLASS.fullmatch(item)):
        return None
    return _must("be a list of ids of rules", value)


def _strings(value: object) -> str | None:
    return None if _is_list(value, lambda item: isinstance(item, str)) else _must("be a list of texts", value)


def _arguments(value: object) -> str | None:
    if _is_list(value, lambda item: isinstance(item, str) or (_is_number(item) and item >= 0)):
        return None
    return _must("be a list of positions, from 0 on, and names", value)


def _conditions(value: object) -> str | None:
    if isinstance(value, dict) and all(
        _is_list(listed, lambda item: isinstance(item, (str, int))) for listed in value.values()
    ):
        return None
    return _must("be a table of lists of texts, numbers, true and false", value)


def _one_of(choices: Collection[str]) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        known = isinstance(value, str) and value in choices
        return None if known else _must(f"be one of {', '.join(choices)}", value)

    return check


_KINDS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "string": _string,
    "boolean": _boolean,
    "count": _count,
    "regex": _regex,
    "rule": _rule,
    "names": _names,
    "classes": _classes,
    "strings": _strings,
    "arguments": _arguments,
    "conditions": _conditions,
    "level": _one_of(LEVELS),
    "weight": _one_of(("none", *LEVELS)),
    "origin": _one_of(ORIGINS),
    "form": _one_of(TEXTS),
}


def _is_list(value: object, holds: Callable[[Any], object]) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and bool(value) and all(holds(item) for item in value)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _must(what: str, value: object) -> str:
    return f"must {what}, not {_shown(value)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
