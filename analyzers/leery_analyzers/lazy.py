"""Regular expressions that are compiled when they are first used.

A process of Leery has hundreds of them and uses few, and to compile one takes as long as a thousand searches. Must not
know what any of them is for.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Regex:
    """Stands for a pattern; from its first use on, its methods are the pattern's own and cost no more."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern to be compiled with its first use, for modules that are imported by whoever starts.

    It has a pattern's attributes, but the functions of `re` do not take it for one.

    Args:
        pattern: as of `re.compile`; one that is not valid raises `re.error` when it is first used.
        flags: the same.
    """
    return cast("re.Pattern[str]", _Regex(pattern, flags))
