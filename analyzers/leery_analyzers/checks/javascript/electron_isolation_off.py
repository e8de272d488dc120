"""A window of Electron whose pages reach the machine.

With ``nodeIntegration`` or without ``contextIsolation``, a script that gets into a page runs with the rights of the
program; without ``webSecurity`` a page may read those of others. The defaults are the safe ones.

Left alone: windows that keep them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OPEN = re.compile(
    r"\b(?P<name>nodeIntegration|nodeIntegrationInWorker|nodeIntegrationInSubFrames|enableRemoteModule|"
    r"allowRunningInsecureContent|contextIsolation|webSecurity|sandbox)\s*:\s*(?P<value>true|false)\b"
)
_SAFE = frozenset({"contextIsolation", "webSecurity", "sandbox"})
_MESSAGE = "`{}` lets scripts of a page out of it: one that gets in has the rights of this program."


class ElectronIsolationOff(Check):
    """Finds windows without the walls around their pages."""

    summary = "A window whose pages reach the machine"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1188", "CWE-693", "CWE-94")
    owasp = ("A02:2025",)
    languages = JAVASCRIPT

    VALID = (
        "const größe = new BrowserWindow({ webPreferences: { nodeIntegration: false, contextIsolation: true } });\n",
        "const größe = { sandbox: false };\n",
    )
    INVALID = (
        Invalid(
            code="const größe = new BrowserWindow({ webPreferences: { nodeIntegration: true } });\n",
            at="nodeIntegration: true",
            message=_MESSAGE.format("nodeIntegration: true"),
            fixed=("const größe = new BrowserWindow({ webPreferences: { nodeIntegration: false } });\n",),
        ),
        Invalid(
            code="const größe = new BrowserWindow({\n  webPreferences: {\n    webSecurity: false,\n  },\n});\n",
            at="webSecurity: false",
            message=_MESSAGE.format("webSecurity: false"),
            fixed=("const größe = new BrowserWindow({\n  webPreferences: {\n    webSecurity: true,\n  },\n});\n",),
            language="typescript",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        if "webPreferences" not in text:
            return
        for found in _OPEN.finditer(text, text.index("webPreferences")):
            safe = "true" if found["name"] in _SAFE else "false"
            if found["value"] != safe:
                edit = TextEdit(found.start("value"), found.end("value"), safe)
                place = TextRange(found.start(), found.end())
                yield Problem(place, _MESSAGE.format(found[0]), fixes=(Fix("Keep pages in", "review", (edit,)),))
