"""JavaScript's global functions and a few of its libraries', where what they give depends on the values they get."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.calls import RESOLVED
from leery_analyzers.dataflow.elements import any_element, element, overlaid
from leery_analyzers.dataflow.encodings import scripted
from leery_analyzers.dataflow.javascript.encodings import CODINGS, JSON, decoded, json_text, json_value
from leery_analyzers.dataflow.javascript.numbers import NUMBERS
from leery_analyzers.dataflow.javascript.schemas import YAML_SCHEMAS, yaml_schema
from leery_analyzers.dataflow.javascript.sequences import array_of, is_sequence
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    OPEN,
    TEXT,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    constant,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_TEXT = frozenset({TEXT})
_QUOTING = re.compile(r"%(?:\d+\$)?[LI]")


def _text(given: Arguments, node: ir.Call) -> Value:
    only = given.at(0)
    if only is None:
        return constant("")
    if only.is_constant or only.forms or (only.type == "number" and not only.taints):
        return texts.concatenate([only])
    made = Value(taints=all_taints(only), type="str", openness=only.openness)
    return clear(made, Clearance(frozenset({TEXT}), "it becomes a text", node.start, node.end))


def _raw(given: Arguments, node: ir.Call) -> Value:
    """``String.raw`` as a function: texts and the values between them."""
    first = given.at(0)
    raw = (first.fields or {}).get("raw") if first is not None else None
    if raw is None or raw.items is None or given.rest is not None:
        return _text(given, node) if len(given.positional) == 1 else Value(taints=derived(given.taints()), type="str")
    parts: list[Value] = []
    values = [value for value, _ in given.positional[1:]]
    for index, item in enumerate(raw.items):
        parts += [item, values[index]] if index < min(len(values), len(raw.items) - 1) else [item]
    return texts.concatenate(parts)


def _characters(given: Arguments, node: ir.Call) -> Value | None:
    """Characters by their numbers."""
    del node
    known = [value.only for value, _ in given.positional]
    numbers = [one[0] for one in known if one is not None and type(one[0]) is int and 0 <= one[0] < _CHARACTERS]
    return constant("".join(map(chr, numbers))) if len(numbers) == len(known) and given.rest is None else None


def _written(given: Arguments, node: ir.Call) -> Value:
    """``JSON.stringify``: a text that starts as JSON does."""
    only = given.at(0) or UNKNOWN
    taints = derived(all_taints(only))
    unknown = scripted(only, node, JSON)
    if not taints:
        return FIXED if only.is_constant else Value(taints=unknown, type="str") if unknown else UNKNOWN
    inside = json_text(only, merge_taints(taints, unknown), node)
    if is_sequence(only) or only.fields is not None or only.type in {"object", "web.Fields"}:
        return texts.concatenate([constant("{"), inside, constant("}")])
    return inside.but(type="str", rest=None)


def _keys(given: Arguments, node: ir.Call) -> Value:
    del node
    only = given.at(0) or UNKNOWN
    if only.fields is not None and only.openness == CLOSED and only.rest is None:
        return array_of(tuple(constant(key) for key in only.fields))
    key = Value(taints=derived(only.taints), openness=only.openness, type="str")
    return Value(openness=CLOSED, rest=key, type="array")


def _values(given: Arguments, node: ir.Call) -> Value:
    del node
    only = given.at(0) or UNKNOWN
    return Value(openness=CLOSED, rest=_inside(only), type="array")


def _inside(value: Value) -> Value:
    parts = [*(value.fields or {}).values()]
    if value.rest is not None:
        parts.append(value.rest)
    if value.openness == OPEN or value.taints:
        parts.append(Value(taints=derived(value.taints)))
    return join_all(parts)


def _entries(given: Arguments, node: ir.Call) -> Value:
    del node
    only = given.at(0) or UNKNOWN
    if only.fields is not None and only.openness == CLOSED and only.rest is None:
        return array_of(tuple(array_of((constant(key), value)) for key, value in only.fields.items()))
    pair = array_of((Value(taints=derived(only.taints), openness=only.openness), _inside(only)))
    return Value(openness=CLOSED, rest=pair, type="array")


def _from_entries(given: Arguments, node: ir.Call) -> Value:
    del node
    only = given.at(0) or UNKNOWN
    fields: dict[ir.Constant, Value] = {}
    for item in only.items or ():
        key = item.items[0].only if item.items else None
        if key is None or item.items is None or len(item.items) != 2:
            return Value(taints=derived(all_taints(only)), type="object")
        fields[key[0]] = item.items[1]
    if only.items is not None:
        return Value(openness=CLOSED, fields=fields, type="object")
    pair = only.rest.items if only.rest is not None else None
    picked = bool(pair) and pair is not None and pair[0].openness != OPEN and not all_taints(pair[0])
    return Value(taints=derived(all_taints(only)), type="" if picked else "object")


def _assigned(given: Arguments, node: ir.Call) -> Value:
    """``Object.assign`` and spreading."""
    del node
    fields: dict[ir.Constant, Value] = {}
    taints = derived(given.rest.taints) if given.rest is not None else ()
    for value, _ in given.positional:
        fields = overlaid(fields, value)
        taints = merge_taints(taints, derived(value.taints))
        if value.rest is not None:
            taints = merge_taints(taints, derived(all_taints(value.rest)))
    known = not taints and all(value.openness == CLOSED for value, _ in given.positional)
    return Value(openness=CLOSED if known else OPEN, fields=fields, taints=taints, type="object")


def _parsed(given: Arguments, node: ir.Call) -> Value | None:
    """``JSON.parse`` and the like: what was one text may be any object."""
    only = given.at(0) or UNKNOWN
    known = json_value(only)
    if known is not None:
        return known
    taints = derived(all_taints(only))
    if not taints:
        return None
    del node
    loose = (replace(t, clearances=tuple(c for c in t.clearances if c.classes != _TEXT)) for t in taints)
    sent = any(taint.exact and taint.source.origin == "request" for taint in only.taints)
    kind = "web.Fields" if sent else ""
    return Value(taints=tuple(loose), type=kind)


def _same(given: Arguments, node: ir.Call) -> Value:
    del node
    return given.at(0) or UNKNOWN


def _array(given: Arguments, node: ir.Call) -> Value:
    del node
    only = given.at(0)
    if only is None:
        return array_of(())
    if only.items is not None:
        return only.but(type="array")
    inside = any_element(only)
    return Value(openness=only.openness, rest=inside, type="array", taints=derived(only.taints))


def _set(given: Arguments, node: ir.Call) -> Value:
    made = _array(given, node)
    if made.items is None:
        return made.but(type="set")
    kept: dict[object, Value] = {}
    for item in made.items:
        only = item.only
        kept.setdefault(item if only is None else (type(only[0]), only[0]), item)
    return made.but(items=tuple(kept.values()), type="set")


def _map(given: Arguments, node: ir.Call) -> Value:
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, fields={}, type="Map")
    made = _from_entries(given, node)
    return made.but(type="Map")


def _listed(given: Arguments, node: ir.Call) -> Value:
    del node
    return array_of(tuple(value for value, _ in given.positional))


def _reflected(given: Arguments, node: ir.Call) -> Value | None:
    """``Reflect.get``."""
    del node
    base, key = given.at(0), given.at(1)
    return element(base, key) if base is not None and key is not None and base.fields is not None else None


def _all(given: Arguments, node: ir.Call) -> Value:
    """``Promise.all``: the values."""
    del node
    only = given.at(0) or UNKNOWN
    return only if is_sequence(only) else Value(taints=derived(all_taints(only)), type="array")


def _pattern(given: Arguments, node: ir.Call) -> Value:
    del node
    pattern, flags = given.at(0) or UNKNOWN, given.at(1) or constant("")
    if pattern.type == "RegExp":
        return pattern
    taints = derived(all_taints(pattern))
    fields: dict[ir.Constant, Value] = {"source": pattern, "flags": flags}
    return Value(openness=pattern.openness if taints else FIXED.openness, fields=fields, taints=taints, type="RegExp")


def _joined_path(given: Arguments, node: ir.Call) -> Value:
    """``path.join``: the parts; links aside, what comes out has no ``..`` inside."""
    parts: list[Value] = []
    for index, (value, _) in enumerate(given.positional):
        if index:
            parts.append(constant("/"))
        parts.append(value if not value.name or value.taints else Value(openness=value.openness))
    made = texts.concatenate(parts) if parts else UNKNOWN
    if given.rest is not None:
        made = Value(taints=merge_taints(made.taints, derived(all_taints(given.rest))), type="str")
    return _resolved(made, node)


def _resolved(value: Value, node: ir.Call) -> Value:
    if not value.taints:
        return value
    return clear(value, Clearance(frozenset({RESOLVED}), "the path is resolved", node.start, node.end))


def _resolved_path(given: Arguments, node: ir.Call) -> Value:
    taints = derived(given.taints())
    if not taints:
        return Value(openness=FIXED.openness if all(v.openness != OPEN for v, _ in given.positional) else OPEN)
    return _resolved(Value(taints=taints, type="str"), node)


def _relative_path(given: Arguments, node: ir.Call) -> Value:
    del node
    return Value(taints=derived(given.taints()), type="path.relative")


def _buffer(given: Arguments, node: ir.Call) -> Value:
    del node
    only, encoding = given.at(0) or UNKNOWN, given.at(1)
    read = decoded(only, encoding.text or "") if encoding is not None else None
    if read is not None:
        return read.but(type="Buffer")
    if only.is_constant:
        return only.but(type="Buffer")
    if only.forms and not is_sequence(only):
        return only.but(type="Buffer")
    taints = derived(all_taints(only))
    return Value(taints=taints, openness=OPEN if taints else only.openness, type="Buffer")


def _zeros(given: Arguments, node: ir.Call) -> Value:
    """``Buffer.alloc``: as many zeros, or another fill."""
    del node
    size, fill = given.at(0) or UNKNOWN, given.at(1)
    if size.is_constant and (fill is None or fill.is_constant):
        return constant("(zeros)" if fill is None else str(fill.constants[0])).but(type="Buffer")
    return Value(type="Buffer")


def _address(given: Arguments, node: ir.Call) -> Value:
    """``new URL(text, base)``: with a base and a path on the same host, its host is the base's."""
    del node
    first, base = given.at(0) or UNKNOWN, given.at(1)
    taints = all_taints(first)
    if base is not None and not _is_path(first):
        taints = merge_taints(derived(taints), derived(all_taints(base)))
    if not taints:
        known = first.openness != OPEN
        return Value(type="URL", openness=FIXED.openness if known else OPEN)
    return Value(taints=taints, forms=first.forms if base is None else (), type="URL", openness=first.openness)


def _is_path(value: Value) -> bool:
    """Whether an address is a path that the program knows, which with a base stays where the base is."""
    known = [item for item in value.constants if isinstance(item, str)]
    starts = [form[0] for form in value.forms if isinstance(form[0], str)]
    whole = len(known) == len(value.constants) and len(starts) == len(value.forms) and value.openness == CLOSED
    return (
        whole
        and bool(known or starts)
        and all(text.startswith("/") and not text.startswith("//") for text in (*known, *starts))
    )


def _parameters(given: Arguments, node: ir.Call) -> Value:
    """``URLSearchParams`` of a text or an object."""
    del node
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, fields={}, type="URLSearchParams")
    if only.fields is not None:
        return only.but(type="URLSearchParams", target=None)
    taints = derived(all_taints(only))
    return Value(taints=taints, openness=OPEN if taints else only.openness, type="URLSearchParams")


def _formatted(given: Arguments, node: ir.Call) -> Value:
    """``util.format``: the text and the values, in order."""
    del node
    return texts.concatenate([value for value, _ in given.positional])


def _quoted(given: Arguments, node: ir.Call) -> Value | None:
    """``format`` of pg-format: ``%L`` and ``%I`` quote."""
    text = given.at(0)
    if text is None or text.text is None or not _QUOTING.search(text.text) or "%s" in text.text:
        return None
    proof = Clearance(frozenset({"sql-injection"}), "it is quoted for SQL", node.start, node.end)
    return clear(Value(taints=derived(given.taints()), type="str"), proof)


def _made_from(given: Arguments, node: ir.Call) -> Value:
    """``Object.create``: of nothing, an object without a prototype."""
    del node
    only = given.at(0) or UNKNOWN
    return Value(openness=CLOSED, fields={}, type="Map") if only.only == (None,) else only


def _fallback(given: Arguments, node: ir.Call) -> Value:
    del node
    return join(given.at(0) or UNKNOWN, given.at(2) or UNKNOWN)


_CHARACTERS = 0xD800
FUNCTIONS: Mapping[str, Callable[[Arguments, ir.Call], Value | None]] = {
    "String": _text,
    "String.raw": _raw,
    "String.fromCharCode": _characters,
    **dict.fromkeys(
        (
            "Object.freeze",
            "Object.seal",
            "structuredClone",
            "lodash.cloneDeep",
            "lodash.clone",
            "Promise.resolve",
            "util.promisify",
            "promisify",
            "bluebird.promisify",
            "bluebird.promisifyAll",
            "pify",
            "Object.preventExtensions",
            "react.useCallback",
            "useCallback",
            "useRef",
            "express-async-handler",
            "util.callbackify",
            "Symbol",
        ),
        _same,
    ),
    **dict.fromkeys(("Array.from", "Array"), _array),
    **dict.fromkeys(("Promise.all", "Promise.allSettled", "Promise.race", "Promise.any"), _all),
    **dict.fromkeys(("Object.assign", "lodash.assign", "lodash.extend", "object-assign"), _assigned),
    **dict.fromkeys(
        ("path.join", "path.posix.join", "path.normalize", "path.posix.normalize", "path.win32.join"), _joined_path
    ),
    **dict.fromkeys(("path.resolve", "path.posix.resolve", "fs.realpathSync", "fs.promises.realpath"), _resolved_path),
    **dict.fromkeys(("path.relative", "path.posix.relative"), _relative_path),
    **dict.fromkeys(("Buffer.from", "Buffer.concat", "buffer.Buffer.from"), _buffer),
    **dict.fromkeys(("Buffer.alloc", "buffer.Buffer.alloc"), _zeros),
    **dict.fromkeys(("URL", "url.URL"), _address),
    **dict.fromkeys(("util.format", "util.inspect", "inspect"), _formatted),
    **dict.fromkeys(("URLSearchParams", "url.URLSearchParams"), _parameters),
    **dict.fromkeys(("format", "pgFormat", "pgformat"), _quoted),
    **CODINGS,
    **NUMBERS,
    "Reflect.get": _reflected,
    "JSON.stringify": _written,
    **dict.fromkeys(("JSON.parse", "qs.parse", "qs.default.parse"), _parsed),
    "Object.create": _made_from,
    **dict.fromkeys(YAML_SCHEMAS, yaml_schema),
    "Object.keys": _keys,
    "Object.getOwnPropertyNames": _keys,
    "Object.values": _values,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Array.of": _listed,
    "Set": _set,
    **dict.fromkeys(("Map", "WeakMap"), _map),
    "RegExp": _pattern,
    "lodash.get": _fallback,
}
"""By qualified name; None means that nothing is known of this call."""
