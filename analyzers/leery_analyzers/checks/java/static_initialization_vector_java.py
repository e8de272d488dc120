"""An initialisation vector that never changes, in Java.

With the same key and the same vector, equal texts give equal ciphertexts; in GCM and CTR mode two messages are enough
to read both and to forge others. A vector is drawn anew for each message and sent along with it.

Reported is a vector made of a constant, of an array that nothing in the method fills, or of the key: who changes only
the text encrypts with the same vector each time, and a key that is sent along as the vector is known.
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
_COPIES = frozenset({"Arrays.copyOf", "Arrays.copyOfRange"})
_SAME_BYTES = frozenset({"getBytes", "getEncoded", "digest", "substring", "toCharArray", "clone", "decode"})
_KEYS = frozenset({"new SecretKeySpec", "new DESKeySpec", "new DESedeKeySpec"})
_MOST_HOPS = 6
_OF_KEY = "This vector is made of the key, so it is the same each time, and it tells of the key."
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
        """\
class A {
    void f(Cipher cipher, byte[] derived) throws Exception {
        byte[] iv = Arrays.copyOfRange(derived, 32, 48);
        SecretKeySpec key = new SecretKeySpec(derived, 0, 32, "AES");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(derived, 32, 16));
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
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
        Invalid(
            code="""\
class A {
    void f(Cipher cipher, byte[] größe) throws Exception {
        SecretKeySpec key = new SecretKeySpec(größe, "AES");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(größe, 0, 16));
    }
}
""",
            at="IvParameterSpec(«größe»",
            message=_OF_KEY,
        ),
        Invalid(
            code="""\
class A {
    Object f(SecretKey key) {
        byte[] nonce = Arrays.copyOf(key.getEncoded(), 12);
        return new GCMParameterSpec(128, nonce);
    }
}
""",
            at="128, «nonce»",
            message=_OF_KEY,
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
            elif _is_of_key(code, call, vector):
                yield Problem(vector, _OF_KEY)
            return
        if is_constant(code, vector) and not is_filled(code, vector):
            yield Problem(vector, _MESSAGE, fixes=_drawn(code, call, vector))
        elif _is_of_key(code, call, vector):
            yield Problem(vector, _OF_KEY)


def _is_of_key(code: JavaCode, call: Node, vector: Node) -> bool:
    """Whether a vector starts with the bytes of what a key is made of in the same method."""
    given = code.arguments(call).positional
    if code.callee(call) == "new IvParameterSpec" and len(given) > 1 and code.text(given[1]) != "0":
        return False
    function = code.function(vector)
    root, encoded = _root(code, vector)
    if root is None or function is None or code.tree is None:
        return False
    if encoded and "Key" in code.type_of(root):
        return True
    name = code.text(root)
    for made in code.tree.of_kinds("object_creation_expression"):
        if function.start_byte <= made.start_byte < function.end_byte and code.callee(made) in _KEYS:
            material = code.arguments(made).get(0)
            other = _root(code, material)[0] if material is not None else None
            if other is not None and code.text(other) == name:
                return True
    return False


def _root(code: JavaCode, value: Node) -> tuple[Node | None, bool]:
    """The variable whose bytes a value starts with, and whether a key gave them out; None where it is not known."""
    encoded = False
    for _ in range(_MOST_HOPS):
        value = code.bare(value)
        if value.type == "identifier":
            values = code.last_values(value)
            only = values[0] if len(values) == 1 and values[0].kind == "value" else None
            if only is None or only.value is None or only.value.type not in {"method_invocation", "identifier"}:
                return value, encoded
            value = only.value
            continue
        if value.type != "method_invocation":
            return None, False
        base, given = value.child_by_field_name("object"), code.arguments(value).positional
        if code.callee(value) in _COPIES and given:
            if len(given) == 3 and code.text(given[1]) != "0":
                return None, False
            value = given[0]
        elif code.method(value) in _SAME_BYTES and base is not None:
            encoded = encoded or code.method(value) == "getEncoded"
            inner = given[0] if code.method(value) in {"digest", "decode"} and given else base
            if code.method(value) == "substring" and given and code.text(given[0]) != "0":
                return None, False
            value = inner
        else:
            return None, False
    return None, False


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
