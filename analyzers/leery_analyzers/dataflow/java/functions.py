"""Functions of Java's library, where what they give depends on the values they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.alternatives import by_line
from leery_analyzers.dataflow.bindings import is_multiline
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.made import joined_path
from leery_analyzers.dataflow.java.numbers import FOLDS
from leery_analyzers.dataflow.java.strings import formatted, joined, message
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import CLOSED, FIXED, UNKNOWN, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_HARMLESS = frozenset({
    "os.name", "os.arch", "os.version", "line.separator", "file.separator", "path.separator", "user.dir", "user.home",
    "java.io.tmpdir", "java.version", "java.home", "java.class.path", "user.name", "java.vendor", "file.encoding",
    "user.language", "java.vm.name",
})  # fmt: skip


_MOST_COPIES = 30
_KEY_AND_VALUE = 2


def _values(given: Arguments) -> list[Value]:
    return [value for value, _ in given.positional]


def _text(given: Arguments) -> Value:
    only = given.at(0)
    if only is None:
        return constant("")
    if only.is_constant or only.forms:
        return texts.concatenate([only])
    return Value(taints=all_taints(only), type="str", openness=only.openness)


def _format(given: Arguments) -> Value:
    values = _values(given)
    if values and (values[0].name.startswith("java.util.Locale") or values[0].type == "java.util.Locale"):
        values = values[1:]
    return formatted(values)


def _message(given: Arguments) -> Value:
    return message(_values(given))


def _join(given: Arguments) -> Value:
    values = _values(given)
    return joined(values[0], values[1:]) if values else UNKNOWN


def _list(given: Arguments) -> Value:
    return _collection("list", given)


def _set(given: Arguments) -> Value:
    return _collection("set", given)


def _collection(kind: str, given: Arguments) -> Value:
    values = _values(given)
    if len(values) == 1 and (values[0].items is not None or values[0].type == "list"):
        return (values[0]).but(type=kind)
    return Value(openness=CLOSED, items=tuple(values), type=kind)


def _copied(kind: str) -> Callable[[Arguments], Value]:
    def copy(given: Arguments) -> Value:
        only = given.at(0)
        if only is None:
            return Value(openness=CLOSED, items=(), type=kind)
        if kind == "dict":
            return only if only.type == "dict" else only.but(type="dict")
        if only.items is not None:
            return Value(openness=CLOSED, items=only.items, type=kind)
        return Value(openness=only.openness, rest=only.rest, taints=only.taints, type=kind)

    return copy


def _map(given: Arguments) -> Value:
    values = _values(given)
    fields: dict[ir.Constant, Value] = {}
    rest: Value | None = None
    for key, value in zip(values[::2], values[1::2], strict=False):
        if key.only is not None:
            fields[key.only[0]] = value
        else:
            rest = value if rest is None else join(rest, value)
    return Value(openness=CLOSED, fields=fields, rest=rest, type="dict")


def _entries(given: Arguments) -> Value:
    flat = [part for value in _values(given) for part in (value.items or ())]
    fields: dict[ir.Constant, Value] = {k.only[0]: v for k, v in zip(flat[::2], flat[1::2], strict=False) if k.only}
    return Value(openness=CLOSED, fields=fields, type="dict")


def _entry(given: Arguments) -> Value:
    return Value(openness=CLOSED, items=tuple(_values(given)[:2]), type="tuple")


def _same(given: Arguments) -> Value:
    return given.at(0) or UNKNOWN


def _either(given: Arguments) -> Value:
    first, other = given.at(0) or UNKNOWN, given.at(1)
    if first.only is not None and first.only[0] is not None:
        return first
    return first if other is None or other.target is not None else join(first, other)


def _integer(given: Arguments) -> Value | None:
    only = given.at(0)
    if only is None or only.only is None:
        return None
    try:
        return constant(int(str(only.only[0]).strip(), 10))
    except ValueError:
        return UNKNOWN


def _boolean(given: Arguments) -> Value | None:
    only = given.at(0)
    if only is None or only.only is None:
        return None
    return constant(str(only.only[0]).lower() == "true")


def _compiled(given: Arguments) -> Value:
    pattern, flags = given.at(0) or UNKNOWN, given.find(1)
    if pattern.text is not None and flags is not None and is_multiline((flags[1],)):
        pattern = constant(by_line(pattern.text))
    taints = derived(all_taints(pattern))
    return Value(openness=pattern.openness, fields={"pattern": pattern}, taints=taints, type="java.util.regex.Pattern")


def _path(given: Arguments) -> Value:
    return joined_path(_values(given), "java.nio.file.Path")


def _address(given: Arguments) -> Value:
    return texts.concatenate([given.at(0) or UNKNOWN]).but(type="java.net.URI")


def _property(given: Arguments) -> Value | None:
    name = given.at(0)
    return UNKNOWN if name is not None and name.text in _HARMLESS else None


def _joining(given: Arguments) -> Value:
    return Value(fields={"separator": given.at(0) or constant("")}, type="java.Joining")


def _mapping(given: Arguments) -> Value:
    del given
    return Value(type="java.Mapping")


def _mapped_by(given: Arguments) -> Value:
    """``Collectors.toMap(key, value)``; with a third function, which of two values stays is its affair."""
    if len(given.positional) != _KEY_AND_VALUE:
        return Value(type="java.Mapping")
    return Value(fields={"key": given.at(0) or UNKNOWN, "value": given.at(1) or UNKNOWN}, type="java.Mapping")


def _slice(given: Arguments) -> Value:
    only = given.at(0) or UNKNOWN
    bounds = [value.only[0] for value, _ in given.positional[1:3] if value.only is not None]
    known = [bound for bound in bounds if type(bound) is int]
    if only.items is not None and len(known) == 2 and 0 <= known[0] <= known[1] <= len(only.items):
        return only.but(items=only.items[known[0] : known[1]])
    return Value(openness=only.openness, rest=any_element(only), taints=only.taints, type="list")


def _copies(given: Arguments) -> Value:
    """``Collections.nCopies(3, value)``."""
    count, value = given.at(0), given.at(1) or UNKNOWN
    number = count.only[0] if count is not None and count.only is not None else None
    if type(number) is int and 0 <= number <= _MOST_COPIES:
        return Value(openness=CLOSED, items=(value,) * number, type="list")
    return Value(openness=CLOSED, rest=value, type="list")


def _temporary(given: Arguments) -> Value | None:
    """A new file of a name that the system makes up; only what it is told about names is in it."""
    return None if given.taints() else Value(openness=FIXED.openness, type="java.nio.file.Path")


FUNCTIONS: Mapping[str, Callable[[Arguments], Value | None]] = {
    **dict.fromkeys(
        ("java.lang.String.valueOf", "java.lang.String.copyValueOf", "java.util.Objects.toString"), _text
    ),
    "java.lang.String.format": _format,
    "java.text.MessageFormat.format": _message,
    **dict.fromkeys(("java.lang.String.join", "org.apache.commons.lang3.StringUtils.joinWith"), _join),
    **dict.fromkeys(
        ("java.util.Arrays.asList", "java.util.List.of", "java.util.stream.Stream.of", "java.util.Arrays.stream",
         "com.google.common.collect.ImmutableList.of", "com.google.common.collect.Lists.newArrayList",
         "java.util.Collections.singletonList"),
        _list,
    ),
    **dict.fromkeys(
        ("java.util.Set.of", "java.util.Collections.singleton", "java.util.EnumSet.of",
         "com.google.common.collect.ImmutableSet.of", "com.google.common.collect.Sets.newHashSet"),
        _set,
    ),
    **dict.fromkeys(
        ("java.util.Collections.unmodifiableList", "java.util.List.copyOf", "java.util.Collections.emptyList",
         "java.util.Collections.synchronizedList", "java.util.Collections.enumeration", "java.util.Collections.list"),
        _copied("list"),
    ),
    **dict.fromkeys(
        ("java.util.Collections.unmodifiableSet", "java.util.Set.copyOf", "java.util.Collections.emptySet"),
        _copied("set"),
    ),
    **dict.fromkeys(("java.util.Collections.unmodifiableMap", "java.util.Map.copyOf"), _copied("dict")),
    **dict.fromkeys(
        ("java.util.Map.of", "java.util.Collections.singletonMap", "java.util.Collections.emptyMap",
         "com.google.common.collect.ImmutableMap.of"),
        _map,
    ),
    "java.util.Map.ofEntries": _entries,
    "java.util.Map.entry": _entry,
    **dict.fromkeys(
        ("java.util.Objects.requireNonNull", "java.util.Optional.of", "java.util.Optional.ofNullable",
         "java.util.Arrays.copyOf", "java.util.Collections.unmodifiableCollection"),
        _same,
    ),
    **dict.fromkeys(
        ("java.util.Objects.requireNonNullElse", "org.apache.commons.lang3.StringUtils.defaultIfBlank",
         "org.apache.commons.lang3.StringUtils.defaultIfEmpty", "org.apache.commons.lang3.StringUtils.defaultString",
         "org.apache.commons.lang3.ObjectUtils.defaultIfNull"),
        _either,
    ),
    "java.util.Arrays.copyOfRange": _slice,
    **dict.fromkeys(
        ("java.lang.Integer.parseInt", "java.lang.Integer.valueOf", "java.lang.Long.parseLong",
        "java.lang.Long.valueOf"),
        _integer,
    ),
    **dict.fromkeys(("java.lang.Boolean.parseBoolean", "java.lang.Boolean.valueOf"), _boolean),
    "java.util.regex.Pattern.compile": _compiled,
    **dict.fromkeys(("java.nio.file.Files.createTempFile", "java.nio.file.Files.createTempDirectory"), _temporary),
    **dict.fromkeys(("java.nio.file.Paths.get", "java.nio.file.Path.of"), _path),
    "java.lang.System.getProperty": _property,
    "java.net.URI.create": _address,
    "java.util.stream.Collectors.joining": _joining,
    "java.util.stream.Collectors.toMap": _mapped_by,
    **dict.fromkeys(
        ("java.util.stream.Collectors.groupingBy", "java.util.stream.Collectors.partitioningBy"), _mapping
    ),
    "java.util.Collections.nCopies": _copies,
    **FOLDS,
}  # fmt: skip
"""By qualified name; None means that nothing is known of this call."""
