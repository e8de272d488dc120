"""Lets a superuser's tests meet files that are closed to them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION = 0x20080522
_OVERRIDE, _READ_SEARCH = 1 << 1, 1 << 2
"""The rights to write and to read whatever the modes of files say; their numbers stand in ``linux/capability.h``."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Modes of files hold for this thread, also on Linux for a superuser; elsewhere one is left as it is."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, rights = _Header(_VERSION, 0), (_Rights * 2)()
    _call(libc.capget, header, rights)
    kept = rights[0].effective
    rights[0].effective = kept & ~(_OVERRIDE | _READ_SEARCH)
    _call(libc.capset, header, rights)
    try:
        yield
    finally:
        rights[0].effective = kept
        _call(libc.capset, header, rights)


def _call(function: ctypes._FuncPointer, header: _Header, rights: ctypes.Array[_Rights]) -> None:
    if function(ctypes.byref(header), rights) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
