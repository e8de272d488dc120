"""An archive unpacked without looking at what its members are called.

A member of a tar archive may be named ``../../etc/cron.d/x``, be a link out of the folder, or a device.
``filter="data"`` (Python 3.12, and the security releases of 3.8 to 3.11) refuses those.

Left alone: zip archives, whose members Python keeps inside the folder, and calls that pass a filter or chosen members.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OPENED = r"\b(?:tarfile\s*\.\s*open|tarfile\s*\.\s*TarFile|TarFile)\b"
_OPENERS = frozenset({"tarfile.open", "tarfile.TarFile", "tarfile.TarFile.open"})
_MESSAGE = "The archive decides where its members are written, also outside of the folder."


class ArchiveExtraction(Check):
    """Finds tar archives that are unpacked without a filter."""

    summary = "A tar archive unpacked without a filter"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    languages = PYTHON
    calls = frozenset({".extractall"})

    VALID = (
        'import tarfile\n\nwith tarfile.open(größe) as tar:\n    tar.extractall(folder, filter="data")\n',
        "import zipfile\n\nwith zipfile.ZipFile(name) as archive:\n    archive.extractall(folder)\n",
        "import tarfile\n\ntar = tarfile.open(name)\ntar.extractall(folder, members=checked(tar))\n",
        "frame.text.str.extractall(pattern)\n",
    )
    INVALID = (
        Invalid(
            code="import tarfile\n\nwith tarfile.open(größe) as tar:\n    tar.extractall(folder)\n",
            at="tar.extractall",
            message=_MESSAGE,
            fixed=('import tarfile\n\nwith tarfile.open(größe) as tar:\n    tar.extractall(folder, filter="data")\n',),
        ),
        Invalid(
            code="import tarfile\n\narchive = tarfile.open(name)\narchive.extractall()\n",
            at="archive.extractall",
            message=_MESSAGE,
            fixed=('import tarfile\n\narchive = tarfile.open(name)\narchive.extractall(filter="data")\n',),
        ),
        Invalid(
            code="from tarfile import open as untar\n\nuntar(name).extractall(folder)\n",
            at="untar(name).extractall",
            message=_MESSAGE,
            fixed=('from tarfile import open as untar\n\nuntar(name).extractall(folder, filter="data")\n',),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function = call.child_by_field_name("function")
        receiver = function.child_by_field_name("object") if function is not None else None
        arguments = code.arguments(call)
        if function is None or receiver is None or arguments.spread or {"filter", "members"} & arguments.named.keys():
            return
        if len(arguments.positional) > 1 or not _is_tar(code, receiver):
            return
        edit = append_argument(code, call, 'filter="data"')
        fixes = (Fix("Refuse members that leave the folder", "review", (edit,)),) if edit is not None else ()
        yield Problem(function, _MESSAGE, fixes=fixes)


def _is_tar(code: Code, receiver: Node) -> bool:
    """Whether an expression is, or was bound to, an opened tar archive."""
    if receiver.type == "call":
        return code.callee(receiver) in _OPENERS
    if receiver.type != "identifier":
        return False
    name = code.text(receiver)
    bindings = code.scopes.lookup(name, receiver.start_byte)
    values = [binding.value for binding in bindings if binding.kind == "value"]
    if any(value is not None and value.type == "call" and code.callee(value) in _OPENERS for value in values):
        return True
    managed = re.search(rf"\bwith\b[^\n]*{_OPENED}[^\n]*\bas\s+{re.escape(name)}\b", code.source)
    return managed is not None
