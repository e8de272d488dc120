"""A decision about rights that rests on what the request itself claims.

A header, a parameter or a cookie that says ``admin`` is written by whoever sends the request. Take the role from the
session, from a token whose signature is checked, or from the database.

Left alone: values that are compared with a secret, and roles that are given to somebody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed, function_of, in_test, literal_text
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ROLE = lazy_regex(
    r"(?i)(?:x[-_])?(?:user[-_]?)?(?:is[-_]?)?(?:admin|role|superuser|staff|is[-_]?admin|user[-_]?role|privileged|internal)"
)
_CLAIMS = lazy_regex(
    r"(?:await\s+)?(?:self\.)?(?:request|req)\.(?:args|form|values|headers|cookies|GET|POST|COOKIES|META|query_params|query|"
    r"json|get_json\([^()]*\)|data|params)(?:\.get\(\s*|\[\s*)[\"'](?:HTTP_)?([\w-]+)[\"'].*",
    re.DOTALL,
)
_GIVEN = lazy_regex(r"\b(\w+)\s*:\s*[^=,]+=\s*(?:Header|Cookie|Query)\(")
_REFUSES = lazy_regex(r"\b40[13]\b|abort|raise|Forbidden|Unauthori|PermissionDenied|redirect|return\b")
_MESSAGE = "The request itself claims to be `{}`: whoever sends it can claim anything."


class RoleFromRequest(Check):
    """Finds rights that a request gives itself."""

    summary = "Rights that a request gives itself"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-285", "CWE-862")
    owasp = ("A01:2025",)
    languages = PYTHON
    query: ClassVar[Mapping[str, str]] = {
        "python": "(comparison_operator) @test (if_statement condition: (_) @condition)"
    }

    VALID = (
        "def view(request):\n    if request.user.role != 'admin':\n        abort(403)\n",
        "def größe(request):\n    if request.headers.get('X-Admin-Token') != TOKEN:\n        abort(403)\n",
        (
            "def view(request):\n    role = request.form['role']\n    if role not in ROLES:\n        abort(400)\n"
            "    user.role = role\n"
        ),
    )
    INVALID = (
        Invalid(
            code="def größe():\n    if request.headers.get('X-Role') != 'admin':\n        abort(403)\n    restart()\n",
            at="request.headers.get('X-Role') != 'admin'",
            message=_MESSAGE.format("admin"),
        ),
        Invalid(
            code="def view():\n    role = request.cookies.get('role', 'user')\n    if role == 'admin':\n"
            "        return größe()\n",
            at="role == 'admin'",
            message=_MESSAGE.format("admin"),
        ),
        Invalid(
            code="@app.post('/x')\ndef view(x_role: str = Header('user')):\n    if x_role != 'admin':\n"
            "        raise HTTPException(403)\n    größe()\n",
            at="x_role != 'admin'",
            message=_MESSAGE.format("admin"),
        ),
        Invalid(
            code="def view():\n    if not request.args.get('is_admin'):\n        abort(403)\n    größe()\n",
            at="not «request.args.get('is_admin')»",
            message=_MESSAGE.format("is_admin"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one comparison or condition."""
        test = found.get("test")
        if test is not None:
            yield from _compared(code, test)
            return
        condition = found["condition"]
        if condition.type == "not_operator" and condition.named_children:
            condition = condition.named_children[0]
        claimed = _claimed(code, condition) if condition.type in {"call", "subscript", "identifier"} else ""
        if re.search(r"(?i)admin|staff|superuser|privileged", claimed):
            yield from _decided(code, condition, claimed)


def _compared(code: Code, test: Node) -> Iterator[Problem]:
    if len(test.named_children) != 2 or not _claimed(code, test.named_children[0]):
        return
    wanted = literal_text(code, test.named_children[1])
    if wanted is not None and re.search(r"[!=]=", code.text(test)):
        yield from _decided(code, test, wanted)


def _claimed(code: Code, node: Node) -> str:
    """What a value claims that comes from a request; empty if it is something else."""
    inner = code.text(followed(code, node))
    claim = _CLAIMS.fullmatch(inner)
    if claim is not None:
        return claim[1] if _ROLE.fullmatch(claim[1]) else ""
    function = function_of(node)
    if node.type != "identifier" or function is None:
        return ""
    given = _GIVEN.findall(code.text(function.child_by_field_name("parameters")))
    name = code.text(node)
    return name if name in given and _ROLE.fullmatch(name) else ""


def _decided(code: Code, place: Node, claimed: str) -> Iterator[Problem]:
    """The problem, if something is allowed or refused by it."""
    holder = next((node for node in ancestors(place) if node.type in {"if_statement", "block"}), None)
    if holder is None or holder.type != "if_statement" or in_test(code, place):
        return
    if _REFUSES.search(code.text(holder)) is not None:
        yield Problem(place, _MESSAGE.format(claimed))
