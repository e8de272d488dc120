"""Which class reads the units of a language."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from leery_analyzers.checks.base import CSHARP, GO, JAVA, JAVASCRIPT, PYTHON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.checks.code import Code

_CLASSES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(PYTHON, ("python_code", "PythonCode")),
    **dict.fromkeys(JAVASCRIPT, ("javascript_code", "JavaScriptCode")),
    **dict.fromkeys(JAVA, ("java_code", "JavaCode")),
    **dict.fromkeys(CSHARP, ("csharp_code", "CSharpCode")),
    **dict.fromkeys(GO, ("go_code", "GoCode")),
}


@cache
def code_class(language: str) -> type[Code] | None:
    """The class for a language id, imported when first asked for; None for a language that nobody reads."""
    if language not in _CLASSES:
        return None
    module, name = _CLASSES[language]
    found: type[Code] = getattr(import_module(f"leery_analyzers.checks.{module}"), name)
    return found
