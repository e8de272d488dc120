"""Webhooks that believe whatever they are sent: what checks of several languages share. Holds no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.lacking import DocumentCheck, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.text import TextRange

TAKEN, PROVEN = "taken", "proven"
"""Facts: a unit reads what was sent; a unit checks who sends."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a unit looks for."""

    at: TextRange


class WebhookCheck(DocumentCheck):
    """A rule about events that nobody proves; its facts are `Event`, `TAKEN` and `PROVEN`.

    Attributes:
        message: for the event.
    """

    message: ClassVar[str]

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """The first event of a request that nothing proves."""
        said = {fact for part in document for fact in part if isinstance(fact, str)}
        if TAKEN in said and PROVEN not in said:
            events = ((index, fact) for index, part in enumerate(document) for fact in part if isinstance(fact, Event))
            yield from (Lack(index, event.at, self.message) for index, event in list(events)[:1])
