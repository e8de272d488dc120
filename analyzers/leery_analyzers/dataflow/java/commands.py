"""What Java starts programs with: which of the words a program may take for options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.commands import loose_words, option_words, script_at, takes_value
from leery_analyzers.dataflow.values import all_taints, constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Value

_PATHS = frozenset({"java.io.File", "java.nio.file.Path"})


def words(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The words of a command that its program may take for options.

    Args:
        given: a list, an array, or the words one by one, the program first.
    """
    if not given.positional:
        return
    first, place = given.positional[0]
    listed, rest = first.items, first.rest
    if listed is None and first.text is not None and len(given.positional) > 1:
        listed, rest = tuple(value for value, _ in given.positional), None
    if listed is None and rest is not None and rest.constants:
        if not any(isinstance(word, str) and takes_value(word) for word in rest.constants):
            loose = loose_words(constant(rest.constants[0]), first)
            yield from ((word, place) for word in loose if not _is_absolute(word))
        return
    if not listed or script_at(listed) is not None:
        return
    for word in option_words(listed[0], listed[1:]):
        if not _is_absolute(word):
            yield word, next((node for value, node in given.positional if value is word), place)
    if rest is not None and all(word.text != "--" for word in listed):
        yield from ((word, place) for word in loose_words(listed[0], first) if not _is_absolute(word))


def _is_absolute(word: Value) -> bool:
    """Whether a word is the path of a file that begins at the root, as `getAbsolutePath` and its like give it."""
    taints = all_taints(word)
    return word.type in _PATHS or (bool(taints) and all(taint.cleared("(resolved)") for taint in taints))
