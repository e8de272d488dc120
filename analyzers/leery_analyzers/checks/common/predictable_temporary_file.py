"""A temporary file whose name is made before the file.

Between ``tempfile.mktemp`` and the opening of the file anybody else on the machine can put a file or a link of that
name there; the same holds of a fixed name in the folder for temporary files. The other functions of ``tempfile`` make
name and file in one step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, is_python, literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code
    from leery_analyzers.model import Level

_PARAMETERS = ("suffix", "prefix", "dir")
_SHARED = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108 - what is looked for
_SCRIPT = frozenset(
    {"fs.writeFile", "fs.writeFileSync", "fs.createWriteStream", "fs.appendFile", "fs.appendFileSync", "fs.openSync"}
    | {"fs/promises.writeFile", "fs.promises.writeFile"}
)
_FOLDERS = frozenset({"tempfile.gettempdir", "tempfile.gettempprefix", "os.tmpdir"})
_JOINS = frozenset({"os.path.join", "posixpath.join", "path.join", "path.resolve", "pathlib.Path", "Path"})
_BUILT = frozenset({"template_string", "binary_expression"})
_RANDOM = re.compile(r"(?i)random|uuid|nanoid|ulid|cuid|mkd?temp|crypto|token|hash|digest|nonce|secret|shortid")
_ONLY_NEW = re.compile(r"flags?:\s*['\"]w?a?x|['\"]wx\+?['\"]|O_EXCL")
_OWN_NAME = re.compile(r"(?i)id$|key$|suffix|unique")
"""Names of what may have been drawn."""
_WRITES = frozenset({"write_text", "write_bytes", "touch"})
_FIXED = "Anybody on the machine can put a file or a link of this name there first."
_MESSAGE = (
    "Only a name is made here: until the file is opened, anybody else can put a file or a link of that name there."
)


class PredictableTemporaryFile(Check):
    """Finds names for temporary files that are made without the file."""

    summary = "A temporary file's name made before the file"
    severity: ClassVar[Level] = "medium"
    cwe = ("CWE-377",)
    owasp = ("A01:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({"tempfile.mktemp", "open", "io.open", *_SCRIPT}) | {f".{name}" for name in _WRITES}

    VALID = (
        'with open("/tmp/größe") as file:\n    file.read()\n',
        Valid('fs.writeFileSync("größe.txt", data);\nfs.writeFileSync(path, "/tmp/x");\n', "javascript"),
        'import tempfile\n\nhandle, name = tempfile.mkstemp(".größe")\n',
        "import tempfile\n\nwith tempfile.NamedTemporaryFile() as file:\n    file.write(data)\n",
        "name = factory.mktemp()\n",
        Valid(
            'import os from "os";\n\nconst id = crypto.randomUUID();\n'
            "fs.writeFileSync(path.join(os.tmpdir(), `größe-${id}.csv`), rows);\n"
            'fs.writeFileSync(path.join(os.tmpdir(), `größe-${process.pid}`), rows, { flag: "wx" });\n'
            "fs.writeFileSync(path.join(os.tmpdir(), `${key}.csv`), rows);\n",
            "javascript",
        ),
        "import os, tempfile\n\nopen(os.path.join(tempfile.mkdtemp(), 'größe'), 'w')\n",
        "import os, tempfile\n\nopen(os.path.join(tempfile.gettempdir(), secrets.token_hex()), 'w')\n",
        "from pathlib import Path\n\n(Path(folder) / 'größe').write_text(text)\n",
    )
    INVALID = (
        Invalid(
            code='with open("/tmp/größe.txt", "w") as file:\n    file.write(text)\n',
            at='"/tmp/größe.txt"',
            message=_FIXED,
        ),
        Invalid(
            code="import os\nimport tempfile\n\nname = os.path.join(tempfile.gettempdir(), 'größe.csv')\n"
            "with open(name, 'wb') as out:\n    out.write(data)\n",
            at="open(«name»",
            message=_FIXED,
        ),
        Invalid(
            code="from pathlib import Path\n\n(Path('/tmp') / 'größe.lock').touch()\n",
            at="(Path('/tmp') / 'größe.lock')",
            message=_FIXED,
        ),
        Invalid(
            code='import os from "os";\nimport path from "path";\n\n'
            'fs.writeFileSync(path.join(os.tmpdir(), "größe.json"), data);\n',
            at='path.join(os.tmpdir(), "größe.json")',
            message=_FIXED,
            language="typescript",
        ),
        Invalid(
            code='import os from "os";\nimport { writeFile } from "node:fs/promises";\n\n'
            "async function größe() {\n"
            "  const place = path.join(os.tmpdir(), `größe-${process.pid}-${Date.now()}.csv`);\n"
            "  await writeFile(place, rows);\n}\n",
            at="writeFile(«place»",
            message=_FIXED,
            language="javascript",
        ),
        Invalid(
            code='const os = require("os");\nconst fs = require("fs");\n\n'
            'fs.writeFileSync(os.tmpdir() + "/größe.json", data);\n',
            at='os.tmpdir() + "/größe.json"',
            message=_FIXED,
            language="javascript",
        ),
        Invalid(
            code='fs.writeFileSync("/tmp/größe.json", data);\n',
            at='"/tmp/größe.json"',
            message=_FIXED,
            language="javascript",
        ),
        Invalid(
            code='import tempfile\n\nn = tempfile.mktemp(".größe", dir=d)\n',
            at="tempfile.mktemp",
            message=_MESSAGE,
            fixed=('import tempfile\n\nn = tempfile.NamedTemporaryFile(suffix=".größe", dir=d, delete=False).name\n',),
        ),
        Invalid(
            code="from tempfile import mktemp\n\nmktemp()\n",
            at="\n«mktemp»()",
            message=_MESSAGE,
            fixed=(
                (
                    "from tempfile import mktemp\nfrom tempfile import NamedTemporaryFile\n\n"
                    "NamedTemporaryFile(delete=False).name\n"
                ),
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function = call.child_by_field_name("function")
        if function is None:
            return
        if code.callee(call) != "tempfile.mktemp":
            yield from _fixed(code, call)
            return
        yield Problem(function, _MESSAGE, fixes=_fixes(code, call, function, code.arguments(call)))


def _fixes(code: Code, call: Node, function: Node, arguments: Arguments) -> tuple[Fix, ...]:
    if arguments.spread or len(arguments.positional) > len(_PARAMETERS):
        return ()
    given = dict(zip(_PARAMETERS, arguments.positional, strict=False)) | dict(arguments.named)
    listed = [f"{name}={code.text(value)}" for name, value in given.items()]
    module, dot, _ = code.text(function).rpartition(".")
    new = f"{module}{dot}NamedTemporaryFile({', '.join([*listed, 'delete=False'])}).name"
    imports = () if dot else ("from tempfile import NamedTemporaryFile",)
    return (Fix("Make name and file in one step", "review", (code.replace(call, new),), imports),)


def _fixed(code: Code, call: Node) -> Iterator[Problem]:
    """A file written under a fixed name in a folder that all users share."""
    name, arguments = code.callee(call), code.arguments(call)
    function = call.child_by_field_name("function")
    if code.method(call) in _WRITES and function is not None and is_python(code):
        place = function.child_by_field_name("object")
        if place is not None and _in_shared_folder(code, place):
            yield Problem(place, _FIXED, severity="low", confidence="medium")
        return
    place = arguments.get(0, "file")
    template = code.template(place) if place is not None else None
    mode = literal_text(code, arguments.get(1, "mode")) or "r"
    if place is None or template is None or is_python(code) != name.endswith("open"):
        return
    joined = _in_shared_folder(code, place)
    if not joined and not template.text.startswith(_SHARED):
        return
    if not is_python(code) and _ONLY_NEW.search(code.text(call.child_by_field_name("arguments"))):
        return
    if (is_python(code) and mode[:1] not in {"w", "a"}) or (name == "fs.openSync" and mode[:1] not in {"w", "a"}):
        return
    yield Problem(place, _FIXED, severity="low", confidence="medium" if joined or template.constant else "low")


def _in_shared_folder(code: Code, place: Node) -> bool:
    """Whether a path is a fixed name joined to the folder for temporary files."""
    node = followed(code, place)
    if node.type == "template_string":
        return _begins_shared(code, node) and not _is_random(code, node)
    if node.type in {"binary_operator", "binary_expression"}:
        folder, name = node.child_by_field_name("left"), node.child_by_field_name("right")
        parts = [part for part in (folder, name) if part is not None]
    elif node.type in {"call", "call_expression"} and code.callee(node) in _JOINS:
        parts = list(code.arguments(node).positional)
    else:
        return False
    return len(parts) > 1 and _is_shared(code, parts[0]) and all(_is_foreseen(code, part) for part in parts[1:])


def _begins_shared(code: Code, template: Node) -> bool:
    """Whether a template starts with the folder for temporary files."""
    first = next(iter(template.named_children), None)
    inner = first.named_children[0] if first is not None and first.named_children else None
    return first is not None and first.type == "template_substitution" and inner is not None and _is_shared(code, inner)


def _is_foreseen(code: Code, name: Node) -> bool:
    """Whether a name is written out, or made of what others can guess: the time, the process."""
    if literal_text(code, name):
        return True
    node = followed(code, name)
    return not is_python(code) and node.type in _BUILT and not _is_random(code, node)


def _is_random(code: Code, node: Node) -> bool:
    """Whether there is anything in a text that others may not foresee."""
    if _RANDOM.search(code.text(node)) is not None:
        return True
    stack, names = [node], set[str]()
    while stack:
        inner = stack.pop()
        stack += inner.named_children
        names |= {code.text(inner)} if inner.type == "identifier" else set()
    given = [binding.value for name in names for binding in code.scopes.lookup(name, node.start_byte)]
    return any(_OWN_NAME.search(name) for name in names) or any(
        value is not None and _RANDOM.search(code.text(value)) is not None for value in given
    )


def _is_shared(code: Code, node: Node) -> bool:
    node = followed(code, node)
    if node.type in {"call", "call_expression"}:
        inner = code.arguments(node).get(0)
        if code.callee(node) in _JOINS and inner is not None:
            return _is_shared(code, inner)
        return code.callee(node) in _FOLDERS
    return f"{literal_text(code, node) or ''}/".startswith(_SHARED)
