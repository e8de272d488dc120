"""Which parts of a call's arguments count, where only Python writes them so: selections that models name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.arguments import Arguments, entry
from leery_analyzers.dataflow.commands import option_words, script_at
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.python.answers import pieces
from leery_analyzers.dataflow.python.text import Slot, brace_template, percent_template
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import CLOSED, FIXED, Value, all_taints
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from leery_analyzers.dataflow import ir

UPLOADED = "the name of an uploaded file"
_FILES = ("file", "name", "fp", "filename", "filepath_or_buffer", "path_or_buf", "io", "path")


def _logged(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The arguments of a logging call but those that its text writes as numbers or as `repr` does."""
    if not given.positional:
        return
    first, *others = given.positional
    yield first
    text = first[0].text or ""
    pieces = percent_template(text) or brace_template(text)
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    for index, (value, place) in enumerate(others):
        slot = slots[index] if index < len(slots) else None
        if slot is None or not (slot.number or slot.shown):
            yield value, place


def _program(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The program that a list of words starts, where no shell reads them."""
    found = given.find(0) or given.find("args")
    if found is None:
        return
    words, place = found
    program = words.items[0] if words.items else words
    if words.items == () or (words.items is None and words.type != "str"):
        return
    if not any(form and isinstance(form[0], str) for form in program.forms):
        yield program, place


def _words(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The words of a command that its program may take for options."""
    found = given.find(0) or given.find("args")
    items = found[0].items if found is not None else None
    if found is not None and items:
        rest = (found[0].rest,) if found[0].rest is not None else ()
        yield from ((word, found[1]) for word in option_words(items[0], (*items[1:], *rest)))


def _header_pairs(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The values of headers in a list of pairs."""
    found = given.find(1)
    for pair in (found[0].items or ()) if found is not None else ():
        name = pair.items[0].text if pair.items is not None and len(pair.items) == 2 else ""
        if found is not None and pair.items is not None and len(pair.items) == 2 and name != "Content-Type":
            yield pair.items[1], found[1]


def _first_of_pair(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The host of an address that is a pair."""
    found = given.find(0)
    if found is not None and found[0].items:
        yield found[0].items[0], found[1]


def _path_text(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What names a file, where a file that is open already may be given, too."""
    found = given.find(0) or next((given.named[name] for name in _FILES if name in given.named), None)
    if found is not None and (found[0].type in {"str", "pathlib.Path"} or found[0].forms):
        yield found


def _safe_loader(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """A loader of YAML that makes no objects: nothing harmful arrives."""
    found = given.find("Loader") or given.find(1)
    if found is None:
        return
    value, place = found
    target = value.target
    names = (value.name, *(target.bases if isinstance(target, LocalClass) else ()))
    if any(name.rpartition(".")[2] in {"SafeLoader", "CSafeLoader", "BaseLoader"} for name in names):
        yield FIXED, place


def _escaping_filters(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """Filters of a template that escape whatever is put into it."""
    found = given.find("default_filters")
    if found is not None and any(item.text in {"h", "html"} for item in found[0].items or ()):
        yield FIXED, found[1]


def _written(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The path of a file that is opened to be written, as far as it is the plain name of an uploaded file."""
    found, mode = given.find(0) or given.find("file"), given.at(1, "mode")
    if found is None or mode is None or not set(mode.text or "") & {"w", "a", "x"}:
        return
    named = (taint for taint in all_taints(found[0]) if taint.source.title == UPLOADED)
    taints = tuple(taint for taint in named if taint.cleared("path-traversal"))
    if taints:
        yield Value(taints=taints), found[1]


def _whole(given: Arguments, index: int) -> Iterator[tuple[Value, ir.Node]]:
    """An argument that is an object with keys from outside."""
    found = given.find(index)
    if found is not None and found[0].taints and found[0].type != "str" and not found[0].forms:
        yield Value(taints=found[0].taints), found[1]


def _spread(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """An object with keys from outside that is spread."""
    if given.loose is not None:
        yield Value(taints=given.loose[0].taints), given.loose[1]


def _set(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What an update of documents sets, if its keys come from outside."""
    found = given.find(1) or given.find("update")
    inner = (found[0].fields or {}).get("$set") if found is not None else None
    if inner is not None and found is not None and inner.taints and inner.type != "str":
        yield Value(taints=inner.taints), entry(found[1], "$set")


def _exec_words(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The words of a command that stand one by one, or as the second argument."""
    if not given.positional:
        return
    (program, place), *others = given.positional
    listed = others[0][0] if others else None
    if listed is not None and (listed.items is not None or listed.type in {"list", "tuple"}):
        made = listed
    else:
        more = any_element(given.rest) if given.rest is not None else None
        made = Value(openness=CLOSED, items=(program, *(value for value, _ in others)), rest=more, type="list")
    if made.items is not None:
        yield from ((value, others[0][1] if others else place) for value, _ in _words(Arguments([(made, place)])))


_MAILERS = lazy_regex(r"(?:\S*/)?(?:sendmail|msmtp|exim4?|ssmtp|postdrop)(?:\s.*)?")


def _mail_input(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The message that a program for mail reads, headers and all."""
    found = given.find(0) or given.find("args")
    if found is None:
        return
    first = found[0].items[0] if found[0].items else found[0]
    sent = given.find("input") or given.find("stdin")
    if first.text is not None and _MAILERS.fullmatch(first.text) and sent is not None:
        yield sent


def _pieces(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What is sent piece by piece: a generator's, or those of a list."""
    names = ("streaming_content", "content", "response", "iterable")
    found = given.find(0) or next((given.named[name] for name in names if name in given.named), None)
    if found is not None and (found[0].items is not None or found[0].rest is not None) and found[0].type != "dict":
        yield from ((piece, found[1]) for piece in pieces(found[0]))


_SHELL_LINE = lazy_regex(r"\s*(?:/bin/|/usr/bin/)?(?:ba|da|z)?sh\s+-l?c\s")


def _shell_line(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """A command for a container in which a shell runs a script, as a line or as words."""
    for value, place in given.everything():
        script = script_at(value.items) if value.items is not None else None
        if value.items is not None and script is not None:
            yield value.items[script], place
        elif any(form and isinstance(form[0], str) and _SHELL_LINE.match(form[0]) for form in value.forms):
            yield value, place


_MARKED = lazy_regex(r"\{\{-?\s*(\w+)[^{}|]*\|\s*(?:safe|tojson\s*\|\s*safe)\b")


def _marked_safe(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What a template is told to write as it is."""
    text = (given.at(0, "source") or FIXED).text or ""
    yield from (given.named[name] for name in _MARKED.findall(text) if name in given.named)


def _location_header(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The header of an answer that says where to go."""
    for value, place in (given.named["headers"],) if "headers" in given.named else given.positional:
        for key, item in (value.fields or {}).items():
            if str(key).lower() == "location":
                yield item, entry(place, str(key))


SELECTED: Mapping[str, Callable[[Arguments], Iterator[tuple[Value, ir.Node]]]] = {
    "log-arguments": _logged,
    "program": _program,
    "words": _words,
    "header-pairs": _header_pairs,
    "first-of-pair": _first_of_pair,
    "path-text": _path_text,
    "safe-loader": _safe_loader,
    "escaping-filters": _escaping_filters,
    "written-name": _written,
    "whole-first": lambda given: _whole(given, 0),
    "whole-second": lambda given: _whole(given, 1),
    "spread-object": _spread,
    "set-object": _set,
    "exec-words": _exec_words,
    "mail-input": _mail_input,
    "pieces": _pieces,
    "shell-line": _shell_line,
    "marked-safe": _marked_safe,
    "location-header": _location_header,
}
"""Parts of arguments that Python's models name."""
