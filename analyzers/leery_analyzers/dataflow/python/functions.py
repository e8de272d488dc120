"""Python's builtin functions and a few of its library's, where what they give depends on the values they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.alternatives import by_line
from leery_analyzers.dataflow.bindings import is_multiline
from leery_analyzers.dataflow.elements import any_element, loose_entries, overlaid
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.patterns import replaced_classes
from leery_analyzers.dataflow.python.encodings import CODED, json_text
from leery_analyzers.dataflow.values import (
    CLOSED,
    COUNT,
    FIXED,
    FIXED_COUNT,
    NOTHING,
    OPEN,
    UNKNOWN,
    WIDENED,
    Clearance,
    Value,
    all_taints,
    clear,
    constant,
    constants,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments

PATH = "pathlib.Path"
MAX_COUNTED = 20
ADDRESS = "yarl.URL"
_SHOWN = frozenset({"cross-site-scripting", "open-redirect", "header-injection", "log-injection"})
"""Harm that a path from outside does not do through what the program's files hold."""


def joined_path(values: list[Value]) -> Value:
    """Parts of a path, one after the other."""
    parts: list[Value] = []
    for index, value in enumerate(values):
        if index:
            parts.append(constant("/"))
        parts.append(value if not value.name or value.taints else Value(openness=value.openness))
    return texts.concatenate(parts).but(type=PATH)


def _path_join(given: Arguments) -> Value:
    joined = joined_path([value for value, _ in given.positional]) if given.positional else UNKNOWN
    if given.rest is not None:
        joined = Value(taints=merge_taints(joined.taints, derived(all_taints(given.rest))))
    return joined.but(type="str")


def _list(given: Arguments) -> Value:
    return _container("list", given)


def _tuple(given: Arguments) -> Value:
    return _container("tuple", given)


def _set(given: Arguments) -> Value:
    return _container("set", given)


def _container(kind: str, given: Arguments) -> Value:
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, items=(), type=kind)
    if only.items is not None:
        return Value(openness=CLOSED, items=only.items, rest=only.rest, type=kind)
    return Value(openness=only.openness, rest=any_element(only), type=kind, taints=derived(only.taints))


def _shuffled(given: Arguments) -> Value:
    only = given.at(0) or UNKNOWN
    return Value(openness=only.openness, rest=any_element(only), type="list", taints=derived(only.taints))


def _length(given: Arguments) -> Value:
    """How many there are, where that is known; no less than none otherwise."""
    only = given.at(0) or UNKNOWN
    if only.items is not None and only.rest is None and not only.constants:
        return constant(len(only.items))
    if only.fields is not None and only.rest is None and only.type == "dict" and only.openness == CLOSED:
        return constant(len(only.fields)) if not only.taints and not only.constants else COUNT
    lengths = [len(item) for item in only.constants if isinstance(item, (str, bytes))] if only.is_constant else []
    if not lengths and only.type == "str" and only.forms and only.openness == CLOSED and not only.constants:
        return COUNT
    if lengths and len(lengths) == len(only.constants):
        return constants(lengths)
    return COUNT if only.openness == OPEN or all_taints(only) else FIXED_COUNT


def _amount(given: Arguments) -> Value:
    """A number without its sign."""
    only = given.at(0) or UNKNOWN
    numbers = [item for item in only.constants if isinstance(item, (int, float))] if only.is_constant else []
    if numbers and len(numbers) == len(only.constants):
        return constants([abs(item) for item in numbers])
    return COUNT if only.openness == OPEN or all_taints(only) else FIXED_COUNT


def _iterated(given: Arguments) -> Value:
    """The same elements; not known which is the next."""
    only = given.at(0) or UNKNOWN
    if len(given.positional) == 1 and only.items is not None:
        return Value(openness=CLOSED, items=only.items, rest=only.rest, type="list")
    return _shuffled(given)


def _reversed(given: Arguments) -> Value:
    only = given.at(0) or UNKNOWN
    if only.items is not None and only.rest is None:
        return Value(openness=CLOSED, items=only.items[::-1], type="list")
    return _shuffled(given)


def _chained(given: Arguments) -> Value:
    """Several maps as one: what the first of them has counts."""
    fields: dict[ir.Constant, Value] = {}
    rest = NOTHING
    for value, _ in reversed(given.positional):
        fields = overlaid(fields, value)
        more = loose_entries(value)
        rest = rest if more is None else join(rest, more)
    if given.rest is not None:
        inside = any_element(given.rest)
        fields, rest = {key: join(value, inside) for key, value in fields.items()}, join(rest, inside)
    return Value(openness=CLOSED, fields=fields, rest=None if rest is NOTHING else rest, type="dict")


def _dict(given: Arguments) -> Value:
    fields: dict[ir.Constant, Value] = {name: value for name, (value, _) in given.named.items()}
    only = given.at(0)
    if only is None:
        return Value(openness=CLOSED, fields=fields, type="dict", rest=given.rest)
    if only.fields is not None:
        return only.but(fields={**only.fields, **fields}, type="dict")
    pairs = [item.items for item in only.items or () if item.items is not None and len(item.items) == 2]
    keys = [pair[0].only for pair in pairs]
    if only.items and only.rest is None and len(pairs) == len(only.items) and None not in keys:
        listed = {key[0]: pair[1] for key, pair in zip(keys, pairs, strict=True) if key is not None}
        return Value(openness=CLOSED, fields={**listed, **fields}, type="dict")
    return Value(taints=derived(all_taints(only)))


def _default_dict(given: Arguments) -> Value:
    del given
    return Value(openness=CLOSED, fields={}, type="dict")


def _deque(given: Arguments) -> Value:
    """A queue with two ends; of one that holds only so many it is not known which are left."""
    made = _container("list", given)
    return made if given.at(1, "maxlen") is None else made.but(items=None, rest=any_element(made))


def _queue(given: Arguments) -> Value:
    """A queue: what goes in first comes out first."""
    del given
    return Value(openness=CLOSED, items=(), type="queue.Queue")


def _stack(given: Arguments) -> Value:
    """A queue that gives what came last."""
    del given
    return Value(openness=CLOSED, items=(), type="queue.LifoQueue")


def _sorted_queue(given: Arguments) -> Value:
    """A queue that gives the least element, whichever that is."""
    del given
    return Value(openness=CLOSED, items=(), type="queue.PriorityQueue")


def _range(given: Arguments) -> Value:
    del given
    return Value(openness=CLOSED, rest=FIXED, type="list")


def _enumerate(given: Arguments) -> Value:
    only, start = given.at(0), given.at(1, "start")
    if only is not None and only.items is not None and only.rest is None and start is None:
        counted = enumerate(only.items[:MAX_COUNTED])
        pairs = (Value(openness=CLOSED, items=(constant(index), item), type="tuple") for index, item in counted)
        if len(only.items) <= MAX_COUNTED:
            return Value(openness=CLOSED, items=tuple(pairs), type="list")
    inside = any_element(given.at(0) or UNKNOWN)
    return Value(openness=CLOSED, rest=Value(openness=CLOSED, items=(FIXED, inside), type="tuple"), type="list")


def _zip(given: Arguments) -> Value:
    listed = [value.items for value, _ in given.positional if value.items is not None and value.rest is None]
    if listed and len(listed) == len(given.positional) and given.rest is None and not given.named:
        count = min(len(items) for items in listed)
        pairs = [Value(openness=CLOSED, items=items, type="tuple") for items in zip(*listed, strict=False)]
        if count <= MAX_COUNTED:
            return Value(openness=CLOSED, items=tuple(pairs), type="list")
    parts = tuple(any_element(value) for value, _ in given.positional)
    return Value(openness=CLOSED, rest=Value(openness=CLOSED, items=parts, type="tuple"), type="list")


def _text(given: Arguments) -> Value:
    values = [value for value, _ in given.positional[:1]]
    if not values:
        return constant("")
    only = values[0]
    if only.is_constant or only.forms:
        return texts.concatenate(values)
    return Value(taints=all_taints(only), type="str", openness=only.openness)


def _made_of(given: Arguments) -> Value:
    values = [value for value, _ in given.everything()]
    if values and all(value.is_constant for value in values):
        return FIXED
    return Value(taints=derived(given.taints()))


def _first(given: Arguments) -> Value:
    """``next``: an element or the default."""
    only = given.at(0) or UNKNOWN
    inside = any_element(only)
    default = given.at(1)
    taints = merge_taints(derived(all_taints(inside)), all_taints(default) if default is not None else ())
    openness = max(inside.openness, default.openness if default is not None else CLOSED)
    return Value(taints=taints, openness=WIDENED if openness == CLOSED else openness)


def _packed(given: Arguments) -> Value:
    """Values in the form of a file: fixed where they all are."""
    taints = derived(given.taints())
    known = not taints and given.rest is None and not any(texts.is_open(value) for value, _ in given.positional)
    return Value(openness=WIDENED) if known else Value(taints=taints)


def _text_template(given: Arguments) -> Value:
    """``string.Template``: its text, until it is filled in."""
    text = given.at(0, "template") or UNKNOWN
    return Value(openness=text.openness, fields={"template": text}, taints=all_taints(text), type="string.Template")


def _compiled(given: Arguments) -> Value:
    pattern, flags = given.at(0) or UNKNOWN, given.find(1) or given.find("flags")
    if pattern.text is not None and flags is not None and is_multiline((flags[1],)):
        pattern = constant(by_line(pattern.text))
    taints = derived(all_taints(pattern))
    return Value(openness=pattern.openness, fields={"pattern": pattern}, taints=taints, type="re.Pattern")


def _substituted(given: Arguments) -> Value | None:
    replacement, subject = given.find(1) or given.find("repl"), given.at(2, "string")
    if subject is None or replacement is None:
        return None
    return replaced(given.at(0) or UNKNOWN, replacement, subject, whole=given.at(3, "count") is None)


def replaced(pattern: Value, by: tuple[Value, ir.Node], subject: Value, *, whole: bool) -> Value:
    """A text in which what a pattern finds is replaced.

    Args:
        pattern: the expression.
        by: what is put in its place, and where that is written.
        subject: the text.
        whole: whether everything that it finds is replaced.
    """
    replacement, place = by
    taints = derived(all_taints(subject))
    made = Value(taints=taints, type="str", openness=WIDENED if subject.is_constant else subject.openness)
    if whole and pattern.text is not None and replacement.text is not None:
        classes = replaced_classes(pattern.text, replacement.text)
        if classes:
            reason = f"`{pattern.text}` takes harmful characters out"
            made = clear(made, Clearance(classes, reason, place.start, place.end))
    return made.with_taints(merge_taints(made.taints, derived(all_taints(replacement))))


def _environment(given: Arguments) -> Value:
    return Value(type=_engine(given, "jinja2.Environment", "jinja2.Escaping"))


def _sandbox(given: Arguments) -> Value:
    return Value(type=_engine(given, "jinja2.Sandbox", "jinja2.EscapingSandbox"))


def _engine(given: Arguments, plain: str, escaping: str) -> str:
    told = given.get("autoescape")
    return plain if told is None or told.only == (False,) else escaping


def _split_extension(given: Arguments) -> Value | None:
    """``splitext``: an extension has no folder in it."""
    if not given.positional:
        return None
    path, place = given.positional[0]
    if path.is_constant:
        return None
    whole = Value(taints=derived(all_taints(path)), type="str", openness=path.openness)
    proof = Clearance(frozenset({"path-traversal", "zip-slip"}), "an extension has no folder", place.start, place.end)
    return Value(openness=CLOSED, items=(whole, clear(whole, proof)), type="tuple")


def _address(given: Arguments) -> Value:
    return (given.at(0) or UNKNOWN).but(type=ADDRESS)


def address_with(base: Value, part: Value, between: str) -> Value:
    """An address with a path or a query of its own: its host stays."""
    kept = texts.concatenate([base, constant(between), part])
    return kept.but(type=ADDRESS)


def _xml_parser(given: Arguments) -> Value:
    """Lxml's parser: insecure only where it is told to resolve entities."""
    told = given.get("resolve_entities")
    insecure = told is not None and told.only == (True,)
    return Value(type="xml.InsecureParser" if insecure else "lxml.etree.XMLParser")


def held(path: Value, place: ir.Node) -> Value:
    """What is in a file: not what its path says. The operator, who names files in the environment, vouches for them."""
    proof = Clearance(_SHOWN, "it is what the file holds", place.start, place.end)
    taints = tuple(taint for taint in all_taints(path) if taint.source.origin != "environment")
    return clear(Value(taints=derived(taints, weak=True)), proof)


def _opened(given: Arguments) -> Value | None:
    found = given.find(0) or given.find("file")
    return held(*found) if found is not None else None


def _mail_text(given: Arguments) -> Value | None:
    """``MIMEText``: what it is given stands below the headers."""
    if not given.positional:
        return None
    text, place = given.positional[0]
    proof = Clearance(frozenset({"mail-header-injection"}), "it is below the headers", place.start, place.end)
    return clear(Value(taints=derived(all_taints(text)), type="email.Message"), proof)


FUNCTIONS: Mapping[str, Callable[[Arguments], Value | None]] = {
    **dict.fromkeys(("str", "format", "bytes"), _text),
    **dict.fromkeys(("repr", "ascii", "max", "min", "vars", "bytearray", "memoryview", "print"), _made_of),
    **dict.fromkeys(("sorted", "filter"), _shuffled),
    **dict.fromkeys(("os.path.join", "posixpath.join"), _path_join),
    **dict.fromkeys(("set", "frozenset"), _set),
    **dict.fromkeys(("dict", "collections.OrderedDict", "pydantic.ConfigDict", "ConfigDict"), _dict),
    **dict.fromkeys(("defaultdict", "collections.defaultdict"), _default_dict),
    **dict.fromkeys(("lxml.etree.XMLParser", "etree.XMLParser"), _xml_parser),
    "reversed": _reversed,
    "len": _length,
    "abs": _amount,
    "list": _list,
    **dict.fromkeys(("iter", "itertools.islice"), _iterated),
    **dict.fromkeys(("collections.ChainMap", "ChainMap"), _chained),
    **dict.fromkeys(("types.MappingProxyType", "MappingProxyType"), lambda given: given.at(0)),
    "tuple": _tuple,
    "next": _first,
    **dict.fromkeys(("copy.copy", "copy.deepcopy"), lambda given: given.at(0)),
    "yarl.URL": _address,
    **dict.fromkeys(("open", "io.open", "codecs.open", "builtins.open"), _opened),
    **dict.fromkeys(("email.mime.text.MIMEText", "MIMEText"), _mail_text),
    "os.path.splitext": _split_extension,
    **CODED,
    "json.dumps": json_text,
    **dict.fromkeys(("collections.deque", "deque"), _deque),
    **dict.fromkeys(("queue.Queue", "queue.SimpleQueue", "asyncio.Queue", "multiprocessing.Queue"), _queue),
    **dict.fromkeys(("queue.PriorityQueue", "asyncio.PriorityQueue"), _sorted_queue),
    **dict.fromkeys(("queue.LifoQueue", "asyncio.LifoQueue"), _stack),
    "range": _range,
    "enumerate": _enumerate,
    "zip": _zip,
    **dict.fromkeys(("jinja2.Environment", "jinja2.environment.Environment"), _environment),
    **dict.fromkeys(("jinja2.sandbox.SandboxedEnvironment", "jinja2.sandbox.ImmutableSandboxedEnvironment"), _sandbox),
    "re.compile": _compiled,
    "string.Template": _text_template,
    **dict.fromkeys(("pickle.dumps", "marshal.dumps", "dill.dumps", "cloudpickle.dumps", "struct.pack"), _packed),
    "re.sub": _substituted,
}
"""By qualified name; None means that nothing is known of this call."""
