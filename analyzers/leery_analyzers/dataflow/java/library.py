"""Java's own types as the engine sees them: operators, objects made by ``new``, methods of texts and collections."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import folding, ir, texts
from leery_analyzers.dataflow.dispatch import written
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.builders import builder_method
from leery_analyzers.dataflow.java.calls import applied, call_function, composed, is_function
from leery_analyzers.dataflow.java.characters import checked_by_loop, escapes
from leery_analyzers.dataflow.java.commands import words
from leery_analyzers.dataflow.java.constraints import constrained
from leery_analyzers.dataflow.java.containers import container_method
from leery_analyzers.dataflow.java.effects import effect
from leery_analyzers.dataflow.java.encodings import coded
from leery_analyzers.dataflow.java.functions import FUNCTIONS
from leery_analyzers.dataflow.java.guards import assume
from leery_analyzers.dataflow.java.holders import holder_method, later
from leery_analyzers.dataflow.java.made import made
from leery_analyzers.dataflow.java.matchers import matcher_method
from leery_analyzers.dataflow.java.numbers import MEMBERS, cast, operation
from leery_analyzers.dataflow.java.objects import ADDRESS_PART, configured
from leery_analyzers.dataflow.java.parts import AFTER
from leery_analyzers.dataflow.java.places import all_outside
from leery_analyzers.dataflow.java.properties import SERVLET_REQUEST, generated, property_method, read_by
from leery_analyzers.dataflow.java.strings import markup_classes, text_method
from leery_analyzers.dataflow.java.told import said_outside
from leery_analyzers.dataflow.java.types import NUMBERS, is_data, kind_of
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.language import CommonLanguage
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.state import Closure, LocalClass
from leery_analyzers.dataflow.values import CLOSED, FIXED, NONE, OPEN, UNKNOWN, Value, all_taints, constant, derived
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.guards import Guards

_WRITES = ("toString",)
_ANSWERS = frozenset({
    "length", "size", "isEmpty", "isBlank", "hashCode", "indexOf", "lastIndexOf", "compareTo", "compareToIgnoreCase",
    "startsWith", "endsWith", "matches", "isPresent", "hasNext", "hasMoreElements", "hasNextLine", "hasMoreTokens",
    "exists", "isFile", "isDirectory", "canRead", "canWrite", "lastModified", "intValue", "longValue", "doubleValue",
    "booleanValue", "ordinal", "getTime", "isAbsolute", "getPort", "contains", "equals", "containsValue",
    "regionMatches",
    "find", "lookingAt", "codePointAt", "getContentLength", "getSize", "isInstance", "asBoolean", "asInt", "asLong",
    "statusCode", "getStatusCode", "getStatusCodeValue", "getRawStatusCode", "getResponseCode", "isSuccessful",
    "waitFor", "exitValue", "asDouble", "getAsInt", "getInt", "getLong", "getBoolean", "getDouble", "optInt", "optLong",
    "optBoolean",
})  # fmt: skip
"""Methods whose answer is a number or a yes or no, whatever they are asked."""

_FINDS = frozenset({"find", "contains", "exists"})
"""Those of them that other classes have with another meaning, too."""
_ONE_TEXT = frozenset({
    "RequestParam", "PathVariable", "RequestHeader", "CookieValue", "QueryParam", "PathParam", "FormParam",
    "HeaderParam", "CookieParam", "QueryValue", "RestQuery", "RestPath",
})  # fmt: skip
"""Annotations of parameters that one text of a request is made into."""
_ENUM = "java.lang.Enum"
_RUNNERS = frozenset({"java.lang.Thread", "java.util.concurrent.FutureTask"})
"""What a function is given to that it runs, sooner or later."""
_SAME = frozenset({"toLowerCase", "toUpperCase", "trim", "strip", "toString"})
_ANSWERS_REQUESTS = lazy_regex(
    r"\bdo(?:Get|Post|Put|Delete)\s*\(|@(?:\w+Mapping|GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete|Patch)\b"
)
_WALKS = frozenset({"iterator", "listIterator"})
_PARTS_OF = frozenset({"get", "getOrDefault", "computeIfAbsent"})


def _classes(gone: frozenset[str]) -> frozenset[str]:
    """The classes of harm that texts without some characters cannot do."""
    lines = LINE_CLASSES if {"\n", "\r"} <= gone else frozenset[str]()
    return markup_classes(set(gone)) | lines | (frozenset({"ldap-injection"}) if set("()*\\") <= gone else frozenset())


class _NotData:
    """The types of parameters that are objects of the program."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and not is_data(name)


class Java(CommonLanguage):
    """Java for the engine."""

    constructor = "<init>"
    numbers = NUMBERS
    not_data: Container[str] = _NotData()
    injected: frozenset[str] = frozenset()
    of_class: frozenset[str] = frozenset()
    matchers: Mapping[str, bool] = MappingProxyType({"java.util.regex.Pattern.matches": True})
    overloads = True
    ends = True
    statics = True
    shared = frozenset({"java.Builder", "list", "dict", "set", SERVLET_REQUEST})
    inner = True

    def converted(self, engine: Engine, parameter: ir.Parameter, kind: str) -> str:
        """An enum, or an object that the framework makes out of one text."""
        if not kind or "." in kind or kind.endswith("[]"):
            return ""
        found = engine.lookup(kind)
        target = found.target if found is not None else None
        if isinstance(target, LocalClass) and _ENUM in target.bases:
            return "it is one of an enum's constants"
        said = {item.callee if isinstance(item, ir.Call) else item for item in parameter.decorators}
        if target is None and any(isinstance(item, ir.Name) and item.id in _ONE_TEXT for item in said):
            return "the framework makes an object out of it"
        return ""

    def entered(self, engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
        """A parameter of which an annotation says what it looks like."""
        if not value.taints:
            return value
        return said_outside(engine, function, parameter, constrained(parameter, value))

    def assume(self, guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
        """Patterns."""
        return assume(guards, test, holds=holds)

    def place(self, engine: Engine, node: ir.Expression) -> ir.Expression:
        """What a getter reads."""
        return read_by(engine, node)

    def escaped(self, function: ir.Function) -> frozenset[str]:
        """What a function makes harmless by looking at every character."""
        return _classes(escapes(function))

    def looped(self, guards: Guards, loop: ir.Loop) -> None:
        """Characters that were looked at one by one."""
        checked_by_loop(guards, loop)
        all_outside(guards, loop)

    def typed(self, engine: Engine, value: Value, kind: str, node: ir.Node) -> Value:
        """A value of a declared type: a number, a class of the document, a class that models know."""
        if value.is_constant:
            value = cast(value, kind)
        if kind in NUMBERS:
            if all_taints(value):
                return engine.as_number(value, node)
            return FIXED if value.openness == OPEN else value
        if value.target is not None or not kind:
            return value
        if value.name:
            return value if value.type or value.is_constant else value.but(type=kind_of(kind))
        if "." not in kind and value.openness == OPEN and value.fields is None:
            found = engine.lookup(kind)
            if found is not None and isinstance(found.target, LocalClass):
                return value.but(target=found.target)
        known = kind_of(kind)
        return value.but(type=known) if not value.type or value.type == "java.lang.Object" else value

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """``+`` on texts, operators on integers."""
        if all(value.is_constant for value in values):
            found = operation(evaluator.engine, node, values)
            if found is not None:
                return found
        if node.op == "+" and len(values) == 2 and values[0].type.startswith(AFTER) and values[1].only == (1,):
            return values[0].but(type=f"{values[0].type}+")
        if node.op == "+" and len(values) > 1:
            return _plus([self.written(evaluator.engine, value, node) for value in values])
        return None

    def keeps(self, text: str) -> bool:
        """Methods of servlets, controllers and resources."""
        return _ANSWERS_REQUESTS.search(text.partition("{")[0]) is not None

    def selected(self, which: str, given: Arguments) -> Iterable[tuple[Value, ir.Node]] | None:
        """Words that a program may take for options."""
        return words(given) if which == "words" else None

    def member(self, evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
        """Constants of the library, how many elements an array has, and what a record that was passed holds."""
        del node
        if evaluator.engine.classes and isinstance(base.target, LocalClass):
            shared = evaluator.engine.state.variables.get(base.target.name)
            if shared is not None and shared.fields is not None and name in shared.fields:
                return shared.fields[name]
        if isinstance(base.target, LocalClass) and "/" not in name and _is_accessor(base.target, name):
            return Value(taints=derived(all_taints(base)))
        if base.name:
            known = f"{base.name}.{name}"
            return constant(MEMBERS[known]).but(name=known) if known in MEMBERS else None
        return constant(len(base.items)) if name == "length" and base.items is not None and base.rest is None else None

    def written(self, engine: Engine, value: Value, node: ir.Node) -> Value:
        """An object of the document's as its ``toString`` writes it."""
        return written(engine, value, node, _WRITES)

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """Constructors, methods of texts and collections, and functions of the library."""
        first = names[0] if names else ""
        if node.is_new:
            if first in _RUNNERS:
                applied(calls, given.at(0), [], node)
            return made(first, given)
        found = effect(calls, first, receiver, given) or coded(first, given) or later(calls, node, names, given)
        if found is not None:
            return found
        if receiver is not None and isinstance(node.callee, ir.Attribute):
            found = self._method(calls, node, node.callee, receiver, given)
            if found is not None:
                return found
        function = FUNCTIONS.get(first)
        return function(given) if function is not None else None

    def _method(
        self, calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments
    ) -> Value | None:
        name = callee.name
        if receiver.name:
            return self._static(name, receiver)
        if isinstance(receiver.target, LocalClass) and _ENUM in receiver.target.bases:
            return _of_enum(name, receiver.target)
        found = composed(calls, node, name, receiver, given)
        if found is not None or is_function(receiver.target):
            return found if found is not None else call_function(calls, node, name, receiver, given)
        if name in {"toString", "name", "getName"} and receiver.is_constant:
            return texts.concatenate([receiver])
        found = holder_method(calls, node, callee, receiver, given) or matcher_method(name, receiver, given, node)
        if receiver.type.startswith(ADDRESS_PART) and name in _SAME:
            found = receiver
        found = found or builder_method(calls, callee, receiver, given) or configured(calls, callee, receiver, given)
        found = (
            found
            or generated(calls, callee, receiver, given)
            or _contained(calls, node, callee, receiver, given)
            or text_method(name, receiver, given, node)
        )
        if found is None:
            found = property_method(calls, node, callee, receiver, given)
        if found is None and name in _ANSWERS and f"{receiver.type}.{name}" not in calls.models.calls:
            return FIXED if name not in _FINDS or not given.positional else UNKNOWN
        return found

    @staticmethod
    def _static(name: str, receiver: Value) -> Value | None:
        """A method of a class that the document does not hold: an enum's ``valueOf`` lets only its constants pass."""
        if name == "valueOf" and not receiver.name.startswith("java."):
            return FIXED
        return None


def _is_accessor(owner: LocalClass, name: str) -> bool:
    """Whether a member is the method of a record that has the name of the field it gives."""
    found = owner.members.get(name)
    function = found.target.function if found is not None and isinstance(found.target, Closure) else None
    return function is not None and function.is_method and len(function.parameters) == 1


def _of_enum(name: str, target: LocalClass) -> Value | None:
    """A constant of an enum by its name, or all of them."""
    constants = [value for key, value in target.members.items() if key.isupper() and _is_constant(value, target)]
    if name == "valueOf":
        return join_all(constants) if constants else FIXED
    return Value(openness=CLOSED, items=tuple(constants), type="list") if name == "values" and constants else None


def _is_constant(value: Value, owner: LocalClass) -> bool:
    return value.is_constant or value.target is owner


def _contained(calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """A collection's method, the collection changed."""
    if callee.name in _WALKS and receiver.items is not None and _takes_out(calls):
        loose = receiver.but(items=None, rest=any_element(receiver))
        calls.engine.assign_quietly(_root(callee.base), loose)
        return loose
    changed = _stretch_cleared(calls, callee) or container_method(calls, node, callee.name, receiver, given)
    if changed is None:
        return None
    found, after = changed
    if after is not None:
        calls.engine.assign_quietly(_root(callee.base), after)
    return found


def _takes_out(calls: Calls) -> bool:
    """Whether the function at hand removes something by an iterator, which leaves the places of the others open."""
    function = calls.engine.frame.function
    return function is not None and ".remove()" in calls.engine.text(function.start, function.end)


def _stretch_cleared(calls: Calls, callee: ir.Attribute) -> tuple[Value, Value | None] | None:
    """``list.subList(low, high).clear()``: the list without that stretch."""
    base = callee.base
    if callee.name != "clear" or not isinstance(base, ir.Call) or not isinstance(base.callee, ir.Attribute):
        return None
    if base.callee.name != "subList" or len(base.arguments) != len(("low", "high")):
        return None
    held = calls.engine.peek(base.callee.base)
    bounds = [calls.engine.peek(item.value).only for item in base.arguments]
    known = [bound[0] for bound in bounds if bound is not None and type(bound[0]) is int]
    if held.items is None or len(known) != len(bounds):
        after = held.but(items=None, rest=any_element(held)) if held.items else held
    else:
        low, high = (int(str(bound)) for bound in known)
        after = held.but(items=(*held.items[:low], *held.items[high:]))
    calls.engine.assign_quietly(_root(base.callee.base), after)
    return NONE, None


def _root(base: ir.Expression) -> ir.Expression:
    """What a container's method changes, through casts."""
    while isinstance(base, ir.Cast):
        base = base.value
    if isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name in _PARTS_OF:
        key = base.arguments[0].value if base.arguments else None
        if key is not None:
            return ir.Index(base.start, base.end, _root(base.callee.base), key)
    return base


def _plus(values: list[Value]) -> Value | None:
    """A sum from left to right, which is a text from the first text on."""
    result = values[0]
    for index, value in enumerate(values[1:], 1):
        if _is_text(result) or _is_text(value):
            return texts.concatenate([result, *values[index:]])
        if result.is_constant and value.is_constant:
            result = folding.arithmetic("+", result, value)
        elif all_taints(result) or all_taints(value):
            return texts.concatenate([result, *values[index:]])
        else:
            result = Value(openness=max(result.openness, value.openness, 1))
    return result


def _is_text(value: Value) -> bool:
    if value.type == "str" or value.forms:
        return True
    return any(isinstance(item, str) for item in value.constants)
