"""An SSH connection to whoever answers.

With paramiko's ``AutoAddPolicy`` or ``WarningPolicy`` the key of an unknown host is taken as it comes, so the first
connection, and any to a host that is not known yet, can be made to somebody in between.

Left alone: ``RejectPolicy`` and policies of one's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.fixes.arguments import remove_item
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
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({".set_missing_host_key_policy", "asyncssh.connect", "asyncssh.create_connection"})
    query: ClassVar[Mapping[str, str]] = {
        "python": """
        (assignment left: (attribute attribute: (identifier) @keys) right: (none) @nothing
          (#eq? @keys "hostkeys")) @unset
        ((string) @option (#match? @option "(StrictHostKeyChecking|UserKnownHostsFile)[= ](no|/dev/null)"))
        """,
        **dict.fromkeys(
            JAVASCRIPT,
            """
            (pair key: (_) @keys value: (arrow_function) @accepting (#eq? @keys "hostVerifier")) @pair
            ((string) @option (#match? @option "(StrictHostKeyChecking|UserKnownHostsFile)[= ](no|/dev/null)"))
            """,
        ),
    }

    VALID = (
        "import asyncssh\n\nasyncssh.connect(größe, known_hosts=path)\n",
        Valid("conn.connect({ host, hostVerifier: (key) => known.includes(key), größe: 1 });\n", "javascript"),
        "import paramiko\n\nclient.set_missing_host_key_policy(paramiko.RejectPolicy())  # größe\n",
        "client.set_missing_host_key_policy(OurPolicy(known))\n",
        "policy.AutoAddPolicy()\n",
    )
    INVALID = (
        Invalid(
            code="import asyncssh\n\nasyncssh.connect(größe, known_hosts=None)\n",
            at="known_hosts=None",
            message=_MESSAGE,
            fixed=("import asyncssh\n\nasyncssh.connect(größe)\n",),
        ),
        Invalid(
            code='subprocess.run(["ssh", "-o", "StrictHostKeyChecking=no", host])  # größe\n',
            at='"StrictHostKeyChecking=no"',
            message=_MESSAGE,
            fixed=('subprocess.run(["ssh", "-o", "StrictHostKeyChecking=yes", host])  # größe\n',),
        ),
        Invalid(
            code="options = pysftp.CnOpts()\noptions.hostkeys = None\n",
            at="options.hostkeys = None",
            message=_MESSAGE,
        ),
        Invalid(
            code="conn.connect({ host: größe, hostVerifier: () => true });\n",
            at="hostVerifier: () => true",
            message=_MESSAGE,
            language="javascript",
        ),
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
        if (call := found.get("call")) is None:
            yield from _other(code, found)
            return
        if code.callee(call).startswith("asyncssh"):
            known = code.arguments(call).nodes.get("known_hosts")
            if known is not None and code.text(code.arguments(call).named["known_hosts"]) == "None":
                yield Problem(
                    known, _MESSAGE, fixes=(Fix("Refuse unknown hosts", "review", (remove_item(code, known),)),)
                )
            return
        if code.unit.language != "python":
            return
        policy = code.arguments(call).get(0, "policy")
        if policy is None:
            return
        made = policy.child_by_field_name("function") if policy.type == "call" else policy
        if made is None or code.name(made).rpartition(".")[2] not in _POLICIES:
            return
        last = made.child_by_field_name("attribute") or made
        imports = ("from paramiko import RejectPolicy",) if last is made else ()
        fix = Fix("Refuse unknown hosts", "review", (code.replace(last, "RejectPolicy"),), imports)
        yield Problem(policy, _MESSAGE, fixes=(fix,))


def _other(code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
    """Options of a command line, of pysftp and of Node's ssh2."""
    if (option := found.get("option")) is not None:
        text = code.text(option)
        edit = code.replace(option, text.replace("Checking=no", "Checking=yes").replace("Checking no", "Checking yes"))
        fixes = (Fix("Refuse unknown hosts", "review", (edit,)),) if "Checking" in text and "Known" not in text else ()
        yield Problem(option, _MESSAGE, fixes=fixes, severity="medium")
    elif (pair := found.get("pair")) is not None:
        if code.text(found["accepting"].child_by_field_name("body")).strip("{} ;") in {"true", "return true"}:
            yield Problem(pair, _MESSAGE)
    else:
        yield Problem(found["unset"], _MESSAGE)
