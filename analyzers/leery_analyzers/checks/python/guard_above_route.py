"""A guard that stands above the route, where no request meets it.

Decorators are applied from below: ``@app.get`` takes the function as it is under it. A guard above it wraps what nobody
calls, so the route is open. Put the route first, the guard below it.

Left alone: functions with the guard on both sides, and frameworks whose route decorators mark the function only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ROUTE = re.compile(r"@\w+\.(?:route|get|post|put|patch|delete|api_route|websocket)\(\s*[rf]?[\"']/")
_GUARD = re.compile(
    r"(?i)@(?:\w+\.)*(?:(?:login|auth\w*|token|jwt|admin|role|roles|permission|permissions|staff|session|user|mfa)_?required"
    r"|require[sd]?_?(?:login|auth\w*|token|jwt|admin|role|roles|permission|permissions|staff|user|session)|admin_only|protected)\b"
)
_FRAMEWORKS = re.compile(r"\b(?:flask|quart|fastapi|starlette|sanic|bottle)\b")
_MESSAGE = "This guard stands above the route, so no request meets it; put it below."


class GuardAboveRoute(Check):
    """Finds guards that wrap a function after it was registered."""

    summary = "A guard that stands above the route, where no request meets it"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    references = ("https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/",)
    languages = PYTHON
    query = "(decorated_definition (decorator) @above . (decorator) @below) @function"

    VALID = (
        'from flask import Flask\n\n\n@app.get("/größe")\n@login_required\ndef show():\n    return page()\n',
        '@login_required\n@cache.get("/größe")\ndef show():\n    return page()\n',
        'import flask\n\n\n@limited\n@app.get("/größe")\ndef show():\n    return page()\n',
        ('import flask\n\n\n@login_required\n@app.get("/größe")\n@login_required\ndef show():\n    return page()\n'),
    )
    INVALID = (
        Invalid(
            code='from flask import Flask\n\n\n@login_required\n@app.get("/größe")\ndef show():\n    return page()\n',
            at="@login_required",
            message=_MESSAGE,
            fixed=(
                'from flask import Flask\n\n\n@app.get("/größe")\n@login_required\ndef show():\n    return page()\n',
            ),
        ),
        Invalid(
            code=(
                'from quart import Quart\n\n\n@roles_required("größe")\n@app.route("/all", methods=["POST"])\n'
                "async def save():\n    keep()\n"
            ),
            at='@roles_required("größe")',
            message=_MESSAGE,
            fixed=(
                (
                    'from quart import Quart\n\n\n@app.route("/all", methods=["POST"])\n@roles_required("größe")\n'
                    "async def save():\n    keep()\n"
                ),
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at two decorators, one below the other."""
        above, below = code.text(found["above"]), code.text(found["below"])
        if _GUARD.match(above) is None or _ROUTE.match(below) is None or not _FRAMEWORKS.search(code.import_lines):
            return
        if sum(above.partition("(")[0] in code.text(child) for child in found["function"].children) > 1:
            return
        edits = (code.replace(found["above"], below), code.replace(found["below"], above))
        yield Problem(found["above"], _MESSAGE, fixes=(Fix("Put the route first", "review", edits),))
