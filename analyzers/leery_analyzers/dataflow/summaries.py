"""What is known of functions that are not in the unit at hand.

A summary says, for each parameter, whether its data comes back and which sinks it reaches. It is plain data, made of a
function's own analysis with its parameters as sources, so that a later analysis of a caller needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from leery_analyzers.dataflow.values import UNKNOWN, Mark, Value, all_taints, merge_taints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import Closure
    from leery_analyzers.dataflow.values import Clearance, Taint


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes of one parameter.

    Attributes:
        parameter: its name.
        position: its position, from 0, a method's own object left out.
        returned: whether its data comes back.
        clearances: what makes the data that comes back harmless.
        sinks: ids of the rules whose sinks it reaches, each with whether it gets there unchanged.
    """

    parameter: str
    position: int
    returned: bool
    clearances: tuple[Clearance, ...]
    sinks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a function does with data.

    Attributes:
        name: the function's qualified name in its document.
        passages: for each parameter.
        type: qualified name of the type it returns, empty if unknown.
        sources: data from outside that it returns.
    """

    name: str
    passages: tuple[Passage, ...]
    type: str = ""
    sources: tuple[Taint, ...] = ()

    def apply(self, engine: Engine, given: Arguments, node: ir.Node) -> Value:
        """What a call of it gives, its sinks reached by the arguments."""
        taints: tuple[Taint, ...] = ()
        for passage in self.passages:
            found = given.find(passage.position) or given.find(passage.parameter)
            if found is None:
                continue
            value, place = found
            for rule, whole in passage.sinks:
                engine.sinks.passed(rule, value, place, whole=whole, through=self.name)
            if passage.returned:
                more = tuple(
                    replace(taint, exact=False, clearances=(*taint.clearances, *passage.clearances))
                    for taint in all_taints(value)
                )
                taints = merge_taints(taints, more)
        mark = Mark(node.start, node.end, f"comes back from `{self.name}` here")
        own = tuple(
            replace(t, source=replace(t.source, start=node.start, end=node.end), marks=()) for t in self.sources
        )
        taints = merge_taints(tuple(replace(taint, marks=(*taint.marks, mark)) for taint in taints), own)
        return Value(taints=taints, type=self.type) if taints or self.type else UNKNOWN


def summarize(closure: Closure, result: Value, reached: Iterable[tuple[int, str, bool]]) -> Summary:
    """The summary of a function that was followed with its parameters as sources.

    Args:
        closure: the function.
        result: what it returned.
        reached: parameters, by first byte, with the sinks they reached.
    """
    function, owner = closure.function, closure.owner
    returned = all_taints(result)
    passages: list[Passage] = []
    offset = 1 if function.is_method else 0
    for index, parameter in enumerate(function.parameters[offset:]):
        own = [t for t in returned if t.source.start == parameter.start and t.source.text == parameter.name]
        sinks = sorted({(rule, whole) for start, rule, whole in reached if start == parameter.start})
        clearances = own[0].clearances if own else ()
        passages.append(Passage(parameter.name, index, bool(own), clearances, tuple(sinks)))
    starts = {parameter.start for parameter in function.parameters}
    sources = tuple(t for t in returned if t.source.start not in starts and t.source.origin != "parameter")
    name = f"{owner.name}.{function.name}" if owner is not None else function.name
    return Summary(name, tuple(passages), result.type if not result.type.startswith("local.") else "", sources)


class Summaries(Protocol):
    """Where summaries come from."""

    def lookup(self, names: list[str]) -> Summary | None:
        """The summary of a function known under one of these names, the most certain first; None if there is none."""
        ...


class NoSummaries:
    """Nothing is known of other units: the stated policy for unknown calls holds."""

    def lookup(self, names: list[str]) -> Summary | None:
        """None."""
        del names
        return None


class KnownSummaries:
    """Summaries by name.

    Args:
        summaries: of the other functions of a document.
    """

    def __init__(self, summaries: tuple[Summary, ...]) -> None:
        self._by_name = {summary.name: summary for summary in summaries}

    def lookup(self, names: list[str]) -> Summary | None:
        """The summary of a function, by its name."""
        return next((self._by_name[name] for name in names if name in self._by_name), None)
