"""An initialization vector or nonce that is the same every time.

With a constant vector equal messages give equal secret texts; with a constant nonce AES-GCM and ChaCha20 give away the
key stream, and the key that notices changes. Each message needs a new random one, sent along with it.

Left alone: vectors that are parameters, that are read from the message, or that come from a random generator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import in_test, is_python, named_values, value_of, written_bytes
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MODES = frozenset({"CBC", "CTR", "GCM", "OFB", "CFB", "CFB8"})
_NAMED = (
    '(#any-of? @name "iv" "IV" "AES_IV" "aesIv" "init_vector" "initVector" "INIT_VECTOR" "initialization_vector" '
    '"initializationVector" "INITIALIZATION_VECTOR" "ENCRYPTION_IV" "STATIC_IV" "FIXED_IV" "DEFAULT_IV")'
)
_CIPHER = re.compile(r"\.new\(|[cC]reateCipheriv\(|modes\.|\.encrypt\(")
_MESSAGE = "This vector is the same for every message, so equal messages show, and with a nonce even the key stream."


class StaticInitializationVector(Check):
    """Finds constant vectors and nonces."""

    summary = "An initialization vector that never changes"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-329", "CWE-323", "CWE-1204")
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{mode}" for mode in _MODES) | {".new", ".createCipheriv", ".encrypt"}

    query: ClassVar[Mapping[str, str]] = {
        "python": f"(assignment left: (identifier) @name right: (_) @value {_NAMED})",
        **dict.fromkeys(JAVASCRIPT, f"(variable_declarator name: (identifier) @name value: (_) @value {_NAMED})"),
    }

    VALID = (
        (
            "import os\nfrom Crypto.Cipher import AES\n\niv = os.urandom(16)  # größe\n"
            "cipher = AES.new(key, AES.MODE_CBC, iv)\n"
        ),
        "from Crypto.Cipher import AES\n\n\ndef read(key, data):\n    return AES.new(key, AES.MODE_CBC, data[:16])\n",
        "from cryptography.hazmat.primitives.ciphers import modes\n\nmode = modes.CBC(vector)\nother = modes.ECB()\n",
        "shop.encrypt(b'12', b'data')\nrow = table.new(1, 2, b'x')\n",
        Valid('const c = crypto.createCipheriv("aes-256-cbc", key, crypto.randomBytes(16));\n', "javascript"),
        Valid('const c = crypto.createCipheriv("aes-128-ecb", key, null);\nconst g = "größe";\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code="from Crypto.Cipher import AES\n\niv = b'\\x00' * 16  # größe\n"
            "cipher = AES.new(key, AES.MODE_CBC, iv)\n",
            at="MODE_CBC, «iv»",
            message=_MESSAGE,
            fixed=(
                (
                    "import os\n\nfrom Crypto.Cipher import AES\n\niv = b'\\x00' * 16  # größe\n"
                    "cipher = AES.new(key, AES.MODE_CBC, os.urandom(16))\n"
                ),
            ),
        ),
        Invalid(
            code='const größe = 1;\nconst iv = Buffer.from("1234567890123456");\n',
            at='Buffer.from("1234567890123456")',
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes\n\n"
            'cipher = Cipher(algorithms.AES(key), modes.CBC(b"1234567890123456"))\n',
            at='b"1234567890123456"',
            message=_MESSAGE,
            fixed=(
                (
                    "import os\n\nfrom cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes\n\n"
                    "cipher = Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))\n"
                ),
            ),
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.ciphers.aead import AESGCM\n\n"
            'box = AESGCM(key)\nsecret = box.encrypt(b"nonce1234567", data, None)\n',
            at='b"nonce1234567"',
            message=_MESSAGE,
            fixed=(
                (
                    "import os\n\nfrom cryptography.hazmat.primitives.ciphers.aead import AESGCM\n\n"
                    "box = AESGCM(key)\nsecret = box.encrypt(os.urandom(12), data, None)\n"
                ),
            ),
        ),
        Invalid(
            code='const größe = crypto.createCipheriv("aes-256-cbc", key, Buffer.alloc(16, 0));\n',
            at="Buffer.alloc(16, 0)",
            message=_MESSAGE,
            fixed=('const größe = crypto.createCipheriv("aes-256-cbc", key, crypto.randomBytes(16));\n',),
            language="javascript",
        ),
        Invalid(
            code='import CryptoJS from "crypto-js";\n\nconst iv = CryptoJS.enc.Utf8.parse("0000000000000000");\n'
            "const t = CryptoJS.AES.encrypt(text, key, { iv: iv });\n",
            at="iv: «iv»",
            message=_MESSAGE,
            fixed=(
                (
                    'import CryptoJS from "crypto-js";\n\nconst iv = CryptoJS.enc.Utf8.parse("0000000000000000");\n'
                    "const t = CryptoJS.AES.encrypt(text, key, { iv: CryptoJS.lib.WordArray.random(16) });\n"
                ),
            ),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        if (value := found.get("value")) is not None:
            if written_bytes(code, value) and not _CIPHER.search(code.source) and not in_test(code, value):
                yield Problem(value, _MESSAGE, confidence="medium")
            return
        call = found["call"]
        vector, new = _python(code, call) if is_python(code) else _script(code, call)
        filled = rf"(?:randomFill(?:Sync)?|getRandomValues)\(\s*{re.escape(code.text(vector))}\b"
        if vector is None or not written_bytes(code, vector) or re.search(filled, code.source):
            return
        imports = ("import os",) if new.startswith("os.") else ()
        fixes = (Fix("Draw a new one", "review", (code.replace(vector, new),), imports),)
        yield Problem(vector, _MESSAGE, fixes=fixes, confidence="low" if in_test(code, call) else None)


def _python(code: Code, call: Node) -> tuple[Node | None, str]:
    name, method, arguments = code.callee(call), code.method(call), code.arguments(call)
    if method in _MODES:
        size = 12 if method == "GCM" else 16
        return arguments.get(0) if "modes" in name.split(".") else None, f"os.urandom({size})"
    if method == "encrypt":
        imported = "AESGCM" in code.source or "ChaCha20Poly1305" in code.source or "aead" in code.import_lines
        return arguments.get(0, "nonce") if imported and len(arguments.positional) > 1 else None, "os.urandom(12)"
    parts = name.split(".")
    if len(parts) < 2 or not (parts[-2].isupper() or parts[-2] in {"DES3", "Blowfish", "ChaCha20", "Salsa20"}):
        return None, ""
    size = {"DES": 8, "DES3": 8, "Blowfish": 8, "ChaCha20": 12, "Salsa20": 8}.get(parts[-2], 16)
    vector = arguments.get(2, "iv") or arguments.named.get("nonce") or arguments.named.get("IV")
    return vector, f"os.urandom({size})"


def _script(code: Code, call: Node) -> tuple[Node | None, str]:
    if code.method(call) == "createCipheriv":
        base = (call.child_by_field_name("function") or call).child_by_field_name("object")
        prefix = f"{code.text(base)}." if base is not None else "crypto."
        kind = code.text(code.arguments(call).get(0)).lower()
        return code.arguments(call).get(2), f"{prefix}randomBytes({12 if 'gcm' in kind else 16})"
    name = code.callee(call)
    if not name.lower().startswith(("cryptojs.", "crypto-js.")):
        return None, ""
    size = 8 if "DES" in name else 16
    head = code.text(call.child_by_field_name("function") or call).partition(".")[0]
    return value_of(named_values(code, call).get("iv")), f"{head}.lib.WordArray.random({size})"
