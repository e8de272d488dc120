"""Routes that lack the guard which others of the same owner carry. Reads no code and holds no rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from leery_analyzers.checks.routes import Blanket, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.lacking import Facts

FEWEST = 2
"""Routes that must carry a guard for it to be the rule."""
_GUARDED = 0.5
"""The share of the routes that change something and are guarded, from which on a guard is the rule."""


class Odd(NamedTuple):
    """A route that lacks a guard.

    Attributes:
        unit: which unit of the document declares it, from 0.
        route: the route.
        guard: what most of the others carry, as written.
        carrying: how many of them do.
    """

    unit: int
    route: Route
    guard: str
    carrying: int


def odd_ones(document: Sequence[Facts]) -> Iterator[Odd]:
    """The routes that change something and lack the guard that is the rule on their owner."""
    blankets = {fact.owner for facts in document for fact in facts if isinstance(fact, Blanket)}
    routes = [(index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, Route)]
    for owner in dict.fromkeys(route.owner for _, route in routes):
        own = [(index, route) for index, route in routes if route.owner == owner]
        carrying = [route for _, route in own if route.guards]
        if owner in blankets or len(carrying) < FEWEST:
            continue
        changing = [(index, route) for index, route in own if route.changes]
        asked = [route for _, route in changing if route.guards or not (route.public or route.checks)]
        guarded = [route for route in asked if route.guards]
        if not guarded or len(guarded) < _GUARDED * len(asked):
            continue
        guard = Counter(route.guards[0] for route in carrying).most_common(1)[0][0]
        for index, route in changing:
            if not (route.guards or route.checks or route.public):
                yield Odd(index, route, guard, len(carrying))
