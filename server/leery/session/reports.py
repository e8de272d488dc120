"""The report of a workspace's log, made by ``leery log report`` in a process of its own, since it takes long.

Must not know what is in a report.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from leery.workers import module_path

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".html"
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); from leery.cli import main; main()"
_WRITTEN = (0, 1)  # 1: the log does not hold, and the report says so


async def write_report(root: Path, path: str) -> None:
    """Write the report of the workspace at `root` into a file.

    Raises:
        OSError: it could not be made; its `strerror` says why.
    """
    command = ["log", "report", "--html", path, "--workspace", str(root)]
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-X", "utf8", "-c", _BOOT, json.dumps(module_path()), *command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
    if child.returncode not in _WRITTEN:
        message = said.decode("utf-8", "replace").strip().rpartition("\n")[2].removeprefix("Error: ")
        raise OSError(child.returncode, message or "the report could not be made", path)
