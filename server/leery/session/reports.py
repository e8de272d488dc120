"""The report of a workspace's log, made by ``leery log report`` in a process of its own, since it takes long.

Must not know what is in a report.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leery.children import command_line
from leery.session.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".html"
_WRITTEN = (0, 1)  # 1: the log does not hold, and the report says so


async def write_report(root: Path, path: str, of: Path | None) -> None:
    """Write the report of the workspace at `root`, or of one file `of` it, into a file.

    Raises:
        NotFoundError: it could not be made; the message says why.
    """
    only = () if of is None else (f"--file={of}",)
    child = await asyncio.create_subprocess_exec(
        *command_line("log", "report", "--html", path, "--workspace", str(root), *only),
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
        raise NotFoundError(message or "the report could not be made")
