"""An initialisation vector that never changes, in Java.

With the same key and the same vector, equal texts give equal ciphertexts; in GCM and CTR mode two messages are enough
to read both and to forge others. A vector is drawn anew for each message and sent along with it.

Reported is a vector made of a constant, or of an array that nothing in the method fills.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_constant, is_filled
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_VECTOR = {"new IvParameterSpec": 0, "new GCMParameterSpec": 1, "new AEADParameters": 2, "new ParametersWithIV": 1}
_FIELD = """
(field_declaration type: (array_type) @array
  declarator: (variable_declarator name: (identifier) @field value: (_) @value))
"""
_MESSAGE = "This vector is the same each time, so equal texts can be told and, in GCM, messages forged."


class StaticInitializationVectorJava(Check):
    """Finds initialisation vectors that are constant."""

    summary = "An initialisation vector that never changes"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-329", "CWE-1204")
    owasp = ("A04:2025",)
    languages = JAVA
    calls = frozenset(_VECTOR)
    query = _FIELD

    VALID = (
        """\
class A {
    Object größe() {
        byte[] iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        return new IvParameterSpec(iv);
    }
}
""",
        """\
class A {
    Object f(byte[] message) {
        byte[] iv = new byte[12];
        System.arraycopy(message, 0, iv, 0, 12);
        return new GCMParameterSpec(128, iv);
    }
}
""",
        """\
class A {
    Object f(byte[] iv) {
        return new IvParameterSpec(iv);
    }
}
""",
        """\
class A {
    Object f(Cipher cipher) {
        return new IvParameterSpec(cipher.getIV());
    }
}
""",
        """\
class A {
    private static final byte[] HEADER = {1, 2};
    private byte[] iv = new byte[16];
    private static final byte[] DIVIDER = "--".getBytes();
}
""",
        """\
class A {
    Object f() {
        byte[] iv = new byte[16];
        for (int i = 0; i < 16; i++) {
            iv[i] = next();
        }
        return new IvParameterSpec(iv);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Object größe() {
        return new IvParameterSpec("1234567890123456".getBytes());
    }
}
""",
            at='"1234567890123456".getBytes()',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        byte[] iv = new byte[16]; // 16 Bytes
        return new javax.crypto.spec.IvParameterSpec(iv);
    }
}
""",
            at="IvParameterSpec(«iv»)",
            message=_MESSAGE,
            fixed=(
                """\
import java.security.SecureRandom;

class A {
    Object f() {
        byte[] iv = new byte[16]; // 16 Bytes
        new SecureRandom().nextBytes(iv);
        return new javax.crypto.spec.IvParameterSpec(iv);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        byte[] nonce = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        var spec = new GCMParameterSpec(128, nonce);
        return spec;
    }
}
""",
            at="128, «nonce»",
            message=_MESSAGE,
            fixed=(
                """\
import java.security.SecureRandom;

class A {
    Object f() {
        byte[] nonce = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        new SecureRandom().nextBytes(nonce);
        var spec = new GCMParameterSpec(128, nonce);
        return spec;
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    private static final byte[] INIT_VECTOR = "encryptionIntVec".getBytes();
}
""",
            at='"encryptionIntVec".getBytes()',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one object made or at one field."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is None:
            words = words_of(code.text(found["field"]))
            named = words and (words[-1] in {"iv", "nonce", "vector", "ivbytes"} or words[0] in {"iv", "ivector"})
            if named and is_constant(code, found["value"]) and not _is_empty(found["value"]):
                yield Problem(found["value"], _MESSAGE, confidence="medium")
            return
        vector = code.arguments(call).get(_VECTOR[code.callee(call)])
        if vector is None:
            return
        if vector.type != "identifier":
            if is_constant(code, vector):
                yield Problem(vector, _MESSAGE)
            return
        if is_constant(code, vector) and not is_filled(code, vector):
            yield Problem(vector, _MESSAGE, fixes=_drawn(code, call, vector))


def _is_empty(value: Node) -> bool:
    """Whether a field is only given its size, to be filled later."""
    return value.type == "array_creation_expression" and value.child_by_field_name("value") is None


def _drawn(code: JavaCode, call: Node, vector: Node) -> tuple[Fix, ...]:
    statement = code.statement(call)
    if statement is None:
        return ()
    text = f"new SecureRandom().nextBytes({code.text(vector)});{code.newline()}{code.indent(statement)}"
    imports = ("import java.security.SecureRandom;",)
    return (Fix("Draw it anew each time", "manual", (code.insert(statement.start_byte, text),), imports),)
