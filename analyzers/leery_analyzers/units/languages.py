"""Which scanner reads which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.units.braces import BraceScanner
from leery_analyzers.units.dialects import DIALECTS
from leery_analyzers.units.python import PythonScanner

if TYPE_CHECKING:
    from leery_analyzers.units.marks import Scanner


def scanner_for(language: str) -> Scanner | None:
    """A scanner for a language id as in the LSP, or None for a language whose files are units as a whole."""
    if language == "python":
        return PythonScanner()
    dialect = DIALECTS.get(language)
    return BraceScanner(dialect) if dialect is not None else None
