"""What functions of other units gave, so that a call with the same values need not be followed once more.

Without it, the time for functions that call each other grows with the number of ways through them. Values count as the
same whatever the paths of their data are; what comes back has the path of the call at hand. Nothing else that a call
depends on may differ: guards, the loops around, which functions are being followed already, and what is cut off because
it is too deep.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow.around import statics
from leery_analyzers.dataflow.loops import MAX_LOOPS
from leery_analyzers.dataflow.lowered import FOREIGN
from leery_analyzers.dataflow.state import Closure, Frame, State
from leery_analyzers.dataflow.values import MAX_DEPTH, Value, marked_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Mark, Source, Taint

MAX_CALLS = 8
"""Functions of the unit inside each other."""
_MOST = 4_096
_LEFT = 16
"""Functions that were made last, which those are among that a call has left behind."""
_Move = tuple["Source", tuple["Mark", ...], tuple["Mark", ...]]
"""A source, the path from it to a call that was followed, and the one to the call at hand."""


@dataclass(slots=True)
class _Record:
    """One call that was followed.

    Attributes:
        given: the values of its parameters.
        frame: what came of it.
        after: its parameters at the end; None if no path arrives there.
        touched: functions that were called in it, by identity.
        running: how often these were being followed already.
        depth: of the call.
        deepest: of the calls in it.
    """

    given: Mapping[str, Value]
    frame: Frame
    after: State | None
    touched: set[int]
    running: Mapping[int, int]
    depth: int
    deepest: int

    def holds_at(self, depth: int) -> bool:
        """Whether nothing in the call is cut off there that was not, or the other way round."""
        return depth == self.depth or max(self.deepest, depth + self.deepest - self.depth) <= MAX_CALLS


@dataclass(slots=True)
class _Following:
    """What is known so far of a call that is being followed; as of `_Record`."""

    touched: set[int]
    deepest: int

    def take(self, touched: set[int], deepest: int) -> None:
        """Take in a call within it."""
        self.touched |= touched
        self.deepest = max(self.deepest, deepest)


class _Shapes:
    """Numbers for values: the same for those that nothing tells apart but the paths of their data.

    Values never change, and most of what an object holds is what it held at the call before.
    """

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._seen: dict[tuple[int, int], tuple[Value, int]] = {}

    def of(self, value: Value, depth: int = 0) -> int:
        """The number of a value."""
        known = self._seen.get((id(value), depth))
        if known is not None:
            return known[1]
        shape = ("cut", id(value)) if depth > MAX_DEPTH else self._shape(value, depth)
        number = self._numbers.setdefault(shape, len(self._numbers))
        self._seen[id(value), depth] = value, number
        return number

    def _shape(self, value: Value, depth: int) -> Any:
        taints = tuple((taint.source, taint.clearances, taint.exact, taint.weak) for taint in value.taints)
        plain = value.openness, value.type, value.name, taints
        if value.fields is None and value.items is None and value.rest is None and value.target is None:
            if not value.constants and not value.forms:
                return plain
            return plain, _constants(value), self._forms(value, depth)
        fields = value.fields
        return (
            plain,
            _constants(value),
            self._forms(value, depth),
            None if fields is None else tuple((type(k), k, self.of(v, depth + 1)) for k, v in fields.items()),
            None if value.items is None else tuple(self.of(item, depth + 1) for item in value.items),
            None if value.rest is None else self.of(value.rest, depth + 1),
            id(value.target),
        )

    def _forms(self, value: Value, depth: int) -> Any:
        return tuple(
            tuple(piece if isinstance(piece, str) else self.of(piece, depth + 1) for piece in form)
            for form in value.forms
        )


def _constants(value: Value) -> Any:
    return tuple((type(item), item) for item in value.constants)


class Memory:
    """The calls of one analysis.

    Args:
        engine: follows them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._records: dict[Any, list[_Record]] = {}
        self._shapes = _Shapes()
        self._count = 0
        self._following: list[_Following] = []

    def touch(self, closure: Closure) -> None:
        """A function is called, or would be if it were not being followed already."""
        if self._following:
            self._following[-1].take({id(closure.function)}, len(self._engine.frames))

    def forget(self) -> None:
        """A variable outside of functions has changed."""
        self._records, self._shapes = {}, _Shapes()
        self._count = 0

    @contextmanager
    def apart(self) -> Iterator[None]:
        """While something is looked up, which others then find half done, nothing is known of before, nor kept."""
        kept = self._records, self._shapes, self._count
        self.forget()
        try:
            yield
        finally:
            self._records, self._shapes, self._count = kept

    def run(self, closure: Closure, variables: dict[str, Value], own: Value | None) -> tuple[Frame, State | None]:
        """Follow a call, or say what came of one with the same values.

        Args:
            closure: the function.
            variables: its parameters.
            own: the object that it is called on.
        """
        engine = self._engine
        depth = len(engine.frames)
        if depth == 1:
            self.forget()
        if depth == 1 or not self._is_kept(closure):
            return engine.run_function(closure, variables, own)
        records = self._records.setdefault(self._key(closure, variables), [])
        for record in records:
            if record.holds_at(depth) and record.running == self._running(record.touched):
                if self._following:
                    self._following[-1].take(record.touched, depth + record.deepest - record.depth)
                return _brought(record, variables)
        given, following = dict(variables), _Following({id(closure.function)}, depth)
        self._following.append(following)
        try:
            frame, state = engine.run_function(closure, variables, own)
        finally:
            self._following.pop()
            if self._following:
                self._following[-1].take(following.touched, following.deepest)
        known = state.variables if state is not None else {}
        after = {p.name: known[p.name] for p in closure.function.parameters if p.name in known}
        if state is not None and engine.language.statics:
            after.update(statics(engine, state))
        if self._count < _MOST and not self._leaves_state(frame):
            self._count += 1
            running = self._running(following.touched)
            kept = State(after) if state is not None else None
            records.append(_Record(given, frame, kept, following.touched, running, depth, following.deepest))
        return frame, state

    def _leaves_state(self, frame: Frame) -> bool:
        """Whether functions that a call left behind change its variables: another call has variables of its own."""
        return any(
            isinstance(made, Closure) and made.frame is frame and made.function.outer
            for made in self._engine.circular[-_LEFT:]
        )

    def _is_kept(self, closure: Closure) -> bool:
        """Whether all that a function does is known by what it gives: what it changes around it is not."""
        function, around = closure.function, closure.frame
        if not function.name or function.start < FOREIGN or around.function is not None or around.state is None:
            return False
        return not function.outer

    def _key(self, closure: Closure, variables: Mapping[str, Value]) -> Any:
        engine = self._engine
        loops = min(sum(len(frame.loops) for frame in engine.frames), MAX_LOOPS)
        where = id(closure.function), id(closure.frame), id(closure.owner), loops, engine.sinks.muted > 0
        shapes = tuple((name, self._shapes.of(value)) for name, value in variables.items())
        return where, frozenset(engine.state.cleared.items()), shapes

    def _running(self, touched: set[int]) -> Mapping[int, int]:
        return Counter(id(frame.function) for frame in self._engine.frames if id(frame.function) in touched)


def _brought(record: _Record, variables: Mapping[str, Value]) -> tuple[Frame, State | None]:
    """What came of a call, with the paths of the one at hand."""
    moves = [move for name, value in record.given.items() for move in _moves(value, variables[name])]
    if not moves:
        return record.frame, record.after
    moves.sort(key=lambda move: -len(move[1]))
    was = record.frame
    frame = Frame(was.function, was.parent, None, result=_moved(was.result, moves), cleared=was.cleared)
    frame.yielded = _moved(was.yielded, moves) if was.yielded is not None else None
    frame.kept = {name: _moved(value, moves) for name, value in was.kept.items()}
    if record.after is None:
        return frame, None
    return frame, State({name: _moved(value, moves) for name, value in record.after.variables.items()})


def _moves(before: Value, now: Value, depth: int = 0) -> Iterator[_Move]:
    """The paths that differ in two values of one shape."""
    if before is now or depth > MAX_DEPTH:
        return
    for one, other in zip(before.taints, now.taints, strict=True):
        if one.marks != other.marks:
            yield one.source, one.marks, other.marks
    inner = [*zip(before.elements, now.elements, strict=True)]
    for form, same in zip(before.forms, now.forms, strict=True):
        inner += [(a, b) for a, b in zip(form, same, strict=True) if isinstance(a, Value) and isinstance(b, Value)]
    for value, other_value in inner:
        yield from _moves(value, other_value, depth + 1)


def _moved(value: Value, moves: list[_Move], depth: int = 0) -> Value:
    """A value with other paths to the call that it comes from."""
    if depth > MAX_DEPTH:
        return value
    changes: dict[str, Any] = {}
    if value.taints:
        taints = tuple(_moved_taint(taint, moves) for taint in value.taints)
        if any(one is not other for one, other in zip(taints, value.taints, strict=True)):
            changes["taints"] = taints
    if value.forms:
        changes["forms"] = tuple(
            tuple(piece if isinstance(piece, str) else _moved(piece, moves, depth + 1) for piece in form)
            for form in value.forms
        )
    if value.fields is not None:
        changes["fields"] = {key: _moved(inner, moves, depth + 1) for key, inner in value.fields.items()}
    if value.items is not None:
        changes["items"] = tuple(_moved(inner, moves, depth + 1) for inner in value.items)
    if value.rest is not None:
        changes["rest"] = _moved(value.rest, moves, depth + 1)
    return value.but(**changes) if changes else value


def _moved_taint(taint: Taint, moves: list[_Move]) -> Taint:
    for source, before, now in moves:
        if source == taint.source and taint.marks[: len(before)] == before:
            return marked_again(taint, now, taint.marks[len(before) :])
    return taint
