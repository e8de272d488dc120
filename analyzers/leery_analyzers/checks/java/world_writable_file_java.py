"""A file that everybody on the machine may change or run, in Java.

Another account, or another program that was broken into, can then put its own content where this one trusts it.
Reported is also a file that everybody may read where the method speaks of a private key or of another secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SETTERS = frozenset({"setWritable", "setReadable"})
_OTHERS_WRITE = re.compile(r"[rwx-]{7}w[x-]")
_OTHERS_READ = re.compile(r"[rwx-]{6}r-[x-]")
_PRIVATE = re.compile(
    r"(?i)private_?key|BEGIN [A-Z ]*PRIVATE KEY|\.pem\b|\.p12\b|\.jks\b|\.key\"|id_rsa|"
    r"\b\w*(?:secret|passwords?|passphrase|credentials?|access_?token)\b"
)
"""What a file holds that nobody else may read, where the method says so."""
_CHMOD = re.compile(r"chmod\s+(?:-R\s+)?(?:0?[0-7]{0,2}[0-7]{2}[2367]\b|[augo]*o?[augo]*\+\w*w|a\+rw)")
_ANDROID = frozenset({"MODE_WORLD_READABLE", "MODE_WORLD_WRITEABLE"})
_QUERY = """
((field_access field: (identifier) @name) @mode
  (#any-of? @name "OTHERS_WRITE" "MODE_WORLD_READABLE" "MODE_WORLD_WRITEABLE"))
"""
_READABLE = "Every account on the machine may read this file, and what is in it is secret."
_MESSAGE = "Every account on the machine may change this file."


class WorldWritableFileJava(Check):
    """Finds files that others may write."""

    summary = "A file that everybody on the machine may change"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = JAVA
    calls = frozenset({"PosixFilePermissions.fromString", "EnumSet.allOf", ".exec", *(f".{name}" for name in _SETTERS)})
    query = _QUERY

    VALID = (
        """\
class A {
    void größe(Path page) throws Exception {
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
""",
        """\
class A {
    void größe(File file) {
        file.setWritable(true);
        file.setReadable(true, true);
    }
}
""",
        """\
class A {
    Object f() {
        return PosixFilePermissions.fromString("rw-r-----");
    }
}
""",
        """\
class A {
    void f(Column column) {
        column.setWritable(true, locale);
    }
}
""",
        """\
class A {
    boolean f(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(PrivateKey key, Path path) throws Exception {
        String mode = "rw-r--r--";
        Files.write(path, key.getEncoded());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
""",
            at="(«mode»)",
            message=_READABLE,
        ),
        Invalid(
            code="""\
class A {
    void größe(File file) {
        file.setWritable(true, false); // alle
    }
}
""",
            at="file.setWritable(true, false)",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void größe(File file) {
        file.setWritable(true, true); // alle
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
""",
            at='"rwxrwxrwx"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(Set<PosixFilePermission> permissions) {
        permissions.add(PosixFilePermission.OTHERS_WRITE);
    }
}
""",
            at="PosixFilePermission.OTHERS_WRITE",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object f(Context context) throws Exception {
        return context.openFileOutput("notes", Context.MODE_WORLD_READABLE);
    }
}
""",
            at="Context.MODE_WORLD_READABLE",
            message="Every app on the device may open this file.",
            fixed=(
                """\
class A {
    Object f(Context context) throws Exception {
        return context.openFileOutput("notes", Context.MODE_PRIVATE);
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one constant."""
        assert isinstance(code, JavaCode)
        if (mode := found.get("mode")) is not None:
            yield from _constant(code, mode, found["name"])
            return
        call = found["call"]
        first, second = code.arguments(call).get(0), code.arguments(call).get(1)
        if code.callee(call) == "EnumSet.allOf" or code.method(call) == "exec":
            yield from _everything(code, call, first)
            return
        if code.callee(call) == "PosixFilePermissions.fromString":
            text = _mode(code, first)
            if first is not None and text is not None and _OTHERS_READ.fullmatch(text):
                if _PRIVATE.search(code.text(code.function(call))):
                    yield Problem(first, _READABLE, severity="high", confidence="medium")
                return
            if (
                first is not None
                and text is not None
                and _OTHERS_WRITE.fullmatch(text)
                and not _is_taken_back(code, call)
            ):
                fix = Fix("Keep others out", "review", (code.replace(first, f'"{text[:6]}---"'),))
                yield Problem(first, _MESSAGE, fixes=(fix,) if first.type == "string_literal" else ())
        elif (
            first is not None and second is not None and is_word(code, first, "true") and is_word(code, second, "false")
        ):
            yield from _set(code, call, second)


def _set(code: JavaCode, call: Node, owner_only: Node) -> Iterator[Problem]:
    """``file.setWritable(true, false)``; what everybody may read does harm where it is secret."""
    fix = Fix("For the owner only", "review", (code.replace(owner_only, "true"),))
    body = code.text(code.function(call))
    if code.method(call) == "setWritable":
        yield Problem(call, _MESSAGE, fixes=(fix,))
    elif _PRIVATE.search(body) and "createTemp" not in body:  # for those there is a rule of its own
        yield Problem(call, _READABLE, fixes=(fix,), severity="high", confidence="medium")


def _mode(code: JavaCode, value: Node | None) -> str | None:
    """A mode as a text, also one that a constant holds."""
    if value is None:
        return None
    if value.type != "identifier":
        return code.literal(value)
    known = [code.literal(binding.value) for binding in code.last_values(value) if binding.value is not None]
    return known[0] if len(known) == 1 else None


def _everything(code: JavaCode, call: Node, first: Node | None) -> Iterator[Problem]:
    """``EnumSet.allOf(PosixFilePermission.class)`` and ``exec("chmod 777 …")``."""
    if first is None:
        return
    text = code.template(first).text if code.method(call) == "exec" else ""
    if _CHMOD.match(text) or code.text(first).endswith("PosixFilePermission.class"):
        yield Problem(first, _MESSAGE)


def _is_taken_back(code: JavaCode, call: Node) -> bool:
    """Whether the right of others to write is removed again from the set in the same method."""
    return re.search(r"\.remove(?:All)?\([^;]*OTHERS_WRITE", code.text(code.function(call))) is not None


def _constant(code: JavaCode, mode: Node, name: Node) -> Iterator[Problem]:
    own, around = code.text(name), mode.parent
    if own in _ANDROID:
        fix = Fix("Keep it private", "review", (code.replace(name, "MODE_PRIVATE"),))
        yield Problem(mode, "Every app on the device may open this file.", fixes=(fix,))
        return
    holder = around.parent if around is not None and around.type == "argument_list" else None
    if holder is not None and code.method(holder) in {"add", "of", "asList", "addAll"}:
        yield Problem(mode, _MESSAGE)
