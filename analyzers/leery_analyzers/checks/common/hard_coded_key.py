"""A key for encryption or signatures that is written in the source.

Everyone who can read the code, its history or the shipped program can decrypt what it encrypts and sign what it
accepts, and the key cannot be changed without a new version.

Left alone: keys that are parameters, settings or files, and public keys. In tests it is reported with low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, in_test, is_python, literal_text, written_bytes
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CIPHERS = frozenset({"AES", "DES", "DES3", "ARC4", "ARC2", "Blowfish", "CAST", "ChaCha20", "Salsa20", "HMAC"})
_ALGORITHMS = frozenset({"AES", "AES128", "AES256", "TripleDES", "ARC4", "Blowfish", "ChaCha20", "Camellia"})
_FIRST = frozenset({"Fernet", "MultiFernet", "AESGCM", "ChaCha20Poly1305", "AESCCM", "AESSIV", "SecretBox"})
_SIGNERS = frozenset(
    {"URLSafeTimedSerializer", "URLSafeSerializer", "TimedJSONWebSignatureSerializer", "JSONWebSignatureSerializer"}
    | {"TimestampSigner", "TimedSerializer"}
)
_JWT = frozenset({"jwt.encode", "jwt.decode", "jose.jwt.encode", "jose.jwt.decode"})
_SCRIPT = {
    "createCipheriv": 1, "createDecipheriv": 1, "createHmac": 1,
    "jsonwebtoken.sign": 1, "jsonwebtoken.verify": 1, "jwt-simple.encode": 1, "jwt-simple.decode": 1,
    "cookie-parser": 0, "express-session": -1,
}  # fmt: skip
_JS_PATHS = re.compile(r"(?i)crypto-?js\.(AES|DES|TripleDES|RC4|Rabbit|HmacSHA\d+)(\.(encrypt|decrypt))?")
_PUBLIC = re.compile(r"BEGIN (PUBLIC KEY|CERTIFICATE|RSA PUBLIC)|^\s*$|^https?://")
_MESSAGE = "This key is written in the source: everyone who can read the code can decrypt or sign with it."


class HardCodedKey(Check):
    """Finds keys that are literals."""

    summary = "A key that is written in the source"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-321", "CWE-798")
    owasp = ("A04:2025", "A07:2025")
    languages = PYTHON + JAVASCRIPT
    calls = (
        _JWT
        | frozenset(f".{name}" for name in (*_FIRST, *_SIGNERS, *_ALGORITHMS))
        | frozenset(f".{name}" for name in _SCRIPT if name.startswith("create"))
        | frozenset(name for name in _SCRIPT if not name.startswith("create"))
        | {".new", "hmac.new", "hmac.digest", ".encrypt", ".decrypt"}
        | {f".HmacSHA{size}" for size in (1, 256, 384, 512)}
    )

    VALID = (
        "from cryptography.fernet import Fernet\n\nbox = Fernet(schlüssel)\nother = Fernet(Fernet.generate_key())\n",
        'import jwt\nimport os\n\ntoken = jwt.encode(claims, os.environ["JWT_SECRET"], algorithm="HS256")\n',
        'import jwt\n\nclaims = jwt.decode(token, options={"verify_signature": False})\n',
        'row = table.new("größe", 3)\nshapes.AES("x")\nhmac.compare_digest("a", b)\n',
        'import jwt\n\nKEY = """-----BEGIN PUBLIC KEY-----\nAAAA\n"""\njwt.decode(t, KEY, algorithms=["RS256"])\n',
        Valid('const h = crypto.createHmac("sha256", process.env.KEY).update("größe");\n', "javascript"),
        Valid('import jwt from "jsonwebtoken";\n\njwt.sign({ id: "1" }, key, { expiresIn: "1h" });\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='import jwt\n\ntoken = jwt.encode({"größe": 1}, "geheim", algorithm="HS256")\n',
            at='"geheim"',
            message=_MESSAGE,
            fixed=(
                (
                    'import os\n\nimport jwt\n\ntoken = jwt.encode({"größe": 1}, os.environ["JWT_SECRET"], '
                    'algorithm="HS256")\n'
                ),
            ),
        ),
        Invalid(
            code='from Crypto.Cipher import AES\n\nkey = b"Sixteen byte key"\ncipher = AES.new(key, AES.MODE_GCM)\n',
            at="AES.new(«key»",
            message=_MESSAGE,
        ),
        Invalid(
            code="import hashlib\nimport hmac\n\nmac = hmac.new(b'topsecret', message, hashlib.sha256)\n",
            at="b'topsecret'",
            message=_MESSAGE,
            fixed=(
                (
                    "import hashlib\nimport hmac\nimport os\n\n"
                    'mac = hmac.new(os.environ["HMAC_KEY"].encode(), message, hashlib.sha256)\n'
                ),
            ),
        ),
        Invalid(
            code='import jwt from "jsonwebtoken";\n\nconst größe = jwt.sign({ id }, "geheim");\n',
            at='"geheim"',
            message=_MESSAGE,
            fixed=('import jwt from "jsonwebtoken";\n\nconst größe = jwt.sign({ id }, process.env.JWT_SECRET);\n',),
            language="javascript",
        ),
        Invalid(
            code='const c = crypto.createCipheriv("aes-128-cbc", Buffer.from("abcdefghijklmnop"), iv);\n',
            at='Buffer.from("abcdefghijklmnop")',
            message=_MESSAGE,
            language="typescript",
        ),
        Invalid(
            code='import CryptoJS from "crypto-js";\n\nconst t = CryptoJS.AES.encrypt(text, "my secret key 123");\n',
            at='"my secret key 123"',
            message=_MESSAGE,
            fixed=(
                (
                    'import CryptoJS from "crypto-js";\n\n'
                    "const t = CryptoJS.AES.encrypt(text, process.env.ENCRYPTION_KEY);\n"
                ),
            ),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        key = _python(code, call) if is_python(code) else _script(code, call)
        if key is None or not written_bytes(code, key) or _PUBLIC.search(literal_text(code, key) or "x"):
            return
        fixes = tuple(_fixes(code, call, key))
        yield Problem(key, _MESSAGE, fixes=fixes, confidence="low" if in_test(code, call) else None)


def _python(code: Code, call: Node) -> Node | None:
    name, method, arguments = code.callee(call), code.method(call), code.arguments(call)
    if name in _JWT:
        return arguments.get(1, "key")
    if name in {"hmac.new", "hmac.digest"}:
        return arguments.get(0, "key")
    parts = name.split(".")
    if method == "new":
        return arguments.get(0, "key") if len(parts) > 1 and parts[-2] in _CIPHERS else None
    if method in _ALGORITHMS:
        return arguments.get(0, "key") if parts[-2:-1] == ["algorithms"] else None
    if method in _FIRST or (method in _SIGNERS and name):
        return arguments.get(0, "key" if method in _FIRST else "secret_key")
    return None


def _script(code: Code, call: Node) -> Node | None:
    name, method, arguments = code.callee(call), code.method(call), code.arguments(call)
    position = _SCRIPT.get(method if method in _SCRIPT else name, -1)
    if position < 0 and _JS_PATHS.fullmatch(name) is not None:
        position = 1
    key = arguments.get(position) if position >= 0 else None
    if key is not None and followed(code, key).type == "array":
        return None
    return key


def _fixes(code: Code, call: Node, key: Node) -> Iterator[Fix]:
    """The key from the environment, where the literal is the argument itself."""
    if key.type not in {"string", "template_string"}:
        return
    name, method = code.callee(call), code.method(call)
    setting = "JWT_SECRET" if "jwt" in name or "jsonwebtoken" in name else (
        "HMAC_KEY" if "hmac" in f"{name}{method}".lower() else "ENCRYPTION_KEY"
    )  # fmt: skip
    if is_python(code):
        binary = code.text(key)[:1] in "bB"
        new = f'os.environ["{setting}"]' + (".encode()" if binary else "")
        yield Fix("Take the key from the environment", "review", (code.replace(key, new),), ("import os",))
    else:
        yield Fix("Take the key from the environment", "review", (code.replace(key, f"process.env.{setting}"),))
