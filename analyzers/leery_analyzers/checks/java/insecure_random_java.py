"""Random values that can be predicted, in Java.

`java.util.Random`, ``Math.random`` and `ThreadLocalRandom` repeat themselves: from one or two of their outputs all
later ones can be computed. What must not be guessed, such as a token, a session id or a key, comes from
`SecureRandom`.

Medium confidence has a value whose name, method or class says that it must not be guessed, and any use in code that
answers requests; everything else low. Left alone: dice, the choice of one of a list, `SecureRandom`, also behind a
variable declared as `Random`, and a generator with a fixed seed in a test.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_constant, is_filled
from leery_analyzers.checks.words import is_guess_sensitive, short, words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STATIC = frozenset({"Math.random", "StrictMath.random", "ThreadLocalRandom.current"})
_KNOWN = frozenset({"System.currentTimeMillis", "System.nanoTime", "UUID.nameUUIDFromBytes"})
"""What gives the same, or nearly so, to whoever asks at the same time or with the same name."""
_WRITTEN_OUT = re.compile(
    r"to(?:Hex|Octal|Binary)?String\(|valueOf\(|\"\s*\+|\+\s*\"|format\(|nameUUIDFromBytes|\bnew Random\("
)
_OF_TIME = re.compile(
    r"(?i)expir|ttl|issued|\biat\b|\bexp\b|timestamp|since|until|elapsed|valid|log\w*\.|println|Date\(|randomUUID"
    r"|SecureRandom"
)
_GENERATORS = frozenset({"new Random", "new SplittableRandom", "RandomGenerator.getDefault", "RandomGenerator.of"})
_SECURE = re.compile(r"SecureRandom|\bsecure\(\)|secureStrong\(")
_CHOSEN = re.compile(r"nextInt\(\s*(?!\w*(?i:char|alpha|letter|symbol|digit|pool))[\w.]+(?:\.size\(\)|\.length)\s*\)")
_WRITTEN = re.compile(r"-?\d[\d_]*[lL]?|0[xX][\da-fA-F_]+[lL]?|\"[^\"]*\"\.getBytes\([^)]*\)")
_DRAWS = frozenset({"nextInt", "nextLong", "nextBytes", "nextDouble", "nextFloat", "nextGaussian", "ints"})
_FIELD = re.compile(r"(?i)_?(?:rand|random|rnd|rng|generator)")
_COMMONS = frozenset(
    f"RandomStringUtils.{name}"
    for name in ("random", "randomAlphanumeric", "randomAlphabetic", "randomNumeric", "randomAscii", "randomGraph")
)
_WEB = ("javax.servlet", "jakarta.servlet", "org.springframework.web", "javax.ws.rs", "jakarta.ws.rs")
_WEB_TYPES = re.compile(
    r"\bHttpServletRe(?:quest|sponse)\b|@(?:Get|Post|Put|Request)Mapping\b|@(?:RestController|Path)\b"
)
_SECRET_WORDS = frozenset({"crypto", "cipher", "encrypt", "encryption", "salt", "nonce", "iv", "session", "rememberme"})
_PLAY = frozenset({
    "delay", "backoff", "jitter", "sleep", "wait", "retry", "dice", "die", "roll", "game", "shuffle", "shuffled",
    "color", "colour", "sample", "sampling", "simulate", "simulation", "mock", "demo", "test", "benchmark",
    "animation", "particle", "position", "velocity", "noise", "spawn", "enemy", "card", "deck", "interval", "timeout",
    "weight", "weights",
})  # fmt: skip
_GUESSABLE = re.compile(
    r"currentTimeMillis|nanoTime|new\s+Date|Instant\.now|hashCode\(|^\d+[lL]?$|^\"[^\"]*\"\.getBytes"
)
_GIVES = frozenset(
    {"setAttribute", "addCookie", "put", "setToken", "setPassword", "setHeader", "addHeader", "setCookie"}
)


class InsecureRandomJava(Check):
    """Finds random values that are not drawn from `SecureRandom`."""

    summary = "A random value that can be predicted"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-330", "CWE-338")
    owasp = ("A04:2025",)
    references = ("https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/security/SecureRandom.html",)
    languages = JAVA
    calls = (
        _STATIC
        | _COMMONS
        | _GENERATORS
        | _KNOWN
        | {"new SecureRandom"}
        | frozenset(f".{name}" for name in (*_DRAWS, "setSeed"))
    )

    VALID = (
        """\
class A {
    long größe() {
        long tokenExpiry = System.currentTimeMillis() + 60_000;
        String token = UUID.randomUUID() + "." + System.currentTimeMillis();
        return tokenExpiry;
    }
}
""",
        """\
import java.security.SecureRandom;

class A {
    byte[] größe() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
""",
        """\
import java.util.Random;
import java.security.SecureRandom;

class A {
    Random token = new SecureRandom();
}
""",
        """\
import com.example.dice.Random;

class A {
    int token() {
        return new Random().next();
    }
}
""",
        """\
class A {
    Random f(SecureRandom source) {
        return source;
    }
}
""",
        """\
class A {
    @Test
    void sorts() {
        Random random = new Random(42);
        check(random.nextInt());
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    String größe() {
        String resetToken = Long.toString(System.currentTimeMillis(), 36);
        return resetToken;
    }
}
""",
            at="System.currentTimeMillis",
            message="`resetToken` must not be guessed, and whoever knows the time or the name can make it.",
        ),
        Invalid(
            code="""\
import java.util.Random;

class A {
    String größeToken() {
        Random random = new Random();
        return Long.toHexString(random.nextLong()); // einmalig
    }
}
""",
            at="new Random",
            message="`größeToken` must not be guessed, but these values can be predicted from earlier ones.",
            fixed=(
                """\
import java.security.SecureRandom;
import java.util.Random;

class A {
    String größeToken() {
        Random random = new SecureRandom();
        return Long.toHexString(random.nextLong()); // einmalig
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import java.util.Random;

class A {
    String resetToken() {
        return Long.toHexString(random.nextLong());
    }
}
""",
            at="random.nextLong",
            message="`resetToken` must not be guessed, but these values can be predicted from earlier ones.",
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return new SecureRandom("seed".getBytes());
    }
}
""",
            at='"seed".getBytes()',
            message="With a known seed the values are known too.",
        ),
        Invalid(
            code="""\
class A {
    int otp() {
        return (int) (Math.random() * 900000) + 100000;
    }
}
""",
            at="Math.random",
            message="`otp` must not be guessed, but these values can be predicted from earlier ones.",
            fixed=(
                """\
import java.security.SecureRandom;

class A {
    int otp() {
        return (int) (new SecureRandom().nextDouble() * 900000) + 100000;
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import javax.servlet.http.*;

class A extends HttpServlet {
    void doPost(HttpServletRequest request, HttpServletResponse response) {
        float value = new java.util.Random().nextFloat();
    }
}
""",
            at="new java.util.Random",
            message="These values can be predicted from earlier ones; where that matters, draw them from SecureRandom.",
            fixed=(
                """\
import java.security.SecureRandom;
import javax.servlet.http.*;

class A extends HttpServlet {
    void doPost(HttpServletRequest request, HttpServletResponse response) {
        float value = new SecureRandom().nextFloat();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    int pick() {
        return ThreadLocalRandom.current().nextInt(6) + 1;
    }
}
""",
            at="ThreadLocalRandom.current",
            message="These values can be predicted from earlier ones; where that matters, draw them from SecureRandom.",
            fixed=(
                """\
import java.security.SecureRandom;

class A {
    int pick() {
        return new SecureRandom().nextInt(6) + 1;
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    String f() {
        String password = RandomStringUtils.randomAlphanumeric(12);
        return password;
    }
}
""",
            at="RandomStringUtils.randomAlphanumeric",
            message="`password` must not be guessed, but these values can be predicted from earlier ones.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        name = code.callee(call)
        if name == "new SecureRandom":
            seed = code.arguments(call).get(0)
            written = seed is not None and is_constant(code, seed)
            if seed is not None and written and (seed.type != "identifier" or not is_filled(code, seed)):
                yield Problem(seed, "With a known seed the values are known too.", confidence="medium")
            return
        if code.method(call) == "setSeed":
            seed, base = code.arguments(call).get(0), call.child_by_field_name("object")
            is_secure = base is not None and "SHA1PRNG" in code.source
            known_seed = (
                base is not None and code.type_of(base) == "SecureRandom" and _WRITTEN.fullmatch(code.text(seed))
            )
            if seed is not None and (known_seed or (is_secure and _GUESSABLE.search(code.text(seed)))):
                yield Problem(seed, "Whoever guesses this seed knows the values, too.", confidence="medium")
            return
        if code.method(call) in _DRAWS or name in _KNOWN:
            yield from _of_field(code, call) if name not in _KNOWN else _of_clock(code, call)
            return
        if code.foreign(call, "java.", "org.apache.commons.lang") or _for_a_test(code, call):
            return
        if name in _COMMONS and any(_is_secure(code, value) for value in code.arguments(call).positional):
            return
        purpose = _purpose(code, call)
        chosen = _CHOSEN.search(code.text(code.statement(call))) is not None
        if not purpose and (chosen or _is_play(code, call)):
            return
        if purpose:
            message = f"`{short(purpose)}` must not be guessed, but these values can be predicted from earlier ones."
        else:
            message = (
                "These values can be predicted from earlier ones; where that matters, draw them from SecureRandom."
            )
        confidence: Level = "medium" if purpose or _answers_requests(code) else "low"
        yield Problem(
            code.called(call),
            message,
            fixes=_fixes(code, call, name),
            confidence=confidence,
            severity=None if confidence == "medium" else "low",
        )


def _of_clock(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A secret that is made of the time, or of a name."""
    statement = code.text(code.statement(call))
    purpose = next(iter(code.purposes(call)), "")
    if is_guess_sensitive(purpose) and _WRITTEN_OUT.search(statement) and not _OF_TIME.search(f"{purpose} {statement}"):
        message = f"`{short(purpose)}` must not be guessed, and whoever knows the time or the name can make it."
        yield Problem(code.called(call), message, confidence="medium")


def _is_secure(code: JavaCode, value: Node) -> bool:
    """Whether an argument is a generator that cannot be predicted."""
    return _SECURE.search(code.text(value)) is not None or "SecureRandom" in code.type_of(value)


def _is_beside(code: JavaCode, call: Node) -> bool:
    """Whether the value's own name says that nobody gains by guessing, in a method that draws its secrets elsewhere."""
    own = next(iter(code.purposes(call)), "")
    function = code.text(code.function(call))
    return bool(_PLAY & set(words_of(own))) and re.search(r"\bSecureRandom\b|\bSECURE", function) is not None


def _is_play(code: JavaCode, call: Node) -> bool:
    """Whether the names around say that nobody gains by guessing."""
    return any(_PLAY & set(words_of(name)) for name in code.purposes(call))


def _of_field(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A generator that another part of the file makes, where the file knows `Random` and not `SecureRandom`."""
    base, imports = call.child_by_field_name("object"), code.import_lines
    if base is None or base.type != "identifier" or not _FIELD.fullmatch(code.text(base)):
        return
    if (
        "java.util.Random;" not in imports
        or "SecureRandom" in imports
        or code.scopes.lookup(code.text(base), call.start_byte)
    ):
        return
    purpose = next((name for name in code.purposes(call) if _is_sensitive(name)), "") or _given(code, call)
    if purpose:
        message = f"`{short(purpose)}` must not be guessed, but these values can be predicted from earlier ones."
        yield Problem(code.called(call), message, confidence="medium")


def _fixes(code: JavaCode, call: Node, name: str) -> tuple[Fix, ...]:
    imports = ("import java.security.SecureRandom;",)
    new = "new SecureRandom()"
    if name in _COMMONS or name == "new SplittableRandom":
        return ()
    if name.endswith("Math.random"):
        new = "new SecureRandom().nextDouble()"
    around = call.parent
    if name == "ThreadLocalRandom.current" and (around is None or around.type != "method_invocation"):
        return ()
    return (Fix("Draw it from SecureRandom", "review", (code.replace(call, new),), imports),)


def _purpose(code: JavaCode, call: Node) -> str:
    """The name that the value goes by, if it is one of something that must not be guessed."""
    names = list(code.purposes(call))
    if _is_beside(code, call):
        return ""
    generator = names[0] if call.parent is not None and call.parent.type == "variable_declarator" and names else ""
    if generator and re.search(r"(?i)rand|rng|rnd|generator|^r$", generator):
        names[:1] = _uses(code, call, generator)
    around = next((name for name in names if _is_sensitive(name)), "")
    return around or _given(code, call) or _drawn(code, call)


def _drawn(code: JavaCode, call: Node) -> str:
    """The method that draws from a generator that a field holds, if its name is that of something secret."""
    holder = call.parent
    if holder is None or holder.type != "variable_declarator" or code.function(call) is not None:
        return ""
    generator = re.escape(code.text(holder.child_by_field_name("name")))
    methods = re.finditer(r"\b(\w+)\s*\([^(){};]*\)\s*(?:throws[\w\s,.]+)?\{((?:[^{}]|\{[^{}]*\})*)\}", code.source)
    used = (found[1] for found in methods if re.search(rf"\b{generator}\s*\.\s*(?:next|ints|longs)", found[2]))
    return next((name for name in used if _is_sensitive(name)), "")


def _uses(code: JavaCode, call: Node, generator: str) -> list[str]:
    """The names of what is drawn from a generator in the same function."""
    function = code.function(call)
    text = code.text(function) if function is not None else ""
    return re.findall(rf"(\w+)\s*(?:=|\.append\(|\+=)[^;=]*\b{re.escape(generator)}\s*\.\s*next", text)


def _given(code: JavaCode, call: Node) -> str:
    """The key under which the value is kept, ``session.setAttribute("token", value)``."""
    statement = code.statement(call)
    for method, key in (
        re.findall(r'\.(\w+)\(\s*"([\w.\-]+)"\s*,', code.text(statement)) if statement is not None else ()
    ):
        if method in _GIVES and is_guess_sensitive(key):
            return str(key)
    return ""


def _is_sensitive(name: str) -> bool:
    return is_guess_sensitive(name) or bool(set(words_of(name)) & _SECRET_WORDS)


def _answers_requests(code: JavaCode) -> bool:
    imports = "\n".join(code.unit.imports)
    return any(package in imports for package in _WEB) or _WEB_TYPES.search(code.source) is not None


def _for_a_test(code: JavaCode, call: Node) -> bool:
    """A fixed seed, or a test around it."""
    function = code.function(call)
    head = code.text(function)[:200] if function is not None else ""
    if "@Test" in head or "@ParameterizedTest" in head:
        return True
    seed = code.arguments(call).get(0)
    return seed is not None and "integer_literal" in seed.type and not _purpose(code, call)
