"""A key that is too short, in Java.

RSA, DSA and Diffie-Hellman keys below 2048 bits can be broken, elliptic curves below 224 bits too, and symmetric keys
below 112 bits can be tried one after the other. The name of a curve says how long its keys are: ``secp192r1``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import number, number_literal, text_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LEAST = {
    "RSA": 2048,
    "DSA": 2048,
    "DH": 2048,
    "DIFFIEHELLMAN": 2048,
    "ELGAMAL": 2048,
    "RSASSA-PSS": 2048,
    "EC": 224,
    "ECDSA": 224,
}
_SYMMETRIC_LEAST = 112
_CURVE_LEAST = 224
_CURVE = re.compile(r"(?i)(?:X9\.62 )?(?:sec[pt]|prime|brainpoolP|c2pnb|c2tnb|[PBK]-)(\d{2,3})(?:[a-z]\d*(?:w\d)?)?")
"""Names of elliptic curves; the number is how many bits their keys have."""
_CURVES = frozenset({
    "new ECGenParameterSpec", "ECNamedCurveTable.getParameterSpec", "ECNamedCurveTable.getByName",
    "new ECNamedCurveGenParameterSpec", "SECNamedCurves.getByName", "CustomNamedCurves.getByName",
})  # fmt: skip
_MESSAGE = "Keys of {} bits can be broken; use at least {}."
_SPECS = {"new RSAKeyGenParameterSpec": 2048, "new DSAGenParameterSpec": 2048, "new DHGenParameterSpec": 2048}


class ShortKeyJava(Check):
    """Finds keys that are too short."""

    summary = "A key that is too short"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-326",)
    owasp = ("A04:2025",)
    references = ("https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",)
    languages = JAVA
    calls = frozenset({".initialize", "KeyGenerator.init", *_SPECS, *_CURVES})

    VALID = (
        """\
class A {
    void größe() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(3072);
    }
}
""",
        """\
class A {
    void f() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(256);
    }
}
""",
        """\
class A {
    void f(Pool pool) {
        pool.initialize(512);
    }
}
""",
        """\
class A {
    private static final int BITS = 256;
    private static final String CURVE = "secp256r1";

    void f() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(BITS);
        g.initialize(new ECGenParameterSpec(CURVE));
    }
}
""",
        """\
class A {
    void f(KeyPairGenerator g, int bits) {
        g.initialize(bits);
    }
}
""",
        """\
class A {
    void f() throws Exception {
        KeyGenerator g = KeyGenerator.getInstance("AES");
        g.init(128);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(1024); // schnell
    }
}
""",
            at="1024",
            message="Keys of 1024 bits can be broken; use at least 2048.",
            fixed=(
                """\
class A {
    void größe() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(2048); // schnell
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f() throws Exception {
        final int bits = 512;
        var g = java.security.KeyPairGenerator.getInstance("DSA");
        g.initialize(bits, random);
    }
}
""",
            at="«bits», random",
            message="Keys of 512 bits can be broken; use at least 2048.",
            fixed=(
                """\
class A {
    void f() throws Exception {
        final int bits = 2048;
        var g = java.security.KeyPairGenerator.getInstance("DSA");
        g.initialize(bits, random);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f() throws Exception {
        KeyGenerator g = KeyGenerator.getInstance("Blowfish");
        g.init(64);
    }
}
""",
            at="64",
            message="Keys of 64 bits can be broken; use at least 128.",
            fixed=(
                """\
class A {
    void f() throws Exception {
        KeyGenerator g = KeyGenerator.getInstance("Blowfish");
        g.init(128);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4);
    }
}
""",
            at="1024",
            message="Keys of 1024 bits can be broken; use at least 2048.",
            fixed=(
                """\
class A {
    Object f() {
        return new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    private static final int BITS = 1024;

    void größe() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(A.BITS);
    }
}
""",
            at="A.BITS",
            message="Keys of 1024 bits can be broken; use at least 2048.",
            fixed=(
                """\
class A {
    private static final int BITS = 2048;

    void größe() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(A.BITS);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return new ECGenParameterSpec("secp192r1");
    }
}
""",
            at='"secp192r1"',
            message="Keys of 192 bits can be broken; use at least 224.",
            fixed=(
                """\
class A {
    Object f() {
        return new ECGenParameterSpec("secp256r1");
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        name, size = code.callee(call), code.arguments(call).get(0)
        if size is None:
            return
        if name in _CURVES:
            yield from _curve(code, size)
            return
        bits = number(code, size) or 0
        least = _SPECS.get(name, 0)
        if name == "KeyGenerator.init":
            least = 128 if bits < _SYMMETRIC_LEAST else 0
        elif not least and "KeyPairGenerator" in name:
            least = _LEAST.get(_algorithm(code, call), 0)
        if 0 < bits < least:
            literal = number_literal(code, size)
            fixes = (
                (Fix(f"Use {least} bits", "safe", (code.replace(literal, str(least)),)),) if literal is not None else ()
            )
            yield Problem(size, _MESSAGE.format(bits, least), fixes=fixes)


def _curve(code: JavaCode, named: Node) -> Iterator[Problem]:
    """A curve by its name."""
    written: dict[str, tuple[Fix, ...]] = {text_of(code, named): ()}
    for value in code.texts(named):
        written[value.text] = (Fix("Use P-256", "review", (code.replace(value.node, '"secp256r1"'),)),)
    for text, fixes in written.items():
        said = _CURVE.fullmatch(text)
        if said is not None and int(said.group(1)) < _CURVE_LEAST:
            yield Problem(named, _MESSAGE.format(said.group(1), _CURVE_LEAST), fixes=fixes)
            return


def _algorithm(code: JavaCode, call: Node) -> str:
    """What the generator was asked for."""
    base = call.child_by_field_name("object")
    made = [base] if base is not None and base.type == "method_invocation" else []
    if base is not None and base.type == "identifier":
        made = [binding.value for binding in code.last_values(base) if binding.value is not None]
    for factory in made:
        wanted = code.arguments(factory).get(0) if factory.type == "method_invocation" else None
        if wanted is not None:
            known = next((value.text for value in code.texts(wanted)), "") or text_of(code, wanted)
            return known.upper()
    return ""
