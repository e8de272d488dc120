"""Something that a link or a picture on any page can change.

Browsers follow links, load pictures and fetch ahead with GET, and send the visitor's cookie along. A view that deletes
or changes something when it is only asked for does so for whatever page has its address, and no token against forged
requests is asked for. Take such requests by POST only.

Left alone: views that look at the method, links with a token of their own, and views without a login by cookie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.python_routes import decorators_of
from leery_analyzers.checks.values import in_test
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NAMED = lazy_regex(
    r"(?i)(?:^|_)(?:delete|remove|destroy|drop|deactivate|disable|revoke|promote|demote|ban|transfer|withdraw|cancel|purge)(?:_|$)"
)
_CHANGES = lazy_regex(r"\.delete\(|\.save\(|\.commit\(|\.remove\(|\.update\(|(?i:[\"']\s*(?:delete\s+from|update)\s)")
_COOKIE = lazy_regex(
    r"login_required|current_user|request\.user|\bsession\[|session\.get\(|permission_required|staff_member"
)
_METHOD = lazy_regex(
    r"request\.method|require_\w+|http_method|csrf|\.POST\b|\.form\b|get_json|validate_on_submit|is_valid\(\)|token"
)
_GET = lazy_regex(r"@\w+\.(?:get\(|route\((?![^\n]*methods\s*=))")
_ROUTED = lazy_regex(
    r"@\w+\.(?:route|get|post|put|patch|delete|api_route|command|task|websocket)\b|api_view|shared_task|receiver|action\b"
)
_MESSAGE = "`{}` changes something when its address is only asked for: a link or a picture on any page is enough."


class ChangeByLink(Check):
    """Finds views that change something by GET."""

    summary = "Something that a link on any page can change in Python"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    languages = PYTHON
    query: ClassVar[Mapping[str, str]] = {"python": "(function_definition name: (identifier) @name) @function"}

    VALID = (
        (
            '@app.post("/account/delete")\n@login_required\ndef delete_größe():\n    db.session.delete(current_user)\n'
            "    db.session.commit()\n"
        ),
        (
            "@login_required\ndef delete_note(request, pk):\n    größe = get_object_or_404(Note, pk=pk)\n"
            '    if request.method == "POST":\n        größe.delete()\n    return redirect("/")\n'
        ),
        '@app.get("/deleted")\n@login_required\ndef deleted_notes():\n    return show(größe)\n',
        "def delete_note(session, größe):\n    session.delete(größe)\n    session.commit()\n",
    )
    INVALID = (
        Invalid(
            code='@bp.get("/account/delete")\n@login_required\ndef delete_größe():\n'
            "    db.session.delete(current_user)\n    db.session.commit()\n    return redirect('/')\n",
            at="def «delete_größe»",
            message=_MESSAGE.format("delete_größe"),
        ),
        Invalid(
            code="@login_required\ndef delete_note(request, pk):\n    größe = get_object_or_404(Note, pk=pk)\n"
            '    größe.delete()\n    return redirect("/")\n',
            at="def «delete_note»",
            message=_MESSAGE.format("delete_note"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one view."""
        function, name = found["function"], found["name"]
        if not _NAMED.search(code.text(name)):
            return
        body, parameters = code.text(function.child_by_field_name("body")), function.child_by_field_name("parameters")
        around = "\n".join(code.text(decorator) for decorator in decorators_of(function))
        if not _CHANGES.search(body) or _METHOD.search(around + body) or not _COOKIE.search(around + body):
            return
        django = re.match(r"\(\s*request\b", code.text(parameters)) is not None and not _ROUTED.search(around)
        returned = "redirect" in body or "render" in body or "return" in body
        if (django or _GET.search(around)) and returned and not in_test(code, name):
            yield Problem(name, _MESSAGE.format(code.text(name)))
