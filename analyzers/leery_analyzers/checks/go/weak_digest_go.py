"""A digest that can be forged, in Go.

For MD5 and SHA-1 two inputs with the same digest can be made, so neither shows that something is unchanged or who made
it; for passwords even SHA-256 is far too fast. SHA-256 costs little more than MD5.

Low confidence has what the names around show to be a checksum, a cache key, an entity tag or the like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.algorithms import about_integrity_only, about_security
from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MD5 = named("crypto/md5", "New", "Sum")
_SHA1 = named("crypto/sha1", "New", "Sum")
_MD4 = named("golang.org/x/crypto/md4", "New")
_MESSAGE = "Two inputs with the same {} digest can be made, so it proves nothing; use SHA-256."


class WeakDigestGo(Check):
    """Finds MD4, MD5 and SHA-1."""

    summary = "A digest that can be forged"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-328", "CWE-327")
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc6151",)
    languages = GO
    calls = _MD5 | _SHA1 | _MD4

    VALID = (
        """\
package a

import "crypto/sha256"

func größe(data []byte) [32]byte {
	return sha256.Sum256(data)
}
""",
        """\
package a

import "example.com/fast/md5"

func f(data []byte) []byte {
	return md5.Sum(data)
}
""",
        """\
package a

func f(md5 Digest) string {
	return md5.New()
}
""",
        """\
package a

import "crypto/md5"

const size = md5.Size
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import (
	"crypto/md5"
	"fmt"
)

func größe(wert []byte) string {
	return fmt.Sprintf("%x", md5.Sum(wert)) // schnell
}
""",
            at="md5.Sum",
            message=_MESSAGE.format("MD5"),
            fixed=(
                """\
package a

import (
	"crypto/md5"
	"crypto/sha256"
	"fmt"
)

func größe(wert []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(wert)) // schnell
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "crypto/sha1"

func signToken(token string) []byte {
	h := sha1.New()
	h.Write([]byte(token))
	return h.Sum(nil)
}
""",
            at="sha1.New",
            message=_MESSAGE.format("SHA-1"),
            fixed=(
                """\
package a

import "crypto/sha1"
import "crypto/sha256"

func signToken(token string) []byte {
	h := sha256.New()
	h.Write([]byte(token))
	return h.Sum(nil)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import weak "crypto/md5"

func f(token string) any {
	return weak.New()
}
""",
            at="weak.New",
            message=_MESSAGE.format("MD5"),
            fixed=(
                """\
package a

import weak "crypto/md5"
import "crypto/sha256"

func f(token string) any {
	return sha256.New()
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, function = code.callee(call), call.child_by_field_name("function")
        digest = "SHA-1" if name in _SHA1 else "MD5" if name in _MD5 else "MD4"
        if function is None:
            return
        around = " ".join((*code.purposes(call), *(code.text(node) for node in code.arguments(call).positional)))
        sure: Level | None = "low" if about_integrity_only(around) else "high" if about_security(around) else None
        new = "sha256.Sum256" if re.search(r"\.Sum$", name) else "sha256.New"
        fix = Fix("Use SHA-256", "review", (code.replace(function, new),), ('import "crypto/sha256"',))
        in_hmac = call.parent is not None and "hmac" in code.text(call.parent.parent)[:12]
        slow = re.search(r"(?i)passw", code.text(code.function(call))) is not None  # another digest would not help
        fixes = (fix,) if not slow else ()
        yield Problem(function, _MESSAGE.format(digest), fixes=fixes, confidence="low" if in_hmac else sure)
