"""Loops and ``try``: where several paths through the same statements meet."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import folding, ir, outcomes
from leery_analyzers.dataflow.bindings import walk
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.state import LoopFrame, State, join_states
from leery_analyzers.dataflow.values import CLOSED, NOTHING, Value, all_taints, derived, merge_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine

MAX_LOOPS = 3
"""Loops inside each other that are followed for several rounds each; the ones around repeat the rest."""
MAX_ELEMENTS = 4
"""Elements of what is looped over that are followed one by one."""
MAX_UNROLLED = 2
"""Loops inside each other that are followed so."""
MAX_COUNTED = 6
"""Rounds of a loop over numbers that are followed one by one."""
MAX_SMALL = 64
"""Rounds of a loop that does little, as far as its test is decided."""
_WORK = 600
"""Nodes that are looked at for such a loop, in all its rounds."""
_WATCHED = 6
"""Statements at the end of a body behind which all counts that holds there; of the others, what they bring in."""
_CALL = 12
"""Nodes that a call counts for."""
ROUNDS = 1
"""Rounds of a loop before what still changes is widened."""


def loop(engine: Engine, node: ir.Loop) -> bool:
    """Follow a loop; whether the path goes on after it."""
    elements = engine.evaluator.of(node.iterable) if node.iterable is not None else None
    around = sum(len(frame.loops) for frame in engine.frames)
    if elements is not None and around < MAX_UNROLLED and node.test is None and _is_listed(elements):
        count = len(elements.items or ())
        if count <= MAX_ELEMENTS or (around == 0 and count <= _rounds_worth(node)):
            in_order = elements.type != "set"
            return _one_by_one(engine, node, elements.items or (), in_order=in_order)
    frame = LoopFrame()
    engine.frame.loops.append(frame)
    rounds = _decided_rounds(engine, node, around)
    if rounds:
        ended = _counted(engine, node, frame, rounds)
        if ended is not None:
            engine.frame.loops.pop()
            left = engine.state if ended and engine.block(node.otherwise) else None
            return engine.go_on(join_states(left, frame.broken))
    left = _rounds(engine, node, elements, frame, around)
    engine.frame.loops.pop()
    if left is not None:
        engine.state = left
        if frame.broken is None:
            always = node.body if frame.continued is None else _done_each_time(node.body)
            engine.language.looped(engine.guards, replace(node, body=always))
        left = engine.state if engine.block(node.otherwise) else None
    return engine.go_on(join_states(left, frame.broken))


def _done_each_time(body: ir.Block) -> ir.Block:
    """The statements of a loop that no round leaves out: those before the first ``continue``."""
    return tuple(takewhile(lambda one: not any(isinstance(part, ir.Continue) for part in walk((one,))), body))


def _rounds(engine: Engine, node: ir.Loop, elements: Value | None, frame: LoopFrame, around: int) -> State | None:
    """Follow rounds of a loop until nothing changes any more; the state in which it is left."""
    rounds = 1 if around >= MAX_LOOPS else ROUNDS + 1
    never = elements is not None and elements.items is not None and not elements.items and elements.rest is None
    left: State | None = None
    for count in range(rounds):
        before = engine.state
        engine.state = before.copy()
        goes_on, leaving = _enter(engine, node, first=count == 0)
        left = join_states(left, leaving)
        if never or not goes_on:
            break
        if not _round(engine, node, elements, frame):
            break
        after = engine.state
        engine.state = before.join(after) if count < ROUNDS - 1 else before.widen(after)
        if engine.state.same_as(before):
            if node.test_last and count == 0:
                left = _enter(engine, node, first=False)[1]
            break
    else:
        endless = isinstance(node.test, ir.Const) and bool(node.test.value)
        if not endless:
            if node.test is not None:
                engine.guards.assume(node.test, holds=False)
            left = join_states(left, engine.state)
    if node.iterable is not None:
        left = join_states(left, engine.state)
    return left


def _is_listed(elements: Value) -> bool:
    """Whether the elements of what is looped over are known one by one."""
    return bool(elements.items) and elements.rest is None and elements.type in {"list", "tuple", "set"}


def _rounds_worth(node: ir.Loop) -> int:
    """How many rounds of a loop may be followed one by one, by what there is to do in each."""
    work = 1
    for part in walk((*node.body, *node.update)):
        if isinstance(part, (ir.Loop, ir.Try, ir.Lambda)):
            return 0
        work += _CALL if isinstance(part, ir.Call) else 1
        if work * MAX_ELEMENTS > _WORK:
            return 0
    return min(MAX_SMALL, _WORK // work)


def _one_by_one(engine: Engine, node: ir.Loop, items: tuple[Value, ...], *, in_order: bool) -> bool:
    """Follow a loop over a few known elements, each round by itself; whether the path goes on after it.

    Where the order is not known, each round may be the last one, or not yet have been.
    """
    frame = LoopFrame()
    engine.frame.loops.append(frame)
    going = True
    for item in items if in_order or len(items) == 1 else items * 2:
        before = None if in_order or len(items) == 1 else engine.state.copy()
        going = _round(engine, node, Value(openness=CLOSED, items=(item,)), frame)
        if before is not None:
            engine.state = before.join(engine.state) if going else before
            going = True
        if not going:
            break
    engine.frame.loops.pop()
    left = engine.state if going and engine.block(node.otherwise) else None
    return engine.go_on(join_states(left, frame.broken))


def _is_counted(engine: Engine, test: ir.Expression | None) -> bool:
    """Whether a loop's test compares two numbers that are near to each other."""
    if not isinstance(test, ir.Compare):
        return False
    if not all(isinstance(side, (ir.Name, ir.Const, ir.Attribute)) for side in (test.left, test.right)):
        return False
    sides = [engine.evaluator.of(side).only for side in (test.left, test.right)]
    known = [side[0] for side in sides if side is not None]
    numbers = [number for number in known if type(number) is int]
    return len(numbers) == 2 and abs(numbers[0] - numbers[1]) <= MAX_COUNTED


def _decided_rounds(engine: Engine, node: ir.Loop, around: int) -> int:
    """How many rounds of a loop are followed one by one while its test is decided; 0 for none."""
    if node.iterable is not None or around >= MAX_UNROLLED:
        return 0
    if _is_counted(engine, node.test):
        return MAX_COUNTED + 2
    if around or node.test is None or isinstance(node.test, ir.Const):
        return 0
    rounds = _rounds_worth(node)
    if not rounds or node.test_last:
        return rounds
    kept, engine.state = engine.state, engine.state.copy()
    decided = folding.truth(engine.evaluator.of(node.test))
    engine.state = kept
    return rounds if decided is True else 0


def _counted(engine: Engine, node: ir.Loop, frame: LoopFrame, rounds: int) -> bool | None:
    """Follow a loop over a few numbers, each round by itself, as long as its test is decided.

    Returns:
        Whether its end is reached; None if it may go on.
    """
    for count in range(rounds):
        if node.test is not None and not (node.test_last and count == 0):
            decided = folding.truth(engine.evaluator.of(node.test))
            if decided is not True:
                return True if decided is False else None
        if not _round(engine, node, None, frame):
            return False
    return None


def _enter(engine: Engine, node: ir.Loop, *, first: bool) -> tuple[bool, State | None]:
    """Ask a loop's test: whether a round follows, and the state in which the loop is left."""
    if node.test is None:
        return True, engine.state.copy() if node.iterable is not None else None
    if node.test_last and first:
        return True, None
    outcome = folding.truth(engine.evaluator.of(node.test))
    if outcome is False:
        return not first, engine.state.copy()
    if outcome is True:
        return True, None
    leaving = engine.state.copy()
    engine.guards.assume(node.test, holds=True)
    inside, engine.state = engine.state, leaving
    engine.guards.assume(node.test, holds=False)
    leaving, engine.state = engine.state, inside
    return True, leaving


def _round(engine: Engine, node: ir.Loop, elements: Value | None, frame: LoopFrame) -> bool:
    """One round of a loop; whether another may follow."""
    if node.target is not None and elements is not None:
        engine.assign(node.target, engine.targets.loop_element(elements))
    frame.continued = None
    going = engine.block(node.body)
    after = join_states(engine.state if going else None, frame.continued)
    if after is None:
        return False
    engine.state = after
    engine.block(node.update)
    return True


def breakable(engine: Engine, node: ir.Sequence) -> bool:
    """Follow statements that a `Break` in them ends; whether the path goes on after them."""
    frame = LoopFrame()
    engine.frame.loops.append(frame)
    going = engine.block(node.body)
    engine.frame.loops.pop()
    if frame.continued is not None and engine.frame.loops:
        outer = engine.frame.loops[-1]
        outer.continued = join_states(outer.continued, frame.continued)
    return engine.go_on(join_states(engine.state if going else None, frame.broken))


def attempt(engine: Engine, node: ir.Try) -> bool:
    """Follow a body and the handlers of its errors; whether the path goes on after them."""
    start = engine.state.copy()
    outer, engine.frame.watched = engine.frame.watched, []
    around, engine.frame.raised = engine.frame.raised, []
    given, engine.frame.result = engine.frame.result, NOTHING
    engine.frame.trying += 1
    with outcomes.apart(engine):
        going = engine.block(node.body)
        tests = engine.tests
    engine.frame.trying -= 1
    watched, engine.frame.watched = engine.frame.watched, outer
    raised, engine.frame.raised = engine.frame.raised, around
    normal: State | None = engine.state if going else None
    failed, known = _failed(start, watched), engine.tests
    done: outcomes.Path | None = None
    if normal is not None:
        engine.state, engine.tests = normal, tests
        done = outcomes.Path(engine.tests, engine.state) if engine.block(node.otherwise) else None
    for handler in node.handlers:
        engine.state, engine.tests = failed.copy(), dict(known)
        if handler.name:
            inside = merge_taints(engine.language.caught(engine, handler), derived(all_taints(join_all(raised))))
            engine.state.variables[handler.name] = Value(taints=inside, type="exception")
        if engine.block(handler.body):
            done = outcomes.joined(engine, done, node)
    return _finally(engine, node, done, outcomes.Path(known, failed), given)


def _failed(start: State, watched: list[State]) -> State:
    """What holds where an error may have come behind any statement of a body."""
    failed = start
    for state in watched[-_WATCHED:]:
        failed = failed.join(state)
    for state in watched[:-_WATCHED]:
        failed.take_in(state)
    return failed


def _finally(engine: Engine, node: ir.Try, done: outcomes.Path | None, failed: outcomes.Path, given: Value) -> bool:
    """Follow what is always done, after errors, too; whether the path goes on behind it."""
    answer, engine.frame.result = engine.frame.result, given
    if not node.final:
        engine.frame.result = join(given, answer)
        engine.tests = dict(done.tests) if done is not None else engine.tests
        return engine.go_on(done.state if done is not None else None)
    goes_on = True
    for path in (failed, done):
        if path is not None:
            engine.state, engine.tests = path.state, dict(path.tests)
            goes_on = engine.block(node.final)
    if goes_on:  # else what was to be given back is not
        engine.frame.result = join(engine.frame.result, answer)
    return goes_on and done is not None
