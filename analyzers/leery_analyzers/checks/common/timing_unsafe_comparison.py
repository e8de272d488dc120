"""A signature compared so that the time tells how much of it was right.

``==`` stops at the first character that differs. Who may try often enough finds the right signature one character after
the other. ``hmac.compare_digest`` and ``crypto.timingSafeEqual`` take the same time for any.

Left alone: comparisons with constants, of lengths and types, and of checksums of files. Where only the names say that
something secret is compared, confidence is low.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.queries import COMPARISONS
from leery_analyzers.checks.values import followed, in_test, is_python, literal_text
from leery_analyzers.checks.words import short, words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SIGNED = frozenset({"signature", "sig", "mac", "hmac", "signatures"})
_SENT = frozenset({"signature", "sig", "mac", "hmac"})
_SIGNING = frozenset({"sign", "signature", "hmac", "mac", "digest"})
"""What functions are called that sign something."""
_GIVEN = frozenset({"token", "secret", "password", "apikey", "otp", "csrf", "key", "passwd"})
_WITH = frozenset({"api", "secret", "access", "auth", "expected", "stored", "provided", "csrf", "admin", "webhook"})
_ABOUT = frozenset(
    {"type", "name", "length", "len", "size", "id", "kind", "count", "version", "algorithm", "alg", "index", "status"}
    | {"confirm", "confirmation", "confirmed", "repeat", "again", "confirmpassword", "password2", "new", "mode", "str"}
)
_NAMES = frozenset(
    {"identifier", "attribute", "member_expression", "subscript", "subscript_expression", "call", "call_expression"}
)
_MESSAGE = "The time this takes tells how much of `{}` was right, so it can be found by trying."
_FUNCTION_SIGNATURE = re.compile(r"\.group\(|inspect\.|\bfunc|param|method|overload|typing|annotation", re.IGNORECASE)


class TimingUnsafeComparison(Check):
    """Finds signatures compared by ``==``."""

    summary = "A signature compared in a time that depends on it"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-208",)
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = COMPARISONS

    VALID = (
        "import hmac\n\nif hmac.compare_digest(mac, größe):\n    accept()\n",
        'if token == "(" or token_type == expected_type:\n    parse(größe)\n',
        "if len(signature) != 32 or signature == None:\n    raise ValueError\n",
        "import inspect\n\nif inspect.signature(f) == inspect.signature(g):\n    same()\n",
        "if signature == parse(text) or checksum != self.digest(größe):\n    keep()\n",
        "if file_digest == expected_digest:\n    keep()\nif password != password2:\n    again()\n",
        Valid("if (crypto.timingSafeEqual(a, größe)) accept();\nif (token === null || !token) stop();\n", "javascript"),
        Valid("if (signature.length !== 64) stop();\nif (password !== confirmPassword) again();\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="import hmac\n\n\ndef größe(key, body, signature):\n"
            '    mac = hmac.new(key, body, "sha256").hexdigest()\n    return mac == signature\n',
            at="mac == signature",
            message=_MESSAGE.format("signature"),
            fixed=(
                (
                    "import hmac\n\n\ndef größe(key, body, signature):\n"
                    '    mac = hmac.new(key, body, "sha256").hexdigest()\n'
                    "    return hmac.compare_digest(mac, signature)\n"
                ),
            ),
        ),
        Invalid(
            code='if request.headers["X-Signature"] != expected_signature:\n    abort(403)\n',
            at='request.headers["X-Signature"] != expected_signature',
            message=_MESSAGE.format("expected_signature"),
            fixed=(
                (
                    "import hmac\n\n"
                    'if not hmac.compare_digest(request.headers["X-Signature"], expected_signature):\n    abort(403)\n'
                ),
            ),
        ),
        Invalid(
            code="if api_key == settings.API_KEY:\n    serve()  # größe\n",
            at="api_key == settings.API_KEY",
            message=_MESSAGE.format("settings.API_KEY"),
            fixed=("import hmac\n\nif hmac.compare_digest(api_key, settings.API_KEY):\n    serve()  # größe\n",),
        ),
        Invalid(
            code="def größe(self, body, signature):\n    expected = self.sign(body)\n"
            "    if expected != signature:\n        raise ValueError\n",
            at="expected != signature",
            message=_MESSAGE.format("signature"),
            fixed=(
                (
                    "import hmac\n\ndef größe(self, body, signature):\n    expected = self.sign(body)\n"
                    "    if not hmac.compare_digest(expected, signature):\n        raise ValueError\n"
                ),
            ),
        ),
        Invalid(
            code='const größe = crypto.createHmac("sha256", key).update(body).digest("hex");\n'
            "if (größe === signature) accept();\n",
            at="größe === signature",
            message=_MESSAGE.format("signature"),
            fixed=(
                (
                    'import { timingSafeEqual } from "node:crypto";\n\n'
                    'const größe = crypto.createHmac("sha256", key).update(body).digest("hex");\n'
                    "if (timingSafeEqual(Buffer.from(größe), Buffer.from(signature))) accept();\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code='if (req.headers["x-hub-signature"] !== computedSignature) {\n  res.sendStatus(401);\n}\n',
            at='req.headers["x-hub-signature"] !== computedSignature',
            message=_MESSAGE.format("computedSignature"),
            fixed=(
                (
                    'import { timingSafeEqual } from "node:crypto";\n\n'
                    'if (!timingSafeEqual(Buffer.from(req.headers["x-hub-signature"]), Buffer.from(computedSignature)))'
                    " {\n  res.sendStatus(401);\n}\n"
                ),
            ),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one comparison."""
        left, right = found["left"], found["right"]
        if left.type not in _NAMES or right.type not in _NAMES:
            return
        texts = code.text(left), code.text(right)
        confidence = _weight(code, left, right, *texts)
        if confidence is None or in_test(code, left) or _FUNCTION_SIGNATURE.search(" ".join(texts)):
            return
        message = _MESSAGE.format(short(texts[1]))
        fix = _fix(code, found["comparison"], code.text(found["operator"]), texts)
        yield Problem(found["comparison"], message, fixes=(fix,), confidence=confidence)


def _weight(code: Code, left: Node, right: Node, first: str, second: str) -> Level | None:
    words = set(words_of(first)), set(words_of(second))
    if literal_text(code, left) or literal_text(code, right):
        return None
    if _is_mac(code, left) or _is_mac(code, right):
        return "high"
    if (words[0] | words[1]) & _ABOUT:
        return None
    signed = (words[0] & _SENT and _signs(code, right)) or (words[1] & _SENT and _signs(code, left))
    same = re.split(r"\W", first)[-1] == re.split(r"\W", second)[-1]
    if signed or (words[0] & _SIGNED and words[1] & _SIGNED and not same):
        return "medium"
    if all(side & _GIVEN for side in words) and (words[0] | words[1]) & _WITH and first != second:
        return "low"
    return None


def _is_mac(code: Code, node: Node) -> bool:
    value = followed(code, node)
    text = code.text(value)[:400]
    return value.type in {"call", "call_expression", "binary_operator", "binary_expression"} and (
        re.search(r"\bhmac\.(new|digest)\(|createHmac\(|HmacSHA\d+\(", text) is not None and "compare" not in text
    )


def _signs(code: Code, node: Node) -> bool:
    """Whether a value is what a function gives that signs, by its name: ``self.sign(body)``."""
    value = followed(code, node)
    function = value.child_by_field_name("function") if value.type in {"call", "call_expression"} else None
    return function is not None and bool(set(words_of(re.split(r"\.", code.text(function))[-1])) & _SIGNING)


def _fix(code: Code, comparison: Node, operator: str, texts: tuple[str, str]) -> Fix:
    negated = operator.startswith("!")
    if is_python(code):
        new = f"hmac.compare_digest({texts[0]}, {texts[1]})"
        edit = code.replace(comparison, f"not {new}" if negated else new)
        return Fix("Compare in constant time", "review", (edit,), ("import hmac",))
    new = f"timingSafeEqual(Buffer.from({texts[0]}), Buffer.from({texts[1]}))"
    edit = code.replace(comparison, f"!{new}" if negated else new)
    return Fix("Compare in constant time", "review", (edit,), ('import { timingSafeEqual } from "node:crypto"',))
