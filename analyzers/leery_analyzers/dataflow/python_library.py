"""Python's own types as the engine sees them: texts, lists, dicts, and what builtin functions make of values."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.evaluate import any_element, element, joined_sequences
from leery_analyzers.dataflow.python_text import Slot, brace_template, percent_template
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    MAX_TEXT,
    NONE,
    OPEN,
    UNKNOWN,
    Value,
    all_taints,
    constant,
    constants,
    derived,
    join,
    join_all,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.evaluate import Evaluator

_SAME = frozenset(
    {
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "capitalize",
        "casefold",
        "swapcase",
        "encode",
        "decode",
        "expandtabs",
        "ljust",
        "rjust",
        "center",
        "zfill",
        "removeprefix",
        "removesuffix",
        "translate",
        "replace",
    }
)
_FOLDED = frozenset(
    {
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "capitalize",
        "casefold",
        "swapcase",
        "removeprefix",
        "removesuffix",
        "replace",
        "startswith",
        "endswith",
        "find",
        "index",
        "count",
        "isdigit",
        "isalpha",
    }
)
_SPLIT = frozenset({"split", "rsplit", "splitlines", "partition", "rpartition"})
_TESTS = frozenset(
    {
        "startswith",
        "endswith",
        "isdigit",
        "isalpha",
        "isalnum",
        "find",
        "index",
        "count",
        "isspace",
        "isupper",
        "islower",
        "isnumeric",
        "isdecimal",
    }
)
_CONTAINERS = frozenset({"list", "tuple", "set", "sorted", "reversed", "frozenset", "iter"})
_WHOLE = frozenset(
    {
        "str",
        "bytes",
        "repr",
        "ascii",
        "next",
        "max",
        "min",
        "format",
        "vars",
        "bytearray",
        "memoryview",
        "filter",
        "zip",
        "print",
    }
)
_PATH = "pathlib.Path"
_EXTERNAL = ("feature_external_ges", "feature_external_pes")


class Python:
    """Python for the engine."""

    constructor = "__init__"

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """``%`` on texts, ``*`` on sequences and ``/`` on paths."""
        del evaluator
        left = values[0]
        if node.op == "%" and len(values) == 2 and (left.type == "str" or left.forms or left.text is not None):
            return _percent(left, values[1])
        if node.op == "/" and (left.type == _PATH or any(value.type == _PATH for value in values)):
            return _joined_path(values)
        if node.op == "/" and any(value.forms or value.text is not None for value in values[1:]):
            return _joined_path(values)
        if node.op == "*" and any(value.items is not None or value.type == "list" for value in values):
            return joined_sequences([value for value in values if value.items is not None or value.type == "list"])
        return None

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """Methods of texts and containers, and builtin functions."""
        first = names[0] if names else ""
        if receiver is not None and isinstance(node.callee, ir.Attribute):
            found = self._method(calls, node.callee, receiver, given)
            if found is not None:
                return found
        if first == "getattr" and (named := given.at(1)) is not None and named.text is not None:
            return calls.evaluator.member(given.at(0) or UNKNOWN, named.text, node)
        handler = _FUNCTIONS.get(first)
        if handler is not None:
            return handler(given)
        if first in _CONTAINERS:
            return _container(first, given)
        if first in _WHOLE:
            values = [value for value, _ in given.everything()]
            if len(values) == 1 and first in {"str", "format"} and (values[0].is_constant or values[0].forms):
                return texts.concatenate(values)
            if len(values) == 1 and first in {"str", "bytes"}:
                return replace(
                    values[0],
                    type="str",
                    name="",
                    fields=None,
                    items=None,
                    rest=None,
                    target=None,
                    taints=all_taints(values[0]),
                )
            if values and all(value.is_constant for value in values):
                return FIXED
            return Value(taints=derived(given.taints()))
        return None

    def _method(self, calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
        name = callee.name
        if name in {"format", "format_map"} and (receiver.text is not None or receiver.forms):
            return _format(receiver, given)
        if name == "join" and not receiver.name.startswith("os"):
            return _join(receiver, given)
        if receiver.is_constant and name in _FOLDED | _SPLIT:
            return _fold(name, receiver, given)
        if receiver.type == _PATH and name == "joinpath":
            return _joined_path([receiver, *(value for value, _ in given.positional)])
        if name == "setFeature" and not receiver.taints:
            self._feature(calls, callee, given)
            return NONE
        changed = _container_method(name, receiver, given)
        if changed is not None:
            result, after = changed
            if after is not None:
                calls.engine.assign_quietly(callee.base, after)
            return result
        if not receiver.taints and not receiver.forms:
            return None
        if name in _SAME:
            taints = all_taints(receiver)
            kept = (
                taints
                if name in {"strip", "lower", "upper", "encode", "decode", "rstrip", "lstrip"}
                else derived(taints)
            )
            if name in {"replace", "translate"}:
                kept = merge_taints(derived(taints), derived(given.taints()))
            return Value(
                taints=kept,
                type="str",
                forms=receiver.forms if name in {"strip", "encode"} else (),
                openness=receiver.openness,
            )
        if name in _SPLIT:
            return Value(taints=derived(all_taints(receiver)), type="list")
        if name in _TESTS:
            return UNKNOWN
        return None

    def _feature(self, calls: Calls, callee: ir.Attribute, given: Arguments) -> None:
        """A SAX parser that is told to fetch external entities, or not to."""
        feature, on = given.at(0), given.at(1)
        named = feature is not None and (
            feature.name.endswith(_EXTERNAL) or (feature.text or "").endswith("external-general-entities")
        )
        if named and on is not None:
            insecure = on.only is not None and bool(on.only[0])
            calls.engine.assign_quietly(callee.base, Value(type="xml.InsecureParser" if insecure else "xml.Parser"))


def _xml_parser(given: Arguments) -> Value:
    """Lxml's parser: insecure only where it is told to resolve entities."""
    told = given.get("resolve_entities")
    insecure = told is not None and told.only == (True,)
    return Value(type="xml.InsecureParser" if insecure else "lxml.etree.XMLParser")


def _percent(left: Value, right: Value) -> Value:
    forms: list[Value] = []
    for form in texts.forms_of(left)[:2]:
        parts: list[Value] = []
        position = 0
        for piece in form:
            if not isinstance(piece, str):
                parts.append(piece)
                continue
            template = percent_template(piece)
            if template is None:
                parts.append(constant(piece))
                continue
            for item in template:
                if isinstance(item, Slot):
                    parts.append(_slot(item, right, position))
                    position += 1
                else:
                    parts.append(constant(item))
        forms.append(texts.concatenate(parts))
    return join_all(forms)


def _slot(slot: Slot, right: Value, position: int) -> Value:
    if slot.number:
        return UNKNOWN
    if isinstance(slot.key, str):
        return element(right, constant(slot.key))
    if right.items is not None:
        return right.items[position] if position < len(right.items) else UNKNOWN
    return right


def _format(receiver: Value, given: Arguments) -> Value:
    forms: list[Value] = []
    for form in texts.forms_of(receiver)[:2]:
        parts: list[Value] = []
        for piece in form:
            if not isinstance(piece, str):
                parts.append(piece)
                continue
            for item in brace_template(piece):
                if not isinstance(item, Slot):
                    parts.append(constant(item))
                    continue
                found = given.find(item.key)
                if item.number:
                    parts.append(UNKNOWN)
                elif found is not None:
                    parts.append(found[0])
                else:
                    parts.append(Value(taints=given.taints()))
        forms.append(texts.concatenate(parts))
    return join_all(forms)


def _join(receiver: Value, given: Arguments) -> Value | None:
    only = given.at(0)
    if only is None:
        return None
    if only.items is not None and (receiver.text is not None):
        parts: list[Value] = []
        for index, item in enumerate(only.items):
            if index:
                parts.append(receiver)
            parts.append(item)
        return texts.concatenate(parts) if parts else constant("")
    inside = any_element(only)
    if inside.is_constant or (inside.openness != OPEN and not all_taints(inside) and not inside.forms):
        return FIXED
    taints = merge_taints(derived(all_taints(only)), derived(all_taints(receiver)))
    if inside.forms:
        return Value(forms=inside.forms, taints=taints, type="str", openness=CLOSED)
    return Value(taints=taints, type="str")


def _fold(name: str, receiver: Value, given: Arguments) -> Value | None:
    arguments = [value.only for value, _ in given.positional]
    if given.named or any(item is None for item in arguments):
        if name in _TESTS:
            return UNKNOWN
        taints = derived(given.taints())
        return Value(taints=taints) if taints else None
    plain = [item[0] for item in arguments if item is not None]
    found: list[object] = []
    for item in receiver.constants:
        if not isinstance(item, str):
            return None
        try:
            found.append(getattr(item, name)(*plain))
        except (TypeError, ValueError, OverflowError):
            return FIXED
    if name in _SPLIT:
        parts = found[0]
        if len(found) != 1 or not isinstance(parts, (list, tuple)):
            return FIXED
        items = tuple(constant(part) for part in parts[:60] if isinstance(part, str))
        return Value(openness=CLOSED, items=items, type="list")
    if any(isinstance(item, str) and len(item) > MAX_TEXT for item in found):
        return FIXED
    return constants([item for item in found if isinstance(item, (str, int))])


def _joined_path(values: list[Value]) -> Value:
    parts: list[Value] = []
    for index, value in enumerate(values):
        if index:
            parts.append(constant("/"))
        parts.append(value if not value.name or value.taints else Value(openness=value.openness))
    return replace(texts.concatenate(parts), type=_PATH)


def _path_join(given: Arguments) -> Value:
    joined = _joined_path([value for value, _ in given.positional]) if given.positional else UNKNOWN
    if given.rest is not None:
        joined = Value(taints=merge_taints(joined.taints, derived(all_taints(given.rest))))
    return replace(joined, type="str")


def _container_method(name: str, receiver: Value, given: Arguments) -> tuple[Value, Value | None] | None:
    """The result of a list's or dict's method, and the container after it."""
    if receiver.fields is not None and receiver.type in {"dict", "map"}:
        return _dict_method(name, receiver, given)
    if receiver.type == "configparser.ConfigParser":
        return _settings_method(name, receiver, given)
    if receiver.type == "io.StringIO":
        return _buffer_method(name, receiver, given)
    is_list = receiver.items is not None or receiver.type in {"list", "set", "tuple"}
    value = given.at(0)
    if name in {"append", "add", "push", "appendleft"} and value is not None:
        if receiver.items is not None and len(receiver.items) < 60 and name != "appendleft":
            return NONE, replace(receiver, items=(*receiver.items, value))
        if is_list or not receiver.name:
            if not is_list and not all_taints(value):
                return None
            rest = join(any_element(receiver), value) if is_list else value
            return NONE, replace(receiver, items=None, rest=rest) if is_list else Value(rest=rest, type="list")
    if not is_list:
        return None
    if name == "extend" and value is not None:
        return NONE, joined_sequences([receiver, value])
    if name == "insert" and given.at(1) is not None:
        inserted = given.at(1) or UNKNOWN
        where = given.at(0)
        only = where.only if where is not None else None
        if receiver.items is not None and only is not None and isinstance(only[0], int):
            items = list(receiver.items)
            items.insert(only[0], inserted)
            return NONE, replace(receiver, items=tuple(items))
        return NONE, replace(receiver, items=None, rest=join(any_element(receiver), inserted))
    if name == "pop" and receiver.items:
        where = value.only if value is not None else (-1,)
        if where is not None and isinstance(where[0], int) and -len(receiver.items) <= where[0] < len(receiver.items):
            items = list(receiver.items)
            gone = items.pop(where[0])
            return gone, replace(receiver, items=tuple(items))
        return join_all(receiver.items), replace(receiver, items=None, rest=join_all(receiver.items))
    if name in {"clear"}:
        return NONE, replace(receiver, items=(), rest=None, taints=())
    if name in {"reverse", "sort", "remove"} and receiver.items is not None:
        return NONE, replace(receiver, items=None, rest=join_all(receiver.items))
    if name in {"copy"}:
        return receiver, None
    return None


def _dict_method(name: str, receiver: Value, given: Arguments) -> tuple[Value, Value | None] | None:
    key = given.at(0)
    if name in {"get", "setdefault"} and key is not None:
        default = given.at(1, "default") or NONE
        known = key.only
        fields = receiver.fields or {}
        if known is not None and known[0] in fields:
            return fields[known[0]], None
        if known is not None and receiver.rest is None and receiver.openness == CLOSED:
            after = replace(receiver, fields={**fields, known[0]: default}) if name == "setdefault" else None
            return default, after
        return join(element(receiver, key), default), None
    if name == "pop" and key is not None:
        known = key.only
        fields = dict(receiver.fields or {})
        if known is not None and known[0] in fields:
            gone = fields.pop(known[0])
            return gone, replace(receiver, fields=fields)
        return join(element(receiver, key), given.at(1) or NONE), None
    if name == "update":
        fields = dict(receiver.fields or {})
        rest = receiver.rest
        for value, _ in given.positional:
            fields.update(value.fields or {})
            if value.rest is not None or value.openness == OPEN:
                inside = any_element(value) if value.rest is None else value.rest
                rest = inside if rest is None else join(rest, inside)
        fields.update({str(k): value for k, (value, _) in given.named.items()})
        return NONE, replace(receiver, fields=fields, rest=rest)
    if name in {"values", "items", "keys", "copy"}:
        if name == "copy":
            return receiver, None
        fields = receiver.fields or {}
        rest_value = receiver.rest
        if name == "keys":
            return Value(openness=CLOSED, rest=any_element(receiver), type="list"), None
        if name == "values":
            found = join_all([*fields.values(), *([rest_value] if rest_value is not None else [])])
            return Value(openness=CLOSED, rest=found, type="list"), None
        pairs = [Value(openness=CLOSED, items=(constant(k), value), type="tuple") for k, value in fields.items()]
        if rest_value is not None:
            pairs.append(
                Value(openness=CLOSED, items=(Value(taints=derived(receiver.taints)), rest_value), type="tuple")
            )
        return Value(openness=CLOSED, items=tuple(pairs), type="list"), None
    return None


def _settings_method(name: str, receiver: Value, given: Arguments) -> tuple[Value, Value | None] | None:
    """``set`` and ``get`` of a configuration; a section and an option together are a key."""
    keys = [value.text for value, _ in given.positional[:2]]
    if len(keys) < 2 or keys[0] is None or keys[1] is None:
        return None
    key, fields = f"{keys[0]}\0{keys[1]}", dict(receiver.fields or {})
    if name == "set" and len(given.positional) == 3:
        return NONE, replace(receiver, fields={**fields, key: given.positional[2][0]})
    if name == "get" and key in fields:
        return fields[key], None
    return None


def _buffer_method(name: str, receiver: Value, given: Arguments) -> tuple[Value, Value | None] | None:
    """What is written into a buffer and read from it."""
    value = given.at(0)
    if name in {"write", "writelines"} and value is not None:
        inside = any_element(value) if name == "writelines" else value
        return NONE, replace(receiver, rest=inside if receiver.rest is None else join(receiver.rest, inside))
    if name in {"getvalue", "read", "readline", "readlines"}:
        inside = receiver.rest if receiver.rest is not None else UNKNOWN
        return Value(openness=inside.openness, taints=merge_taints(receiver.taints, derived(all_taints(inside)))), None
    return None


def _container(name: str, given: Arguments) -> Value:
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, items=(), type=name if name in {"tuple", "set"} else "list")
    if only.items is not None and name in {"list", "tuple", "sorted", "reversed"}:
        items = only.items if name in {"list", "tuple"} else None
        if items is not None:
            return Value(openness=CLOSED, items=items, type=name)
    return Value(openness=only.openness, rest=any_element(only), type="list", taints=derived(only.taints))


def _dict(given: Arguments) -> Value:
    fields: dict[ir.Constant, Value] = {name: value for name, (value, _) in given.named.items()}
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, fields=fields, type="dict", rest=given.rest)
    if only.fields is not None:
        return replace(only, fields={**only.fields, **fields}, type="dict")
    return Value(taints=derived(all_taints(only)))


def _decode(given: Arguments) -> Value:
    only = given.at(0)
    if only is not None and only.text is not None:
        try:
            return constant(base64.b64decode(only.text.encode(), validate=False).decode("latin-1"))
        except (ValueError, binascii.Error):
            return FIXED
    return Value(taints=derived(given.taints())) if only is None or not only.is_constant else FIXED


def _range(given: Arguments) -> Value:
    del given
    return Value(openness=CLOSED, rest=FIXED, type="list")


def _enumerate(given: Arguments) -> Value:
    inside = any_element(given.at(0) or UNKNOWN)
    return Value(openness=CLOSED, rest=Value(openness=CLOSED, items=(FIXED, inside), type="tuple"), type="list")


def _zip(given: Arguments) -> Value:
    parts = tuple(any_element(value) for value, _ in given.positional)
    return Value(openness=CLOSED, rest=Value(openness=CLOSED, items=parts, type="tuple"), type="list")


def _getattr(given: Arguments) -> Value:
    base = given.at(0) or UNKNOWN
    return Value(taints=derived(all_taints(base)))


def _length(given: Arguments) -> Value:
    only = given.at(0)
    if only is not None and only.items is not None and only.rest is None:
        return constant(len(only.items))
    if only is not None and only.text is not None:
        return constant(len(only.text))
    return UNKNOWN


def _compiled(given: Arguments) -> Value:
    pattern = given.at(0) or UNKNOWN
    return Value(
        openness=pattern.openness, fields={"pattern": pattern}, taints=derived(all_taints(pattern)), type="re.Pattern"
    )


def _substitute(given: Arguments) -> Value | None:
    replacement, subject = given.at(1), given.at(2)
    if subject is None:
        return None
    taints = derived(all_taints(subject))
    if replacement is not None:
        taints = merge_taints(taints, derived(all_taints(replacement)))
    return Value(taints=taints, type="str", openness=subject.openness if not subject.is_constant else 1)


_FUNCTIONS: Mapping[str, Callable[[Arguments], Value | None]] = {
    "dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": lambda given: Value(openness=CLOSED, fields={}, type="dict"),
    "defaultdict": lambda given: Value(openness=CLOSED, fields={}, type="dict"),
    "os.path.join": _path_join,
    "posixpath.join": _path_join,
    "base64.b64decode": _decode,
    "range": _range,
    "enumerate": _enumerate,
    "zip": _zip,
    "getattr": _getattr,
    "re.compile": _compiled,
    "re.sub": _substitute,
    "lxml.etree.XMLParser": _xml_parser,
    "etree.XMLParser": _xml_parser,
}
