"""JavaScript's own types as the engine sees them: operators, members, methods, promises, the answer of a web server."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.commands import loose_words, option_words
from leery_analyzers.dataflow.dispatch import written
from leery_analyzers.dataflow.elements import ELEMENTS
from leery_analyzers.dataflow.javascript import errors
from leery_analyzers.dataflow.javascript.answers import answered, named_by_request, whole_requests
from leery_analyzers.dataflow.javascript.callbacks import with_function
from leery_analyzers.dataflow.javascript.containers import container_method
from leery_analyzers.dataflow.javascript.effects import WRITES, made, written_as_markup
from leery_analyzers.dataflow.javascript.functions import FUNCTIONS
from leery_analyzers.dataflow.javascript.guards import assume
from leery_analyzers.dataflow.javascript.lower_markup import ELEMENT
from leery_analyzers.dataflow.javascript.lower_values import ITERATED
from leery_analyzers.dataflow.javascript.maps import KEYED, pairs
from leery_analyzers.dataflow.javascript.modules import module_name
from leery_analyzers.dataflow.javascript.numbers import computed
from leery_analyzers.dataflow.javascript.objects import called, elements, invoked, of_object
from leery_analyzers.dataflow.javascript.prototypes import LOOKED_UP, assigned, looked_up
from leery_analyzers.dataflow.javascript.schemas import procedure, schema_made, schema_method
from leery_analyzers.dataflow.javascript.templates import COMPILED, UNESCAPED, escaped, rendered
from leery_analyzers.dataflow.javascript.text_methods import put_in, replaced, text_method
from leery_analyzers.dataflow.javascript.validators import asserted, chain, checked, checked_elsewhere
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.language import CommonLanguage
from leery_analyzers.dataflow.models import SourceModel
from leery_analyzers.dataflow.state import CALLABLE, Bound, Closure, LocalClass
from leery_analyzers.dataflow.values import (
    CLOSED,
    NONE,
    OPEN,
    UNKNOWN,
    WIDENED,
    Clearance,
    Value,
    all_taints,
    clear,
    constant,
    derived,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.guards import Guards
    from leery_analyzers.dataflow.values import Taint

_GLOBALS = frozenset({"window", "globalThis", "self", "global", "top", "parent", "frames"})
_RESPONSE = "web.Response"
_CHAINED = frozenset({
    "status", "set", "header", "setHeader", "type", "contentType", "cookie", "clearCookie", "append", "code", "vary",
    "links", "location", "writeHead", "attachment", "removeHeader", "headers",
})  # fmt: skip
_IN_ADDRESS = frozenset({
    "server-side-request-forgery", "open-redirect", "cross-site-scripting", "header-injection", "log-injection",
    "sql-injection", "path-traversal",
})  # fmt: skip
_STORED_AS = frozenset({"newFilename", "filepath", "tempFilePath"})
"""What libraries for uploads call a file by themselves."""
_SETTERS = frozenset({"text", "val", "attr", "addClass", "removeClass", "css", "prop", "data", "toggleClass"})
"""Methods of jQuery that set something else than markup and give back what they were called on."""
_QUERY = re.compile(r"^(\$|jQuery)\(")
_REQUESTS = frozenset({"web.Request", "web.Context", "hono.Context", "hono.Request", "h3.Event"})
"""Types of what has parts that say nothing of each other, once one was looked at."""
_BODY = SourceModel("request", "the request", "high")
"""What a loop over a request goes through."""
_AS_JSON = re.compile(r"\bjson\(")
_AS_TEXT = re.compile(r"\b(?:printf|simple|cli|prettyPrint)\(")
_DERIVED = frozenset({"innerHTML", "outerHTML", "searchParams"})
_PLAIN = ("json", "text/plain", "plain", "text", "txt", "csv", "octet-stream", "pdf", "image", "xml", "event-stream")


class JavaScript(CommonLanguage):
    """JavaScript and TypeScript for the engine; one for each analysis."""

    constructor = "constructor"
    numbers = frozenset({"number", "boolean", "bigint", "Date", "(literals)"})
    not_data = frozenset({
        "Function", "Pool", "PoolClient", "Client", "Connection", "PrismaClient", "Response", "NextFunction",
        "HTMLElement", "Element", "Document", "Window", "Logger", "Database", "Db", "Server", "Express", "Application",
        "Router", "Socket", "FastifyInstance", "DataSource", "EntityManager", "Repository", "Model", "Sequelize",
        "Knex", "AbortSignal",
    })  # fmt: skip
    kinds: Mapping[ir.CollectionKind, str] = MappingProxyType(
        {"list": "array", "tuple": "array", "set": "set", "map": "object"}
    )
    shared = frozenset({"array", "object", "set", "Map"})
    own_callbacks = True
    answers = True

    def __init__(self) -> None:
        self._promises: list[Value] = []

    # Members

    def member(self, evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
        """Lengths, globals as members of the window, entries of objects, what errors tell."""
        own = of_object(evaluator, base, name, node)
        if own is None and base.fields is not None and base.type in _REQUESTS:
            own = evaluator.member(base.but(fields=None), name, node)
        if own is not None or base.type == errors.KIND:
            return own or errors.member(evaluator.engine, base, name, node)
        if name == "length" or (name == "size" and base.type in {"set", "Map"}):
            return _length(base)
        if base.name:
            return _member_of_named(evaluator, base, name, node)
        if name in _DERIVED:
            found = _derived(base, name, node)
            if found is not None:
                return found
        if base.type == "object" and base.fields is not None and base.openness == CLOSED and base.target is None:
            return base.rest if base.rest is not None else Value(taints=derived(base.taints))
        if isinstance(base.target, LocalClass) and f"get {name}" in base.target.members:
            found = _gotten(evaluator, base, f"get {name}", node)
        else:
            found = UNKNOWN if name in _STORED_AS and base.type == "web.Value" else None
        return found

    def element(self, base: Value, key: Value, found: Value) -> Value:
        """What is looked up by a name from outside may be the prototype of all objects."""
        if base.type in ELEMENTS and not found.type:
            return found.but(type=ELEMENTS[base.type])
        if key.only is None and base.fields and found.is_constant:
            found = join(found, NONE)
        return looked_up(base, key, found)

    def put(self, engine: Engine, target: ir.Attribute, value: Value) -> bool:
        """What a setter of a class of the document is given."""
        base = engine.peek(target.base)
        name = f"set {target.name}"
        if not isinstance(base.target, LocalClass) or name not in base.target.members:
            return False
        held = base.target.members[name].target
        if not isinstance(held, Closure):
            return False
        after = engine.invoke(held, Arguments([(value, target)]), target, own=base)[1]
        if after is not None:
            engine.assign_quietly(target.base, after)
        return True

    def assigned(self, engine: Engine, target: ir.Index, base: Value, value: Value) -> None:
        """A property under a name from outside, of what was itself looked up by one."""
        assigned(engine, target, base, value)

    def again(self, given: Arguments) -> bool:
        """Where a part of an object that was looked up by a name from outside is passed on."""
        return any(value.type == LOOKED_UP for value, _ in given.positional)

    def typed(self, engine: Engine, value: Value, kind: str, node: ir.Node) -> Value:
        """A value that is said to be an object of one of the document's classes, or of a known container."""
        if kind == ITERATED:
            own = elements(engine, value, node)
            if own is not None:
                return own
            is_body = value.type == "web.Request" and not value.taints
            return engine.evaluator.source(_BODY, node) if is_body else _iterated(value)
        if not kind or value.target is not None or value.name or value.fields is not None or value.openness != OPEN:
            return value
        plain = kind.partition("<")[0]
        if plain in KEYED and not value.type:
            return value.but(type=plain)
        found = engine.lookup(plain) if plain[:1].isupper() else None
        return value.but(target=found.target) if found is not None and isinstance(found.target, LocalClass) else value

    def assume(self, guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
        """Tests that only JavaScript has."""
        if guards.engine.errors:
            errors.assumed(guards.engine, test, holds=holds)
        return assume(guards, test, holds=holds)

    # Errors

    def caught(self, engine: Engine, handler: ir.Handler) -> tuple[Taint, ...]:
        """An error tells of the program."""
        return errors.caught(engine, handler.caught or handler, handler.name)

    def entered(self, engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
        """An error that a function is called with, and the body of a request of no known form."""
        del function
        if any(_is_whole_body(decorator) for decorator in parameter.decorators) and not parameter.annotation:
            return value.but(type="web.Fields")
        return errors.entered(engine, parameter, value)

    # Answers

    def answered(self, engine: Engine, node: ir.Expression, value: Value) -> None:
        """What a function answers that a cloud calls."""
        if value.fields is not None and "statusCode" in value.fields:
            answered(engine, node, value.fields)

    def selected(self, which: str, given: Arguments) -> Iterable[tuple[Value, ir.Node]] | None:
        """Requests that are passed on whole, and words that a program may take for options."""
        if which == "words":
            return _words(given)
        return whole_requests(given) if which == "whole-request" else None

    # Operators

    def written(self, engine: Engine, value: Value, node: ir.Node) -> Value:
        """An object of the document's as its ``toString`` writes it."""
        return written(engine, value, node, WRITES)

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """``+`` on texts; every other operator makes a number."""
        if node.op == "+":
            values = [self.written(evaluator.engine, value, node) for value in values]
            if any(value.type == "str" or value.forms or isinstance(_first(value), str) for value in values):
                return texts.concatenate(values)
            return None
        result = values[0]
        for value in values[1:]:
            result = computed(node.op, result, value)
        return evaluator.engine.as_number(result, node)

    # Calls

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """Methods of texts, containers and promises, and global functions."""
        first = names[0] if names else ""
        if isinstance(node.callee, ir.Index):
            named_by_request(calls.engine, node, node.callee)
        special = called(calls, node, given) or self._special(calls, node, first, given)
        special = special or made(calls, node, first, given)
        if special is not None:
            return special
        function = FUNCTIONS.get(first)
        if function is not None:
            return function(given, node)
        known = rendered(first, given, node)
        known = known or schema_made(first, given) or chain(first, None, given) or checked(calls, names, node, given)
        if known is not None:
            return known
        if receiver is None or not isinstance(node.callee, ir.Attribute):
            asserted(calls, node, first)
            return None
        return self._method(calls, node, node.callee, receiver, given)

    def _special(self, calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
        """Modules, JSX and promises."""
        found = None
        callee = node.callee
        kind = "" if isinstance(callee, ir.Attribute) else calls.engine.peek(callee).type
        if kind in {COMPILED, UNESCAPED}:
            text = Value(taints=derived(given.taints()))
            return text if kind == UNESCAPED else escaped(text, node)
        if name == "require":
            found = _module(calls, given)
        elif name == ELEMENT:
            found = self._element(calls, given)
        elif name in {"useState", "react.useState", "React.useState"}:
            found = _state_of_component(calls, node, given)
        elif name in {"winston.createLogger", "winston.default.createLogger"}:
            found = _logger(calls, node)
        elif name == "multer.diskStorage":
            _stored(calls, node, given)
        elif name.startswith("(resolve"):
            found = self._settled(name, given)
        elif name == "Promise" and node.is_new:
            found = self._promise(calls, node, given)
        return found

    def _method(
        self, calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments
    ) -> Value | None:
        name = callee.name
        if name in _SETTERS and given.positional and _QUERY.search(_text_of(calls, callee.base)):
            return receiver
        checks = procedure(calls, node, name, receiver, given) or schema_method(name, receiver, given, node)
        checks = checks or chain(name, receiver, given) or checked_elsewhere(calls, callee, given, node)
        if checks is not None:
            return checks
        if receiver.type.startswith(_RESPONSE) and name in _CHAINED:
            return _answer(calls, callee, receiver, given)
        if name in {"then", "catch", "finally"}:
            return self._then(calls, node, name, receiver, given)
        if receiver.target is not None or (receiver.name and name in {"call", "apply", "bind"}):
            return invoked(calls, node, name, receiver, given)
        found = with_function(calls, node, name, receiver, given)
        return found if found is not None else _of_value(calls, node, callee, receiver, given)

    @staticmethod
    def _element(calls: Calls, given: Arguments) -> Value:
        """An element of JSX: what is in it is escaped; functions in it are called by the page."""
        for value, _ in given.everything():
            if isinstance(value.target, Closure) and value.target.frame is calls.engine.frame:
                calls.engine.callback(value.target, UNKNOWN)
        return UNKNOWN

    # Promises: a promise is what it will be

    def _promise(self, calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
        function = given.at(0)
        if function is None or not isinstance(function.target, Closure):
            return None
        index = len(self._promises)
        self._promises.append(NONE)
        resolve = Value(name=f"(resolve {index})")
        calls.engine.invoke(function.target, Arguments([(resolve, node), (Value(name="(reject)"), node)]), node)
        return self._promises[index]

    def _settled(self, name: str, given: Arguments) -> Value:
        index = int(name.removeprefix("(resolve ").removesuffix(")"))
        if index < len(self._promises):
            known = self._promises[index]
            value = given.at(0) or UNKNOWN
            self._promises[index] = value if known is NONE else join(known, value)
        return NONE

    @staticmethod
    def _then(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value:
        function = given.at(0)
        if function is None or (not isinstance(function.target, CALLABLE) and not function.name):
            return receiver
        if name == "then":
            return calls.apply(function, Arguments([(receiver, node)]), node)
        failed = Value(taints=errors.caught(calls.engine, node, name), type=errors.KIND)
        result = calls.apply(function, Arguments([(failed, node)]), node)
        return join(receiver, result) if name == "catch" else receiver


def _words(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The words of a command that its program may take for options."""
    program, words = given.find(0), given.find(1)
    if program is not None and words is not None:
        listed = words[0].items
        found = loose_words(program[0], words[0]) if listed is None else option_words(program[0], listed)
        yield from ((word, words[1]) for word in found)


def _derived(base: Value, name: str, node: ir.Expression) -> Value | None:
    """What an address or an element of a page makes of what it holds."""
    if name == "searchParams":
        is_known = base.type == "URL" or bool(base.taints)
        return Value(taints=derived(all_taints(base)), type="URLSearchParams") if is_known else None
    return written_as_markup(base, node) if not (base.fields or {}).keys() & _DERIVED else None


def _iterated(value: Value) -> Value:
    """What a loop goes through, in order."""
    if value.type == "Map":
        value = pairs(value)
    return value.but(type="list") if value.type in {"array", "set"} and value.items is not None else value


def _gotten(evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value:
    """What a getter of a class of the document gives."""
    found = evaluator.member(base, name, node)
    target = found.target.closure if isinstance(found.target, Bound) else found.target
    return evaluator.engine.invoke(target, Arguments(), node, own=base)[0] if isinstance(target, Closure) else found


def _member_of_named(evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
    """A member of a module or of the window."""
    if base.name not in _GLOBALS:
        return base if name == "default" else None
    source = evaluator.models.reads.get(name)
    known = source is None or evaluator.engine.lookup(name) is not None
    return evaluator.named(name) if known or source is None else evaluator.source(source, node).but(name=name)


def _is_whole_body(decorator: ir.Expression) -> bool:
    """``@Body()`` without the name of a part."""
    return isinstance(decorator, ir.Call) and not decorator.arguments and getattr(decorator.callee, "id", "") == "Body"


def _text_of(calls: Calls, node: ir.Expression) -> str:
    """An expression as written, up to where it is long enough to tell what it is."""
    return calls.engine.text(node.start, min(node.end, node.start + 40))


def _of_value(calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """A method of a container or a text."""
    name = callee.name
    if name == "toString" and receiver.type == "URLSearchParams":
        return clear(Value(taints=all_taints(receiver)), Clearance(_IN_ADDRESS, "it is quoted", node.start, node.end))
    if name in {"replace", "replaceAll"} and (receiver.taints or receiver.forms):
        return replaced(receiver, given, node, everywhere=name == "replaceAll")
    if name in {"replace", "replaceAll"} and receiver.text is not None:
        filled = put_in(receiver, given, everywhere=name == "replaceAll")
        if filled is not None:
            return filled
    changed = container_method(name, receiver, given)
    if changed is not None:
        result, after = changed
        in_address = receiver.type == "URLSearchParams" and isinstance(callee.base, ir.Attribute)
        if after is not None and not in_address:
            calls.engine.assign_quietly(callee.base, after)
        return result
    return None if receiver.name else text_method(name, receiver, given, node)


def _state_of_component(calls: Calls, node: ir.Call, given: Arguments) -> Value:
    """``useState``: what is put there later is what a page fetches or a person types."""
    first = given.at(0)
    if first is not None and first.only not in {None, ("",), (None,)}:
        return UNKNOWN
    if first is not None and (first.items or first.fields):
        return UNKNOWN
    empty = first is not None and (first.items is not None or first.fields is not None)
    held = calls.evaluator.source(SourceModel("answer", "the component's state", "medium", text=not empty), node)
    return Value(openness=CLOSED, items=(held, UNKNOWN), type="array")


def _logger(calls: Calls, node: ir.Call) -> Value | None:
    """A logger of winston that writes JSON."""
    said = calls.engine.text(node.start, node.end)
    return Value(type="pino.Logger") if _AS_JSON.search(said) and not _AS_TEXT.search(said) else None


def _stored(calls: Calls, node: ir.Call, given: Arguments) -> None:
    """The function that names an uploaded file."""
    found = given.find("0.filename")
    if found is not None and isinstance(found[0].target, Closure):
        values = (Value(type="web.Request"), Value(type="web.Upload"), Value(name="multer.named"))
        calls.apply(found[0], Arguments([(value, node) for value in values]), node)


def _first(value: Value) -> object:
    return value.constants[0] if value.constants else None


def _length(base: Value) -> Value:
    if base.text is not None:
        return constant(len(base.text))
    if base.items is not None and base.rest is None and base.openness == CLOSED:
        return constant(len(base.items))
    return Value(type="number", openness=WIDENED)


def _module(calls: Calls, given: Arguments) -> Value | None:
    """``require`` inside an expression."""
    only = given.at(0)
    if only is None or only.text is None:
        return None
    name = module_name(only.text)
    calls.engine.modules.add(name.partition(".")[0])
    return calls.evaluator.named(name)


def _answer(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value:
    """A method of a server's answer that gives the answer back; one that says what type it is of."""
    said = ""
    if callee.name in {"type", "contentType"}:
        said = _said(given.at(0))
    elif callee.name in {"set", "header", "setHeader", "append"}:
        first = given.at(0)
        if first is not None and (first.text or "").lower() == "content-type":
            said = _said(given.at(1))
        elif first is not None and first.fields is not None:
            said = _said(_content_type(first))
    elif callee.name in {"writeHead", "headers"}:
        for value, _ in given.positional:
            if value.fields is not None:
                said = _said(_content_type(value))
    if not said:
        return receiver
    kind = f"{_RESPONSE}.Plain" if any(part in said for part in _PLAIN) and "html" not in said else _RESPONSE
    after = receiver.but(type=kind)
    calls.engine.assign_quietly(_root(callee.base), after)
    return after


def _root(node: ir.Expression) -> ir.Expression:
    """What a chain of calls starts with."""
    while isinstance(node, ir.Call) and isinstance(node.callee, ir.Attribute):
        node = node.callee.base
    return node


def _content_type(headers: Value) -> Value | None:
    for key, value in (headers.fields or {}).items():
        if isinstance(key, str) and key.lower() == "content-type":
            return value
    return None


def _said(value: Value | None) -> str:
    return (value.text or "").lower() if value is not None else ""
