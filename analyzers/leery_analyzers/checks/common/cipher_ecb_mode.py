"""A block cipher used block by block.

In ECB mode equal blocks of the message become equal blocks of the secret text, so its structure shows, and blocks can
be exchanged unnoticed. GCM hides both and notices changes.

Left alone: ECB named to compare with or to forbid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python, literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGE = "In ECB mode equal blocks of the message stay equal, so its structure shows and blocks can be exchanged."


class CipherEcbMode(Check):
    """Finds ECB mode."""

    summary = "A block cipher used block by block"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({".new", ".ECB", ".createCipheriv", ".createDecipheriv", ".encrypt", ".decrypt"})

    VALID = (
        "from Crypto.Cipher import AES\n\ncipher = AES.new(schlüssel, AES.MODE_EAX)\n",
        "from Crypto.Cipher import AES\n\nif mode == AES.MODE_ECB:\n    raise ValueError(mode)\n",
        "bank.ECB(größe)\nfactory.new(key, mode)\n",
        Valid('const c = crypto.createCipheriv("aes-256-cbc", key, iv);\nconst bank = "ecb";\n', "javascript"),
        Valid("const t = CryptoJS.AES.encrypt(m, key, { mode: CryptoJS.mode.CTR, iv });\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="from Crypto.Cipher import AES\n\ncipher = AES.new(schlüssel, AES.MODE_ECB)\n",
            at="AES.MODE_ECB",
            message=_MESSAGE,
            fixed=("from Crypto.Cipher import AES\n\ncipher = AES.new(schlüssel, AES.MODE_GCM)\n",),
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes\n\n"
            "cipher = Cipher(algorithms.AES(key), modes.ECB())\n",
            at="modes.ECB()",
            message=_MESSAGE,
        ),
        Invalid(
            code='const größe = crypto.createCipheriv("aes-128-ecb", key, null);\n',
            at='"aes-128-ecb"',
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code='import CryptoJS from "crypto-js";\n\n'
            "const t = CryptoJS.AES.encrypt(m, key, { mode: CryptoJS.mode.ECB });\n",
            at="CryptoJS.mode.ECB",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        method, arguments = code.method(call), code.arguments(call)
        if is_python(code):
            yield from self._python(code, call, method)
        elif method.startswith("create"):
            kind = arguments.get(0)
            if kind is not None and "-ecb" in (literal_text(code, kind) or "").lower():
                yield Problem(kind, _MESSAGE)
        elif (options := arguments.get(2)) is not None and options.type == "object":
            for pair in options.named_children:
                value = pair.child_by_field_name("value")
                if value is not None and code.name(value).endswith(".mode.ECB"):
                    yield Problem(value, _MESSAGE)

    def _python(self, code: Code, call: Node, method: str) -> Iterator[Problem]:
        if method == "ECB":
            name = code.callee(call)
            if name.endswith("modes.ECB") or "cryptography" in name:
                yield Problem(call, _MESSAGE)
            return
        mode = code.arguments(call).get(1, "mode") if method == "new" else None
        if mode is None or not code.text(mode).endswith("MODE_ECB"):
            return
        last = mode.child_by_field_name("attribute")
        aes = code.callee(call).endswith("AES.new") and len(code.arguments(call).positional) < 3
        fixes = (Fix("Use GCM", "manual", (code.replace(last, "MODE_GCM"),)),) if last is not None and aes else ()
        yield Problem(mode, _MESSAGE, fixes=fixes)
