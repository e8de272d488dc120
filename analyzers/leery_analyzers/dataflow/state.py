"""What holds at one point of a program: the variables' values, and which sources have been checked.

Also the budget of an analysis and the frames of the functions it is in. Knows values only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.joins import adds, join, widen
from leery_analyzers.dataflow.values import (
    NOTHING,
    UNKNOWN,
    Value,
    clear,
    common,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Clearance

MAX_EVALUATIONS = 80_000
"""Expressions and statements that one analysis looks at; the limit that makes results the same on every machine."""
MAX_SECONDS = 4.0
"""Of this thread's time; a safety net behind it."""
MAX_DEPTH = 110
"""Levels of expressions, statements and calls inside each other."""


_LONG = 8_000
"""Evaluations after which an analysis takes long: some 50 milliseconds."""
LOOKS = 511
"""Evaluations between two looks at the clock: these bits of the count."""
_PER_EVALUATION = 64
"""Variables that are copied in the time of one evaluation."""


class GiveUpError(Exception):
    """The budget is used up; the argument says which part of it."""


class StoppedError(Exception):
    """The analysis takes long, and there is something else to do first."""


class Budget:
    """Counts what an analysis does.

    Args:
        interrupted: whether there is something else to do; asked once the analysis has taken long.
    """

    def __init__(self, interrupted: Callable[[], bool] = lambda: False) -> None:
        self._interrupted = interrupted
        self.left = MAX_EVALUATIONS
        self.depth = 0
        self.too_deep = False
        self._deadline = time.thread_time() + MAX_SECONDS

    def branch(self, state: State) -> None:
        """One more path, for which a state is copied and joined.

        Raises:
            GiveUpError: as `spend`.
        """
        self.spend(1 + len(state.variables) // _PER_EVALUATION)

    def spend(self, count: int) -> None:
        """Some more expressions or statements.

        Raises:
            GiveUpError: there were too many, or it took too long.
            StoppedError: something else is to be done first.
        """
        self.left -= count
        if self.left <= 0 or self.left & LOOKS < count:
            self.look()

    def look(self) -> None:
        """Ask whether to go on; who takes one off `left` does so whenever no bit of `LOOKS` is set in it.

        Raises:
            GiveUpError: as `spend`.
            StoppedError: as `spend`.
        """
        if self.left <= 0:
            raise GiveUpError("limit")
        if time.thread_time() > self._deadline:
            raise GiveUpError("timeout")
        if self.left < MAX_EVALUATIONS - _LONG and self._interrupted():
            raise StoppedError


@dataclass(slots=True)
class State:
    """A point of a program.

    Attributes:
        variables: values by name.
        cleared: what guards have found out about sources, by the source's key.
        borrowed: what variables of scopes around held before more was found out about them here; the same for all
            states of one call.
    """

    variables: dict[str, Value] = field(default_factory=dict)
    cleared: dict[tuple[str, str], tuple[Clearance, ...]] = field(default_factory=dict)
    borrowed: dict[str, Value] = field(default_factory=dict)

    def copy(self) -> State:
        """A state that can be changed by itself."""
        return State(self.variables.copy(), self.cleared.copy(), self.borrowed)

    def put(self, name: str, value: Value, before: Value | None) -> None:
        """Give a variable a value.

        Args:
            name: of the variable.
            value: what it holds from here on.
            before: what it held, be it one of this scope or of one around.
        """
        if name not in self.variables and before is not None:
            self.borrowed[name] = before
        self.variables[name] = value

    def take_in(self, other: State, but: Container[str] = ()) -> None:
        """Let variables also be what they are in another state, where that says more; some are left as they are."""
        for name, value in other.variables.items():
            known = self.variables.get(name)
            if known is not value and name not in but and (known is None or adds(known, value)):
                self.variables[name] = value if known is None else join(known, value)

    def join(self, other: State) -> State:
        """What holds after either."""
        return self._merge(other, widening=False)

    def widen(self, later: State) -> State:
        """What holds before a loop's round and after it."""
        return self._merge(later, widening=True)

    def _merge(self, other: State, *, widening: bool) -> State:
        if self is other:
            return self
        merge = widen if widening else join
        variables = self.variables.copy()
        same = self.cleared == other.cleared
        borrowed = self.borrowed
        if borrowed:
            variables.update({n: value for n, value in borrowed.items() if n in other.variables and n not in variables})
            missing = {n: value for n, value in borrowed.items() if n in variables and n not in other.variables}
            for name, value in missing.items():
                variables[name] = merge(variables[name], value)
        for name, value in other.variables.items():
            known = variables.get(name)
            if known is value:
                continue
            if known is not None and not same and not widening and (value.taints or known.taints):
                value, known = other.proven(value, self, known), self.proven(known, other, value)  # noqa: PLW2901
            variables[name] = value if known is None else merge(known, value)
        if same:
            return State(variables, self.cleared.copy(), borrowed)
        cleared = {}
        for key, proofs in self.cleared.items():
            both = common(proofs, other.cleared.get(key, ()))
            if both:
                cleared[key] = both
        return State(variables, cleared, borrowed)

    def proven(self, value: Value, other: State, instead: Value) -> Value:
        """A value of a variable with what guards have found out here about its sources, and not on another path.

        Args:
            value: what the variable holds here.
            other: the other path's end.
            instead: what it holds there; only of sources that are not in it anything needs to be kept.
        """
        if not self.cleared:
            return value
        there = [taint.source.key for taint in instead.taints]
        for taint in value.taints:
            key = taint.source.key
            if key in there:
                continue
            for proof in self.cleared.get(key, ()):
                if proof not in other.cleared.get(key, ()):
                    value = clear(value, proof, of=key)
        return value

    def same_as(self, other: State) -> bool:
        """Whether nothing is different, as far as identity tells."""
        mine, theirs = self.variables, other.variables
        return len(mine) == len(theirs) and all(theirs.get(name) is value for name, value in mine.items())


def join_states(left: State | None, right: State | None) -> State | None:
    """What holds where two paths meet; None is a path that does not arrive."""
    if left is None or right is None:
        return left or right
    return left.join(right)


@dataclass(slots=True)
class LoopFrame:
    """A loop that is being looked at: where its breaks and continues lead."""

    broken: State | None = None
    continued: State | None = None


@dataclass(slots=True)
class Frame:
    """A function that is being looked at.

    Attributes:
        function: None for the unit itself.
        parent: the frame that defined it.
        state: where the analysis is; None when no path goes on.
        result: the join of what it returns.
        loops: the loops around, innermost last.
        yielded: a sequence of what it hands out.
        returns_to: id of a rule for what it returns, empty if that goes to no sink.
        answers: whether what it returns is sent to who asked.
        own: the object it is called on.
        watched: states inside of a `try`, from which its handlers may start.
        cleared: what guards have found out on every path that comes back; None while none has.
        trying: how many `try` bodies it is in.
        raised: what is thrown inside of a `try`, for its handlers.
        asks: which answer of a function that answers yes or no is looked at; None if it is called for its value.
        kept: what its parameters may hold on every path that comes back.
        around: likewise, what variables of the functions around it hold; None while no path has come back.
    """

    function: ir.Function | None
    parent: Frame | None
    state: State | None
    result: Value = NOTHING
    yielded: Value | None = None
    loops: list[LoopFrame] = field(default_factory=list)
    returns_to: str = ""
    answers: bool = False
    own: Value | None = None
    watched: list[State] = field(default_factory=list)
    cleared: dict[tuple[str, str], tuple[Clearance, ...]] | None = None
    trying: int = 0
    raised: list[Value] = field(default_factory=list)
    asks: bool | None = None
    kept: dict[str, Value] = field(default_factory=dict)
    around: dict[str, Value] | None = None

    def leave(self, state: State) -> None:
        """A path comes back from the function."""
        for parameter in self.function.parameters if self.function is not None else ():
            value = state.variables.get(parameter.name)
            if value is not None and value.taints:
                known = self.kept.get(parameter.name)
                self.kept[parameter.name] = value if known is None else join(known, value)
        if self.cleared is None:
            self.cleared = dict(state.cleared)
        else:
            both = {key: common(proofs, state.cleared.get(key, ())) for key, proofs in self.cleared.items()}
            self.cleared = {key: proofs for key, proofs in both.items() if proofs}

    def variables_of(self, frame: Frame, state: State) -> Mapping[str, Value]:
        """The variables of this frame, seen from `frame` at `state`."""
        if frame is self:
            return state.variables
        return self.state.variables if self.state is not None else {}


@dataclass(slots=True, eq=False)
class Closure:
    """A function with the scope it was defined in.

    Attributes:
        function: its code.
        frame: who defined it.
        owner: the class it is a method of.
        called: whether anything in the unit calls it.
        cleared: what guards had found out where it was defined.
    """

    function: ir.Function
    frame: Frame
    owner: LocalClass | None = None
    called: bool = False
    cleared: Mapping[tuple[str, str], tuple[Clearance, ...]] = field(default_factory=dict)


def overload(name: str, count: int) -> str:
    """The name of a member that takes so many arguments, where that tells functions of one name apart."""
    return f"{name}/{count}"


@dataclass(slots=True, eq=False)
class LocalClass:
    """A class of the unit.

    Attributes:
        name: its name.
        bases: qualified names of what it derives from.
        members: methods and fields by name.
        parents: those of the document's classes that it derives from.
    """

    name: str
    bases: tuple[str, ...]
    members: Mapping[str, Value]
    parents: tuple[LocalClass, ...] = ()

    def member(self, name: str) -> Value:
        """A method or a field."""
        return self.members.get(name, UNKNOWN)


@dataclass(slots=True, eq=False)
class Bound:
    """A method together with the object it belongs to."""

    closure: Closure
    own: Value


@dataclass(slots=True, eq=False)
class Preset:
    """A function together with the arguments that it is called with before any others."""

    function: Value
    given: Arguments


CALLABLE = (Closure, Bound, Preset)
"""What a target is of a function whose text is known."""
