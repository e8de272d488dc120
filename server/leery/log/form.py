"""Whether what an entry says has the form of its type: a damaged or forged one may hold anything anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from leery.log.body import BODIES, LoggedOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping

Check: TypeAlias = Callable[[Any], bool]


def fits(kind: type[Any], values: Mapping[str, Any]) -> bool:
    """Whether values, by attribute, may be given to the class of a body. Fields that are not given do fit.

    Of a field that takes certain words every text does: a later version may know more of them.
    """
    checks = _CHECKS[kind]
    return all(checks[name](value) for name, value in values.items())


def _check(hint: Any) -> Check:
    """What tells whether a value is of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        options = [_check(argument) for argument in arguments]
        return lambda value: any(option(value) for option in options)
    if origin is tuple:
        return _check_tuple(arguments)
    if origin is dict:
        key, item = map(_check, arguments)
        return lambda value: isinstance(value, dict) and all(key(name) and item(part) for name, part in value.items())
    if hint is LoggedOrigin:
        return lambda value: isinstance(value, LoggedOrigin) and fits(LoggedOrigin, _members(value))
    wanted = str if origin is Literal else hint
    return lambda value: isinstance(value, wanted) and not isinstance(value, bool)


def _check_tuple(arguments: tuple[Any, ...]) -> Check:
    if arguments[-1] is ...:
        item = _check(arguments[0])
        return lambda value: isinstance(value, tuple) and all(map(item, value))
    items = [_check(argument) for argument in arguments]
    return lambda value: (
        isinstance(value, tuple) and len(value) == len(items) and all(map(_applied, items, value))  # of one length
    )


def _applied(check: Check, value: Any) -> bool:
    return check(value)


def _members(origin: LoggedOrigin) -> dict[str, Any]:
    return {item.name: getattr(origin, item.name) for item in fields(origin)}


def _checks(kind: type[Any]) -> dict[str, Check]:
    hints = get_type_hints(kind)
    return {item.name: _check(hints[item.name]) for item in fields(kind)}


_CHECKS: dict[type[Any], dict[str, Check]] = {kind: _checks(kind) for kind in (*BODIES.values(), LoggedOrigin)}
