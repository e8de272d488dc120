"""Parts of a call's arguments that models name: filters of documents, headers, scripts of a shell, lines of a log.

Knows values and arguments, no sink.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments, entry
from leery_analyzers.dataflow.commands import command, elements, script_at, statements
from leery_analyzers.dataflow.values import EVERY, Taint, Value, all_taints, map_taints, merge_taints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SQL_OPTIONS = frozenset({"where", "include", "attributes", "select", "relations"})
_LOG_FILE = re.compile(r"(?i)\b(?:logs?|audit|journal)\b|\.log$")
_LOG_NAME = re.compile(
    r"(?:^|_)(?:LOG|AUDIT|JOURNAL)S?(?:_|$)|^(?:log|audit|journal)s?(?:$|[A-Z_\d])|(?:Log|Audit|Journal)(?:$|[A-Z_])"
)
_MOST_PARTS = 40
CODE_KEYS = frozenset({"$where", "$function", "$expr", "$accumulator"})


def _filter(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What an object that filters documents compares with; texts, and conditions of SQL mappers, are left out."""
    found = given.find(0)
    if found is None:
        return
    stack = [found]
    for _ in range(_MOST_PARTS):
        if not stack:
            return
        value, place = stack.pop()
        if value.items is not None:
            stack.extend((item, place) for item in value.items)
        elif value.fields is not None and value.fields:
            if _SQL_OPTIONS.isdisjoint(value.fields):
                fields = {key: part for key, part in value.fields.items() if key not in CODE_KEYS | {"$eq"}}
                stack.extend((part, entry(place, str(key))) for key, part in fields.items())
                loose = merge_taints(value.taints, all_taints(value.rest) if value.rest is not None else ())
                if loose:
                    yield Value(taints=loose), place
        elif value.type != "str" and not value.forms:
            yield value, place


def _filter_code(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The code in an object that filters documents: ``$where``."""
    found = given.find(0)
    for key, value in (found[0].fields or {}).items() if found is not None else ():
        if key in CODE_KEYS and found is not None:
            yield as_code(value), entry(found[1], str(key))


def as_code(value: Value) -> Value:
    """A text that is run: that it is a text, and no object, does not help."""
    before = all_taints(value)
    taints = map_taints(before, _without_shape)
    return Value(taints=taints) if taints != before else value


def _without_shape(taint: Taint) -> Taint:
    """Data of which only the shape was known to be harmless."""
    kept = tuple(proof for proof in taint.clearances if EVERY in proof.classes)
    return taint if kept == taint.clearances else replace(taint, clearances=kept)


def _log_line(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What is written to a file whose name says that it is a log."""
    path, line = given.find(0), given.find(1)
    if path is not None and line is not None and _is_log(*path):
        yield line


def _is_log(path: Value, place: ir.Node) -> bool:
    """Whether a file is a log, by its path as far as that is known, or by what the program calls the path."""
    known = [piece for form in path.forms for piece in form if isinstance(piece, str)]
    known += [text for text in path.constants if isinstance(text, str)]
    name = place.id if isinstance(place, ir.Name) else place.name if isinstance(place, ir.Attribute) else ""
    return any(map(_LOG_FILE.search, known)) or _LOG_NAME.search(name) is not None


def _header_values(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The values of headers that are given as an object."""
    for value, place in (given.named["headers"],) if "headers" in given.named else given.positional:
        for key, item in (value.fields or {}).items():
            if str(key).lower() not in {"location", "content-type"}:
                yield item, entry(place, str(key))


def _script(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What a shell is told to run: the last of ``["sh", "-c", …]``."""
    found = given.find(0) or given.find("args")
    if found is None:
        return
    words, place = found[0].items, found[1]
    if words is None and len(given.positional) > 1:
        more, place = given.positional[1]
        words = (found[0], *(more.items or ()))
        if isinstance(place, ir.Collection) and len(place.items) > 1:
            place = place.items[1][1]
    script = script_at(words) if words is not None else None
    if words is not None and script is not None:
        yield words[script], place


SPECIAL: Mapping[int | str, Callable[[Arguments], Iterator[tuple[Value, ir.Node]]]] = {
    "shell-script": _script,
    "command": command,
    "elements": elements,
    "statements": statements,
    "mongo-filter": _filter,
    "filter-code": _filter_code,
    "log-line": _log_line,
    "header-values": _header_values,
    "system-message": Arguments.system_messages,
}
"""Parts of arguments that models name."""
