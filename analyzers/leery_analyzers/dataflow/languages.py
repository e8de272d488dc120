"""Which lowering and which plugin serve a language id; adding a language is a line here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.language import CommonLanguage


@dataclass(frozen=True, slots=True)
class Support:
    """What the engine needs for one language.

    Attributes:
        lower: root, parsed bytes and import statements of a unit to its IR.
        plugin: what is the language's own.
        models: the folder of models under ``models/``.
    """

    lower: Callable[[Node, bytes, tuple[str, ...]], ir.Module]
    plugin: Callable[[], CommonLanguage]
    models: str


_PLUGINS: Mapping[str, tuple[str, str]] = {
    "python": ("python", "Python"),
    "java": ("java", "Java"),
    **dict.fromkeys(("javascript", "javascriptreact", "typescript", "typescriptreact"), ("javascript", "JavaScript")),
}
"""Folder and class by language id, as in the LSP."""
LANGUAGES = frozenset(_PLUGINS)


@cache
def support(language: str) -> Support:
    """What there is for a language id; imported when first asked for, as most processes see one language.

    Raises:
        KeyError: it is not in `LANGUAGES`.
    """
    folder, plugin = _PLUGINS[language]
    lower = import_module(f"leery_analyzers.dataflow.{folder}.lower").lower
    library = import_module(f"leery_analyzers.dataflow.{folder}.library")
    return Support(lower, getattr(library, plugin), folder)
