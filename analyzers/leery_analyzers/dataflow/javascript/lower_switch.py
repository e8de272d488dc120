"""JavaScript's ``switch`` as IR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering


def switch(lowering: JavaScriptLowering, node: Node) -> Iterable[ir.Statement]:
    """``switch`` as branches; a case without ``break`` goes on with the next one's statements."""
    start, end = node.start_byte, node.end_byte
    subject = lowering.values.of(node.child_by_field_name("value"))
    holder = node.child_by_field_name("body")
    cases = [child for child in (holder.named_children if holder is not None else ()) if child.type != "comment"]
    with lowering.jumps.inside():
        bodies = [lowering.statements(case.children_by_field_name("body")) for case in cases]
    branches: list[tuple[ir.Expression, ir.Block]] = []
    tests: list[ir.Expression] = []
    otherwise: ir.Block = ()
    for index, case in enumerate(cases):
        value = case.child_by_field_name("value")
        if value is not None:
            tests.append(_case(lowering, subject, value))
        falls = case.type == "switch_default" or bool(bodies[index]) or index == len(cases) - 1
        if not falls:
            continue
        body = _falling(bodies[index:])
        if case.type == "switch_default":
            otherwise, tests = body, []
        elif tests:
            test = tests[0] if len(tests) == 1 else ir.Bool(tests[0].start, tests[-1].end, "or", tuple(tests))
            branches.append((test, body))
            tests = []
    made = ir.If(start, end, tuple(branches), otherwise)
    return (ir.Sequence(start, end, (made,), breaks=True),)


def _case(lowering: JavaScriptLowering, subject: ir.Expression, node: Node) -> ir.Expression:
    value = lowering.values.of(node)
    if isinstance(subject, ir.Const) and subject.value is True:
        return value
    return ir.Compare(node.start_byte, node.end_byte, "==", subject, value)


def _falling(bodies: list[ir.Block]) -> ir.Block:
    """The statements of a case and of those it falls through to."""
    done: list[ir.Statement] = []
    for body in bodies[:4]:
        if body and isinstance(body[-1], ir.Sequence):
            body = (*body[:-1], *body[-1].body)  # noqa: PLW2901 - the block in braces of a case
        if body and isinstance(body[-1], ir.Break) and not body[-1].outer:
            return (*done, *body[:-1])
        done.extend(body)
        if body and isinstance(body[-1], (ir.Return, ir.Raise, ir.Continue, ir.Break)):
            break
    return tuple(done)
