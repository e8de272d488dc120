"""Libraries that Leery installs only when it is asked to: what is optional is imported here, when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtraError(Exception):
    """A library of an extra is not installed; the message says what brings it."""


def load(module: str, extra: str, what: str) -> Any:
    """A module of an optional library.

    Args:
        module: its qualified name.
        extra: the extra of Leery's that brings it.
        what: what needs it, in the plural, at the beginning of a sentence.

    Raises:
        MissingExtraError: see there.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"{what} need an extra: pip install 'leery[{extra}]'") from error
