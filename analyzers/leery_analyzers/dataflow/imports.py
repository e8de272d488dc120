"""Runs the imports that a unit begins with, the shared ones once for all units of the document.

Must not know what a name stands for: the evaluator does.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Value

_MOST = 512


class Imports:
    """What is imported so far.

    Args:
        engine: that runs the unit.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, Value] = {}

    def take(self, body: ir.Block) -> ir.Block:
        """Run the imports that statements begin with; the others. Every look at another unit begins with many."""
        known, variables = self._known, self._engine.state.variables
        count = self._shared(body, variables)
        for statement in body[count:]:
            if not isinstance(statement, ir.Import):
                break
            count += 1
            found = known.get(statement.qualified)
            if found is None:
                self._engine.statements.run(statement)
                found = known[statement.qualified] = variables[statement.name]
            variables[statement.name] = found
        self._engine.budget.spend(count)
        return body[count:]

    def _shared(self, body: ir.Block, variables: dict[str, Value]) -> int:
        """Run the imports that stand elsewhere in the document, the same ones for all its units; how many there are."""
        kept, first = self._engine.models.imported, body[0]
        found = kept.get(id(first))
        if found is None or found[0][0] is not first:
            shared = tuple(itertools.takewhile(lambda one: isinstance(one, ir.Import) and one.start < 0, body))
            if not shared:
                return 0
            imports = [one for one in shared if isinstance(one, ir.Import)]
            values = {one.name: self._engine.evaluator.named(one.qualified) for one in imports}
            if len(kept) >= _MOST:
                kept.clear()
            found = kept[id(first)] = shared, values, {one.qualified.partition(".")[0] for one in imports}
        shared, values, modules = found
        count = len(shared)
        if body[count - 1 : count] != shared[-1:]:
            return 0
        variables.update(values)
        self._engine.modules |= modules
        return count
