"""A token that is only encoded: whoever has one can write another.

Base64 hides nothing and proves nothing. A token that is made as ``base64(JSON)``, or whose middle part is read without
checking its signature, says what its sender wants. Sign it (``jwt.sign`` and ``jwt.verify``, an HMAC) or keep the data
here and hand out a random key.

Left alone: files that check a signature or decrypt, and pages that only show what a token says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_DECODED = re.compile(
    r"\batob\((?P<a>[^;\n]*)|\bBuffer\.from\((?P<b>[^;\n]*?),\s*['\"]base64(?:url)?['\"]\s*\)|"
    r"\bbase64(?:url)?\.(?:decode|toBuffer)\((?P<c>[^;\n]*)"
)
_TOKEN = re.compile(r"(?i)token|jwt|bearer|authorization|cookies?\b.*(sess|auth|user|token)|(sess|auth)\w*cookie")
_SPLIT = re.compile(r"\.split\(\s*['\"]\.['\"]\s*\)")
_MADE = re.compile(
    r"(?i)\b(?P<name>\w*(?:token|jwt|session|auth|sess_?id))\s*(?::\s*\w+\s*)?[=:]\s*"
    r"(?P<value>(?:Buffer\.from\(\s*JSON\.stringify\([^;]*?\)\.toString\(\s*['\"]base64(?:url)?['\"]\s*\)|"
    r"btoa\(\s*JSON\.stringify\([^;\n]*\)))"
)
_SERVES = re.compile(
    r"\b(req|request|ctx|reply|res)\b[.,)]|NextResponse|CanActivate|canActivate|\bheaders\b|process\.env|"
    r"require\(['\"](express|fastify|koa|http)|from ['\"](express|fastify|koa|hono|@nestjs|next/server|node:http)"
)
_PROVEN = re.compile(
    r"\.verify\(|jwtVerify|verifyIdToken|createHmac|timingSafeEqual|createVerify|subtle\.|unsign\(|createDecipher|"
    r"compactVerify|[hH]mac\(|\.sign\(|createSign|createCipher|decrypt\(|compactDecrypt|importSPKI"
)
_READ = "Nothing checks that this token was made here: whoever sends it writes what it says."
_WRITTEN = "`{}` is only encoded, not signed: whoever gets one can write another that says something else."


@dataclass(frozen=True, slots=True)
class _Token:
    at: TextRange
    message: str


class TokenWithoutSignature(DocumentCheck):
    """Finds tokens that anybody can write."""

    summary = "A token that is encoded and not signed"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-347", "CWE-345")
    owasp = ("A07:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(
        r"atob|btoa|base64|req|ctx|reply|res[.,)]|nextresponse|canactivate|headers|process\.env|express|fastify|koa|hono|"
        r"nestjs|verify|hmac|timingsafe|subtle|unsign|cipher|sign\(|decrypt|importspki"
    )
    parsed = False

    VALID = (
        (
            "function größe(req) {\n  const [, body, mac] = req.get('authorization').split('.');\n"
            "  check(createHmac('sha256', key).update(body).digest(), mac);\n"
            "  return JSON.parse(Buffer.from(body, 'base64').toString());\n}\n"
        ),
        "function größe(req) {\n  return JSON.parse(Buffer.from(req.body.image, 'base64').toString());\n}\n",
        "const größe = Buffer.from(JSON.stringify(state)).toString('base64');\nres.json({ cursor: größe });\n",
        "function größe(token) {\n  return JSON.parse(atob(token.split('.')[1])).exp;\n}\n",
    )
    INVALID = (
        Invalid(
            code="function größe(req) {\n  const [, body] = req.get('authorization').split('.');\n"
            "  return JSON.parse(Buffer.from(body, 'base64url').toString());\n}\n",
            at="Buffer.from(body, 'base64url')",
            message=_READ,
        ),
        Invalid(
            code="app.post('/größe', (req, res) => {\n"
            "  const token = Buffer.from(JSON.stringify({ id: 1 })).toString('base64');\n  res.json({ token });\n});\n",
            at="Buffer.from(JSON.stringify({ id: 1 })).toString('base64')",
            message=_WRITTEN.format("token"),
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Tokens that the unit reads or writes, whether it serves requests, and whether it checks a signature."""
        text = code.unit.text
        found: list[_Token | str] = []
        if "JSON.parse" in text:
            split = _SPLIT.search(text) is not None
            for read in _DECODED.finditer(text):
                said = read["a"] or read["b"] or read["c"] or ""
                if split or _TOKEN.search(said):
                    found.append(_Token(TextRange(read.start(), read.end()), _READ))
                    break
        for made in _MADE.finditer(text):
            place = TextRange(made.start("value"), made.end("value"))
            found.append(_Token(place, _WRITTEN.format(made["name"])))
        imports = "\n".join(code.unit.imports)
        found += ["serves"] if _SERVES.search(text) or _SERVES.search(imports) else []
        found += ["proven"] if _PROVEN.search(text) else []
        return tuple(found)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Tokens of a server that checks no signature."""
        said = {fact for part in document for fact in part if isinstance(fact, str)}
        if "serves" not in said or "proven" in said:
            return
        for index, part in enumerate(document):
            for fact in part:
                if isinstance(fact, _Token):
                    yield Lack(index, fact.at, fact.message)
