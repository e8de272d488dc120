"""Options of a command line whose declaration lets only numbers or listed words pass: argparse and click."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import (
    EVERY,
    UNKNOWN,
    Clearance,
    Source,
    Taint,
    Value,
    all_taints,
    clear,
    derived,
    map_taints,
)

if TYPE_CHECKING:
    from collections.abc import Container

    from leery_analyzers.dataflow.engine import Engine

PARSED = "argparse.Namespace"
"""The type of what a parser gives."""
_FLAGS = frozenset({"store_true", "store_false", "count", "store_const", "append_const", "version", "help"})
_KINDS = frozenset({
    "click.INT", "click.FLOAT", "click.BOOL", "click.UUID", "click.IntRange", "click.FloatRange", "click.Choice",
    "click.DateTime",
})  # fmt: skip
_DECLARES = frozenset({"option", "argument"})


def declared(engine: Engine, given: Arguments) -> None:
    """Take in a call of ``add_argument``: a name that is declared twice is as harmful as the worse one."""
    names = [value.text for value, _ in given.positional if value.text]
    told = given.get("dest")
    name = told.text if told is not None else _name(names, "-")
    if not name:
        return
    action = given.get("action")
    harmless = (action is not None and action.text in _FLAGS) or _is_listed(given.get("choices"))
    kind = given.get("type")
    harmless = harmless or (kind is not None and kind.name in engine.language.numbers)
    engine.options[name] = harmless and engine.options.get(name, True)


def parsed(engine: Engine, base: Value, name: str, node: ir.Node) -> Value | None:
    """An option that was read from the command line; None if it may hold any text."""
    if not engine.options.get(name) or not base.taints:
        return None
    proof = Clearance(frozenset({EVERY}), f"the option `{name}` lets only listed values pass", node.start, node.end)
    return clear(Value(taints=derived(base.taints)), proof)


def entered(engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
    """A parameter of a command of click's."""
    for decorator in function.decorators if value.taints else ():
        if not isinstance(decorator, ir.Call) or getattr(decorator.callee, "name", "") not in _DECLARES:
            continue
        names = [a.value.value for a in decorator.arguments if isinstance(a.value, ir.Const) and not a.name]
        if _click_name([name for name in names if isinstance(name, str)]) != parameter.name:
            continue
        value = value.with_taints(map_taints(value.taints, _told))
        if any(_limits(engine, argument, engine.language.numbers) for argument in decorator.arguments):
            reason = f"the option `{parameter.name}` lets only listed values pass"
            return clear(value, Clearance(frozenset({EVERY}), reason, decorator.start, decorator.end))
        callback = next((argument.value for argument in decorator.arguments if argument.name == "callback"), None)
        target = engine.peek(callback).target if callback is not None else None
        if isinstance(target, Closure):
            given = Arguments([(UNKNOWN, decorator), (UNKNOWN, decorator), (value, decorator)])
            return engine.invoke(target, given, decorator)[0]
    return value


def _told(taint: Taint) -> Taint:
    """Data that whoever starts the program says."""
    source = taint.source
    if source.origin != "parameter":
        return taint
    told = Source(source.start, source.end, source.text, "argument", "the command line", source.confidence)
    return replace(taint, source=told)


def _limits(engine: Engine, argument: ir.Argument, numbers: Container[str]) -> bool:
    value = argument.value
    if argument.name in {"is_flag", "count"}:
        return isinstance(value, ir.Const) and value.value is True
    if argument.name != "type":
        return False
    callee = value.callee if isinstance(value, ir.Call) else value
    text = engine.text(callee.start, callee.end)
    return text in numbers or text in _KINDS


def _is_listed(choices: Value | None) -> bool:
    """Whether all that passes is written in the program."""
    return choices is not None and (choices.items is not None or choices.fields is not None) and not all_taints(choices)


def _click_name(names: list[str]) -> str:
    plain = next((name for name in names if name.isidentifier()), "")
    return plain or _name(names, "-/")


def _name(names: list[str], dashes: str) -> str:
    """The name of an option: that of its first long form."""
    long = next((name for name in names if name.startswith("--")), names[0] if names else "")
    return long.partition("/")[0].lstrip(dashes).replace("-", "_")
