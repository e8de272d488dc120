"""Whether what an entry says has the form of its type: a damaged or forged one may hold anything anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from leery.log.body import LoggedOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping

Check: TypeAlias = Callable[[Any], bool]
_Form: TypeAlias = tuple[dict[str, frozenset[type]], dict[str, Check]]

_forms: dict[type[Any], _Form] = {}
"""By class: the types that plain fields take, and what tells whether a value fits into the others."""


def fits(kind: type[Any], values: Mapping[str, Any]) -> bool:
    """Whether values, by attribute, may be given to the class of a body. Fields that are not given do fit.

    Of a field that takes certain words every text does: a later version may know more of them.
    """
    plain, others = _forms.get(kind) or _form(kind)
    for name, value in values.items():
        types = plain.get(name)
        if type(value) not in types if types is not None else not others[name](value):
            return False
    return True


def _form(kind: type[Any]) -> _Form:
    hints = get_type_hints(kind)
    plain = {item.name: types for item in fields(kind) if (types := _types(hints[item.name])) is not None}
    others = {item.name: _check(hints[item.name]) for item in fields(kind) if item.name not in plain}
    _forms[kind] = plain, others
    return plain, others


def _types(hint: Any) -> frozenset[type] | None:
    """The types that a value may have exactly, where that is all there is to it: `True` is no integer."""
    if get_origin(hint) in {Union, UnionType}:
        parts = [_types(argument) for argument in get_args(hint)]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if get_origin(hint) is Literal:
        return frozenset({str})
    return frozenset({hint}) if hint in {str, int, type(None)} else None


def _check(hint: Any) -> Check:
    """What tells whether a value is of a type."""
    types = _types(hint)
    if types is not None:
        return lambda value: type(value) in types
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _check_tuple(arguments)
    if origin is dict:
        key, item = map(_check, arguments)
        return lambda value: isinstance(value, dict) and all(key(name) and item(part) for name, part in value.items())
    assert hint is LoggedOrigin, hint
    return lambda value: isinstance(value, LoggedOrigin) and fits(LoggedOrigin, _members(value))


def _check_tuple(arguments: tuple[Any, ...]) -> Check:
    checks = [_check(argument) for argument in arguments if argument is not ...]
    if arguments[-1] is ...:
        (each,) = checks
        return lambda value: isinstance(value, tuple) and all(map(each, value))
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(checks)
        and all(check(part) for check, part in zip(checks, value, strict=True))
    )


def _members(origin: LoggedOrigin) -> dict[str, Any]:
    return {name: getattr(origin, name) for name in LoggedOrigin.__dataclass_fields__}
