"""A connection that may use a version of TLS that is broken.

SSL 2 and 3, TLS 1.0 and 1.1 can be attacked and are no longer allowed by RFC 8996. ``ssl.create_default_context`` and
``PROTOCOL_TLS_CLIENT`` choose the newest version that both sides know.

Left alone: naming a version to compare with it, to look something up by it or in a table of versions, or to forbid it
(``ssl.OP_NO_TLSv1``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CONTEXTS = frozenset(
    {"SSL.SSLv2_METHOD", "SSL.SSLv3_METHOD", "SSL.TLSv1_METHOD", "SSL.TLSv1_1_METHOD"}
    | {f"ssl.PROTOCOL_{version}" for version in ("SSLv2", "SSLv3", "TLSv1", "TLSv1_1")}
)
_MINIMUMS = frozenset(f"ssl.TLSVersion.{version}" for version in ("SSLv3", "TLSv1", "TLSv1_1", "MINIMUM_SUPPORTED"))
_NOT_A_USE = frozenset(
    {"comparison_operator", "import_from_statement", "dictionary", "pair", "set", "list", "subscript"}
)
_SCRIPT = """
(pair key: (_) @key value: (string) @text
  (#any-of? @key "minVersion" "secureProtocol" "maxVersion" "minTlsVersion" "sslProtocol")) @pair
"""
_OLD = re.compile(r"(SSLv[23]|TLSv1(\.[01]|_1)?)(_(server|client))?(_method)?")
_MESSAGE = "This version of the protocol is broken; with it, others can read or change what is sent."


class OutdatedTlsVersion(Check):
    """Finds protocol versions that must not be used any more."""

    summary = "An outdated version of TLS"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8996",)
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {
        "python": """
    ((attribute attribute: (identifier) @name) @version
      (#match? @name "^(PROTOCOL_)?(SSLv[23]|TLSv1|TLSv1_1|MINIMUM_SUPPORTED)(_METHOD)?$"))
    """,
        **dict.fromkeys(JAVASCRIPT, _SCRIPT),
    }

    VALID = (
        Valid('tls.createServer({ minVersion: "TLSv1.2", größe: 1 });\n', "javascript"),
        Valid('const label = { version: "TLSv1", secureProtocol: "TLS_method" };\n', "typescript"),
        "import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # größe\n",
        "import ssl\n\ncontext.minimum_version = ssl.TLSVersion.TLSv1_2\ncontext.options |= ssl.OP_NO_TLSv1\n",
        "import ssl\n\nif found == ssl.TLSVersion.TLSv1:\n    warn()\n",
        "import ssl\n\ncontext.maximum_version = limits.TLSv1\n",
        "import ssl\n\nfrom OpenSSL import SSL\n\nmethods = {}\nmethods[ssl.PROTOCOL_TLSv1] = SSL.TLSv1_METHOD\n",
        "import ssl\n\n\ndef reset(self):\n    self._minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED\n",
    )
    INVALID = (
        Invalid(
            code='https.createServer({ größe: 1, minVersion: "TLSv1" }, serve);\n',
            at='"TLSv1"',
            message=_MESSAGE,
            fixed=('https.createServer({ größe: 1, minVersion: "TLSv1.2" }, serve);\n',),
            language="javascript",
        ),
        Invalid(
            code="const agent = new https.Agent({ secureProtocol: 'TLSv1_1_method' });\n",
            at="'TLSv1_1_method'",
            message=_MESSAGE,
            fixed=("const agent = new https.Agent({ secureProtocol: 'TLS_method' });\n",),
            language="typescript",
        ),
        Invalid(
            code="import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # größe\n",
            at="ssl.PROTOCOL_TLSv1",
            message=_MESSAGE,
            fixed=("import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # größe\n",),
        ),
        Invalid(
            code="import ssl\n\ncontext.minimum_version = ssl.TLSVersion.TLSv1_1\n",
            at="ssl.TLSVersion.TLSv1_1",
            message=_MESSAGE,
            fixed=("import ssl\n\ncontext.minimum_version = ssl.TLSVersion.TLSv1_2\n",),
        ),
        Invalid(
            code="from OpenSSL import SSL\n\ncontext = SSL.Context(SSL.SSLv3_METHOD)\n",
            at="SSL.SSLv3_METHOD",
            message=_MESSAGE,
            fixed=("from OpenSSL import SSL\n\ncontext = SSL.Context(SSL.TLS_METHOD)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (pair := found.get("pair")) is not None:
            yield from _script(code, pair, code.text(found["key"]), found["text"])
            return
        version, last = found["version"], found["name"]
        around = version.parent
        if around is None or around.type in _NOT_A_USE:
            return
        target = around.child_by_field_name("left") if around.type == "assignment" else None
        if target is not None and target.type == "subscript":
            return
        name = code.name(version).removeprefix("OpenSSL.")
        if name in _CONTEXTS:
            new = "TLS_METHOD" if name.startswith("SSL.") else "PROTOCOL_TLS_CLIENT"
        elif name in _MINIMUMS and code.text(target).endswith(".minimum_version"):
            new = "TLSv1_2"
        else:
            return
        yield Problem(version, _MESSAGE, fixes=(Fix("Use a version that holds", "review", (code.replace(last, new),)),))


def _script(code: Code, pair: Node, key: str, text: Node) -> Iterator[Problem]:
    """A version named in the options of Node."""
    own = code.text(text)
    if pair.parent is None or _OLD.fullmatch(own.strip("\"'")) is None:
        return
    new = "TLS_method" if key == "secureProtocol" else "TLSv1.2"
    edit = code.replace(text, f"{own[0]}{new}{own[0]}")
    yield Problem(text, _MESSAGE, fixes=(Fix("Use a version that holds", "review", (edit,)),))
