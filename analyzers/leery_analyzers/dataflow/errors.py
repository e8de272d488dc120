"""What errors tell: their texts and traces, followed to answers that a visitor of the program gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import entry
from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.dataflow.values import Clearance, Taint, Value, all_taints, clear
from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.sinks import Sinks

RULE = "error-details-exposed"
ANSWER = SinkModel((0,), RULE)
"""What a function gives whose answer is sent to a visitor."""
_DEEPEST = 3
_MOST_PARTS = 40


def shown(sinks: Sinks, sink: SinkModel, value: Value, place: ir.Node) -> None:
    """Look for what errors tell in an answer.

    Args:
        sinks: of the analysis.
        sink: the answer.
        value: what is sent.
        place: where it stands.
    """
    told = {taint.source.key for taint in all_taints(value) if taint.source.origin == "error"}
    if sinks.muted or not told:
        return
    if sink is ANSWER and any(hit.rule == RULE and hit.taint.source.key in told for hit in sinks.hits.values()):
        return  # it was told already where the answer was made
    for index, (part, where) in enumerate(_parts(value, place, 0)):
        if index >= _MOST_PARTS:
            return
        for taint in all_taints(part):
            if taint.source.origin == "error" and not taint.weak and not _is_kept(sinks.engine, taint):
                known = taint.source.confidence
                level = known if LEVELS.index(known) <= LEVELS.index(sink.confidence) else sink.confidence
                sinks.hit(RULE, taint, where, level)


def _parts(value: Value, place: ir.Node, depth: int) -> Iterator[tuple[Value, ir.Node]]:
    """The entries of an object that is written out, each with its place."""
    if depth > _DEEPEST or value.type not in {"dict", "list", "tuple", "object", "array"} or place is None:
        yield value, place
        return
    if value.fields is not None:
        for key, inner in value.fields.items():
            yield from _parts(inner, entry(place, str(key)), depth + 1)
    elif value.items is not None:
        listed = place.items if isinstance(place, ir.Collection) and len(place.items) == len(value.items) else ()
        for index, inner in enumerate(value.items):
            yield from _parts(inner, listed[index][1] if listed else place, depth + 1)
    if value.rest is not None:
        yield value.rest, place
    if value.taints:
        yield Value(taints=value.taints), place


def _is_kept(engine: Engine, taint: Taint) -> bool:
    """Whether what an error tells is shown to developers only, or nothing of it is left."""
    if (taint.cleared(RULE) or engine.cleared(taint, RULE)) is not None:
        return True
    spans = [(taint.source.start, taint.source.end), *((mark.start, mark.end) for mark in taint.marks)]
    return any(
        any(body[0].start <= start and end <= body[-1].end for start, end in spans) for body in debugging(engine)
    )


def debugging(engine: Engine) -> Iterator[ir.Block]:
    """The branches that run only while the program is debugged, as their conditions say."""
    for node in engine.branching.values():
        for test, body in node.branches:
            if body and engine.language.is_debugging(engine, test):
                yield body


def forget(engine: Engine, test: ir.Expression) -> None:
    """Take for given that the program is debugged: nobody else reads what errors in use here tell."""
    proof = Clearance(frozenset({RULE}), "only developers read it", test.start, test.end)
    for name, value in engine.state.variables.items():
        if any(taint.source.origin == "error" for taint in value.taints):
            engine.state.variables[name] = clear(value, proof)
            for taint in value.taints:
                engine.clear_source(taint, proof)
