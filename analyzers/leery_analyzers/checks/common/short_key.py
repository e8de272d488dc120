"""A key that is too short.

RSA and DSA keys of less than 2,048 bits and elliptic curves of less than 224 can be broken by those who try hard
enough; all authorities have withdrawn them.

Left alone: sizes that come from elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import in_test, is_python, literal_text, named_values, number, value_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CURVES = re.compile(r"(?i)(secp1[16]\d[rk]\d|secp192[rk]1|sect1[1369]\dr?[rk]\d|prime192v\d|p-?192|wap-.*)")
_LEAST = 2048
_SHORT_CURVE = "Keys on this curve are too short: they can be broken."


class ShortKey(Check):
    """Finds keys that are too short."""

    summary = "A key that is too short"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-326",)
    owasp = ("A04:2025",)
    references = ("https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(
        {".generate", ".generate_private_key", ".generate_parameters", ".newkeys", ".generate_key", ".SECP192R1"}
        | {
            ".SECT163K1",
            ".SECT163R2",
            ".generateKeyPair",
            ".generateKeyPairSync",
            ".generateKeyPairAsync",
            ".generateKeys",
            ".generateKey",
            ".generatePair",
            ".genKeyPair",
            ".createECDH",
            ".NodeRSA",
            "node-rsa",
        }
        | {".createDiffieHellman"}
    )

    VALID = (
        "from Crypto.PublicKey import RSA\n\nkey = RSA.generate(2048)  # größe\n",
        (
            "from cryptography.hazmat.primitives.asymmetric import rsa\n\n"
            "key = rsa.generate_private_key(public_exponent=65537, key_size=bits)\n"
        ),
        "report.generate(1024)\nitems = faker.generate(512)\n",
        "from cryptography.hazmat.primitives.asymmetric import ec\n\nkey = ec.generate_private_key(ec.SECP256R1())\n",
        Valid('generateKeyPairSync("rsa", { modulusLength: 4096 }); // größe\n', "javascript"),
        Valid('generateKeyPair("ec", { namedCurve: "P-256" }, done);\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='import { generateKeyPair } from "node:crypto";\nimport { promisify } from "node:util";\n\n'
            "const generate = promisify(generateKeyPair);\n"
            'const größe = await generate("rsa", { modulusLength: 1024 });\n',
            at="1024",
            message="A key of 1024 bits is too short: it can be broken. Use 2048 or more.",
            fixed=(
                (
                    'import { generateKeyPair } from "node:crypto";\nimport { promisify } from "node:util";\n\n'
                    "const generate = promisify(generateKeyPair);\n"
                    'const größe = await generate("rsa", { modulusLength: 2048 });\n'
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code="from Crypto.PublicKey import RSA\n\ngröße = RSA.generate(1024)\n",
            at="1024",
            message="A key of 1024 bits is too short: it can be broken. Use 2048 or more.",
            fixed=("from Crypto.PublicKey import RSA\n\ngröße = RSA.generate(2048)\n",),
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.asymmetric import dsa\n\n"
            "key = dsa.generate_private_key(\n    key_size=1024,  # kurz\n)\n",
            at="1024",
            message="A key of 1024 bits is too short: it can be broken. Use 2048 or more.",
            fixed=(
                (
                    "from cryptography.hazmat.primitives.asymmetric import dsa\n\n"
                    "key = dsa.generate_private_key(\n    key_size=2048,  # kurz\n)\n"
                ),
            ),
        ),
        Invalid(
            code="from cryptography.hazmat.primitives.asymmetric import ec\n\n"
            "key = ec.generate_private_key(ec.SECP192R1())\n",
            at="ec.SECP192R1",
            message=_SHORT_CURVE,
            fixed=(
                (
                    "from cryptography.hazmat.primitives.asymmetric import ec\n\n"
                    "key = ec.generate_private_key(ec.SECP256R1())\n"
                ),
            ),
        ),
        Invalid(
            code='const { größe } = crypto.generateKeyPairSync("rsa", { modulusLength: 1024 });\n',
            at="1024",
            message="A key of 1024 bits is too short: it can be broken. Use 2048 or more.",
            fixed=('const { größe } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });\n',),
            language="javascript",
        ),
        Invalid(
            code='const key = crypto.createECDH("secp160r1");\n',
            at='"secp160r1"',
            message=_SHORT_CURVE,
            fixed=('const key = crypto.createECDH("prime256v1");\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        confidence: Level | None = "low" if in_test(code, call) else None
        curve = _python_curve(code, call) if is_python(code) else None
        if curve is not None:
            fix = Fix("Use P-256", "review", (code.replace(curve[1], "SECP256R1"),))
            yield Problem(curve[0], _SHORT_CURVE, fixes=(fix,), confidence=confidence)
            return
        if not is_python(code) and (named := _named_curve(code, call)) is not None:
            quote = code.text(named)[0]
            fix = Fix("Use P-256", "review", (code.replace(named, f"{quote}prime256v1{quote}"),))
            yield Problem(named, _SHORT_CURVE, fixes=(fix,) if quote in "\"'`" else (), confidence=confidence)
            return
        size = _python_size(code, call) if is_python(code) else _script_size(code, call)
        bits = number(code, size)
        if size is None or bits is None or not 64 <= bits < _LEAST:
            return
        message = f"A key of {bits} bits is too short: it can be broken. Use {_LEAST} or more."
        fix = Fix(f"Use {_LEAST} bits", "review", (code.replace(size, str(_LEAST)),))
        yield Problem(size, message, fixes=(fix,), confidence=confidence)


def _python_curve(code: Code, call: Node) -> tuple[Node, Node] | None:
    function = call.child_by_field_name("function")
    table = call.parent is not None and call.parent.type == "pair"
    if function is None or table or _CURVES.fullmatch(code.method(call)) is None:
        return None
    return function, function.child_by_field_name("attribute") or function


def _python_size(code: Code, call: Node) -> Node | None:
    name, method, arguments = code.callee(call), code.method(call), code.arguments(call)
    parts = name.split(".")
    kind = parts[-2].lower() if len(parts) > 1 else ""
    if method == "newkeys":
        return arguments.get(0, "nbits") if kind == "rsa" else None
    if method == "generate_key":
        typed = arguments.get(0)
        return arguments.get(1, "bits") if typed is not None and "TYPE_" in code.text(typed) else None
    if kind not in {"rsa", "dsa", "elgamal", "dh", "rsakey", "dsskey"}:
        return None
    if method == "generate":
        return arguments.get(0, "bits")
    return arguments.named.get("key_size") or arguments.get(0 if kind == "dsa" else 1)


def _script_size(code: Code, call: Node) -> Node | None:
    name, method, arguments = code.callee(call), code.method(call), code.arguments(call)
    if method == "createDiffieHellman":
        return arguments.get(0)
    named = named_values(code, call)
    if method in {"generateKeyPair", "generateKeyPairSync"}:
        direct = arguments.get(0) if ".rsa." in f".{name}" else None
        return value_of(named.get("modulusLength") or named.get("bits")) or direct
    if (literal_text(code, arguments.get(0)) or "").partition("-")[0] in {"rsa", "dsa", "dh"}:
        return value_of(named.get("modulusLength") or named.get("primeLength"))
    return value_of(named.get("b")) if name in {"node-rsa", "NodeRSA"} else None


def _named_curve(code: Code, call: Node) -> Node | None:
    method = code.method(call)
    place = (
        code.arguments(call).get(0) if method == "createECDH" else value_of(named_values(code, call).get("namedCurve"))
    )
    text = literal_text(code, place)
    return place if text is not None and _CURVES.fullmatch(text) else None
