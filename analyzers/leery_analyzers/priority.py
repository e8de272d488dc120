"""Lets processes whose answers can wait go behind those that a person waits for."""

from __future__ import annotations

import contextlib
import os

_STEPS = 5
"""On Linux a quarter of a processor's time where another process wants all of it, so that it is never starved."""


def lower_priority(pid: int) -> None:
    """Have a process of this user go behind others; nothing happens where the system knows no such thing.

    Threads that it has started already may stay as they are: call it at once.
    """
    with contextlib.suppress(AttributeError, OSError):  # Windows; a process that has ended
        os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid) + _STEPS)
