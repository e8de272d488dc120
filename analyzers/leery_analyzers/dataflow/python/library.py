"""Python's own types as the engine sees them: operators and methods of texts and paths, and builtin functions."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import any_element, element, loose_entries, overlaid
from leery_analyzers.dataflow.errors import forget
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.language import CommonLanguage
from leery_analyzers.dataflow.models import SinkModel, SourceModel
from leery_analyzers.dataflow.prefixes import LINE_CLASSES, takes_lines_out
from leery_analyzers.dataflow.python import acting, answers, errors, higher, objects, options, records, tuples
from leery_analyzers.dataflow.python import guards as own_guards
from leery_analyzers.dataflow.python.annotations import (
    alias,
    field,
    is_enum,
    listed_reason,
    matched,
    promised,
    takes_more,
    with_fields,
)
from leery_analyzers.dataflow.python.containers import common_elements, container_method
from leery_analyzers.dataflow.python.encodings import hexadecimal, without_tags
from leery_analyzers.dataflow.python.functions import (
    ADDRESS,
    FUNCTIONS,
    PATH,
    address_with,
    held,
    joined_path,
    replaced,
)
from leery_analyzers.dataflow.python.pieces import split
from leery_analyzers.dataflow.python.selected import SELECTED, UPLOADED
from leery_analyzers.dataflow.python.text import Slot, brace_template, dollar_template, percent_template
from leery_analyzers.dataflow.state import Bound, Closure, LocalClass
from leery_analyzers.dataflow.values import (
    CLOSED,
    COUNTED,
    EVERY,
    FIXED,
    MAX_TEXT,
    NONE,
    OPEN,
    UNKNOWN,
    WIDENED,
    Clearance,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
    constants,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.guards import Guards

_EXACT = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "encode", "decode"})
_SAME = _EXACT | {
    "title", "capitalize", "casefold", "swapcase", "expandtabs", "ljust", "rjust", "center", "zfill", "removeprefix",
    "removesuffix",
}  # fmt: skip
_QUEUED = frozenset({"delay", "apply_async", "send", "defer", "defer_async", "kiq", "remote"})
_MIXED = frozenset({"replace", "translate"})
_SPLIT = frozenset({"split", "rsplit", "splitlines", "partition", "rpartition"})
_TESTS = frozenset({
    "startswith", "endswith", "isdigit", "isalpha", "isalnum", "find", "index", "count", "isspace", "isupper",
    "islower", "isnumeric", "isdecimal",
})  # fmt: skip
_CODED = frozenset({"encode", "decode"})
_FOLDED = _SAME | _TESTS | _SPLIT | {"replace"}
_EXTERNAL = ("feature_external_ges", "feature_external_pes", "external-general-entities")
_FILES = frozenset({"path-traversal", "zip-slip"})
_PARTS = {"mongo.Client": "mongo.Database", "mongo.Database": "mongo.Collection"}
"""Types of what is found under a key."""
_SERVER = frozenset({
    "REMOTE_ADDR", "REQUEST_METHOD", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.url_scheme", "REMOTE_USER",
    "wsgi.errors", "CONTENT_LENGTH",
})  # fmt: skip
"""What a server says of a request, and no client."""
_LAST_PARTS = frozenset({"name", "stem", "suffix"})
_READS = frozenset({"read_text", "read_bytes", "open"})
_FILENAME = SourceModel("request", UPLOADED, "high", "str")
_STORED = "the database"
_NUMBER = re.compile(
    r"(?i)(?:\w+_)?(?:id|pk|n|num|number|count|total|sum|price|amount|cents|qty|quantity|age|year|month|day|size|score|"
    r"rating|votes|points|position|version|hits|views|visits|at|on|date|time|created|updated|balance|stock|weight|rank)"
)
_FORMATS = frozenset({"format", "format_map"})
_FORMAT = SinkModel(("self",), "format-string", "medium")
MEMBER = "enum.Enum"
ENTERED = "(entered)"
"""What a value is said to be that a ``with`` gives."""
MARKUP = "markupsafe.Markup"
CHAT = "llm.Chat"
MAX_PARTS = 60
_ADDRESS_PARTS = {"with_path": "/", "joinpath": "/", "with_query": "?", "update_query": "?", "with_fragment": "#"}


class Python(CommonLanguage):
    """Python for the engine."""

    constructor = "__init__"
    completes = "__post_init__"
    called = "__call__"
    queued = frozenset({"task", "shared_task", "periodic_task", "actor", "job", "db_task", "background_task"})
    numbers = frozenset({
        "int", "float", "bool", "complex", "Decimal", "decimal.Decimal", "UUID", "uuid.UUID", "date", "datetime",
        "datetime.date", "datetime.datetime", "timedelta", "PositiveInt", "NonNegativeInt", "NegativeInt",
        "PositiveFloat", "NonNegativeFloat", "UUID4", "UUID1", "pydantic.UUID4", "datetime.time", "IPv4Address",
        "IPv6Address", "ipaddress.IPv4Address", "ipaddress.IPv6Address", "IPvAnyAddress", "uuid.UUID4",
    })  # fmt: skip
    texts = frozenset({"str", "bytes", "(str, bytes)", "(str,)", "basestring"})
    not_data: Container[str] = frozenset({
        "Callable", "Session", "AsyncSession", "Connection", "Engine", "Logger", "logging.Logger", "Path", "type",
        "Type", "BackgroundTasks", "fastapi.BackgroundTasks",
    })  # fmt: skip
    injected = frozenset({"Depends", "Security"})
    of_class = frozenset({"classmethod"})
    ends = True
    by_name = True
    leading = True
    shared = frozenset({"list", "dict", "set", "io.StringIO", "queue.Queue", "queue.LifoQueue", "queue.PriorityQueue"})
    tools = ("TOOLS", "tools", "AVAILABLE_TOOLS", "TOOL_FUNCTIONS", "available_functions", "tool_map")
    matchers: Mapping[str, bool] = MappingProxyType({
        "re.fullmatch": True, "re.match": False, "re.search": False, "regex.fullmatch": True, "regex.match": False,
    })  # fmt: skip

    def selected(self, which: str, given: Arguments) -> Iterable[tuple[Value, ir.Node]] | None:
        """Selections that only Python's models name."""
        found = SELECTED.get(which)
        return found(given) if found is not None else None

    def converted(self, engine: Engine, parameter: ir.Parameter, kind: str) -> str:
        """Enumerations and lists of what passes."""
        return listed_reason(engine, parameter.annotation.strip("'\" "), kind)

    def typed(self, engine: Engine, value: Value, kind: str, node: ir.Node) -> Value:
        """A parameter whose declaration has a pattern."""
        if kind == ENTERED and isinstance(node, ir.Cast):
            return acting.entered(engine, value, node)
        if not isinstance(node, (ir.Cast, ir.Parameter)) and not value.type and value.target is None:
            value = engine.targets.library_object(kind) or value
        if not value.taints:
            return value
        if isinstance(node, ir.Cast):
            return promised(engine, value, kind, node)
        if kind[:1].isupper() and takes_more(engine, kind):
            taints = tuple(Taint(taint.source, taint.marks, (), taint.exact, taint.weak) for taint in value.taints)
            return Value(taints=taints, type="pydantic.Loose")
        return with_fields(engine, matched(engine, value, node), kind)

    def element(self, base: Value, key: Value, found: Value) -> Value:
        """Aliases of annotations; what the server itself says of a request."""
        if found.taints and key.text in _SERVER:
            return UNKNOWN
        if found.taints and key.text is not None:
            found = _counted(found, key.text)
        if base.type in _PARTS:
            return Value(type=_PARTS[base.type])
        return (alias(base, key) or found) if base.name else found

    def indexed(self, engine: Engine, base: Value, key: Value, node: ir.Index) -> Value | None:
        """``__getitem__``; an enumeration has its own members only."""
        if base.fields is None and is_enum(base):
            return Value(openness=WIDENED, type=MEMBER)
        return objects.with_one(engine, base, "__getitem__", (key, node.key), node)

    def sourced(self, value: Value, given: Arguments, node: ir.Node) -> Value:
        """``request.args.get(name, type=int)`` gives a number."""
        name = given.at(0)
        if name is not None and name.text in _SERVER:
            return UNKNOWN
        kind = given.get("type")
        if kind is None or kind.name not in self.numbers:
            return value
        return clear(value, Clearance(frozenset({EVERY}), "it becomes a number", node.start, node.end))

    def written(self, engine: Engine, value: Value, node: ir.Node) -> Value:
        """An object of the document's as its own method writes it."""
        return objects.own(engine, value, "__str__", node) or value

    def member(self, evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
        """A property, an option, the name of an upload, and so on."""
        if objects.is_property(base, name):
            return objects.own(evaluator.engine, base, name, node)
        if name == "filename" and base.taints and not base.type and base.taints[0].source.origin == "request":
            return evaluator.source(_FILENAME, node)
        if name in records.VALIDATED and base.taints:
            return records.checked(base, node)
        if base.type == options.PARSED:
            return options.parsed(evaluator.engine, base, name, node)
        if base.taints and base.taints[0].source.title == _STORED and _NUMBER.fullmatch(name):
            return _counted(Value(taints=derived(all_taints(base))), name)
        return FIXED if base.type == MEMBER and name in {"value", "name"} else _told(base, name, node)

    def caught(self, engine: Engine, handler: ir.Handler) -> tuple[Taint, ...]:
        """What an error that is handled tells of the program."""
        return errors.caught(engine, handler)

    def handed(self, engine: Engine, closure: Closure, parameter: ir.Parameter) -> tuple[Taint, ...]:
        """What a parameter tells of the program in which a framework hands over an error."""
        del engine
        return errors.handed(closure, parameter)

    def answers_with(self, closure: Closure) -> bool:
        """Handlers of errors, and functions of AWS Lambda."""
        return errors.is_handler(closure)

    def is_debugging(self, engine: Engine, test: ir.Expression) -> bool:
        """``app.debug``, ``settings.DEBUG``."""
        return errors.is_debugging(engine, test)

    def assume(self, guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
        """Python's own conditions; while a program is debugged, nobody else reads what errors tell."""
        if holds and errors.is_debugging(guards.engine, test):
            forget(guards.engine, test)
        own_guards.assume(guards, test, holds=holds)
        return False

    def answered(self, engine: Engine, node: ir.Expression, value: Value) -> None:
        """What a server sends that calls the function without a framework."""
        answers.answered(engine, node, value)

    def looped(self, guards: Guards, loop: ir.Loop) -> None:
        """What a loop has found out about every element."""
        own_guards.looped(guards, loop)

    def entered(self, engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
        """Options of a command line."""
        return options.entered(engine, function, parameter, value)

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """``%`` on texts, ``*`` on sequences and ``/`` on paths."""
        del evaluator
        left = values[0]
        if left.type == MARKUP and node.op in {"%", "+"}:
            return _escaped(left, values[1:], node)
        if node.op == "%" and len(values) == 2 and (left.type == "str" or left.forms or left.text is not None):
            return _percent(left, values[1], node)
        if node.op == "/" and _joins(values):
            return address_with(left, values[-1], "/") if left.type == ADDRESS else joined_path(values)
        if node.op == "|":
            return _piped(values)
        if node.op == "&":
            return common_elements(*values)
        return _repeated(values) if node.op == "*" else None

    def constructed(self, engine: Engine, target: LocalClass, given: Arguments, node: ir.Node) -> Value | None:
        """Looking up an enumeration's member fails for everything else."""
        if not is_enum(Value(target=target)):
            records.made(engine, target.name, target.bases, given, node)
            return None
        proof = Clearance(frozenset({EVERY}), "it is a member of an enumeration", node.start, node.end)
        return clear(Value(taints=derived(given.taints())), proof)

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """Methods of texts and containers, and builtin functions."""
        if receiver is not None and isinstance(node.callee, ir.Attribute):
            if receiver.taints and node.callee.name in _FORMATS:
                _formatted(calls, node, receiver, given)
            if node.callee.name in _QUEUED and isinstance(receiver.target, (Closure, Bound)):
                return _queued(calls, node, receiver, given)
            found = _method(calls, node.callee, receiver, given)
            if found is not None:
                return found
        first = names[0] if names else ""
        if first.endswith(".add_argument"):
            options.declared(calls.engine, given)
        if given.loose is not None:
            records.made(calls.engine, first or records.found_class(calls.engine, node), (), given, node)
        special = acting.special(calls, first, node, given) or higher.called(calls, names, node, given)
        special = special or tuples.called(calls, first, node, given)
        if special is not None:
            return special
        if first in FUNCTIONS:
            return FUNCTIONS[first](given)
        return field(names, given) if given.named else None


def _counted(value: Value, name: str) -> Value:
    """A column of a database that holds numbers or times, by its name."""
    if value.taints[0].source.title != _STORED or not _NUMBER.fullmatch(name):
        return value
    source = value.taints[0].source
    proof = Clearance(frozenset({EVERY}), f"`{name}` is a number, by its name", source.start, source.end, guess=True)
    return clear(value, proof)


def _formatted(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> None:
    """A format from outside: what it is filled with matters."""
    values = [value for value, _ in given.everything()]
    values += [inner for value in values if value.type == "dict" for inner in value.elements]
    if any(_leads_on(value) for value in values) or given.loose is not None:
        place = getattr(node.callee, "base", node)
        calls.engine.sinks.reach(_FORMAT, Value(taints=receiver.taints), place, (node.start, node.end))


def _leads_on(value: Value) -> bool:
    """Whether a value may be an object with members of its own, and not a text or a number."""
    if value.target is not None:
        return True
    plain = value.type in {"str", "dict", "list", "tuple", "set", "web.Texts"} or value.forms or value.constants
    return value.openness == OPEN and not plain and not value.taints and value.name != COUNTED


def _told(base: Value, name: str, node: ir.Node) -> Value | None:
    """What an error tells; the last part of a path, which has no folder in it."""
    if base.type == "exception" and name in errors.PLAIN:
        return UNKNOWN
    if base.type != PATH or name not in _LAST_PARTS or not base.taints:
        return None
    proof = Clearance(_FILES, "only the last part of the path is kept", node.start, node.end)
    return clear(Value(taints=derived(base.taints), type="str"), proof)


def _repeated(values: list[Value]) -> Value | None:
    """A sequence, or a constant text, again and again; not known how often."""
    sequences = [value for value in values if value.items is not None or value.type == "list"]
    if sequences:
        return Value(openness=CLOSED, rest=join_all(map(any_element, sequences)), type="list")
    told = any(value.text is not None for value in values) and not all(value.is_constant for value in values)
    return FIXED if told and not any(all_taints(value) for value in values) else None


def _queued(calls: Calls, node: ir.Call, task: Value, given: Arguments) -> Value:
    """A task that a worker carries out later, as Celery and Dramatiq have it: with the same arguments, or in a list."""
    if getattr(node.callee, "name", "") == "apply_async":
        listed, named = given.find("args") or given.find(0), given.find("kwargs")
        given = Arguments()
        if listed is not None:
            given.positional.extend((item, listed[1]) for item in listed[0].items or ())
        if named is not None:
            given.named.update((str(key), (value, named[1])) for key, value in (named[0].fields or {}).items())
    calls.apply(task, given, node)
    return UNKNOWN


def _method(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    name = callee.name
    if name == "setFeature" and not receiver.taints:
        _feature(calls, callee, given)
        return NONE
    if name == "hex" and (written := hexadecimal(receiver, given, callee.start, callee.end)) is not None:
        return written
    made = _made_text(callee, receiver, given) or tuples.method(name, receiver, given)
    if made is not None:
        return made
    if receiver.type == PATH and name in _READS:
        return held(receiver, callee)
    changed = container_method(name, receiver, given)
    if changed is not None:
        result, after = changed
        if after is not None:
            calls.engine.assign_quietly(callee.base, after)
        return result
    return _text_method(name, receiver, given, callee) if receiver.taints or receiver.forms else None


def _piped(values: list[Value]) -> Value | None:
    """Parts of a chain of a language model, or two dictionaries."""
    if any(value.type == CHAT for value in values):
        return Value(type=CHAT)
    return _united(*values) if len(values) == 2 and any(value.type == "dict" for value in values) else None


def _united(left: Value, right: Value) -> Value:
    """Two dictionaries as one; what the second one has counts."""
    rests = [more for value in (left, right) if (more := loose_entries(value)) is not None]
    return Value(
        openness=CLOSED,
        taints=merge_taints(left.taints, right.taints),
        fields=overlaid(left.fields or {}, right),
        rest=join_all(rests) if rests else None,
        type="dict",
    )


def _joins(values: list[Value]) -> bool:
    """Whether ``/`` between values joins the parts of a path or an address: texts cannot be divided."""
    return any(value.type in {PATH, ADDRESS} for value in values) or any(
        value.forms or value.text is not None or (value.taints and value.type in {"", "str"}) for value in values[1:]
    )


def _escaped(receiver: Value, values: Iterable[Value], place: ir.Node) -> Value:
    """What is put into text that is HTML already is escaped."""
    proof = Clearance(frozenset({"cross-site-scripting"}), "`Markup` escapes it", place.start, place.end)
    taints = receiver.taints
    for value in values:
        taints = merge_taints(taints, derived(all_taints(clear(value, proof))))
    return Value(taints=taints, type=MARKUP)


def _made_text(callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    name = callee.name
    if receiver.type == MARKUP and name in {"format", "join"}:
        return _escaped(receiver, [value for value, _ in given.everything()], callee)
    if name in {"format", "format_map"} and (receiver.text is not None or receiver.forms):
        return _format(receiver, given, callee, spread=name == "format_map")
    if name in {"substitute", "safe_substitute"} and receiver.type == "string.Template":
        return _substitute(receiver, given)
    if name == "join" and not receiver.name.startswith("os"):
        return _join(receiver, given)
    if receiver.is_constant and name in _FOLDED:
        return _fold(name, receiver, given)
    return _of_type(name, receiver, given)


def _of_type(name: str, receiver: Value, given: Arguments) -> Value | None:
    """Methods of patterns, addresses and paths."""
    if receiver.type == "re.Pattern" and name == "sub":
        return _substituted(receiver, given)
    if receiver.type == ADDRESS and name in _ADDRESS_PARTS and given.positional:
        return address_with(receiver, given.positional[0][0], _ADDRESS_PARTS[name])
    joins = receiver.type == PATH and name == "joinpath"
    return joined_path([receiver, *(value for value, _ in given.positional)]) if joins else None


def _substituted(receiver: Value, given: Arguments) -> Value | None:
    by, subject = given.find(0) or given.find("repl"), given.at(1, "string")
    if by is None or subject is None:
        return None
    pattern = (receiver.fields or {}).get("pattern", UNKNOWN)
    return replaced(pattern, by, subject, whole=given.at(2, "count") is None)


def _text_method(name: str, receiver: Value, given: Arguments, place: ir.Node) -> Value | None:
    taints = all_taints(receiver)
    if name in _SAME:
        forms = receiver.forms if name in {"strip", "encode"} else ()
        kept = taints if name in _EXACT else derived(taints)
        return Value(taints=kept, type="str", forms=forms, openness=receiver.openness)
    if name in _MIXED:
        mixed = merge_taints(derived(taints), derived(given.taints()))
        made = Value(taints=mixed, type="str", openness=receiver.openness)
        if given.at(2) is not None or "count" in given.named:  # only some of them are replaced
            return made
        if takes_lines_out(given.at(0)):
            made = clear(made, Clearance(LINE_CLASSES, "line breaks are taken out", place.start, place.end))
        return without_tags(made, given.at(0), place.start, place.end)
    if (known := split(name, receiver, given)) is not None:
        return known
    if name in _SPLIT:
        parts = Value(taints=derived(taints), type="list")
        if (name == "split" and not given.positional) or name == "splitlines":
            parts = clear(parts, Clearance(LINE_CLASSES, "line breaks are taken out", place.start, place.end))
        return parts
    return UNKNOWN if name in _TESTS else None


def _feature(calls: Calls, callee: ir.Attribute, given: Arguments) -> None:
    """A SAX parser that is told to fetch external entities, or not to."""
    feature, on = given.at(0), given.at(1)
    if feature is None or on is None or not (feature.text or feature.name).endswith(_EXTERNAL):
        return
    insecure = on.only is not None and bool(on.only[0])
    calls.engine.assign_quietly(callee.base, Value(type="xml.InsecureParser" if insecure else "xml.Parser"))


def _percent(left: Value, right: Value, place: ir.Node) -> Value:
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
                    parts.append(_slot(item, right, position, place))
                    position += 1
                else:
                    parts.append(constant(item))
        forms.append(texts.concatenate(parts))
    return join_all(forms)


def _slot(slot: Slot, right: Value, position: int, place: ir.Node) -> Value:
    if slot.number:
        return UNKNOWN
    if isinstance(slot.key, str):
        return _written(slot, element(right, constant(slot.key)), place)
    if right.items is not None:
        return _written(slot, element(right, constant(position)), place) if position < len(right.items) else UNKNOWN
    return _written(slot, right, place)


def _written(slot: Slot, value: Value, place: ir.Node) -> Value:
    """A value as a slot writes it."""
    for part in slot.parts:
        value = element(value, constant(int(part) if part.isdecimal() else part))
    if not slot.shown or not all_taints(value):
        return value
    return clear(value, Clearance(LINE_CLASSES, "line breaks are written as escapes", place.start, place.end))


def _format(receiver: Value, given: Arguments, place: ir.Node, *, spread: bool) -> Value:
    forms: list[Value] = []
    fields = given.at(0) if spread else None
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
                elif fields is not None:
                    parts.append(_written(item, element(fields, constant(item.key)), place))
                elif found is not None:
                    parts.append(_written(item, found[0], place))
                else:
                    parts.append(Value(taints=given.taints()))
        forms.append(texts.concatenate(parts))
    return join_all(forms)


def _substitute(receiver: Value, given: Arguments) -> Value:
    """``string.Template``: each ``$name`` is what is given under it."""
    template = (receiver.fields or {}).get("template", UNKNOWN)
    if template.text is None:
        return Value(taints=merge_taints(derived(receiver.taints), derived(given.taints())), type="str")
    fields = given.at(0)
    others = [Value(taints=given.taints())] if given.rest is not None else []
    parts: list[Value] = []
    for item in dollar_template(template.text):
        if not isinstance(item, Slot):
            parts.append(constant(item))
        elif (found := given.named.get(str(item.key))) is not None:
            parts.append(found[0])
        else:
            known = [element(fields, constant(item.key))] if fields is not None else []
            parts.append(join_all([*known, *others]) if known or others else UNKNOWN)
    return texts.concatenate(parts)


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
        if only.rest is not None:
            parts.append(Value(taints=derived(all_taints(only.rest)), openness=only.rest.openness))
        return texts.concatenate(parts) if parts else constant("")
    inside = any_element(only)
    if inside.is_constant or (inside.openness != OPEN and not all_taints(inside) and not inside.forms):
        return FIXED
    taints = merge_taints(derived(all_taints(only)), derived(all_taints(receiver)))
    if inside.forms:
        return Value(forms=inside.forms, taints=taints, type="str", openness=CLOSED)
    return Value(taints=taints, type="str")


def _fold(name: str, receiver: Value, given: Arguments) -> Value | None:
    """A method of a text that is known, with arguments that may be."""
    if name in _CODED:
        return receiver
    arguments = [value.only for value, _ in given.positional]
    if given.named or any(item is None for item in arguments):
        taints = derived(given.taints()) if name not in _TESTS else ()
        return Value(taints=taints) if taints or name in _TESTS else None
    plain = [item[0] for item in arguments if item is not None]
    found: list[object] = []
    for item in receiver.constants:
        try:
            found.append(getattr(item, name)(*plain) if isinstance(item, str) else None)
        except (TypeError, ValueError, OverflowError):
            return FIXED
    parts = found[0]
    if isinstance(parts, (list, tuple)) and len(found) == 1:
        items = tuple(constant(part) for part in parts[:MAX_PARTS] if isinstance(part, str))
        return Value(openness=CLOSED, items=items, type="list")
    kept = [item for item in found if isinstance(item, (str, int)) and len(str(item)) <= MAX_TEXT]
    return constants(kept) if len(kept) == len(found) else FIXED
