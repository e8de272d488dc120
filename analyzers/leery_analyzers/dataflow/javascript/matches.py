"""What a regular expression finds in a text: the whole of it, and what its groups hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.patterns import excluded_classes, groups
from leery_analyzers.dataflow.values import OPEN, Clearance, Value, all_taints, clear, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir

_MOST = 30
_LONGEST = 400


def matched(text: Value, pattern: str | None, node: ir.Node) -> Value:
    """What is found, as an array with the groups' parts in order and by name.

    Args:
        text: what is searched.
        pattern: the expression; None if it is not known.
        node: the search.
    """
    whole = Value(taints=derived(all_taints(text)), type="str")
    if pattern is None:
        return Value(openness=OPEN, rest=whole, type="array")
    fields: dict[ir.Constant, Value] = {0: _part(whole, pattern, node)}
    named: dict[ir.Constant, Value] = {}
    for index, name, inside in groups(pattern[:_LONGEST])[:_MOST]:
        fields[index] = _part(whole, inside, node)
        if name:
            named[name] = fields[index]
    rest = join_all(fields.values())
    if named:
        fields["groups"] = Value(openness=OPEN, fields=named, type="match.Groups")
    fields["input"] = whole
    return Value(openness=OPEN, fields=fields, rest=rest, type="array")


def _part(whole: Value, pattern: str, node: ir.Node) -> Value:
    plain = pattern.removeprefix("^").removesuffix("$")
    classes = frozenset() if "|" in plain and "(" in plain else excluded_classes(plain, full=True, anchored=True)
    if not classes:
        return whole
    return clear(whole, Clearance(classes, "the pattern lets only harmless characters in", node.start, node.end))
