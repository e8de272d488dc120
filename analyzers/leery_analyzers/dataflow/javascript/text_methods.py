"""Methods of JavaScript's texts and regular expressions: what they give, and what they make harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.alternatives import is_anchored
from leery_analyzers.dataflow.calls import RESOLVED
from leery_analyzers.dataflow.contexts import NO_QUOTES, NO_TAGS
from leery_analyzers.dataflow.javascript.encodings import MARKUP, unescaped
from leery_analyzers.dataflow.javascript.matches import matched
from leery_analyzers.dataflow.javascript.sequences import SPLIT
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.patterns import excluded_classes, removed_classes, replaced_classes
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    MAX_TEXT,
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

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_EXACT = frozenset({"trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "toString", "valueOf", "normalize"})
_SAME = _EXACT | {"padStart", "padEnd", "repeat", "toLocaleLowerCase", "toLocaleUpperCase", "toWellFormed"}
_PARTS = frozenset({"slice", "substring", "substr", "at", "charAt"})
_NUMBERS = frozenset({
    "indexOf", "lastIndexOf", "search", "charCodeAt", "codePointAt", "localeCompare", "startsWith", "endsWith",
    "includes", "test", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
})  # fmt: skip
_MAX_PARTS = 60
_FILES = frozenset({"path-traversal", "zip-slip", "unrestricted-upload"})
_QUOTED = re.compile(r"[\"'\\W]")
_FILTER = re.compile(r"^\[(?=[^\]]*\*)(?=[^\]]*\()(?=[^\]]*\))(?=[^\]]*\\\\)[^\]^][^\]]*\][+]?$")
"""What has a meaning in a filter of a directory."""
_ENTITY = re.compile(r"(?:\(\?:|\()?&(?:amp|lt|gt|quot|apos|#)")
"""What reads the entities of HTML one by one."""
_QUOTE = re.compile(r"\[?'\]?")


def text_method(name: str, receiver: Value, given: Arguments, node: ir.Node) -> Value | None:
    """The result of a text's method; None for any other method."""
    if receiver.is_constant and all(isinstance(item, str) for item in receiver.constants):
        folded = _folded(name, receiver, given)
        if folded is not None:
            return folded
    if name == "exec" and receiver.type == "RegExp":
        return matched(given.at(0) or UNKNOWN, regular(receiver)[0], node)
    if name in _NUMBERS:
        return Value(type="number", openness=WIDENED)
    if name == "concat" and receiver.type != "array":
        return texts.concatenate([receiver, *(value for value, _ in given.positional)])
    return _part(name, receiver, given, node) if all_taints(receiver) or receiver.forms else None


def _stretch(name: str, receiver: Value, given: Arguments) -> Value | None:
    """A part of a text of which the start is known, as far as that is known of the part, too."""
    known = [value.only for value, _ in given.positional]
    bounds = [bound[0] for bound in known if bound is not None and type(bound[0]) is int]
    if len(bounds) == 1 == len(known) and bounds[0] < 0 and name in {"slice", "at", "substr"}:
        end = texts.end(receiver, -bounds[0])
        return end if end is None or name != "at" else constant((end.text or "")[:1])
    if len(bounds) != len(known) or min(bounds, default=0) < 0:
        return None
    low = bounds[0] if bounds else 0
    if name in {"at", "charAt"}:
        return texts.cut(receiver, low, low + 1)
    high = bounds[1] if len(bounds) > 1 else None
    if high is not None and name == "substr":
        high += low
    elif high is not None and name == "substring":
        low, high = min(low, high), max(low, high)
    return texts.cut(receiver, low, high)


def _split(receiver: Value, given: Arguments, node: ir.Node) -> Value:
    """The parts of a text: what it is split at is in none of them, and those that are known stay known."""
    by = given.at(0) or UNKNOWN
    parts = texts.parted(receiver, by.text) if by.text and len(given.positional) == 1 else {}
    rest = Value(taints=derived(all_taints(receiver)), type="str")
    pattern = re.escape(by.text) if by.text is not None else regular(by)[0]
    classes = removed_classes(f"[{pattern}]" if by.text and len(by.text) == 1 else pattern) if pattern else frozenset()
    if classes:
        rest = clear(rest, Clearance(classes, SPLIT, node.start, node.end))
    return Value(openness=CLOSED, fields=parts or None, rest=join_all((rest, *parts.values())), type="array")


def _part(name: str, receiver: Value, given: Arguments, node: ir.Node) -> Value | None:
    """A text made of a text from outside."""
    taints = all_taints(receiver)
    found = None
    if name in _SAME:
        kept = taints if name in _EXACT else derived(taints)
        forms = receiver.forms if name in {"trim", "toString", "valueOf"} else ()
        found = Value(taints=kept, type="str", forms=forms, openness=receiver.openness)
    elif name in _PARTS:
        found = _stretch(name, receiver, given) or Value(taints=derived(taints), type="str", openness=receiver.openness)
    elif name == "split":
        found = _split(receiver, given, node)
    elif name in {"match", "matchAll"}:
        by = given.at(0) or UNKNOWN
        pattern, flags = (by.text, "") if by.text is not None else regular(by)
        found = matched(receiver, pattern, node)
        if name == "matchAll" or "g" in flags:
            every = found if name == "matchAll" else (found.fields or {}).get(0, found.rest or UNKNOWN)
            found = Value(openness=CLOSED, rest=every, type="array")
    return found


def put_in(receiver: Value, given: Arguments, *, everywhere: bool) -> Value | None:
    """What is put in the place of a stretch of a known text; None where that is not known."""
    old, new = given.at(0), given.at(1)
    whole, part = receiver.text, old.text if old is not None else None
    if whole is None or not part or new is None or new.target is not None or "$" in (new.text or ""):
        return None
    before, *more = whole.split(part) if everywhere else whole.split(part, 1)
    pieces = [constant(before)]
    for one in more:
        pieces += [new, constant(one)]
    return texts.concatenate(pieces)


def replaced(receiver: Value, given: Arguments, node: ir.Call, *, everywhere: bool) -> Value:
    """``replace`` and ``replaceAll``: what is taken out can do no harm any more, what was escaped may do it again."""
    pattern, by = given.at(0), given.at(1)
    expression = (pattern.text or regular(pattern)[0] or "") if pattern is not None else ""
    if _ENTITY.match(expression) and (by is None or by.text is None or by.text in {"<", ">", '"', "'", "&"}):
        return unescaped(receiver, MARKUP)
    return _replaced(receiver, given, node, everywhere=everywhere)


def _replaced(receiver: Value, given: Arguments, node: ir.Call, *, everywhere: bool) -> Value:
    pattern, by = given.at(0), given.at(1)
    taints = derived(all_taints(receiver))
    if by is not None and by.target is None:
        taints = merge_taints(taints, derived(all_taints(by)))
    result = Value(taints=taints, type="str", openness=WIDENED if receiver.is_constant else receiver.openness)
    if not taints or pattern is None:
        return result
    expression, flags = regular(pattern)
    new = by.text if by is not None else ""
    if expression is None:
        plain = pattern.text
        if plain is None or not everywhere:
            return result
        expression, flags = re.escape(plain), "g"
    if expression.startswith((r"^(\.\.", r"^[\.\/]", r"^(?:\.\.")) and all(taint.cleared(RESOLVED) for taint in taints):
        reason = "no `..` is left at the start of a path without others"
        return clear(result, Clearance(_FILES, reason, node.start, node.end))
    if "g" not in flags and not everywhere:
        return result
    classes = _cleaned(expression, new, made=by is not None and by.target is not None)
    if not classes:
        return result
    proof = Clearance(classes, "what could do harm is taken out", node.start, node.end)
    return clear(result, proof)


def _cleaned(expression: str, new: str | None, *, made: bool) -> frozenset[str]:
    """The classes that replacing every match clears."""
    if made or new is None:
        return _unmarked(expression)
    found = replaced_classes(expression, new)
    if "<" in expression and new.lower().startswith(("&", "\\u003c", "\\x3c")):
        found |= {NO_TAGS}
    if _QUOTED.search(expression) and new.lower().startswith(("&", "\\u00", "\\x")):
        found |= {NO_QUOTES}
    if "$&" in new and "*" in expression:
        found |= {"regex-injection"}
    if _QUOTE.fullmatch(expression) and new in {"''", "\\'", "'\\''"}:
        found |= {"sql-injection"} if new != "'\\''" else {"shell-command-injection"}
    return found


def _unmarked(expression: str) -> frozenset[str]:
    """What is left of HTML where a function writes other text for what an expression finds."""
    found = {NO_TAGS} if "<" in expression else set()
    if _FILTER.search(expression):
        found.add("ldap-injection")
    return frozenset(found | ({NO_QUOTES} if _QUOTED.search(expression) else set()))


def regular(value: Value) -> tuple[str | None, str]:
    """The pattern and the flags of a regular expression; None for what is none or not known."""
    if value.type != "RegExp" or value.fields is None:
        return None, ""
    pattern, flags = value.fields.get("source"), value.fields.get("flags")
    return (pattern.text if pattern is not None else None), (flags.text or "" if flags is not None else "")


def matched_classes(value: Value, *, holds: bool) -> tuple[frozenset[str], bool]:
    """The classes that cannot be in a text that a regular expression finds something in, or nothing.

    Returns:
        The classes, and whether the expression is known at all.
    """
    pattern, flags = regular(value)
    if pattern is None:
        return frozenset(), False
    if not holds:
        return removed_classes(pattern), True
    if "m" in flags and re.search(r"[\^$]", pattern):
        return frozenset(), True
    found = excluded_classes(pattern, full=False, anchored=False)
    if not is_anchored(pattern):
        return found, True
    if pattern.startswith((r"^\/(?!\/)", r"^\/[^\/", r"^\/[a-z", r"^\/\w", r"^\/(?![\/", r"^\/(?!\\")):
        found |= {"open-redirect"}
    if re.match(r"\^https\??:\\?/\\?/[\w-]+(?:\\\.[\w-]+)+(?:\\?/|\$)", pattern):
        found |= {"open-redirect", "server-side-request-forgery"}
    return found, True


def _folded(name: str, receiver: Value, given: Arguments) -> Value | None:
    arguments = [value.only for value, _ in given.positional]
    if any(item is None for item in arguments):
        return None
    plain = [item[0] for item in arguments if item is not None]
    function = _FOLDS.get(name)
    if function is None:
        return None
    found: list[ir.Constant] = []
    for item in receiver.constants:
        try:
            result = function(str(item), *plain)
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        if isinstance(result, list):
            parts = tuple(constant(part) for part in result[:_MAX_PARTS])
            return Value(openness=CLOSED, items=parts, type="array") if len(receiver.constants) == 1 else FIXED
        found.append(result)
    return constants(found) if all(len(str(item)) <= MAX_TEXT for item in found) else FIXED


def _substring(text: str, start: int, end: int | None = None) -> str:
    low, high = max(start, 0), len(text) if end is None else max(end, 0)
    return text[min(low, high) : max(low, high)]


def _repeat(text: str, count: int) -> str:
    if len(text) * count > MAX_TEXT:
        raise OverflowError
    return text * count


def _characters(text: str, by: str | None = None) -> list[str]:
    if by is None:
        return [text]
    return text.split(by) if by else list(text)


_FOLDS: Mapping[str, Callable[..., ir.Constant | list[str]]] = {
    "trim": str.strip,
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "toString": str,
    "charAt": lambda text, at=0: text[at : at + 1],
    "at": lambda text, at: text[at],
    "slice": lambda text, start=0, end=None: text[start:end],
    "substring": _substring,
    "substr": lambda text, start, count=None: text[start:][: count if count is None else max(count, 0)],
    "indexOf": lambda text, part: text.find(part),
    "includes": lambda text, part: part in text,
    "startsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
    "split": _characters,
    "repeat": _repeat,
    "replace": lambda text, old, new: text.replace(old, new, 1),
    "replaceAll": lambda text, old, new: text.replace(old, new),
    "concat": lambda text, *more: text + "".join(str(part) for part in more),
    "charCodeAt": lambda text, at=0: ord(text[at]),
    "localeCompare": lambda text, other: (text.lower() > other.lower()) - (text.lower() < other.lower()),
}
