"""Which lowering and which plugin serve a language id; adding a language is a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.java import lower as lower_java
from leery_analyzers.dataflow.java.library import Java
from leery_analyzers.dataflow.javascript import lower as lower_javascript
from leery_analyzers.dataflow.javascript.library import JavaScript
from leery_analyzers.dataflow.python import lower as lower_python
from leery_analyzers.dataflow.python.library import Python

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


_PYTHON = Support(lower_python.lower, Python, "python")
_JAVASCRIPT = Support(lower_javascript.lower, JavaScript, "javascript")
_JAVA = Support(lower_java.lower, Java, "java")
SUPPORTED: Mapping[str, Support] = {
    "python": _PYTHON,
    "java": _JAVA,
    **dict.fromkeys(("javascript", "javascriptreact", "typescript", "typescriptreact"), _JAVASCRIPT),
}
"""By language id, as in the LSP."""
