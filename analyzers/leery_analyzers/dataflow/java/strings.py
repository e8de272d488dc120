"""Methods of Java's texts, folded where everything is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.parts import MAX_PARTS, ending, is_nothing, last_place, split_pieces
from leery_analyzers.dataflow.java.text import Slot, brace_template, percent_template
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.patterns import excluded_classes
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    FIXED,
    MAX_TEXT,
    OPEN,
    UNKNOWN,
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

_EXACT = frozenset({
    "trim", "strip", "stripLeading", "stripTrailing", "toLowerCase", "toUpperCase", "toString", "intern", "getBytes",
    "toCharArray", "stripIndent", "chars", "codePoints", "toChars",
})  # fmt: skip
_PARTS = frozenset({"substring", "subSequence", "charAt", "repeat", "indent", "translateEscapes", "codePointAt"})
_REPLACING = frozenset({"replace", "replaceAll", "replaceFirst"})
_MARKUP = {"<": "html-text", '"': "html-double", "'": "html-single"}
_LINE_ENDS = {"\n": "\r", "\r": "\n"}
"""What breaks a line, and what else does."""
_LOGS = frozenset({"log-injection"})
_WITHOUT = frozenset({"toLowerCase", "toUpperCase", "getBytes"})
"""Methods that give the same for what they are told about locales and character sets."""
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_SHORT = {"\\W": "[^\\w]", "\\W+": "[^\\w]+", "\\D": "[^\\d]", "\\D+": "[^\\d]+"}
"""Patterns of single characters written as sets."""
_IN_SCRIPT = frozenset({"\\u003c", "\\x3c", "\\\\u003c", "\\\\x3c"})
"""What stands for ``<`` in the texts of a script, or in JSON there."""
_MOST_MATCHED = 200
_PLAIN_PATTERN = re.compile(
    r"\^?(?:\[(?:[^\]\\\[&]|\\[dwsDWS.\-\\])+\](?:[+*?]|\{\d+(?:,\d*)?\})?"
    r"|\\[dwsDWS.](?:[+*?]|\{\d+\})?|[\w @:/=,-])*\$?"
)
"""Patterns without groups: classes and characters, one after the other."""


def text_method(name: str, receiver: Value, given: Arguments, place: ir.Node) -> Value | None:
    """What a text's method gives; None for any other."""
    first = given.at(0)
    found = _folded(name, receiver, given) if receiver.is_constant and name in _FOLDED else None
    if name == "concat" and first is not None:
        found = texts.concatenate([receiver, first])
    elif name == "formatted":
        found = formatted([receiver, *(value for value, _ in given.positional)])
    elif name == "lastIndexOf" and first is not None and found is None:
        return last_place(first)
    if found is not None or is_nothing(name, given):
        return found or constant("")
    if receiver.type not in {"", "str", "java.lang.Object", "java.Builder"} and not receiver.forms:
        return None
    if name in _REPLACING and len(given.positional) == 2:
        return _replaced(name, receiver, given, place)
    return _cut(name, receiver, given) or ending(name, receiver, given, place) or _changed(name, receiver)


def _cut(name: str, receiver: Value, given: Arguments) -> Value | None:
    """A part of a text whose beginning is known: before, or after, the first value in it."""
    if len(receiver.forms) != 1 or receiver.openness != CLOSED or receiver.constants:
        return None
    head = receiver.forms[0][0] if isinstance(receiver.forms[0][0], str) else ""
    known = [value.only[0] for value, _ in given.positional if value.only is not None]
    if len(known) != len(given.positional) or not known:
        return None
    if name == "split" and isinstance(known[0], str):
        limit = known[1] if len(known) > 1 and isinstance(known[1], int) else 0
        found = split_pieces(known[0], limit, receiver)
        return found if found is not None else _split_form(head, known[0], limit, receiver)
    if head and name in {"substring", "subSequence"} and all(isinstance(bound, int) for bound in known):
        low, high = (int(str(bound)) for bound in (*known, MAX_TEXT)[:2])
        if 0 <= low <= high <= len(head):
            return constant(head[low:high])
        if len(known) == 1 and 0 <= low <= len(head):
            return texts.concatenate([constant(head[low:]), *_pieces(receiver.forms[0][1:])])
    return None


def _pieces(form: tuple[str | Value, ...]) -> list[Value]:
    return [constant(piece) if isinstance(piece, str) else piece for piece in form]


def _split_form(head: str, pattern: str, limit: int, receiver: Value) -> Value | None:
    """What stands before the first value are parts of their own, as far as the last separator."""
    if not head:
        return None
    try:
        first, *more = _split(head + "\0", pattern, limit)
    except ValueError:
        return None
    if not more:
        return None
    rest = Value(taints=derived(all_taints(receiver)), type="str")
    return Value(openness=CLOSED, items=(*(constant(part) for part in (first, *more[:-1])), rest), type="list")


def _changed(name: str, receiver: Value) -> Value | None:
    """What a method gives that keeps a text's data."""
    taints = all_taints(receiver)
    if not taints and not receiver.forms:
        return None
    if name in _EXACT:
        forms = receiver.forms if name not in {"toLowerCase", "toUpperCase"} else ()
        return Value(taints=taints, type="str", forms=forms, openness=receiver.openness)
    if name in {"split", "lines"}:
        return Value(taints=derived(taints), type="list")
    if name in _PARTS:
        return Value(taints=derived(taints), type="str", openness=receiver.openness)
    return None


def formatted(values: list[Value], template: Callable[[str], list[str | Slot]] = percent_template) -> Value:
    """A template and what is put into it."""
    if not values:
        return UNKNOWN
    head, rest = values[0], values[1:]
    if len(rest) == 1 and rest[0].items is not None:
        rest = list(rest[0].items)
    if head.text is None and not head.forms and not head.is_constant:
        taints = derived(all_taints(head))
        for value in rest:
            taints = merge_taints(taints, derived(all_taints(value)))
        return Value(taints=taints, type="str", openness=OPEN if head.openness == OPEN else max(head.openness, 1))
    return join_all(texts.concatenate(_filled(form, rest, template)) for form in texts.forms_of(head)[:3])


def _filled(form: tuple[object, ...], rest: list[Value], template: Callable[[str], list[str | Slot]]) -> list[Value]:
    parts: list[Value] = []
    for piece in form:
        if isinstance(piece, Value):
            parts.append(piece)
            continue
        for item in template(str(piece)):
            if not isinstance(item, Slot):
                parts.append(constant(item))
            elif item.number:
                known = rest[item.place].only if item.place < len(rest) else None
                parts.append(constant(str(known[0])) if item.plain and known and type(known[0]) is int else UNKNOWN)
            elif item.place < len(rest):
                parts.append(rest[item.place])
            else:
                parts.append(join_all(rest) if len(rest) == 1 and rest[0].type == "list" else UNKNOWN)
    return parts


def message(values: list[Value]) -> Value:
    """``MessageFormat.format``."""
    return formatted(values, brace_template)


def joined(separator: Value, parts: list[Value]) -> Value:
    """Texts with a separator between them; parts may be one collection."""
    if len(parts) == 1 and parts[0].items is None and (parts[0].rest is not None or parts[0].taints):
        inside = any_element(parts[0])
        taints = merge_taints(derived(all_taints(parts[0])), derived(all_taints(separator)))
        if inside.is_constant or (inside.openness != OPEN and not taints and not inside.forms):
            return FIXED
        return Value(taints=taints, type="str", forms=inside.forms, openness=CLOSED if inside.forms else OPEN)
    if len(parts) == 1 and parts[0].items is not None:
        parts = list(parts[0].items)
    done: list[Value] = []
    for index, part in enumerate(parts):
        done += [separator, part] if index else [part]
    return texts.concatenate(done) if done else constant("")


def _replaced(name: str, receiver: Value, given: Arguments, place: ir.Node) -> Value | None:
    taints = all_taints(receiver)
    old, new = given.at(0) or UNKNOWN, given.at(1) or UNKNOWN
    mixed = merge_taints(derived(taints), derived(all_taints(new)))
    if receiver.forms and receiver.openness == CLOSED and len(receiver.forms) == 1 and old.text and name == "replace":
        return _in_form(receiver, old.text, new)
    if not mixed:
        return None
    made = Value(taints=mixed, type="str", openness=receiver.openness)
    if old.text is None or new.text is None or name == "replaceFirst":
        return made
    classes = set(taken_out(name, old.text, new.text))
    other = _LINE_ENDS.get(old.text) if name == "replace" else None
    if other is None and name == "replace" and len(old.text) == 1 and old.text not in new.text:
        classes.add(f"(no {old.text})")
    if other is not None:
        gone = all(taint.cleared(f"(no {other})") for taint in mixed)
        classes = {f"(no {old.text})", *(LINE_CLASSES if gone else _LOGS if old.text == "\n" else ())}
    if classes:
        made = clear(made, Clearance(frozenset(classes), "harmful characters are taken out", place.start, place.end))
    return made


def _in_form(receiver: Value, old: str, new: Value) -> Value:
    """A text that replaces a part of what is known of another one."""
    parts: list[Value] = []
    for piece in receiver.forms[0]:
        if isinstance(piece, Value):
            parts.append(piece)
            continue
        for index, stretch in enumerate(piece.split(old)):
            parts += [new, constant(stretch)] if index else [constant(stretch)]
    return texts.concatenate(parts)


def taken_out(name: str, old: str, new: str) -> frozenset[str]:
    """The classes whose harmful characters a replacement takes out.

    Args:
        name: the method, ``replace`` for plain text, others for patterns.
        old: what is replaced.
        new: what is put there.
    """
    old = _SHORT.get(old, old)
    if old == "<" and new.lower() in _IN_SCRIPT:
        return frozenset({"cross-site-scripting", "html-text"})
    if name == "replace":
        return LINE_CLASSES if old == "\r\n" else markup_classes({old}) if new.startswith("&") else frozenset()
    inside = re.fullmatch(r"\(?\[\^((?:[^\]\\]|\\.)*)\][+*]?\)?", old)
    if inside is not None and not set(new) & set("'\"<>;&|`$(){}/\\"):
        kept = excluded_classes(f"[{inside[1]}{re.escape(new)}]+", full=True, anchored=True)
        return kept | ({EVERY} if not re.search(r"\\s|\W", re.sub(r"\\[dw.]|[-_.]", "", inside[1])) else set())
    if "\n" in old or "\\n" in old or "\\R" in old or "\\s" in old or "\\p{Cntrl}" in old or "\\v" in old:
        return LINE_CLASSES
    listed = re.fullmatch(r"\[((?:[^\]\\^]|\\.)(?:[^\]\\]|\\.)*)\][+*]?", old)
    if listed is not None and not set(new) & set("<>\"'"):
        return markup_classes({part[-1] for part in re.findall(r"\\.|.", listed[1])})
    return markup_classes({old}) if new.startswith("&") else frozenset()


def markup_classes(gone: set[str]) -> frozenset[str]:
    """The places in HTML where a text without some characters does no harm."""
    return frozenset(name for char, name in _MARKUP.items() if char in gone)


# Known texts


def _folded(name: str, receiver: Value, given: Arguments) -> Value | None:
    arguments = [] if name in _WITHOUT else [value.only for value, _ in given.positional]
    function = _FOLDED[name]
    known = [item[0] for item in arguments if item is not None]
    if len(known) != len(arguments):
        taints = derived(given.taints()) if name in _REPLACING else ()
        return Value(taints=taints, type="str") if taints else None
    found: list[object] = []
    for item in receiver.constants:
        if not isinstance(item, str):
            return None
        try:
            found.append(function(item, *known))
        except (TypeError, ValueError, IndexError, re.error, OverflowError):
            return UNKNOWN
    if len(found) == 1 and isinstance(found[0], list):
        items = tuple(constant(part) for part in found[0][:MAX_PARTS])
        return Value(openness=CLOSED, items=items, type="list")
    kept = [item for item in found if isinstance(item, (str, int)) and len(str(item)) <= MAX_TEXT]
    return constants(kept) if len(kept) == len(found) else FIXED


def _char_at(text: str, index: int) -> str:
    if not 0 <= index < len(text):
        raise IndexError
    return text[index]


def _substring(text: str, low: int, high: int | None = None) -> str:
    high = len(text) if high is None else high
    if not 0 <= low <= high <= len(text):
        raise IndexError
    return text[low:high]


def _split(text: str, pattern: str, limit: int = 0) -> list[str]:
    if len(pattern) > 1 and not pattern.startswith("\\"):
        raise ValueError(pattern)
    plain = (
        pattern.removeprefix("\\") if pattern not in {"\\s", "\\w", "\\d", "\\."} else {"\\.": "."}.get(pattern, " ")
    )
    parts = text.split(plain, limit - 1 if limit > 0 else -1)
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _repeat(text: str, count: int) -> str:
    if len(text) * max(count, 0) > MAX_TEXT:
        raise ValueError(count)
    return text * count


def _replace_all(text: str, old: str, new: str) -> str:
    if old != re.escape(old).replace("\\ ", " ") or "$" in new or "\\" in new:
        raise ValueError(old)
    return text.replace(old, new)


def _matches(text: str, pattern: str) -> bool:
    """Whether a text is what a pattern says; only for patterns that take no time."""
    if len(text) > _MOST_MATCHED or _PLAIN_PATTERN.fullmatch(pattern) is None:
        raise ValueError(pattern)
    return re.fullmatch(pattern, text, re.ASCII) is not None


def _hash_code(text: str) -> int:
    found = 0
    for char in text:
        found = (found * 31 + ord(char)) & 0xFFFFFFFF
    return found - (1 << 32) if found >> 31 else found


_FOLDED: Mapping[str, Callable[..., object]] = {
    **dict.fromkeys(("trim", "strip"), lambda text: text.strip(_SPACES)),
    "stripLeading": lambda text: text.lstrip(_SPACES),
    "stripTrailing": lambda text: text.rstrip(_SPACES),
    "toLowerCase": lambda text, *_: text.lower(),
    "toUpperCase": lambda text, *_: text.upper(),
    **dict.fromkeys(("toString", "intern", "name"), lambda text: text),
    "toCharArray": list,
    "getBytes": lambda text, *_: text,
    "length": len,
    "isEmpty": lambda text: not text,
    "isBlank": lambda text: not text.strip(),
    "charAt": _char_at,
    **dict.fromkeys(("substring", "subSequence"), _substring),
    "startsWith": lambda text, prefix, at=0: text.startswith(prefix, at),
    "endsWith": lambda text, suffix: text.endswith(suffix),
    "indexOf": lambda text, part, at=0: text.find(part, at),
    "lastIndexOf": lambda text, part: text.rfind(part),
    "replace": lambda text, old, new: text.replace(old, new),
    "replaceAll": _replace_all,
    "repeat": _repeat,
    "split": _split,
    "compareTo": lambda text, other: (text > other) - (text < other),
    "matches": _matches,
    "hashCode": _hash_code,
}
