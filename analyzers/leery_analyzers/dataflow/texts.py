"""Texts as values: joining pieces, and what is known of the text around a hole.

Knows values only, no language and no class of sinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import (
    CLOSED,
    MAX_CONSTANTS,
    MAX_FORMS,
    MAX_PIECES,
    MAX_TEXT,
    OPEN,
    WIDENED,
    Value,
    all_taints,
    constant,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery_analyzers.dataflow.ir import Constant
    from leery_analyzers.dataflow.values import Form, Openness, Piece, Taint

HOLE = "\0"


def forms_of(value: Value) -> tuple[Form, ...]:
    """The texts that a value may be when it is written into another; a hole for what is not known."""
    if not value.forms and value.openness == CLOSED and len(value.constants) == 1:
        return ((written(value.constants[0]),),)
    if value.forms and value.openness != OPEN and len(value.forms) + len(value.constants) <= MAX_FORMS:
        return (*value.forms, *((written(item),) for item in value.constants))
    if value.forms:
        return (*value.forms, (value.but(forms=(), constants=()),)) if has_more(value) else value.forms
    if value.constants and value.openness == CLOSED and len(value.constants) <= MAX_FORMS:
        return tuple((written(item),) for item in value.constants)
    return ((value,),)


def has_more(value: Value) -> bool:
    """Whether a value may be data from outside that is in none of the texts that are known of it."""
    if value.openness != OPEN or not value.taints:
        return False
    inside = [
        taint for form in value.forms for piece in form if isinstance(piece, Value) for taint in all_taints(piece)
    ]
    return any(
        not any(taint.source.key == known.source.key and _clears(taint, known) for known in inside)
        for taint in value.taints
    )


def _clears(taint: Taint, other: Taint) -> bool:
    """Whether all that makes other data harmless is known of data, too."""
    return all(any(classes <= proof.classes for proof in taint.clearances) for classes in _classes(other))


def _classes(taint: Taint) -> Iterator[frozenset[str]]:
    return (proof.classes for proof in taint.clearances)


def written(item: object) -> str:
    """A constant as text."""
    if isinstance(item, str):
        return item[:MAX_TEXT]
    if isinstance(item, bytes):
        return item[:MAX_TEXT].decode("latin-1")
    return str(item)


def concatenate(values: Iterable[Value]) -> Value:
    """The text of values one after the other."""
    forms: list[Form] = [()]
    taints: tuple[Taint, ...] = ()
    for value in values:
        taints = merge_taints(taints, derived(all_taints(value)))
        own = forms_of(value)
        if len(forms) * len(own) > MAX_FORMS:
            own = own[: max(1, MAX_FORMS // len(forms))] if value.forms else ((value,),)
        forms = [form + more for form in forms for more in own]
    return from_forms([_compact(form) for form in forms], taints)


def from_forms(forms: Iterable[Form], taints: tuple[Taint, ...]) -> Value:
    """The value that is one of these texts."""
    texts: list[str] = []
    holed: list[Form] = []
    for form in forms:
        if not form:
            texts.append("")
        elif len(form) == 1 and isinstance(form[0], str):
            texts.append(form[0])
        else:
            holed.append(form)
    openness: Openness = CLOSED
    known = tuple(dict.fromkeys(texts))
    if len(known) > MAX_CONSTANTS or any(len(text) >= MAX_TEXT for text in known):
        known, openness = (), WIDENED
    return Value(known, tuple(holed[:MAX_FORMS]), openness, taints, "str")


def cut(value: Value, low: int, high: int | None) -> Value | None:
    """A stretch of a text that begins, and ends if it has an end, in what is known of its start; None for any other."""
    if value.openness != CLOSED or not value.forms or low < 0:
        return None
    taints: tuple[Taint, ...] = ()
    stretches: list[Form] = []
    for form in forms_of(value):
        start = form[0] if form else ""
        if not isinstance(start, str) or max(low, high or 0) > len(start):
            return None
        rest = form[1:] if high is None else ()
        stretches.append((start[low:high], *rest))
        for piece in rest:
            taints = taints if isinstance(piece, str) else merge_taints(taints, derived(all_taints(piece)))
    return from_forms([_compact(stretch) if stretch[0] else stretch[1:] for stretch in stretches], taints)


def end(value: Value, length: int) -> Value | None:
    """The last characters of a text, where its end is known; None where it is not."""
    if value.openness != CLOSED or len(value.forms) != 1 or value.constants:
        return None
    last = value.forms[0][-1]
    return constant(last[-length:]) if isinstance(last, str) and 0 < length <= len(last) else None


def parted(value: Value, by: str) -> dict[Constant, Value]:
    """The parts that are known of a text that is split, by their place from its start, or below zero from its end."""
    if value.openness != CLOSED or len(value.forms) != 1 or value.constants or not by:
        return {}
    first, last = value.forms[0][0], value.forms[0][-1]
    found: dict[Constant, Value] = {}
    if isinstance(first, str):
        found.update(enumerate([constant(part) for part in first.split(by)[:-1]]))
    if isinstance(last, str):
        found.update((-1 - i, constant(part)) for i, part in enumerate(reversed(last.split(by)[1:])))
    return found


def _compact(pieces: Form) -> Form:
    """The same text in few pieces; what is too much of it goes into the last hole."""
    if len(pieces) < 2:
        return pieces if pieces != ("",) else ()
    done: list[Piece] = []
    size = 0
    for piece in pieces:
        last = done[-1] if done else None
        full = len(done) >= MAX_PIECES
        if isinstance(piece, str):
            if not piece or size > MAX_TEXT or (full and not isinstance(last, str)):
                continue
            size += len(piece)
            if isinstance(last, str):
                done[-1] = last + piece
            else:
                done.append(piece)
        elif full and isinstance(last, Value):
            done[-1] = last.with_taints(merge_taints(last.taints, all_taints(piece)))
        else:
            done.append(piece)
    return tuple(done)


def shown(form: Form) -> str:
    """A form as one text, a NUL for each hole."""
    return "".join([piece if isinstance(piece, str) else HOLE for piece in form])


def holes(form: Form) -> Iterator[tuple[str, Value, str]]:
    """Each hole with the text before it and the text after it, other holes written as NUL."""
    if len(form) == 1:
        if not isinstance(form[0], str):
            yield "/" if _is_path(form[0]) else "", form[0], ""
        return
    texts = [piece if isinstance(piece, str) else _written(piece) for piece in form]
    for index, piece in enumerate(form):
        if not isinstance(piece, str):
            slash = "/" if _is_path(piece) else ""
            yield "".join((*texts[:index], slash)), piece, "".join(texts[index + 1 :])


def _is_path(value: Value) -> bool:
    """Whether a value is the path of an address, which starts with a slash."""
    return value.type.endswith(".pathname")


def _written(value: Value) -> str:
    return f"/{HOLE}" if _is_path(value) else HOLE


def is_open(value: Value, depth: int = 0) -> bool:
    """Whether anything unknown may be in a text."""
    if value.openness == OPEN:
        return True
    inside = [piece for form in value.forms for piece in form if isinstance(piece, Value)]
    inside += list(value.elements)
    return depth < MAX_PIECES and any(is_open(piece, depth + 1) for piece in inside)
