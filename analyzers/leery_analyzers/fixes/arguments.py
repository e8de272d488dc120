"""Edits of comma-separated things: call arguments, object pairs, list elements. Comments and layout stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.analyzer import Unit


class Places(Protocol):
    """Knows where a node lies in the unit's text."""

    unit: Unit

    def range(self, node: Node) -> TextRange:
        """A node's place in ``unit.text``, code points."""
        ...

    def text(self, node: Node | None) -> str:
        """A node's text."""
        ...


def remove_item(places: Places, item: Node) -> TextEdit:
    """An edit that takes an item out of its list, with one of the commas around it, or with its whole line."""
    place = places.range(item)
    before, after = item.prev_sibling, item.next_sibling
    if after is not None and after.type == "," and after.next_sibling is not None:
        whole = whole_lines(places.unit.text, TextEdit(place.start, places.range(after).end, ""))
        following = after.next_sibling
        if whole.start == place.start and following.is_named and following.type != "comment":
            return TextEdit(place.start, places.range(following).start, "")
        return whole
    if before is not None and before.type == ",":
        between = places.unit.text[places.range(before).end : place.start]
        if not between.strip():
            return TextEdit(places.range(before).start, place.end, "")
    return TextEdit(place.start, place.end, "")


def whole_lines(text: str, edit: TextEdit) -> TextEdit:
    """A removal that takes its lines along if nothing else is on them; otherwise the edit as it is.

    An edit outside of the text, in lines that wrap a unit, stays as it is: it is nobody's.
    """
    start, end = edit.start, edit.end
    if start < 0 or end > len(text):
        return edit
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    if (start > 0 and text[start - 1] not in "\r\n") or text[end : end + 1] not in {"\r", "\n"}:
        return edit
    end += 2 if text.startswith("\r\n", end) else 1
    return TextEdit(start, end, "")


def append_argument(places: Places, call: Node, argument: str) -> TextEdit | None:
    """An edit that adds a last argument to a call; None if the call has no argument list."""
    holder = call.child_by_field_name("arguments")
    if holder is None or holder.child_count < 2 or holder.children[-1].type != ")":
        return None
    items = [child for child in holder.children[1:-1] if child.type != "comment"]
    if not items:
        at = places.range(holder.children[-1]).start
        return TextEdit(at, at, argument)
    last = items[-1]
    at = places.range(last).end
    if last.type == ",":
        spread = last.start_point.row != holder.end_point.row
        return TextEdit(at, at, f" {argument}," if spread else f" {argument}")
    return TextEdit(at, at, f", {argument}")


def append_pair(places: Places, table: Node, pair: str) -> TextEdit | None:
    """An edit that adds a last pair to an object or dictionary that is written out; None if it has no closing brace."""
    if table.child_count < 2 or table.children[-1].type != "}":
        return None
    items = [child for child in table.children[1:-1] if child.type != "comment"]
    if not items:
        place = places.range(table)
        return TextEdit(place.start + 1, place.end - 1, f" {pair} ")
    last = items[-1]
    at = places.range(last).end
    spread = last.start_point.row != table.end_point.row
    if last.type == ",":
        return TextEdit(at, at, f" {pair}," if spread else f" {pair}")
    return TextEdit(at, at, f", {pair}")
