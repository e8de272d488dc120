"""A cipher that is broken, or that takes a password for a key.

DES and RC2 have keys short enough to be tried one by one; Triple DES and Blowfish have blocks of 64 bits, so that long
messages show through; RC4 has a key stream that is not even. ``crypto.createCipher`` makes its key from a password by
one round of MD5, without a salt. AES-GCM and ChaCha20-Poly1305 are what to use: they also notice changes.

Left alone: naming a cipher to forbid it, and modules of the same name from elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python, literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NAMES = {
    "DES": "DES", "DES3": "Triple DES", "ARC4": "RC4", "ARC2": "RC2", "Blowfish": "Blowfish", "CAST": "CAST5",
    "XOR": "XOR", "TripleDES": "Triple DES", "IDEA": "IDEA", "SEED": "SEED", "CAST5": "CAST5", "RC2": "RC2",
    "des": "DES", "triple_des": "Triple DES", "RC4": "RC4", "Rabbit": "Rabbit", "RC4Drop": "RC4",
}  # fmt: skip
_TRANSFORMATION = re.compile(r"(?i)(des-?ede3?|des3?|3des|rc4|arc4|rc2|bf|blowfish|idea|seed|cast5?)(?![a-z])[-\w]*")
_FULL = {
    "bf": "Blowfish",
    "des-ede": "Triple DES",
    "des-ede3": "Triple DES",
    "des3": "Triple DES",
    "3des": "Triple DES",
}
_TABLES = """
([(pair value: (member_expression object: (identifier) @library property: (_) @cipher) @held)
  (variable_declarator value: (member_expression object: (identifier) @library property: (_) @cipher) @held)]
  (#match? @library "(?i)^crypto_?js$") (#any-of? @cipher "DES" "TripleDES" "RC4" "RC4Drop" "Rabbit"))
"""
"""A broken cipher that is kept under another name."""
_MAKERS = frozenset({".createCipheriv", ".createDecipheriv", ".createCipher", ".createDecipher"})


class WeakCipher(Check):
    """Finds broken ciphers."""

    summary = "A cipher that is broken"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = (
        _MAKERS
        | {".new", ".encrypt", ".decrypt", "pyDes.des", "pyDes.triple_des"}
        | {f".{name}" for name in ("TripleDES", "ARC4", "Blowfish", "IDEA", "SEED", "CAST5", "RC2")}
    )
    query: ClassVar[Mapping[str, str]] = dict.fromkeys(JAVASCRIPT, _TABLES)

    VALID = (
        "from Crypto.Cipher import AES\n\ncipher = AES.new(schlüssel, AES.MODE_GCM)\n",
        "from shapes import DES\n\nform = DES.new(größe)\n",
        "from cryptography.hazmat.primitives.ciphers import algorithms\n\nalgorithms.ChaCha20(key, nonce)\n",
        "class Seed:\n    pass\n\n\nrow = models.SEED(größe)\n",
        Valid('const c = crypto.createCipheriv("aes-256-gcm", key, iv); // größe\n', "javascript"),
        Valid('const name = describe("des");\nlist.createCipheriv(kind, key);\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code="from Crypto.Cipher import DES\n\ncipher = DES.new(schlüssel, DES.MODE_CBC, iv)\n",
            at="DES.new",
            message="DES is broken: what it encrypts can be read without the key.",
        ),
        Invalid(
            code="from Cryptodome.Cipher import ARC4 as stream\n\ncipher = stream.new(key)\n",
            at="stream.new",
            message="RC4 is broken: what it encrypts can be read without the key.",
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes\n\n"
            "cipher = Cipher(algorithms.TripleDES(key), modes.CBC(iv))\n",
            at="algorithms.TripleDES",
            message="Triple DES is broken: what it encrypts can be read without the key.",
        ),
        Invalid(
            code='const c = crypto.createCipheriv("des-ede3-cbc", key, größe);\n',
            at='"des-ede3-cbc"',
            message="Triple DES is broken: what it encrypts can be read without the key.",
            language="javascript",
        ),
        Invalid(
            code='import { createCipher } from "node:crypto";\n\nconst c = createCipher("aes-256-cbc", password);\n',
            at="= «createCipher»(",
            message="`createCipher` makes its key from the password by one round of MD5, without a salt.",
            language="typescript",
        ),
        Invalid(
            code='import CryptoJS from "crypto-js";\n\nconst text = CryptoJS.DES.encrypt(message, key);\n',
            at="CryptoJS.DES.encrypt",
            message="DES is broken: what it encrypts can be read without the key.",
            fixed=('import CryptoJS from "crypto-js";\n\nconst text = CryptoJS.AES.encrypt(message, key);\n',),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        if (held := found.get("held")) is not None:
            yield Problem(held, _message(_NAMES[code.text(found["cipher"])]))
            return
        call = found["call"]
        function = call.child_by_field_name("function")
        if function is None:
            return
        cipher = _python(code, call) if is_python(code) else ""
        if is_python(code):
            if cipher:
                yield Problem(function, _message(cipher))
            return
        name, method = code.callee(call), code.method(call)
        if f".{method}" in _MAKERS:
            yield from _created(code, call, function, method)
        elif method in {"encrypt", "decrypt"}:
            parts = name.split(".")
            if len(parts) > 2 and parts[0].lower() in {"cryptojs", "crypto-js"} and parts[1] in _NAMES:
                yield Problem(function, _message(_NAMES[parts[1]]), fixes=_aes(code, function))


def _message(cipher: str) -> str:
    return f"{cipher} is broken: what it encrypts can be read without the key."


def _python(code: Code, call: Node) -> str:
    parts = code.callee(call).split(".")
    if parts[0] == "pyDes":
        return _NAMES[parts[-1]]
    if len(parts) < 2:
        return ""
    if parts[-1] == "new":
        known = len(parts) == 2 or "Cipher" in parts
        return _NAMES.get(parts[-2], "") if known and parts[-2] not in {"SEED", "IDEA"} else ""
    return _NAMES.get(parts[-1], "") if parts[-2] == "algorithms" or "ciphers" in parts else ""


def _created(code: Code, call: Node, function: Node, method: str) -> Iterator[Problem]:
    kind = code.arguments(call).get(0)
    weak = _TRANSFORMATION.fullmatch(literal_text(code, kind) or "")
    if weak is not None and kind is not None:
        own = weak.group(1).lower()
        yield Problem(kind, _message(_FULL.get(own, own.upper())))
    elif not method.endswith("iv") and ("crypto" in code.callee(call) or "crypto" in code.import_lines):
        yield Problem(function, f"`{method}` makes its key from the password by one round of MD5, without a salt.")


def _aes(code: Code, function: Node) -> tuple[Fix, ...]:
    base = function.child_by_field_name("object")
    last = base.child_by_field_name("property") if base is not None else None
    return (Fix("Use AES", "manual", (code.replace(last, "AES"),)),) if last is not None else ()
