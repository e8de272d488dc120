"""Other processes, any of which may end between two questions about it."""

from __future__ import annotations

import contextlib

import psutil


def running(process: psutil.Process) -> bool:
    """Whether a process does still anything; one that has ended and whom nobody has asked for its status does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def descendants(pid: int, part: str = "") -> list[psutil.Process]:
    """Every process below one whose command line contains a text."""
    found = []
    for one in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if part in " ".join(one.cmdline()):
                found.append(one)
    return found
