"""A temporary file that others can foresee or read, in Java.

All accounts of a machine share the folder for temporary files. Under a fixed or guessable name anybody can put a file
or a link there first; and what is written without rights of its own, everybody may read. ``Files.createTempFile``
makes a name that cannot be foreseen, and a file that only its owner may read, in one step.

Reported are names in that folder that the program makes itself and writes to, a temporary file that is opened to all
accounts, ``File.createTempFile`` for something secret, since it leaves the rights to the system, and a temporary file
that is deleted to become a folder. Left alone: names from `UUID` or `SecureRandom`, ``CREATE_NEW``, and what is only
read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MAKERS = frozenset({"new File", "Paths.get", "Path.of"})
_CALLS = frozenset({"method_invocation", "object_creation_expression"})
_DEPTH = 6
_PREFIX_AND_SUFFIX = 2
_OPENERS = frozenset({"new FileOutputStream", "new FileWriter", "new PrintWriter", "new RandomAccessFile"})
_SHARED = re.compile(r"/(?:var/)?tmp(?:/|$)|/dev/shm(?:/|$)")
_ROOT = re.compile(
    r'System\s*\.\s*getProperty\(\s*"java\.io\.tmpdir"[^)]*\)|(?:FileUtils\.)?getTempDirectory(?:Path)?\(\)|'
    r"SystemUtils\.(?:JAVA_IO_TMPDIR|getJavaIoTmpDir\(\))"
)
_CONSTANT = re.compile(r"(?:JAVA_IO_)?TE?MP_?(?:DIR|DIRECTORY|FOLDER|PATH)")
"""How a constant of the class is called that stands outside of the unit."""
_SAME_PLACE = frozenset(
    {"toPath", "toFile", "toString", "getAbsolutePath", "toAbsolutePath", "normalize", "getPath", "getAbsoluteFile"}
)
_UNFORESEEN = re.compile(r"(?i)uuid|secure_?random|createTemp|CREATE_NEW|randomBytes|randomAlphanumeric|ProcessHandle")
_TEST = re.compile(r"@(?:\w*Test|Before\w*|After\w*)\b")
_WRITE = (
    r"(?:new\s+(?:java\.io\.)?(?:FileOutputStream|FileWriter|PrintWriter|PrintStream|RandomAccessFile)|"
    r"(?:Files|FileUtils|MoreFiles|FileCopyUtils|ImageIO|IOUtils)\s*\.\s*(?:write\w*|new\w*Writer|newOutputStream|copy\w*|"
    r"openOutputStream|move)|\.\s*(?:transferTo|writeTo|writeValue|saveTo))\s*\((?:[^;{{}}]*[\s,(])?{name}\b"
    r"|\b{name}\s*\.\s*(?:createNewFile|mkdir)\("
)
_DELICATE = re.compile(
    r"(?i)(?:password|passwd|secret|credential|private_?key|keystore|api_?key|ssn|payroll|salary|medical|patient|"
    r"(?:access|auth|session|refresh)_?token|\.(?:pem|key|p12|jks|pfx)\")"
)
_READABLE = re.compile(r"[rwx-]{3}(?:r[rwx-]{3}[r-]-[x-]|[rwx-]{3}r-[x-])")
_RIGHTS = re.compile(r"setReadable\(\s*false|setPosixFilePermissions|setPosixPermissions|asFileAttribute")
_FIXED = "Others on the machine can foresee this name and put a file or a link there first; use Files.createTempFile."
_OPEN = "Every account on the machine may read this temporary file."
_DEFAULT = (
    "File.createTempFile leaves the rights to the system, so others may read this; Files.createTempFile keeps them out."
)
_FOLDER = "Between the deletion and the new folder anybody can take this name; use Files.createTempDirectory."


class PredictableTemporaryFileJava(Check):
    """Finds temporary files that others can foresee or read."""

    summary = "A temporary file that others can foresee or read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-377", "CWE-378", "CWE-379")
    owasp = ("A01:2025",)
    references = ("https://cwe.mitre.org/data/definitions/377.html",)
    languages = JAVA
    calls = _MAKERS | _OPENERS | {".resolve", ".setReadable", "File.createTempFile", "PosixFilePermissions.fromString"}

    VALID = (
        """\
class A {
    void f(byte[] größe) throws IOException {
        Path file = Files.createTempFile("report", ".csv");
        Files.write(file, größe);
    }
}
""",
        """\
class A {
    String f() throws IOException {
        return Files.readString(Paths.get("/tmp/report.csv"));
    }
}
""",
        """\
class A {
    void f(byte[] data) throws IOException {
        Path file = Paths.get(System.getProperty("java.io.tmpdir"), UUID.randomUUID() + ".csv");
        Files.write(file, data, StandardOpenOption.CREATE_NEW);
    }
}
""",
        """\
class A {
    void f(byte[] data) throws IOException {
        Path folder = Files.createTempDirectory("work");
        Files.write(folder.resolve("report.csv"), data);
    }
}
""",
        """\
class A {
    File f() throws IOException {
        File file = File.createTempFile("password", ".txt");
        file.setReadable(false, false);
        file.setReadable(true, true);
        return file;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(byte[] data) throws IOException {
        File file = new File(System.getProperty("java.io.tmpdir"), "bericht.csv");
        Path path = file.toPath();
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            out.write(data);
        }
    }
}
""",
            at='new File(System.getProperty("java.io.tmpdir"), "bericht.csv")',
            message=_FIXED,
        ),
        Invalid(
            code="""\
class A {
    void f(String größe) throws IOException {
        File file = new File(System.getProperty("java.io.tmpdir"), "report.csv");
        try (FileWriter writer = new FileWriter(file)) {
            writer.write(größe);
        }
    }
}
""",
            at='new File(System.getProperty("java.io.tmpdir"), "report.csv")',
            message=_FIXED,
        ),
        Invalid(
            code="""\
class A {
    void f(byte[] data, String user) throws IOException {
        Files.write(Paths.get("/tmp", "größe-" + user), data);
    }
}
""",
            at='Paths.get("/tmp", "größe-" + user)',
            message=_FIXED,
        ),
        Invalid(
            code="""\
class A {
    void f(byte[] data) throws IOException {
        try (OutputStream out = new FileOutputStream("/tmp/data-" + System.currentTimeMillis())) {
            out.write(data);
        }
    }
}
""",
            at='"/tmp/data-" + System.currentTimeMillis()',
            message=_FIXED,
        ),
        Invalid(
            code="""\
class A {
    File f() throws IOException {
        File file = File.createTempFile("report", ".pdf");
        file.setReadable(true, false);
        return file;
    }
}
""",
            at="file.setReadable(true, false)",
            message=_OPEN,
        ),
        Invalid(
            code="""\
class A {
    void f(String privateKey) throws IOException {
        File file = File.createTempFile("id", ".pem");
        write(file, privateKey);
    }
}
""",
            at="File.createTempFile",
            message=_DEFAULT,
            fixed=(
                """\
import java.nio.file.Files;

class A {
    void f(String privateKey) throws IOException {
        File file = Files.createTempFile("id", ".pem").toFile();
        write(file, privateKey);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    File f() throws IOException {
        File größe = File.createTempFile("work", "");
        größe.delete();
        größe.mkdir();
        return größe;
    }
}
""",
            at="File.createTempFile",
            message=_FOLDER,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        function, name = code.function(call), code.callee(call)
        body = code.text(function)
        if function is None or _TEST.search(body.partition("{")[0]):
            return
        if name == "File.createTempFile":
            yield from _made(code, call, body)
        elif name == "PosixFilePermissions.fromString" or code.method(call) == "setReadable":
            yield from _opened(code, call, body)
        elif name in _OPENERS:
            place = code.arguments(call).get(0)
            if place is not None and _is_text(code, place) and _is_foreseen(code, place, body):
                yield Problem(place, _FIXED)
        elif _is_written(code, call, body) and _is_foreseen(code, call, body):
            yield Problem(call, _FIXED)


def _is_text(code: JavaCode, place: Node) -> bool:
    """Whether a path is given as a text, not as a file that another call makes."""
    return place.type in {"binary_expression", "string_literal"} or code.type_of(place) == "String"


def _beginning(code: JavaCode, call: Node) -> Node | None:
    """What a text begins with that a call puts together."""
    appended = code.appended(call)
    if appended:
        return appended[0]
    return code.arguments(call).get(0) if code.callee(call) == "String.format" else None


def _made(code: JavaCode, call: Node, body: str) -> Iterator[Problem]:
    """A file made by the old way: as a name for a folder, or for something secret."""
    name = re.escape(_kept_as(code, call))
    if name and re.search(rf"(?s)\b{name}\.delete\(\).*\b{name}\.mkdirs?\(", body):
        yield Problem(code.called(call), _FOLDER)
    elif _DELICATE.search(body) and not _RIGHTS.search(body):
        fits = len(code.arguments(call).positional) == _PREFIX_AND_SUFFIX
        edits = (
            code.replace(call, f"Files.createTempFile{code.text(call.child_by_field_name('arguments'))}.toFile()"),
        )
        fix = Fix("Let only the owner read it", "review", edits, ("import java.nio.file.Files;",))
        yield Problem(code.called(call), _DEFAULT, fixes=(fix,) if fits else ())


def _opened(code: JavaCode, call: Node, body: str) -> Iterator[Problem]:
    """Rights for all on a file that was made as a temporary one in the same method."""
    if "createTemp" not in body:
        return
    first, second = code.arguments(call).get(0), code.arguments(call).get(1)
    if code.method(call) == "setReadable":
        if code.text(first) == "true" and code.text(second) == "false" and first is not None and second is not None:
            yield Problem(call, _OPEN)
    elif first is not None and _READABLE.fullmatch(code.literal(first) or ""):
        yield Problem(first, _OPEN)


def _kept_as(code: JavaCode, node: Node) -> str:
    """The variable that a value is put into, through calls that mean the same place."""
    around = node.parent
    while around is not None and code.method(around) in _SAME_PLACE:
        around = around.parent
    if around is None:
        return ""
    if around.type not in {"variable_declarator", "assignment_expression"}:
        return ""
    return code.text(around.child_by_field_name("name") or around.child_by_field_name("left")).removeprefix("this.")


def _is_written(code: JavaCode, call: Node, body: str) -> bool:
    """Whether a file is written at the place that a call makes."""
    name = _kept_as(code, call) or code.text(call)
    if not name.isidentifier():
        return re.search(_WRITE.format(name=re.escape(name)).replace(r"\b", ""), body) is not None
    others = re.findall(rf"\b(\w+)\s*=\s*{re.escape(name)}((?:\.\w+\(\))+)", body)
    same = [other for other, calls in others if set(re.findall(r"\w+", calls)) <= _SAME_PLACE]
    return any(re.search(_WRITE.format(name=re.escape(one)), body) for one in (name, *same))


def _is_foreseen(code: JavaCode, place: Node, body: str) -> bool:
    """Whether a name in the folder of all accounts is made of what others know."""
    if not _in_shared_folder(code, place, 0) or "CREATE_NEW" in body:
        return False
    texts = [code.text(place), *_parts(code, place)]
    return not any(_UNFORESEEN.search(text) for text in texts) and not _is_folder(code, place)


def _parts(code: JavaCode, place: Node) -> Iterator[str]:
    """What the variables in an expression hold, as it is written."""
    waiting = [place]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.named_children)
        if node.type == "identifier":
            yield from (code.text(binding.value) for binding in code.last_values(node) if binding.value is not None)


def _is_folder(code: JavaCode, place: Node) -> bool:
    """Whether only the shared folder itself is named."""
    if place.type not in _CALLS or code.method(place) == "resolve":
        return False
    values = code.arguments(place).positional
    if len(values) != 1:
        return False
    text = code.template(values[0]).text
    return re.fullmatch(r"/(?:var/)?tmp/?", text) is not None or _ROOT.fullmatch(code.text(values[0])) is not None


def _in_shared_folder(code: JavaCode, node: Node, depth: int) -> bool:
    """Whether a path begins with the folder for temporary files."""
    node = code.bare(node)
    if depth > _DEPTH:
        return False
    if _ROOT.fullmatch(code.text(node)):
        return True
    if node.type == "string_literal":
        return _SHARED.match(code.literal(node) or "") is not None
    inner: Node | None = None
    if node.type == "identifier":
        if not code.scopes.lookup(code.text(node), node.start_byte):
            return _CONSTANT.fullmatch(code.text(node)) is not None
        values = [binding.value for binding in code.last_values(node) if binding.kind == "value"]
        inner = values[0] if len(values) == 1 else None
    elif node.type == "binary_expression":
        inner = node.child_by_field_name("left")
    elif node.type == "method_invocation" and (first := _beginning(code, node)) is not None:
        inner = first
    elif node.type in _CALLS and code.callee(node) in _MAKERS:
        inner = code.arguments(node).get(0)
    elif code.method(node) in _SAME_PLACE | {"resolve"}:
        inner = node.child_by_field_name("object")
    return inner is not None and inner.id != node.id and _in_shared_folder(code, inner, depth + 1)
