"""A file that is looked at by its name and then opened by it, in Java.

Between the two, somebody else can put another file or a link under that name. ``CREATE_NEW`` and ``NOFOLLOW_LINKS`` ask
and open in one step.

Reported is a file that is written in the method that asked before whether it exists, is a link, or may be written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ASKS = frozenset({"Files.exists", "Files.notExists", "Files.isSymbolicLink", "Files.isWritable"})
_OF_FILE = frozenset({"exists", "canWrite"})
_OPENS = (
    r"(?:new\s+(?:FileOutputStream|FileWriter|PrintWriter|RandomAccessFile)\(\s*(?:new\s+File\(\s*)?|"
    r"Files\s*\.\s*(?:write|writeString|newOutputStream|newBufferedWriter|setPosixFilePermissions|newByteChannel)\(\s*)"
    r"{name}\b"
)
_ONE_STEP = re.compile(r"CREATE_NEW|ATOMIC_MOVE|createTemp")
_MESSAGE = "Between the question and this, somebody can put a link or another file here; ask and open in one step."


class CheckThenUseJava(Check):
    """Finds files that are written after a question about their name."""

    summary = "A file that may have changed since it was looked at"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-367",)
    owasp = ("A01:2025",)
    languages = JAVA
    calls = _ASKS | frozenset(f".{name}" for name in _OF_FILE)

    VALID = (
        """\
class A {
    void größe(Path file, byte[] data) throws IOException {
        if (Files.exists(file)) {
            throw new IOException("there is one");
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            out.write(data);
        }
    }
}
""",
        """\
class A {
    String f(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
""",
        """\
class A {
    void f(Path folder, Path file) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, "x");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(Path datei, byte[] data) throws IOException {
        if (Files.exists(datei, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is one");
        }
        Files.write(datei, data);
    }
}
""",
            at="Files.exists(datei, LinkOption.NOFOLLOW_LINKS)",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void f(File file) throws IOException {
        if (!file.exists()) {
            new FileOutputStream(file).close();
        }
    }
}
""",
            at="file.exists()",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one question."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        function = code.function(call)
        if code.callee(call) in _ASKS:
            asked = code.arguments(call).get(0)
        else:
            asked = call.child_by_field_name("object")
            if asked is not None and code.type_of(asked) not in {"File", "Path", ""}:
                return
        if function is None or asked is None or asked.type != "identifier":
            return
        end = code.range(call).end - code.range(function).start
        rest = code.text(function)[end:]
        opened = re.search(_OPENS.format(name=re.escape(code.text(asked))), rest)
        if opened is not None and not _ONE_STEP.search(rest):
            yield Problem(call, _MESSAGE)
