"""A file or folder that everybody on the machine may change.

Left alone: modes that are computed, and modes that only let others read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_POSITIONS = {
    "os.chmod": 1,
    "os.fchmod": 1,
    "os.lchmod": 1,
    "os.mkdir": 1,
    "os.makedirs": 1,
    "os.mkfifo": 1,
    "os.open": 2,
}
_METHOD = "chmod"
_OTHERS_WRITE = 0o002
_OTHERS = 0o077
_STICKY = 0o1000
_NUMBER = re.compile(r"0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[1-9][0-9_]*")
_MESSAGE = "With this mode every user of the machine may change it."


class WorldWritableFile(Check):
    """Finds constant modes that let everybody write."""

    summary = "A file that every user may change"
    severity: ClassVar[Level] = "medium"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = PYTHON
    calls = frozenset(_POSITIONS) | {f".{_METHOD}"}

    VALID = (
        'import os\n\nos.chmod("größe", 0o644)\nos.chmod(path, mode)\nos.makedirs("x")\n',
        "from pathlib import Path\n\nPath(name).chmod(0o755)\n",
        'import os\n\nos.mkdir("/srv/drop", 0o1777)  # with the sticky bit\n',
    )
    INVALID = (
        Invalid(
            code="import os\n\nos.chmod(größe, 0o777)  # später\n",
            at="0o777",
            message=_MESSAGE,
            fixed=("import os\n\nos.chmod(größe, 0o700)  # später\n",),
        ),
        Invalid(
            code="from pathlib import Path\n\nPath(name).chmod(0o666)\n",
            at="0o666",
            message=_MESSAGE,
            fixed=("from pathlib import Path\n\nPath(name).chmod(0o600)\n",),
        ),
        Invalid(
            code="import os\n\nos.makedirs(folder, mode=0o777, exist_ok=True)\n",
            at="0o777",
            message=_MESSAGE,
            fixed=("import os\n\nos.makedirs(folder, mode=0o700, exist_ok=True)\n",),
        ),
        Invalid(
            code="import os\n\nhandle = os.open(path, os.O_CREAT | os.O_WRONLY, 511)\n",
            at="511",
            message=_MESSAGE,
            fixed=("import os\n\nhandle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o700)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        position = _POSITIONS.get(code.callee(call), 0)
        mode = code.arguments(call).get(position, "mode")
        if mode is None or mode.type != "integer":
            return
        text = code.text(mode)
        if _NUMBER.fullmatch(text) is None:
            return
        value = int(text, 8 if text.startswith("0") and text.isdigit() else 0)
        if not value & _OTHERS_WRITE or value & _STICKY:
            return
        fix = Fix("Let only the owner in", "review", (code.replace(mode, f"0o{value & ~_OTHERS:o}"),))
        yield Problem(mode, _MESSAGE, fixes=(fix,))
