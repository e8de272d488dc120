"""Work that can be done in steps, by whoever must let others have their turn in between: a generator without values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

_T = TypeVar("_T")


def at_once(steps: Generator[None, None, _T]) -> _T:
    """What comes of the steps, done one after the other."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _T = end.value
            return result
