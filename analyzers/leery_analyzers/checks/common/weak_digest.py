"""A digest that can be forged.

For MD5 and SHA-1 two inputs with the same digest can be made, so neither shows that something is unchanged or who made
it. SHA-256 costs little more.

Left alone: what is said not to be for security (``usedforsecurity=False``), and what the names around show to be a
checksum, a cache key, an entity tag or the like. Within an HMAC SHA-1 still holds and is reported with low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import in_test, is_false, is_python, literal_text, names_around
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WEAK = re.compile(r"(?i)(?:rsa-)?(md2|md4|md5|sha|sha-?1|ripemd(?:160)?)(?:withrsa(?:encryption)?)?")
_HASHLIB = frozenset({"hashlib.md5", "hashlib.sha1", "hashlib.new", "md5.new", "sha.new"})
_MODULES = frozenset({"MD2", "MD4", "MD5", "SHA", "SHA1"})
_CRYPTO_JS = frozenset({"MD5", "SHA1", "HmacMD5", "HmacSHA1"})
_FORGE = re.compile(r"(?:.*\.)?(?:forge\.)?md\.(md5|sha1)\.create")
_PADDING = frozenset({"MGF1", "OAEP", "TOTP", "HOTP", "PSS"})
_HARMLESS = frozenset(
    {"etag", "etags", "cache", "cached", "checksum", "checksums", "md5sum", "sha1sum", "gravatar", "avatar", "dedup"}
    | {"dedupe", "duplicate", "duplicates", "shard", "bucket", "color", "colour", "partition", "fingerprint", "crc"}
    | {"filename", "slug", "revision", "blob", "chunk", "identicon", "anchor", "ident", "seed", "bloom", "ring"}
    | {
        "file",
        "files",
        "path",
        "paths",
        "filepath",
        "content",
        "contents",
        "lock",
        "git",
        "commit",
        "uuid",
        "namespace",
    }
    | {"websocket", "accept", "cachekey", "gravatarurl", "memo", "memoize", "bust", "asset", "assets", "stylesheet"}
)
_TELLING = frozenset(
    {"password", "passwd", "pwd", "secret", "token", "signature", "sign", "signed", "auth", "session", "credential"}
    | {"credentials", "login", "certificate", "cert", "hmac", "mac", "verify", "license", "nonce", "apikey"}
)


class WeakDigest(Check):
    """Finds MD5 and SHA-1."""

    summary = "A digest that can be forged"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-328", "CWE-327")
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc6151", "https://www.rfc-editor.org/rfc/rfc6194")
    languages = PYTHON + JAVASCRIPT
    calls = (
        _HASHLIB
        | {".new", ".createHash", ".createHmac", ".createSign", ".createVerify", ".MD5", ".SHA1", ".md5", ".create"}
        | {".HmacMD5", ".HmacSHA1", ".sha1"}
    )

    VALID = (
        "import hashlib\n\ndigest = hashlib.sha256(größe).hexdigest()\nname = hashlib.new(kind)\n",
        "import hashlib\n\ndigest = hashlib.md5(data, usedforsecurity=False).hexdigest()\n",
        "import hashlib\n\n\ndef etag(body):\n    return hashlib.sha1(body).hexdigest()\n",
        "import hashlib\n\ncache_key = hashlib.md5(url.encode()).hexdigest()\n",
        "digest = table.md5(column)\nself.sha1(x)\n",
        "from cryptography.hazmat.primitives import hashes\n\npad = OAEP(mgf=MGF1(hashes.SHA1()), algorithm=h)\n",
        Valid('const sum = crypto.createHash("sha256").update(größe).digest("hex");\n', "javascript"),
        Valid('const checksum = crypto.createHash("md5").update(body).digest("hex");\n', "typescript"),
        Valid("const name = db.md5(column);\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code="import hashlib\n\n\ndef größe(daten):\n    return hashlib.md5(daten).hexdigest()  # kurz\n",
            at="hashlib.md5",
            message="Two inputs with the same MD5 digest can be made, so it proves neither content nor origin.",
            fixed=("import hashlib\n\n\ndef größe(daten):\n    return hashlib.sha256(daten).hexdigest()  # kurz\n",),
        ),
        Invalid(
            code='from hashlib import new\n\nstate = new("sha1")\nstate.update(message)\n',
            at='"sha1"',
            message="Two inputs with the same SHA1 digest can be made, so it proves neither content nor origin.",
            fixed=('from hashlib import new\n\nstate = new("sha256")\nstate.update(message)\n',),
        ),
        Invalid(
            code="from Crypto.Hash import MD5\n\nstate = MD5.new(data)\n",
            at="MD5.new",
            message="Two inputs with the same MD5 digest can be made, so it proves neither content nor origin.",
        ),
        Invalid(
            code="from cryptography.hazmat.primitives import hashes\n\nkey.sign(data, padding, hashes.SHA1())\n",
            at="hashes.SHA1",
            message="Two inputs with the same SHA1 digest can be made, so it proves neither content nor origin.",
            fixed=("from cryptography.hazmat.primitives import hashes\n\nkey.sign(data, padding, hashes.SHA256())\n",),
        ),
        Invalid(
            code='const größe = crypto.createHash("md5").update(text).digest("hex");\n',
            at='"md5"',
            message="Two inputs with the same MD5 digest can be made, so it proves neither content nor origin.",
            fixed=('const größe = crypto.createHash("sha256").update(text).digest("hex");\n',),
            language="javascript",
        ),
        Invalid(
            code='import CryptoJS from "crypto-js";\n\nconst token = CryptoJS.SHA1(user + time).toString();\n',
            at="CryptoJS.SHA1",
            message="Two inputs with the same SHA1 digest can be made, so it proves neither content nor origin.",
            fixed=('import CryptoJS from "crypto-js";\n\nconst token = CryptoJS.SHA256(user + time).toString();\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function = call.child_by_field_name("function")
        if function is None:
            return
        place, digest = self._python(code, call, function) if is_python(code) else self._script(code, call, function)
        if place is None or (call.parent is not None and call.parent.type == "pair"):
            return
        telling = _purpose(code, call)
        if telling is None:
            return
        last = function.child_by_field_name("attribute") or function.child_by_field_name("property")
        hmac = code.method(call).lower().startswith(("createhmac", "hmac"))
        text = "string" in place.type
        edit = None
        if text:
            quote = code.text(place)[0]
            edit = code.replace(place, f"{quote}sha256{quote}") if quote in "\"'`" else None
        elif last is not None and not code.callee(call).endswith((".new", ".create")):
            edit = code.replace(last, _like(code.text(last)))
        fixes = (Fix("Use SHA-256", "review", (edit,)),) if edit is not None else ()
        cut = (
            not telling
            and re.match(
                r"[^\n]{0,40}(digest|hex)[^\n]{0,9}\)(\[|\.(slice|"
                r"substr))",
                _after(code, call),
            )
            is not None
        )
        confidence: Level | None = (
            "low" if cut or in_test(code, call) or (hmac and digest == "SHA1") else "high" if telling else None
        )
        message = f"Two inputs with the same {digest} digest can be made, so it proves neither content nor origin."
        yield Problem(place, message, fixes=fixes, confidence=confidence)

    def _python(self, code: Code, call: Node, function: Node) -> tuple[Node | None, str]:
        name, method = code.callee(call), code.method(call)
        arguments = code.arguments(call)
        if is_false(code, arguments.named.get("usedforsecurity")):
            return None, ""
        if name in {"hashlib.new", "hmac.new"}:
            place = arguments.get(0 if name == "hashlib.new" else 2, "name" if name == "hashlib.new" else "digestmod")
            weak = _WEAK.fullmatch(literal_text(code, place) or "")
            return (place, _upper(weak)) if weak is not None else (None, "")
        if name in _HASHLIB:
            return function, name.partition(".")[2].upper() if name.startswith("hashlib") else name[:3].upper()
        parts = name.split(".")
        if method == "new" and len(parts) > 1 and parts[-2] in _MODULES and (len(parts) == 2 or "Hash" in parts):
            return function, "SHA1" if parts[-2] == "SHA" else parts[-2]
        if method in {"MD5", "SHA1"} and parts[-2:-1] == ["hashes"] and not _pads(code, call):
            return function, method
        return None, ""

    def _script(self, code: Code, call: Node, function: Node) -> tuple[Node | None, str]:
        name, method = code.callee(call), code.method(call)
        if method.startswith("create") and method != "create":
            place = code.arguments(call).get(0)
            weak = _WEAK.fullmatch(literal_text(code, place) or "")
            return (place, _upper(weak)) if weak is not None else (None, "")
        if method in _CRYPTO_JS and name.lower().startswith(("cryptojs", "crypto-js")):
            return function, method.removeprefix("Hmac")
        if name in {"md5", "sha1", "blueimp-md5", "js-md5", "js-sha1"} and code.arguments(call).positional:
            bound = code.scopes.lookup(code.text(function), function.start_byte)
            return (function, name[-4:].strip("-").upper()) if bound else (None, "")
        forge = _FORGE.fullmatch(name)
        return (function, forge.group(1).upper()) if forge is not None else (None, "")


def _after(code: Code, call: Node) -> str:
    """What follows a call in the source: a digest that is cut short names something."""
    return code.source[len(code.unit.prefix) + code.range(call).end :][:60]


def _upper(weak: object) -> str:
    """The digest as people write it."""
    assert isinstance(weak, re.Match)
    text = str(weak.group(1)).upper().replace("-", "")
    return "SHA1" if text == "SHA" else text


def _like(name: str) -> str:
    """SHA-256 spelled like another digest."""
    if name.startswith("Hmac"):
        return "HmacSHA256"
    return "SHA256" if name.isupper() else "sha256"


def _pads(code: Code, call: Node) -> bool:
    around = call.parent
    outer = around.parent if around is not None else None
    if around is not None and around.type == "keyword_argument" and outer is not None:
        outer = outer.parent
    return outer is not None and outer.type == "call" and code.method(outer) in _PADDING


def _purpose(code: Code, call: Node) -> bool | None:
    """Whether the names around tell of security; None if they tell of something else."""
    arguments = code.arguments(call)
    said = [*names_around(code, call), *(code.text(value)[:80] for value in arguments.positional)]
    words = {word for name in said for word in words_of(name)}
    if words & _TELLING:
        return True
    return None if words & _HARMLESS or re.search(r"(?i)etag|checksum|cache|gravatar", " ".join(said)) else False
