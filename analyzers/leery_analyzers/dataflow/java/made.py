"""Objects that Java's ``new`` makes, where what they are depends on what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.builders import BUILDER, WRITER
from leery_analyzers.dataflow.java.holders import held
from leery_analyzers.dataflow.java.parts import tokens
from leery_analyzers.dataflow.java.properties import SERVLET_REQUEST, WRAPPER
from leery_analyzers.dataflow.java.types import NUMBERS, kind_of
from leery_analyzers.dataflow.values import (
    BELOW,
    CLOSED,
    FIXED,
    OPEN,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    constant,
    derived,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments


_COMMAND_LINE = "org.apache.commons.exec.CommandLine"
_PATHS = frozenset({"java.io.File", "java.nio.file.Path"})
_BYTES = "java.io.ByteArrayInputStream"
_HEADERS = "netty.Headers"
_UNCHECKED = "netty.UncheckedHeaders"
_SAFE_YAML = "org.yaml.snakeyaml.constructor.SafeConstructor"
_YAML = "org.yaml.snakeyaml.constructor.Constructor"
_WRAPPED = {
    "servlet.Writer": "servlet.Writer",  # a writer around the one of the answer
    "servlet.PlainWriter": "servlet.PlainWriter",
    "socket.Output": "socket.Output",
    _SAFE_YAML: "yaml.Safe",
}
_WRITERS = frozenset({
    "java.io.PrintWriter", "java.io.PrintStream", "java.io.BufferedWriter", "java.io.OutputStreamWriter",
    "java.io.BufferedOutputStream", "java.io.DataOutputStream", "java.util.Formatter",
})  # fmt: skip
_BELOW = Clearance(frozenset({BELOW}), "it is put under a folder", 0, 0)
_PARTS = {
    ("URL", 3): (0, 1, 2),
    ("URL", 4): (0, 1, 3),
    ("URI", 4): (0, 1, 2),
    ("URI", 5): (0, 1, 2, 3),
    ("URI", 7): (0, 2, 4, 5),
}
"""Where the scheme, the host and what follows stand among what an address is made of."""
_ADDRESSES = frozenset({"java.net.URL", "java.net.URI"})


def made(name: str, given: Arguments) -> Value | None:
    """The value of ``new name(…)``; None where there is no name."""
    if name in NUMBERS:
        return UNKNOWN
    kind = kind_of(name)
    build = _KINDS.get(name) or _KINDS.get(kind)
    if build is not None:
        return build(given)
    first = given.at(0)
    around = _around(name, first, given) if first is not None else None
    if around is not None:
        return around
    if name in _PATHS or (name in _ADDRESSES and first is not None):
        return _place(name, given)
    if first is not None and first.type == SERVLET_REQUEST and not name.startswith(("java.", "javax.")):
        kind = WRAPPER  # what it gives is what the request holds
    taints = derived(given.taints())
    known = name.startswith("java.io.") and not taints and given.positional
    if known and all(value.openness != OPEN for value, _ in given.positional):
        return FIXED.but(type=kind)  # it reads what the program says
    return Value(taints=taints, type=kind) if name else None


def _place(name: str, given: Arguments) -> Value:
    """A path or an address."""
    if name in _PATHS:
        return joined_path([value for value, _ in given.positional], name)
    return texts.concatenate(_address(name, given.positional[0][0], given)).but(type=name)


def _address(name: str, first: Value, given: Arguments) -> list[Value]:
    """The parts of an address that is made of its parts: the scheme, the host, the path, what is asked for."""
    values = [value for value, _ in given.positional]
    if len(values) == 1:
        return [first]
    places = _PARTS.get((name.rpartition(".")[2], len(values)))
    if places is None or not (first.is_constant or first.openness != OPEN):
        return [Value(taints=given.taints())]
    scheme, host, *rest = (values[place] for place in places)
    return [scheme, constant("://"), host, constant("/"), *rest]


def _around(name: str, first: Value, given: Arguments) -> Value | None:
    """Something that writes into, or behaves like, what it is made around."""
    if first.type in {BUILDER, WRITER} and name in _WRITERS:
        return Value(type=WRITER, target=given.positional[0][1] if first.type == BUILDER else first.target)
    return first.but(type=_WRAPPED[first.type]) if first.type in _WRAPPED else None


def _text(given: Arguments) -> Value:
    first = given.at(0)
    return texts.concatenate([first]).but(type="str") if first is not None else constant("")


def _builder(given: Arguments) -> Value:
    first = given.at(0)
    known = first is not None and (first.type == "str" or first.forms or first.constants or first.taints)
    if first is None or not known or (first.only is not None and isinstance(first.only[0], int)):
        return constant_builder()
    return texts.concatenate([first]).but(type="java.Builder")


def constant_builder() -> Value:
    """A builder that is empty, whatever it is told."""
    return Value(constants=("",), openness=CLOSED, type="java.Builder")


def _map(given: Arguments) -> Value:
    first = given.at(0)
    if first is not None and first.type == "dict":
        return first
    return Value(openness=CLOSED, fields={}, type="dict")


def _collection(kind: str, first: Value | None) -> Value:
    if (
        first is None
        or first.is_constant
        or not (first.type in {"list", "set", "dict", "tuple"} or first.items is not None)
    ):
        taints = derived(all_taints(first)) if first is not None and not first.is_constant else ()
        if taints:
            return Value(taints=taints, type=kind)
        return Value(openness=CLOSED, items=(), type=kind)
    if first.items is not None:
        return Value(openness=CLOSED, items=first.items, type=kind)
    return Value(openness=first.openness, rest=any_element(first), type=kind, taints=derived(first.taints))


def joined_path(values: list[Value], kind: str) -> Value:
    """Parts of a path, one after the other."""
    parts: list[Value] = []
    for index, value in enumerate(values):
        if index:
            parts.append(constant("/"))
        known = value if not value.name or value.taints else Value(openness=value.openness)
        parts.append(clear(known, _BELOW) if index and known.taints else known)
    if not parts:
        return Value(openness=OPEN, type=kind)
    return texts.concatenate(parts).but(type=kind)


def _words(given: Arguments) -> Value:
    """A command line that begins with a program."""
    return Value(openness=CLOSED, items=tuple(value for value, _ in given.positional[:1]), type="list")


def _cookie(given: Arguments) -> Value:
    """A cookie with its name and its value, as its getters give them."""
    fields: dict[ir.Constant, Value] = dict(
        zip(("Name", "Value"), (value for value, _ in given.positional), strict=False)
    )
    return Value(fields=fields, type="javax.servlet.http.Cookie")


def _bytes(given: Arguments) -> Value:
    """A stream of the bytes of a text."""
    first = given.at(0)
    if first is None or len(given.positional) != 1 or not first.forms:
        known = first is not None and first.openness != OPEN and not given.taints()
        return Value(taints=derived(given.taints()), type=_BYTES, openness=1 if known else OPEN)
    return first.but(type=_BYTES)


def _headers(given: Arguments) -> Value:
    """``new DefaultHttpHeaders(false)`` lets every character pass."""
    first = given.at(0)
    return Value(type=_UNCHECKED if first is not None and first.only == (False,) else _HEADERS)


def _yaml_constructor(given: Arguments) -> Value:
    """``new Constructor(Settings.class, new LoaderOptions())``: since SnakeYAML 2 it makes no other class than told."""
    root = given.positional[0][1] if given.positional else None
    options = given.at(1)
    named = root.base if isinstance(root, ir.Attribute) and root.name == "class" else None
    is_known = named is not None and not (isinstance(named, ir.Name) and named.id == "Object")
    told = options is not None and options.type.endswith("LoaderOptions")
    return Value(type=_SAFE_YAML if is_known and told else _YAML)


def _pair(given: Arguments) -> Value:
    return Value(openness=CLOSED, items=tuple(value for value, _ in given.positional[:2]), type="tuple")


_KINDS: Mapping[str, Callable[[Arguments], Value]] = {
    "java.Holder": held,
    _COMMAND_LINE: _words,
    _YAML: _yaml_constructor,
    "javax.servlet.http.Cookie": _cookie,
    "tuple": _pair,
    _BYTES: _bytes,
    _HEADERS: _headers,
    "java.util.StringTokenizer": tokens,
    "java.util.StringJoiner": lambda given: constant_builder(),  # noqa: ARG005 - it is told what stands between
    "str": _text,
    "java.Builder": _builder,
    "dict": _map,
    "list": lambda given: _collection("list", given.at(0)),
    "set": lambda given: _collection("set", given.at(0)),
}
