"""A cipher that is broken, or a mode that shows which parts of a text are equal, in Java.

DES and its kin have keys or blocks that are too short, RC4 leaks its key, and in ECB mode (which plain ``"AES"``
means) equal blocks stay equal. Nothing but an authenticated mode notices that a text was changed:
``AES/GCM/NoPadding`` with a nonce used once.

The name is followed through local variables, constants of the class, and the default of a setting. RSA's "ECB" is a
name only and left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.algorithms import broken_cipher, broken_key_algorithm
from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CIPHER = "Cipher.getInstance"
_KEYS = frozenset({"KeyGenerator.getInstance", "SecretKeyFactory.getInstance"})
_ENGINES = frozenset(
    {"new DESEngine", "new DESedeEngine", "new RC4Engine", "new RC2Engine", "new BlowfishEngine", "new DESKeySpec"}
    | {"new DESedeKeySpec", "new NullCipher"}
)
_FIELD = """
(field_declaration type: (type_identifier) @type
  declarator: (variable_declarator name: (identifier) @field value: (string_literal) @text)
  (#eq? @type "String"))
"""
_OLD_PADDING = re.compile(r"(?i)RSA(?:/(?:ECB|NONE)/PKCS1Padding)?")
"""What plain ``RSA`` means, too."""
_MAIN = "In ECB mode equal blocks look equal, and nothing shows that the text was changed; use GCM."


class WeakCipherJava(Check):
    """Finds DES, 3DES, RC2, RC4, Blowfish, and ECB."""

    summary = "A broken cipher or cipher mode"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://docs.oracle.com/en/java/javase/21/docs/specs/security/standard-names.html",)
    languages = JAVA
    refutable = True
    calls = _KEYS | _ENGINES | {_CIPHER}
    query = _FIELD

    VALID = (
        """\
import javax.crypto.Cipher;

class A {
    Cipher größe() throws Exception {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }
}
""",
        """\
class A {
    Cipher f() throws Exception {
        return Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    }
}
""",
        """\
class A {
    SecretKey f() throws Exception {
        return KeyGenerator.getInstance("AES").generateKey();
    }
}
""",
        """\
import com.example.puzzles.Cipher;

class A {
    Object f() {
        return Cipher.getInstance("DES");
    }
}
""",
        """\
class A {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String CITY = "DES";
}
""",
        """\
class A {
    Cipher f() throws Exception {
        String mode = "AES/ECB/PKCS5Padding";
        mode = "AES/GCM/NoPadding";
        return Cipher.getInstance(mode);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Cipher größe() throws Exception {
        return Cipher.getInstance("RSA/ECB/PKCS1Padding");
    }
}
""",
            at='"RSA/ECB/PKCS1Padding"',
            message="RSA with PKCS #1 1.5 lets who sees how decryption fails read the text; use OAEP.",
            fixed=(
                """\
class A {
    Cipher größe() throws Exception {
        return Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Cipher schlüssel() throws Exception {
        return Cipher.getInstance("DES/CBC/PKCS5Padding");
    }
}
""",
            at='"DES/CBC/PKCS5Padding"',
            message="DES is broken; use AES with GCM.",
            fixed=(
                """\
class A {
    Cipher schlüssel() throws Exception {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Cipher f() throws Exception {
        String algorithm = "AES";
        return javax.crypto.Cipher.getInstance(algorithm, provider);
    }
}
""",
            at="«algorithm», provider",
            message=_MAIN,
            fixed=(
                """\
class A {
    Cipher f() throws Exception {
        String algorithm = "AES/GCM/NoPadding";
        return javax.crypto.Cipher.getInstance(algorithm, provider);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Cipher f(java.util.Properties settings) throws Exception {
        return Cipher.getInstance(settings.getProperty("cipher", "DESede/ECB/PKCS5Padding"));
    }
}
""",
            at='settings.getProperty("cipher", "DESede/ECB/PKCS5Padding")',
            message="Where the setting is missing: DESede is broken; use AES with GCM.",
            fixed=(
                """\
class A {
    Cipher f(java.util.Properties settings) throws Exception {
        return Cipher.getInstance(settings.getProperty("cipher", "AES/GCM/NoPadding"));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    SecretKey f() throws Exception {
        return KeyGenerator.getInstance("RC4").generateKey();
    }
}
""",
            at='"RC4"',
            message="RC4 is broken; use AES.",
            fixed=(
                """\
class A {
    SecretKey f() throws Exception {
        return KeyGenerator.getInstance("AES").generateKey();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    private static final String TRANSFORMATION = "AES/ECB/PKCS5Padding";
}
""",
            at='"AES/ECB/PKCS5Padding"',
            message=_MAIN,
            fixed=(
                """\
class A {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return new org.bouncycastle.crypto.engines.DESEngine();
    }
}
""",
            at="new org.bouncycastle.crypto.engines.DESEngine",
            message="DES is broken; use AES with GCM.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one field."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is None:
            yield from _constant(code, found["field"], found["text"])
            return
        name = code.callee(call)
        if code.foreign(call, "javax.crypto", "org.bouncycastle", "org.spongycastle"):
            return
        if name in _ENGINES:
            own = name.removeprefix("new ").removesuffix("Engine").removesuffix("KeySpec")
            message = f"{own} is broken; use AES with GCM." if own != "NullCipher" else "This cipher encrypts nothing."
            yield Problem(code.called(call), message)
            return
        yield from _by_name(code, call, broken_key_algorithm if name in _KEYS else _broken)


def _broken(name: str) -> str:
    """What is wrong with a cipher, RSA as the textbook has it included."""
    if name.upper().startswith("RSA/") and name.upper().endswith("/NOPADDING"):
        return "RSA without padding gives equal texts for equal texts and can be changed unseen; use OAEP."
    if _OLD_PADDING.fullmatch(name):
        return "RSA with PKCS #1 1.5 lets who sees how decryption fails read the text; use OAEP."
    return broken_cipher(name)


def _by_name(code: JavaCode, call: Node, reason_of: Callable[[str], str]) -> Iterator[Problem]:
    """``Cipher.getInstance(name)``."""
    wanted = code.arguments(call).get(0)
    for value in code.texts(wanted) if wanted is not None else ():
        reason = reason_of(value.text)
        if wanted is None or not reason:
            continue
        better = "AES/GCM/NoPadding" if code.callee(call) == _CIPHER else "AES"
        if value.text.startswith("RSA"):
            better = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding"
        password_based = value.text.startswith("PBE") or value.node.type != "string_literal"
        fix = Fix(f"Use {better}", "manual", (code.replace(value.node, f'"{better}"'),))
        sure: Level | None = "medium" if value.fallback or _OLD_PADDING.fullmatch(value.text) else None
        if value.fallback:
            reason = f"Where the setting is missing: {reason}"
        yield Problem(wanted, reason, fixes=() if password_based else (fix,), confidence=sure)
        return


def _constant(code: JavaCode, field: Node, text: Node) -> Iterator[Problem]:
    """A constant that is a transformation, or whose name says that it is one."""
    value = code.literal(text) or ""
    named = set(words_of(code.text(field))) & {"transformation", "cipher", "encryption", "crypto"}
    if broken_cipher(value) and ("/" in value or named):
        if value.upper() == "AES" and "transformation" not in named:
            return  # as good a name for the algorithm of a key
        fix = Fix("Use AES/GCM/NoPadding", "manual", (code.replace(text, '"AES/GCM/NoPadding"'),))
        yield Problem(text, broken_cipher(value), fixes=(fix,) if value[:3] not in {"RSA", "PBE"} else ())
