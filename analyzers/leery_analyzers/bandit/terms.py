"""bandit's ranks, weaknesses and messages in the terms of `leery_analyzers.model`. Must not import bandit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from leery_analyzers.model import Level

# Where bandit names a remote parent or a neighbour, the weakness that other tools name for the same code; without it
# their findings would not be seen as one. bandit's own number stays behind it.
_SHARPER = {
    "B102": 95,  # exec: bandit says OS command injection
    "B201": 489,  # Flask in debug mode: bandit says code injection
    "B307": 95,  # eval: bandit says OS command injection
    "B506": 502,  # yaml.load: bandit says input validation
    "B701": 79,  # Jinja2 without autoescape: bandit says code injection
    **dict.fromkeys(("B313", "B314", "B315", "B316", "B317", "B318", "B319"), 611),  # XML: bandit says input validation
    **dict.fromkeys(("B405", "B406", "B407", "B408", "B409", "B411"), 611),
}
_HARD_CODED = 259
_QUOTED = re.compile(r": '.*'\Z", re.DOTALL)


def level(rank: str) -> Level:
    """The level for a rank of bandit's; UNDEFINED is low."""
    return next((name for name in LEVELS if name.upper() == rank), "low")


def weaknesses(test: str, cwe: int) -> tuple[str, ...]:
    """Identifiers for an issue of this test, given bandit's number (0 for none), the most specific first."""
    numbers = (_SHARPER.get(test, 0), cwe)
    return tuple(dict.fromkeys(f"CWE-{number}" for number in numbers if number))


def message(text: str, cwe: int) -> str:
    """The text on one line and without the password it may quote: messages are logged, secrets must not be."""
    return " ".join((_QUOTED.sub("", text) if cwe == _HARD_CODED else text).split())
