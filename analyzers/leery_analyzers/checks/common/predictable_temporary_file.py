"""A temporary file whose name is made before the file.

Between ``tempfile.mktemp`` and the opening of the file anybody else on the machine can put a file or a link of that
name there. The other functions of ``tempfile`` make name and file in one step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python, literal_text
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
    calls = frozenset({"tempfile.mktemp", "open", "io.open", *_SCRIPT})

    VALID = (
        'with open("/tmp/größe") as file:\n    file.read()\n',
        Valid('fs.writeFileSync("größe.txt", data);\nfs.writeFileSync(path, "/tmp/x");\n', "javascript"),
        'import tempfile\n\nhandle, name = tempfile.mkstemp(".größe")\n',
        "import tempfile\n\nwith tempfile.NamedTemporaryFile() as file:\n    file.write(data)\n",
        "name = factory.mktemp()\n",
    )
    INVALID = (
        Invalid(
            code='with open("/tmp/größe.txt", "w") as file:\n    file.write(text)\n',
            at='"/tmp/größe.txt"',
            message=_FIXED,
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
    place = arguments.get(0, "file")
    template = code.template(place) if place is not None else None
    mode = literal_text(code, arguments.get(1, "mode")) or "r"
    if (
        place is None
        or template is None
        or not template.text.startswith(_SHARED)
        or is_python(code) != name.endswith("open")
    ):
        return
    if (is_python(code) and mode[:1] not in {"w", "a"}) or (name == "fs.openSync" and mode[:1] not in {"w", "a"}):
        return
    yield Problem(place, _FIXED, severity="low", confidence="medium" if template.constant else "low")
