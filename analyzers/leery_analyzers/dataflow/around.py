"""What an inner function finds out about variables of the functions around it, and leaves to who calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.bindings import is_assigned
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import clear

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import Closure, Frame, State
    from leery_analyzers.dataflow.values import Value


def leave(frame: Frame, state: State) -> None:
    """A path comes back from a function: what it holds of the variables around counts if every path says so."""
    function = frame.function
    if function is None or frame.parent is None or frame.parent.function is None:
        return
    own = {parameter.name for parameter in function.parameters}
    found = {name: value for name, value in state.variables.items() if value.taints and name not in own}
    if frame.around is None:
        frame.around = found
    else:
        frame.around = {name: join(value, found[name]) for name, value in frame.around.items() if name in found}


def take_over(engine: Engine, closure: Closure, frame: Frame) -> None:
    """Clear variables of the caller that a function of the same scope has found harmless."""
    if not frame.around or not _is_within(engine.frame, closure.frame):
        return
    for name, after in frame.around.items():
        held = engine.lookup(name, outside=False)
        if held is None or held is after or not held.taints or is_assigned(closure.function, name):
            continue
        cleared = _with_proofs(held, after)
        if cleared is not held:
            engine.state.put(name, cleared, held)


def _with_proofs(held: Value, after: Value) -> Value:
    """A value with what was found out about the data in it."""
    found = {taint.source.key: taint.clearances for taint in after.taints}
    if any(taint.source.key not in found for taint in held.taints):
        return held
    for taint in held.taints:
        for proof in found[taint.source.key]:
            if proof not in taint.clearances:
                held = clear(held, proof, of=taint.source.key)
    return held


def _is_within(frame: Frame | None, outer: Frame) -> bool:
    while frame is not None:
        if frame is outer:
            return True
        frame = frame.parent
    return False
