"""What annotations of Bean Validation say of parameters: ``@Pattern(regexp = "[a-z]+") String name``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.patterns import excluded_classes
from leery_analyzers.dataflow.values import EVERY, Clearance, clear

if TYPE_CHECKING:
    from leery_analyzers.dataflow.values import Value

_NUMBERS = frozenset({"Digits", "UUID"})


def constrained(parameter: ir.Parameter, value: Value) -> Value:
    """A parameter's value with what its annotations promise."""
    for said in parameter.decorators:
        callee = said.callee if isinstance(said, ir.Call) else said
        name = callee.id if isinstance(callee, ir.Name) else callee.name if isinstance(callee, ir.Attribute) else ""
        if name in _NUMBERS:
            proof = Clearance(frozenset({EVERY}), f"`@{name}` lets nothing else pass", said.start, said.end)
            value = clear(value, proof)
        elif name == "Pattern" and isinstance(said, ir.Call):
            pattern = next((item.value for item in said.arguments if item.name == "regexp"), None)
            text = pattern.value if isinstance(pattern, ir.Const) else None
            classes = excluded_classes(text, full=True, anchored=True) if isinstance(text, str) else frozenset[str]()
            if classes:
                proof = Clearance(classes, "`@Pattern` lets only harmless characters pass", said.start, said.end)
                value = clear(value, proof)
    return value
