"""What dataflow knows of a sink, and what follows for findings of engines that only look at its shape.

Confirmed: data from outside arrives there. Refuted: on every path only constants arrive, or data that a guard or a
sanitiser has made harmless for certain. Undecided: anything else. Pure data and functions of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.model import Finding

Verdict = Literal["confirmed", "refuted", "undecided"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What arrives at one sink.

    Attributes:
        kind: the class of weakness, as `class_of_cwe` gives it.
        range: the sink's argument.
        call: the call that it belongs to.
        outcome: of everything that arrives on any path.
        reason: for people; of use where it is refuted.
    """

    kind: str
    range: TextRange
    call: TextRange
    outcome: Verdict
    reason: str

    def shift(self, by: int) -> Judgement:
        """The same moved by a signed number of code points."""
        return Judgement(self.kind, self.range.shift(by), self.call.shift(by), self.outcome, self.reason)

    def speaks_of(self, finding: Finding) -> bool:
        """Whether a finding is about this sink."""
        if not finding.cwe or class_of_cwe(finding.cwe[0]) != self.kind:
            return False
        here = finding.range
        return here.overlaps(self.range) or (self.call.contains(here) and here.contains(self.call))


def verdict(finding: Finding, judgements: Iterable[Judgement]) -> tuple[Verdict, str]:
    """What all judgements together say of a finding, and why; all places speak of the same text."""
    here = [judgement for judgement in judgements if judgement.speaks_of(finding)]
    if any(judgement.outcome == "confirmed" for judgement in here):
        return "confirmed", ""
    if here and all(judgement.outcome == "refuted" for judgement in here):
        return "refuted", "; ".join(dict.fromkeys(judgement.reason for judgement in here))
    return "undecided", ""


def judgement_to_json(judgement: Judgement) -> list[Any]:
    """A JSON value that `judgement_from_json` reads back to an equal judgement."""
    place, call = judgement.range, judgement.call
    return [judgement.kind, place.start, place.end, call.start, call.end, judgement.outcome, judgement.reason]


def judgement_from_json(data: list[Any]) -> Judgement:
    """The judgement written by `judgement_to_json`."""
    kind, start, end, call_start, call_end, outcome, reason = data
    return Judgement(kind, TextRange(start, end), TextRange(call_start, call_end), outcome, reason)
