"""The protocol's classes become attrs classes when they are first used, each by itself.

lsprotocol defines 554 and a session uses a tenth; to have attrs write and compile the methods of all took 300 ms of
every start, and to resolve what they refer to another 30. So while `lsprotocol.types` is imported, `attrs.define` only
notes each class. The first instance, or whoever asks for its fields, has attrs do its work: in place, and without the
comparison and the representation, since nothing here compares or prints them.

Must not change what a class takes, holds or is called. Where lsprotocol or attrs come to work in another way, classes
are made early, not wrongly: one that is not decorated plainly is made at once, and who looks through all makes all.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from typing import Any

import attrs

_define = attrs.define
_lock = threading.RLock()
_noted: set[type] = set()
_names: dict[str, Any] = {}


class _Fields:
    """Stands for ``__attrs_attrs__``, by which attrs and cattrs know a class and its fields."""

    def __init__(self, cls: type) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: type) -> Any:
        _make(self._cls)
        return self._cls.__attrs_attrs__  # type: ignore[attr-defined]


def _note(cls: type | None = None, **options: Any) -> Any:
    """As `attrs.define`, but later."""
    if cls is None or options:
        return _define(cls, **options)

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        _make(cls)
        cls.__init__(self, *args, **kwargs)  # type: ignore[misc]

    _noted.add(cls)
    cls.__init__ = init  # type: ignore[misc]
    cls.__attrs_attrs__ = _Fields(cls)  # type: ignore[attr-defined]
    return cls


def _make(cls: type) -> None:
    """Have attrs make a class that was noted. On any thread: one that comes meanwhile waits in a stand-in."""
    with _lock:
        if cls in _noted:
            _noted.remove(cls)
            _define(cls, slots=False, init=True, eq=False, order=False, repr=False, field_transformer=_resolved)


def _resolved(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """The fields with the classes they name, which are known once all are imported."""
    attrs.resolve_types(cls, _names, {}, fields)
    return fields


def import_types() -> None:
    """Import `lsprotocol.types` in this way, unless somebody has imported it already. Not beside other imports."""
    if "lsprotocol.types" in sys.modules:
        return
    attrs.define = _note  # type: ignore[assignment]
    try:
        types = import_module("lsprotocol.types")
    finally:
        attrs.define = _define
    _names.update(types.ALL_TYPES_MAP)
    # Its converter would go through all classes for what `_resolved` does for each.
    import_module("lsprotocol._hooks")._resolved_forward_references = True  # type: ignore[attr-defined]  # noqa: SLF001
