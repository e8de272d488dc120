"""Which class reads the units of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.checks.base import CSHARP, GO, JAVA, JAVASCRIPT, PYTHON
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.javascript_code import JavaScriptCode
from leery_analyzers.checks.python_code import PythonCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.checks.code import Code

CODE: Mapping[str, type[Code]] = {
    **dict.fromkeys(PYTHON, PythonCode),
    **dict.fromkeys(JAVASCRIPT, JavaScriptCode),
    **dict.fromkeys(JAVA, JavaCode),
    **dict.fromkeys(CSHARP, CSharpCode),
    **dict.fromkeys(GO, GoCode),
}
"""By language id."""
