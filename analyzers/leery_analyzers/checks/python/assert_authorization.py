"""A check of permission that is gone where Python runs with ``-O``.

``assert`` is for what cannot happen. With optimization switched on it is not run at all, and the check with it.

Left alone: assertions about anything else, and those of tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import in_test
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PERMISSION = lazy_regex(
    r"(?i)\b(is_?(admin|staff|superuser|authenticated|authorized|owner|logged_?in)|has_?(perm\w*|role|access|scope)|"
    r"can_?(edit|view|delete|access|read|write|manage)\w*|check_?(password|permission|token|signature|csrf)\w*|"
    r"verify_?(token|signature|password|csrf)\w*|current_user\.(role|id)|user\.(role|is_\w+)|"
    r"compare_digest)\b|\bowner(_id)?\s*=="
)
_TESTS = lazy_regex(r"\b(pytest|unittest|TestCase|self\.client|client\.(get|post|put|delete)|fixture|mock)\b|def test_")
_MESSAGE = "With `python -O` this check is not run, and everybody passes."


class AssertAuthorization(Check):
    """Finds permissions that are only asserted."""

    summary = "A permission that is only asserted"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-617", "CWE-285")
    owasp = ("A01:2025",)
    languages = PYTHON
    query = "(assert_statement . (_) @condition) @assertion"

    VALID = (
        "def größe(x):\n    assert x > 0\n    return x\n",
        "def test_admin(user):\n    assert user.is_admin\n",
        "if not user.is_admin:\n    raise PermissionError\n",
        "import pytest\n\nassert client.get('/').user.is_authenticated\n",
    )
    INVALID = (
        Invalid(
            code='def lösche(user, item):\n    assert user.is_admin, "nur größere"\n    item.delete()\n',
            at='assert user.is_admin, "nur größere"',
            message=_MESSAGE,
            fixed=(
                (
                    "def lösche(user, item):\n    if not (user.is_admin):\n"
                    '        raise PermissionError("nur größere")\n'
                    "    item.delete()\n"
                ),
            ),
        ),
        Invalid(
            code="def show(request, doc):\n    assert doc.owner_id == request.user.id\n    return doc\n",
            at="assert doc.owner_id == request.user.id",
            message=_MESSAGE,
            fixed=(
                (
                    "def show(request, doc):\n    if not (doc.owner_id == request.user.id):\n"
                    "        raise PermissionError\n"
                    "    return doc\n"
                ),
            ),
        ),
        Invalid(
            code="assert hmac.compare_digest(mac, given)\n",
            at="assert hmac.compare_digest(mac, given)",
            message=_MESSAGE,
            fixed=("if not (hmac.compare_digest(mac, given)):\n    raise PermissionError\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one assertion."""
        condition, assertion = found["condition"], found["assertion"]
        if not _PERMISSION.search(code.text(condition)) or in_test(code, assertion):
            return
        if _TESTS.search(code.source) or any(_TESTS.search(line) for line in code.unit.imports):
            return
        said = next((child for child in assertion.named_children[1:] if child.type != "comment"), None)
        indent = " " * assertion.start_point.column
        error = f"PermissionError({code.text(said)})" if said is not None else "PermissionError"
        new = f"if not ({code.text(condition)}):\n{indent}    raise {error}"
        yield Problem(assertion, _MESSAGE, fixes=(Fix("Raise an error", "review", (code.replace(assertion, new),)),))
