"""A password kept under a hash that is too fast.

MD5, SHA-1 and the SHA-2 family are made to be fast: a graphics card tries billions of passwords a second against a
stolen table. Passwords need a slow, salted function made for them: Argon2, scrypt, bcrypt or PBKDF2.

Left alone: digests of anything else, and the lookup of leaked passwords, which prescribes SHA-1.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, function_name, is_python, literal_text
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_HASHES = frozenset(f"hashlib.{name}" for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "new"))
_PASSWORD = frozenset({"password", "passwd", "pwd", "passphrase", "passwort", "pw"})
_HASHING = frozenset({"hash", "encrypt", "encode", "verify", "check", "digest", "hashed", "make", "store", "set"})
_NEAR = 8
_LEAK_LOOKUP = re.compile(r"(?i)pwned|hibp|k[-_ ]?anonym")


class WeakPasswordHash(Check):
    """Finds passwords hashed by a general-purpose digest."""

    summary = "A password kept under a hash that is too fast"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-916", "CWE-328")
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = _HASHES | {".update", ".SHA256", ".SHA512", ".SHA1", ".MD5"}

    VALID = (
        Valid('const h = crypto.createHash("sha256").update(größe).digest("hex");\n', "javascript"),
        Valid("const hashed = await bcrypt.hash(password, 12);\nform.update(password);\n", "typescript"),
        "import hashlib\n\netag = hashlib.md5(größe, usedforsecurity=False).hexdigest()\n",
        "import hashlib\n\nkey = hashlib.scrypt(password, salt=salt, n=2**14, r=8, p=1)\n",
        (
            "import hashlib\n\ndigest = hashlib.sha1(password.encode()).hexdigest()\n"
            'get(f"https://api.pwnedpasswords.com/range/{digest[:5]}")\n'
        ),
        "import hashlib\n\nname = hashlib.sha256(path.encode()).hexdigest()\n",
    )
    INVALID = (
        Invalid(
            code="import hashlib\n\n\nclass Größe:\n    def keep(self, raw):\n"
            "        self.password_hash = str(hashlib.sha256(raw.encode()).digest())\n",
            at="hashlib.sha256",
            message="SHA256 is made to be fast, so a stolen table of these passwords is soon guessed.",
        ),
        Invalid(
            code="import hashlib\n\n\ndef größe(password):\n    return hashlib.sha256(password.encode()).hexdigest()\n",
            at="hashlib.sha256",
            message="SHA256 is made to be fast, so a stolen table of these passwords is soon guessed.",
            fixed=(
                (
                    "import hashlib\nimport secrets\n\n\ndef größe(password):\n"
                    "    return hashlib.scrypt(password.encode(), salt=secrets.token_bytes(16), n=2**14, r=8, p=1)"
                    ".hex()\n"
                ),
            ),
        ),
        Invalid(
            code="from hashlib import md5\n\nhashed = md5((salt + user_password).encode('utf-8'))\n",
            at="= «md5»(",
            message="MD5 is made to be fast, so a stolen table of these passwords is soon guessed.",
        ),
        Invalid(
            code="import hashlib\n\n\ndef hash_password(größe):\n    return hashlib.sha512(größe).digest()\n",
            at="hashlib.sha512",
            message="SHA512 is made to be fast, so a stolen table of these passwords is soon guessed.",
        ),
        Invalid(
            code="import hashlib\n\nstate = hashlib.sha256()\nstate.update(password.encode())  # größe\n",
            at="hashlib.sha256",
            message="SHA256 is made to be fast, so a stolen table of these passwords is soon guessed.",
        ),
        Invalid(
            code='const größe = crypto.createHash("sha512").update(req.body.password).digest("hex");\n',
            at="crypto.createHash",
            message="SHA512 is made to be fast, so a stolen table of these passwords is soon guessed.",
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        function = call.child_by_field_name("function")
        if function is None:
            return
        made = call if code.callee(call) in _HASHES else _receiver(code, call)
        digest = _digest(code, made) if made is not None else ""
        if not digest or made is None or code.text(code.arguments(made).named.get("usedforsecurity")) == "False":
            return
        arguments = code.arguments(call)
        data = arguments.get(1 if code.callee(call) == "hashlib.new" else 0, "data")
        if data is None or code.constant(data):
            return
        named = set(words_of(function_name(code, call)))
        if not _PASSWORD & set(words_of(code.text(data))) and not (_PASSWORD & named and _HASHING & named):
            kept = words_of(code.text(_kept_in(call)))
            if not {"hash", "digest"} & set(kept) or not _PASSWORD & set(kept):
                return
        if _LEAK_LOOKUP.search(code.source):
            return
        place = made.child_by_field_name("function") or function
        message = f"{digest.upper()} is made to be fast, so a stolen table of these passwords is soon guessed."
        fixes = tuple(_fixes(code, call, function, data)) if made == call and is_python(code) else ()
        yield Problem(place, message, fixes=fixes)


def _kept_in(call: Node) -> Node | None:
    """What a digest is assigned to."""
    holder = next((node for node in islice(ancestors(call), _NEAR) if node.type == "assignment"), None)
    return holder.child_by_field_name("left") if holder is not None else None


def _receiver(code: Code, call: Node) -> Node | None:
    """The call that made the digest: ``createHash("md5")`` of ``createHash("md5").update(…)``, or the call itself."""
    if code.method(call) != "update":
        return call
    function = call.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    made = followed(code, receiver) if receiver is not None else None
    return made if made is not None and made.type in {"call", "call_expression"} else None


def _digest(code: Code, made: Node) -> str:
    name, method = code.callee(made), code.method(made)
    if is_python(code):
        if name not in _HASHES:
            return ""
        named = literal_text(code, code.arguments(made).get(0)) or ""
        return named if name == "hashlib.new" else name.rpartition(".")[2]
    if method == "createHash":
        return literal_text(code, code.arguments(made).get(0)) or ""
    return method if name.lower().startswith(("cryptojs.", "crypto-js.")) else ""


def _fixes(code: Code, call: Node, function: Node, data: Node) -> Iterator[Fix]:
    """Scrypt with a new salt; a start only, since the salt has to be kept with the result."""
    attribute = call.parent
    hexdigest = attribute.parent if attribute is not None else None
    if hexdigest is None or hexdigest.type != "call" or code.method(hexdigest) != "hexdigest":
        return
    if function.type != "attribute":
        return
    module = code.text(function.child_by_field_name("object"))
    new = f"{module}.scrypt({code.text(data)}, salt=secrets.token_bytes(16), n=2**14, r=8, p=1).hex()"
    yield Fix("Use scrypt with a salt", "manual", (code.replace(hexdigest, new),), ("import secrets",))
