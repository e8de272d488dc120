"""A cipher that is broken, or used so that equal texts can be told, in Go.

DES, 3DES, RC4 and Blowfish have keys or blocks that are too short or leak. A block cipher used block by block (ECB)
keeps equal blocks equal, and so does an initialisation vector that never changes. `cipher.NewGCM` with a nonce used
once also notices that a text was changed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_BROKEN = {
    **dict.fromkeys(named("crypto/des", "NewCipher"), "DES"),
    **dict.fromkeys(named("crypto/des", "NewTripleDESCipher"), "3DES"),
    **dict.fromkeys(named("crypto/rc4", "NewCipher"), "RC4"),
    **dict.fromkeys(named("golang.org/x/crypto/blowfish", "NewCipher", "NewSaltedCipher"), "Blowfish"),
    **dict.fromkeys(named("golang.org/x/crypto/tea", "NewCipher"), "TEA"),
}
_MODES = named("crypto/cipher", "NewCBCEncrypter", "NewCTR", "NewOFB", "NewCFBEncrypter")
_VECTOR = "This vector is the same each time, so equal texts can be told."
_ECB = "Block by block (ECB) equal blocks look equal, and nothing shows that the text was changed; use cipher.NewGCM."


class WeakCipherGo(Check):
    """Finds broken ciphers, ECB by hand, and constant vectors."""

    summary = "A broken cipher, or one that shows equal texts"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327", "CWE-329")
    owasp = ("A04:2025",)
    references = ("https://pkg.go.dev/crypto/cipher#NewGCM",)
    languages = GO
    calls = frozenset({*_BROKEN, *_MODES, ".Encrypt", ".Seal"})

    VALID = (
        """\
package a

import "crypto/aes"

func größe(key []byte) (cipher.Block, error) {
	return aes.NewCipher(key)
}
""",
        """\
package a

import "crypto/cipher"

func f(block cipher.Block, iv []byte) cipher.BlockMode {
	return cipher.NewCBCEncrypter(block, iv)
}
""",
        """\
package a

import "crypto/cipher"

func f(block cipher.Block) cipher.Stream {
	iv := make([]byte, aes.BlockSize)
	io.ReadFull(rand.Reader, iv)
	return cipher.NewCTR(block, iv)
}
""",
        """\
package a

import "example.com/maps/des"

func f() {
	des.NewCipher(nil)
	for _, message := range messages {
		box.Encrypt(message)
	}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "crypto/des"

func größe(key []byte) (cipher.Block, error) {
	return des.NewCipher(key) // alt
}
""",
            at="des.NewCipher",
            message="DES is broken; use AES with GCM.",
            fixed=(
                """\
package a

import "crypto/aes"
import "crypto/des"

func größe(key []byte) (cipher.Block, error) {
	return aes.NewCipher(key) // alt
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "crypto/cipher"

func f(block cipher.Block) cipher.BlockMode {
	iv := []byte("1234567890123456")
	return cipher.NewCBCEncrypter(block, iv)
}
""",
            at="block, «iv»)",
            message=_VECTOR,
        ),
        Invalid(
            code="""\
package a

import "crypto/aes"

func f(key, text, out []byte) {
	block, _ := aes.NewCipher(key)
	for i := 0; i < len(text); i += 16 {
		block.Encrypt(out[i:i+16], text[i:i+16])
	}
}
""",
            at="block.Encrypt",
            message=_ECB,
        ),
        Invalid(
            code="""\
package a

import "crypto/rc4"

func f(key []byte) {
	stream, err := rc4.NewCipher(key)
	use(stream, err)
}
""",
            at="rc4.NewCipher",
            message="RC4 is broken; use AES with GCM.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, function, values = (
            code.callee(call),
            call.child_by_field_name("function"),
            code.arguments(call).positional,
        )
        if function is None:
            return
        if name in _BROKEN:
            kind = _BROKEN[name]
            fix = Fix("Use AES", "manual", (code.replace(function, "aes.NewCipher"),), ('import "crypto/aes"',))
            yield Problem(function, f"{kind} is broken; use AES with GCM.", fixes=() if kind == "RC4" else (fix,))
        elif (name in _MODES and len(values) > 1 and _is_constant(code, values[1])) or (
            code.method(call) == "Seal" and len(values) == 4 and _is_constant(code, values[1])
        ):
            yield Problem(values[1], _VECTOR)
        elif code.method(call) == "Encrypt" and len(values) == 2 and _by_hand(code, call):
            yield Problem(function, _ECB, confidence="medium")


def _is_constant(code: GoCode, node: Node) -> bool:
    """Whether bytes are written in the source, or an array that nothing filled."""
    node = code.bare(node)
    if node.type == "identifier":
        values = code.last_values(node)
        if not values or any(b.kind != "value" or b.value is None for b in values):
            return False
        body = code.text(code.function(node) or node)
        own = re.escape(code.text(node))
        if re.search(rf"(?:Read|ReadFull|copy|Fill)\([^()]*\b{own}\b|\b{own}\[[^\]]*\]\s*=|:?=\s*{own}\[", body):
            return False
        return all(b.value is not None and _is_constant(code, b.value) for b in values)
    if node.type == "type_conversion_expression":
        operand = node.child_by_field_name("operand")
        return operand is not None and code.literal(operand) is not None
    if node.type == "composite_literal":
        return code.text(node).startswith("[]byte") and "(" not in code.text(node)
    return node.type == "call_expression" and code.text(node).startswith("make([]byte")


def _by_hand(code: GoCode, call: Node) -> bool:
    """``block.Encrypt(dst[i:], src[i:])`` in a loop, where the block comes from a cipher, and no mode is made of it."""
    base = code.receiver(call)
    if base is None or not any(around.type == "for_statement" for around in islice(ancestors(call), 8)):
        return False
    body = code.text(code.function(call) or call)
    own = re.escape(code.text(base))
    made = re.search(rf"\b{own}\b[^\n]*=\s*(?:aes|des|blowfish|twofish)\.New\w*Cipher", body)
    slices = all(value.type == "slice_expression" for value in code.arguments(call).positional)
    return made is not None and slices and "XOR" not in body.upper()
