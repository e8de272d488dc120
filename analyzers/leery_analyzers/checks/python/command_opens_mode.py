"""A command that opens files to every user.

``chmod 777`` and its kin are as dangerous in a script of commands as in a call of the system: whoever has an account,
or breaks into any service of the machine, may change what lies there.

Left alone: commands that are put together from values, and modes that only let others read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OPENS = re.compile(
    r"\bchmod[\"',\s]+(?:-{1,2}[\w-]+[\"',\s]+)*(?:[0-3]?[0-7]{2}[2367]\b|(?:[ugo]*[ao][ugo]*)?\+[rxXst]*w|[ugo]*o[ugo]*=\w*w)"
)
_STICKY = re.compile(r"\bchmod\D+(?:1[0-7]{3}\b|\+t)")
_MESSAGE = "After this command every user of the machine may change it."


class CommandOpensMode(Check):
    """Finds `chmod` with a mode that lets everybody write in commands."""

    summary = "A command that lets everybody write"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = PYTHON
    calls = frozenset({"os.system", "os.popen", ".run", ".sudo", ".call", ".check_call", ".check_output", ".Popen"}) | {
        ".exec_command",
        ".local",
    }

    VALID = (
        'import os\n\nos.system("chmod 755 größe")\nos.system("chmod 1777 /srv/drop")\n',
        'import subprocess\n\nsubprocess.run(["chmod", "u+w", größe])\nsubprocess.run(["chmod", mode, größe])\n',
    )
    INVALID = (
        Invalid(
            code='import os\n\nos.system("chmod -R 777 /srv/größe")\n',
            at='"chmod -R 777 /srv/größe"',
            message=_MESSAGE,
        ),
        Invalid(
            code='import subprocess\n\nsubprocess.run(["chmod", "a+w", größe], check=True)\n',
            at='["chmod", "a+w", größe]',
            message=_MESSAGE,
        ),
        Invalid(code='conn.sudo(f"chmod 0666 {größe}/.env")\n', at='f"chmod 0666 {größe}/.env"', message=_MESSAGE),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call that runs a command."""
        if "chmod" not in code.source:
            return
        command = code.arguments(found["call"]).get(0, "args")
        if command is None:
            return
        text = code.text(followed(code, command))
        if _OPENS.search(text) and not _STICKY.search(text):
            yield Problem(command, _MESSAGE)
