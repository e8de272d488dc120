"""What a call leaves to its caller: what the function found out, and what it did, beside what it returns.

It may have found out something about what it was given and about variables around both, and it may have changed them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, outcomes
from leery_analyzers.dataflow.bindings import is_assigned, walk
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import NOTHING, Value, clear

_THIS = "this"

if TYPE_CHECKING:
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import Closure, Frame, State


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


def take_over(engine: Engine, closure: Closure, frame: Frame, given: Arguments) -> None:
    """Clear variables of the caller that a function has found harmless: what was passed, and what is around both."""
    _of_given(engine, frame, given)
    _of_scope(engine, closure, frame)


def _of_given(engine: Engine, frame: Frame, given: Arguments) -> None:
    """What a function has found out about what it was given holds of the variables that were passed."""
    function = frame.function
    if function is None or not frame.kept:
        return
    for parameter, (value, place) in zip(function.passed, given.positional, strict=False):
        after = frame.kept.get(parameter.name)
        if after is None or not value.taints or not isinstance(place, (ir.Name, ir.Attribute)):
            continue
        known = {proof for taint in value.taints for proof in taint.clearances}
        found = [set(taint.clearances) - known for taint in after.taints]
        proofs = set.intersection(*found) if len(found) == len(value.taints) else set()
        if proofs and not is_assigned(function, parameter.name):
            held = engine.peek(place)
            for proof in sorted(proofs, key=lambda item: item.start):
                held = clear(held, proof)
            engine.assign_quietly(place, held)


def _of_scope(engine: Engine, closure: Closure, frame: Frame) -> None:
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


def hand_back(engine: Engine, closure: Closure, given: Arguments, state: State) -> None:
    """What a function did to the objects that it was given, and to what the objects of a class share."""
    if engine.language.statics:
        _keep_statics(engine, closure, state)
    if engine.language.shared:
        _of_objects(engine, closure.function, given, state)


def _of_objects(engine: Engine, function: ir.Function, given: Arguments, state: State) -> None:
    for parameter, (value, place) in zip(function.passed, given.positional, strict=False):
        after = state.variables.get(parameter.name)
        if after is None or after.type != value.type or not isinstance(place, (ir.Name, ir.Attribute)):
            continue
        is_object = isinstance(value.target, LocalClass) and value.fields is not None
        always = value.type in engine.language.shared and engine.language.inner
        if after is value or not (always or is_object or value.type in engine.language.shared):
            continue
        if always or not _rebinds(function, parameter.name):
            engine.assign_quietly(place, after)


def statics(engine: Engine, state: State) -> dict[str, Value]:
    """The classes of which fields were changed that all their objects share."""
    if not engine.classes:
        return {}
    held = ((name, state.variables.get(name)) for name in engine.classes)
    return {name: value for name, value in held if value is not None and value.fields is not None}


def entering(engine: Engine, closure: Closure, variables: dict[str, Value]) -> dict[str, Value]:
    """What a function finds: its parameters, and what was done to fields that the objects of a class share.

    Where a unit is one method, such fields cannot be told from those of the object at hand.
    """
    if not engine.language.statics:
        return variables
    variables.update(statics(engine, engine.state))
    owner, own = closure.owner, engine.state.variables.get(_THIS)
    if owner is None or own is None or own.target is not owner or not own.fields or closure.function.is_method:
        return variables
    known = variables.get(owner.name)
    fields = own.fields if known is None else {**(known.fields or {}), **own.fields}
    variables[owner.name] = Value(fields=fields, target=owner)
    engine.classes.add(owner.name)
    return variables


def _keep_statics(engine: Engine, closure: Closure, state: State) -> None:
    """What a function did to fields of classes; it may also have come back before that."""
    changed = statics(engine, state)
    if not changed:
        return
    early = any(isinstance(node, ir.Return) for node in walk(closure.function.body[:-1]))
    for name, value in changed.items():
        before = engine.lookup(name)
        if before is value:
            continue
        engine.state.put(name, value if before is None or not early else join(before, value), before)
        own = engine.state.variables.get(_THIS)
        if own is not None and own.target is value.target and own.fields:
            same = {key: inner for key, inner in (value.fields or {}).items() if key in own.fields}
            engine.state.variables[_THIS] = own.but(fields={**own.fields, **same})


def change(engine: Engine, closure: Closure, outer: State, state: State) -> None:
    """What a function did to the variables around it.

    Args:
        engine: back with the caller.
        closure: the function.
        outer: what holds of the caller's variables.
        state: what holds at the function's end.
    """
    for name in closure.function.outer:
        if name in state.variables and _changed_behind(engine, name, closure, state.variables[name]):
            continue
        if name in state.variables and _is_outside(engine, name, closure, outer):
            before = NOTHING if _always_assigns(closure.function, name) else outer.variables.get(name, NOTHING)
            outer.variables[name] = join(before, state.variables[name])
            outcomes.changed(engine, name)
        elif name in state.variables and closure.frame.function is None and name not in outer.variables:
            before = NOTHING if _always_assigns(closure.function, name) else engine.lookup(name) or NOTHING
            outer.variables[name] = join(before, state.variables[name])
    if engine.language.inner and not closure.function.name:
        _changed_outside(engine, closure, outer, state)


def _always_assigns(function: ir.Function, name: str) -> bool:
    """Whether each call of a function gives a name another value: one of its own lines does, none leaves before."""
    whole = any(
        isinstance(statement, ir.Assign)
        and any(isinstance(one, ir.Name) and one.id == name for one in statement.targets)
        for statement in function.body
    )
    return whole and not any(isinstance(node, ir.Return) for node in walk(function.body[:-1]))


def _changed_behind(engine: Engine, name: str, closure: Closure, value: Value) -> bool:
    """Change a variable of a function that has come back, and left its functions behind; whether it is one."""
    behind = closure.frame.state
    if behind is None or closure.frame.function is None or any(frame is closure.frame for frame in engine.frames):
        return False
    before = behind.variables.get(name)
    if before is None:
        return False
    after = join(before, value)
    if after is not before:
        behind.variables[name] = after
        engine.memory.forget()
    return True


def _changed_outside(engine: Engine, closure: Closure, outer: State, state: State) -> None:
    """What a function without a name did to objects of the scope around it."""
    outside = outer if closure.frame is engine.frame else closure.frame.state
    own = {parameter.name for parameter in closure.function.parameters}
    if outside is None:
        return
    for name, value in state.variables.items():
        before = outside.variables.get(name)
        if before is not None and before is not value and name not in own and value.type in engine.language.shared:
            outside.variables[name] = value
            outcomes.grown(engine, name, before, value)
            engine.memory.forget()


def _is_outside(engine: Engine, name: str, closure: Closure, state: State) -> bool:
    """Whether a name that a function changed belongs to who called it, or to a scope around both."""
    if name in closure.frame.variables_of(engine.frame, state):
        return True
    return closure.frame is engine.frame and engine.lookup(name) is not None


def _rebinds(function: ir.Function, name: str) -> bool:
    """Whether a function gives one of its parameters another object."""
    assigned = (node for node in walk(function.body) if isinstance(node, ir.Assign))
    return any(isinstance(target, ir.Name) and target.id == name for node in assigned for target in node.targets)


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
