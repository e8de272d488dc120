"""How Leery starts processes of its own: from this interpreter, isolated, with an explicit module path.

So nothing of the current folder or of a workspace can be imported. Must not start any, nor import what only those need
who watch over them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

_COMMAND = "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); from leery.cli import main; main()"


def module_path() -> list[str]:
    """This process's module path without the current folder and without relative entries."""
    here = Path.cwd()
    return [entry for entry in sys.path if entry and Path(entry).is_absolute() and Path(entry) != here]


def command_line(*arguments: str) -> list[str]:
    """How to run a command of ``leery`` in a process of its own, with this one's modules and nothing of the folder."""
    return [sys.executable, "-I", "-X", "utf8", "-c", _COMMAND, json.dumps(module_path()), *arguments]
