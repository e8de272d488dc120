"""The form of a rule about what a document lacks: it compares the units of one document with each other.

A unit gives *facts*, which depend on nothing but the unit; what follows from all facts of a document is found anew each
time, which is cheap. Runs no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from leery_analyzers.checks.base import Check, Problem
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.words import AnyCase
    from leery_analyzers.model import Fix, Level

Facts = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing somewhere.

    Attributes:
        unit: which of the units that were given, from 0.
        at: the place in ``unit.text``.
        message: what is missing and why it should be there.
        fix: in the coordinates of ``unit.text``.
        confidence: when it differs from the rule's.
    """

    unit: int
    at: TextRange
    message: str
    fix: Fix | None = None
    confidence: Level | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A fact: the text of a unit, for what is asked of it only where something else is in the document.

    Attributes:
        text: the text.
    """

    text: str


class DocumentCheck(Check):
    """A rule about a whole document. A subclass sets the fields of `Check` and overrides `facts` and `lacks`.

    Attributes:
        clue: what the text of a unit must hold to be worth a look; searched in every unit, so it should be quick.
        parsed: whether `facts` needs the unit's tree.
    """

    clue: ClassVar[re.Pattern[str] | AnyCase] = re.compile("")
    parsed: ClassVar[bool] = True

    def facts(self, code: Code) -> Facts:
        """What one unit tells; it must depend on nothing else."""
        del code
        return ()

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """What the facts of all units of a document, in its order, say to be missing."""
        del document
        yield from ()

    def check(self, code: Code) -> Iterator[Problem]:
        """The rule for a document that is one unit; the units of others are put together elsewhere."""
        if code.unit.kind == "file" and self.clue.search(code.unit.text):
            for lack in self.lacks([self.facts(code)]):
                fixes = (lack.fix,) if lack.fix is not None else ()
                yield Problem(lack.at, lack.message, fixes=fixes, confidence=lack.confidence)


def insertion(at: int, text: str) -> tuple[TextEdit, ...]:
    """An edit that inserts a text, as the edits of a fix."""
    return (TextEdit(at, at, text),)
