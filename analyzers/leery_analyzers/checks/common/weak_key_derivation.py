"""A password turned into a key or a stored hash too cheaply, or with a salt that is always the same.

The number of rounds is what makes guessing slow: PBKDF2 needs hundreds of thousands, bcrypt
a cost of 10 or more, scrypt an N of 16,384 or more. The salt makes every password a puzzle of its own; a
constant one lets all be tried at once.

Left alone: rounds and salts that come from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import in_test, is_python, named_values, number, value_of, written_bytes
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ROUNDS = {
    "hashlib.pbkdf2_hmac": (3, "iterations", 100_000, "600_000"),
    "PBKDF2HMAC": (3, "iterations", 100_000, "600_000"),
    "PBKDF2": (3, "count", 100_000, "600_000"),
    "gensalt": (0, "rounds", 10, "12"),
    "hashlib.scrypt": (-1, "n", 1 << 14, "2**14"),
    "Scrypt": (2, "n", 1 << 14, "2**14"),
    "pbkdf2": (2, "", 100_000, "600000"),
    "pbkdf2Sync": (2, "", 100_000, "600000"),
    "hash": (1, "", 10, "12"),
    "hashSync": (1, "", 10, "12"),
    "genSalt": (0, "", 10, "12"),
    "genSaltSync": (0, "", 10, "12"),
}
"""Where the rounds are passed: position, name, the least that is enough, what to put in their place."""
_SALTS = {
    "hashlib.pbkdf2_hmac": (2, "salt"), "PBKDF2HMAC": (2, "salt"), "PBKDF2": (1, "salt"), "Scrypt": (0, "salt"),
    "hashlib.scrypt": (-1, "salt"), "scrypt": (1, "salt"), "pbkdf2": (1, ""), "pbkdf2Sync": (1, ""),
    "scryptSync": (1, ""),
}  # fmt: skip
_SCRIPT_ONLY = frozenset({"pbkdf2", "pbkdf2Sync", "hash", "hashSync", "genSalt", "genSaltSync", "scryptSync"})
_BCRYPT = frozenset({"hash", "hashSync", "genSalt", "genSaltSync"})
_SALT = "The salt is the same for every password, so all of them can be guessed at once."


class WeakKeyDerivation(Check):
    """Finds too few rounds and constant salts."""

    summary = "A password hashed too cheaply or with a constant salt"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-916", "CWE-760")
    owasp = ("A04:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{name.rpartition('.')[2]}" for name in (*_ROUNDS, *_SALTS))

    VALID = (
        'import hashlib\n\nkey = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)  # größe\n',
        "import bcrypt\n\nhashed = bcrypt.hashpw(password, bcrypt.gensalt())\n",
        "import bcrypt\n\nhashed = bcrypt.hashpw(password, bcrypt.gensalt(rounds))\n",
        "import hashlib\n\nkey = hashlib.scrypt(password, salt=salt, n=2**15, r=8, p=1)\n",
        Valid("const key = crypto.scryptSync(password, crypto.randomBytes(16), 32);\n", "javascript"),
        Valid('import bcrypt from "bcrypt";\n\nconst größe = await bcrypt.hash(password, 12);\n', "typescript"),
        Valid("const slot = table.hash(key, 8);\nconst value = object.hash(name, 1);\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code='import hashlib\n\nkey = hashlib.pbkdf2_hmac("sha256", password, salt, 1000)  # größe\n',
            at="1000",
            message="1000 rounds make guessing the password cheap; at least 100000 are needed.",
            fixed=('import hashlib\n\nkey = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)  # größe\n',),
        ),
        Invalid(
            code="import bcrypt\n\nhashed = bcrypt.hashpw(password, bcrypt.gensalt(rounds=4))\n",
            at="4",
            message="4 rounds make guessing the password cheap; at least 10 are needed.",
            fixed=("import bcrypt\n\nhashed = bcrypt.hashpw(password, bcrypt.gensalt(rounds=12))\n",),
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC\n\n"
            'kdf = PBKDF2HMAC(algorithm=h, length=32, salt=b"salt", iterations=480000)\n',
            at='b"salt"',
            message=_SALT,
            fixed=(
                (
                    "import os\n\nfrom cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC\n\n"
                    "kdf = PBKDF2HMAC(algorithm=h, length=32, salt=os.urandom(16), iterations=480000)\n"
                ),
            ),
        ),
        Invalid(
            code='const größe = crypto.scryptSync(password, "salt", 32);\n',
            at='"salt"',
            message=_SALT,
            fixed=("const größe = crypto.scryptSync(password, crypto.randomBytes(16), 32);\n",),
            language="javascript",
        ),
        Invalid(
            code='import bcrypt from "bcryptjs";\n\nconst hashed = await bcrypt.hash(password, 5);\n',
            at="5",
            message="5 rounds make guessing the password cheap; at least 10 are needed.",
            fixed=('import bcrypt from "bcryptjs";\n\nconst hashed = await bcrypt.hash(password, 12);\n',),
            language="typescript",
        ),
        Invalid(
            code='import { pbkdf2Sync } from "crypto";\n\n'
            'const key = pbkdf2Sync(password, salt, 1_000, 64, "sha512");\n',
            at="1_000",
            message="1000 rounds make guessing the password cheap; at least 100000 are needed.",
            fixed=(
                (
                    'import { pbkdf2Sync } from "crypto";\n\n'
                    'const key = pbkdf2Sync(password, salt, 600000, 64, "sha512");\n'
                ),
            ),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name, method = code.callee(call), code.method(call)
        own = name if name in {"hashlib.pbkdf2_hmac", "hashlib.scrypt"} else method
        if is_python(code) == (own in _SCRIPT_ONLY) or (own in _BCRYPT and not name.startswith("bcrypt")):
            return
        if own == "gensalt" and name and not name.startswith("bcrypt"):
            return
        confidence: Level | None = "low" if in_test(code, call) else None
        if own in _ROUNDS:
            position, key, least, new = _ROUNDS[own]
            rounds = _argument(code, call, position, key)
            count = number(code, rounds)
            if rounds is not None and count is not None and count < least:
                message = f"{count} rounds make guessing the password cheap; at least {least} are needed."
                fix = Fix(f"Use {new.replace('_', '')}", "review", (code.replace(rounds, new),))
                yield Problem(rounds, message, fixes=(fix,), confidence=confidence)
        if own in _SALTS:
            salt = _argument(code, call, *_SALTS[own])
            if salt is not None and written_bytes(code, salt):
                yield Problem(salt, _SALT, fixes=(_new_salt(code, call, salt),), confidence=confidence)


def _argument(code: Code, call: Node, position: int, name: str) -> Node | None:
    value = code.arguments(call).get(position) if position >= 0 else None
    return value or (value_of(named_values(code, call).get(name)) if name else None)


def _new_salt(code: Code, call: Node, salt: Node) -> Fix:
    title = "Draw a salt, to be kept with the result"
    if is_python(code):
        return Fix(title, "manual", (code.replace(salt, "os.urandom(16)"),), ("import os",))
    base = (call.child_by_field_name("function") or call).child_by_field_name("object")
    prefix = code.text(base) if base is not None else "crypto"
    return Fix(title, "manual", (code.replace(salt, f"{prefix}.randomBytes(16)"),))
