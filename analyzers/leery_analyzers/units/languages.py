"""Which scanner reads which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery_analyzers.units.marks import Scanner


def scanner_for(language: str) -> Scanner | None:
    """A scanner for a language id as in the LSP, or None for a language whose files are units as a whole."""
    # Imported here: a process mostly sees one language, and to import what reads the others takes 40 ms.
    if language == "python":
        from leery_analyzers.units.python import PythonScanner  # noqa: PLC0415

        return PythonScanner()
    from leery_analyzers.units.braces import BraceScanner  # noqa: PLC0415
    from leery_analyzers.units.dialects import DIALECTS  # noqa: PLC0415

    dialect = DIALECTS.get(language)
    return BraceScanner(dialect) if dialect is not None else None
