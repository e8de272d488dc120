"""A line read from the network, however long it is.

``readline()`` without a limit reads until the other side sends a line ending, and keeps all of it in memory.

Left alone: files of this machine and reads with a limit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NETWORK = re.compile(r"makefile\(|\burlopen\(|self\.rfile\b|\brequest\.(stream|environ)|\bwsgi\.input|socket")
_MESSAGE = "The other side decides how long this line is, and all of it is kept in memory."


class UnboundedReadline(Check):
    """Finds lines without a limit."""

    summary = "A line from the network read without a limit"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-400", "CWE-770")
    languages = PYTHON
    calls = frozenset({".readline"})

    VALID = (
        'with open("größe") as file:\n    line = file.readline()\n',
        "line = self.rfile.readline(65536)\n",
        "stream = connection.makefile()\nline = stream.readline(LIMIT)\n",
        "line = sys.stdin.readline()\n",
    )
    INVALID = (
        Invalid(
            code="größe = self.rfile.readline()\n",
            at="self.rfile.readline",
            message=_MESSAGE,
            fixed=("größe = self.rfile.readline(5_000_000)\n",),
        ),
        Invalid(
            code="stream = connection.makefile()\nline = stream.readline()\n",
            at="stream.readline",
            message=_MESSAGE,
            fixed=("stream = connection.makefile()\nline = stream.readline(5_000_000)\n",),
        ),
        Invalid(
            code='line = environ["wsgi.input"].readline()\n',
            at='environ["wsgi.input"].readline',
            message=_MESSAGE,
            fixed=('line = environ["wsgi.input"].readline(5_000_000)\n',),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function = call.child_by_field_name("function")
        receiver = function.child_by_field_name("object") if function is not None else None
        arguments = code.arguments(call)
        if function is None or receiver is None or arguments.positional or arguments.named or arguments.spread:
            return
        if _NETWORK.search(code.text(followed(code, receiver))):
            edit = append_argument(code, call, "5_000_000")
            fixes = (Fix("Read five megabytes at most", "review", (edit,)),) if edit is not None else ()
            yield Problem(function, _MESSAGE, fixes=fixes)
