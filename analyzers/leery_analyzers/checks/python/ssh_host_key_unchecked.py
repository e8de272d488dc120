"""An SSH connection to whoever answers.

With paramiko's ``AutoAddPolicy`` or ``WarningPolicy`` the key of an unknown host is taken as it comes, so the first
connection, and any to a host that is not known yet, can be made to somebody in between.

Left alone: ``RejectPolicy`` and policies of one's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_POLICIES = frozenset({"AutoAddPolicy", "WarningPolicy"})
_MESSAGE = "Any host key is accepted, so the connection may be to somebody in between. Load the known hosts instead."


class SshHostKeyUnchecked(Check):
    """Finds paramiko clients that accept unknown hosts."""

    summary = "An SSH client that accepts any host key"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-295",)
    owasp = ("A07:2025",)
    languages = PYTHON
    calls = frozenset({".set_missing_host_key_policy"})

    VALID = (
        "import paramiko\n\nclient.set_missing_host_key_policy(paramiko.RejectPolicy())  # größe\n",
        "client.set_missing_host_key_policy(OurPolicy(known))\n",
        "policy.AutoAddPolicy()\n",
    )
    INVALID = (
        Invalid(
            code="import paramiko\n\nclient.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # größe\n",
            at="paramiko.AutoAddPolicy()",
            message=_MESSAGE,
            fixed=("import paramiko\n\nclient.set_missing_host_key_policy(paramiko.RejectPolicy())  # größe\n",),
        ),
        Invalid(
            code="from paramiko import WarningPolicy\n\nc.set_missing_host_key_policy(WarningPolicy)\n",
            at="c.set_missing_host_key_policy(«WarningPolicy»)",
            message=_MESSAGE,
            fixed=(
                (
                    "from paramiko import WarningPolicy\nfrom paramiko import RejectPolicy\n\n"
                    "c.set_missing_host_key_policy(RejectPolicy)\n"
                ),
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        policy = code.arguments(found["call"]).get(0, "policy")
        if policy is None:
            return
        made = policy.child_by_field_name("function") if policy.type == "call" else policy
        if made is None or code.name(made).rpartition(".")[2] not in _POLICIES:
            return
        last = made.child_by_field_name("attribute") or made
        imports = ("from paramiko import RejectPolicy",) if last is made else ()
        fix = Fix("Refuse unknown hosts", "review", (code.replace(last, "RejectPolicy"),), imports)
        yield Problem(policy, _MESSAGE, fixes=(fix,))
