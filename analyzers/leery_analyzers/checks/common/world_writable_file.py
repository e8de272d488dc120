"""A file or folder that everybody on the machine may change.

Left alone: modes that are computed, and modes that only let others read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, function_of, is_python, literal_text, named_values, value_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_POSITIONS = {
    "os.chmod": 1,
    "os.fchmod": 1,
    "os.lchmod": 1,
    "os.mkdir": 1,
    "os.makedirs": 1,
    "os.mkfifo": 1,
    "os.open": 2,
}
_SCRIPT = {
    "chmod": 1, "chmodSync": 1, "fchmod": 1, "fchmodSync": 1, "lchmod": 1, "mkdir": 1, "mkdirSync": 1, "writeFile": -1,
    "writeFileSync": -1, "open": 2, "openSync": 2, "createWriteStream": -1, "appendFile": -1, "appendFileSync": -1,
}  # fmt: skip
"""Where Node takes a mode; -1 where only options hold one."""
_UMASK = "New files are open to every user of the machine."
_FLAGS = lazy_regex(r"[^~&]*\bS_I(?:WOTH|RWXO)\b[^~&]*")
_METHOD = "chmod"
_OTHERS_WRITE = 0o002
_OTHERS_READ = 0o004
_SECRET = lazy_regex(
    r"(?i)secret|credential|token|private|\bkey|_key|key_|\.pem\b|\.key\b|id_rsa|passw|keystore|wallet|vault"
)
_MADE_SECRET = lazy_regex(
    r"private_bytes|PRIVATE KEY|private_?key|privateKey|export_key|secret|credential|refresh_token|access_token"
)
_PUBLIC = lazy_regex(r"(?i)pub(?:lic|\b)|cert|chain|bundle|\bca\b|\bca[._-]")
_READABLE = "With this mode every user of the machine may read the secret in it."
_OTHERS = 0o077
_STICKY = 0o1000
_NUMBER = lazy_regex(r"0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[1-9][0-9_]*")
_MESSAGE = "With this mode every user of the machine may change it."


class WorldWritableFile(Check):
    """Finds constant modes that let everybody write."""

    summary = "A file that every user may change"
    severity: ClassVar[Level] = "medium"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = (
        frozenset(_POSITIONS) | {f".{_METHOD}", "os.umask", "process.umask"} | frozenset(f".{name}" for name in _SCRIPT)
    )

    VALID = (
        Valid(
            'const fs = require("fs");\n\nfs.writeFileSync("key.pub", publicKey, { mode: 0o644 });\n'
            'fs.writeFileSync("größe.txt", text, { mode: 0o644 });\nfs.chmodSync("cert.pem", 0o644);\n',
            "javascript",
        ),
        Valid('fs.chmodSync("größe", 0o644);\nfs.writeFileSync(path, data, { mode: 0o600 });\n', "javascript"),
        Valid("palette.chmod(1, 0o777);\nfs.mkdirSync(path, { recursive: true });\n", "typescript"),
        'import os\n\nos.chmod("größe", 0o644)\nos.chmod(path, mode)\nos.makedirs("x")\n',
        "from pathlib import Path\n\nPath(name).chmod(0o755)\n",
        'import os\n\nos.mkdir("/srv/drop", 0o1777)  # with the sticky bit\n',
    )
    INVALID = (
        Invalid(
            code='const fs = require("fs");\n\nconst größe = path.join(dir, `${name}.pem`);\n'
            "fs.writeFileSync(größe, privateKey);\nfs.chmodSync(größe, 0o644);\n",
            at="0o644",
            message=_READABLE,
            fixed=(
                (
                    'const fs = require("fs");\n\nconst größe = path.join(dir, `${name}.pem`);\n'
                    "fs.writeFileSync(größe, privateKey);\nfs.chmodSync(größe, 0o600);\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code='import { writeFile } from "node:fs/promises";\n\n'
            "await writeFile(größe, privateKey, { mode: 0o644 });\n",
            at="0o644",
            message=_READABLE,
            fixed=(
                (
                    'import { writeFile } from "node:fs/promises";\n\n'
                    "await writeFile(größe, privateKey, { mode: 0o600 });\n"
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code="process.umask(0); // größe\n",
            at="umask(«0»)",
            message=_UMASK,
            fixed=("process.umask(0o077); // größe\n",),
            language="javascript",
        ),
        Invalid(
            code='fs.chmodSync("größe", 0o777); // später\n',
            at="0o777",
            message=_MESSAGE,
            fixed=('fs.chmodSync("größe", 0o700); // später\n',),
            language="javascript",
        ),
        Invalid(
            code='import { writeFile } from "node:fs/promises";\n\nawait writeFile(path, data, { mode: "666" });\n',
            at='"666"',
            message=_MESSAGE,
            fixed=('import { writeFile } from "node:fs/promises";\n\nawait writeFile(path, data, { mode: "600" });\n',),
            language="typescript",
        ),
        Invalid(
            code="import os\nimport stat\n\nos.chmod(größe, stat.S_IRWXU | stat.S_IRWXO)\n",
            at="stat.S_IRWXU | stat.S_IRWXO",
            message=_MESSAGE,
        ),
        Invalid(
            code="def keep(größe, token):\n    größe.write_text(token['secret'])\n    größe.chmod(0o644)\n",
            at="0o644",
            message=_READABLE,
            fixed=("def keep(größe, token):\n    größe.write_text(token['secret'])\n    größe.chmod(0o600)\n",),
        ),
        Invalid(
            code="import os\n\nos.umask(0)  # größe\n",
            at="(«0»)",
            message=_UMASK,
            fixed=("import os\n\nos.umask(0o077)  # größe\n",),
        ),
        Invalid(
            code="import os\n\nos.chmod(größe, 0o777)  # später\n",
            at="0o777",
            message=_MESSAGE,
            fixed=("import os\n\nos.chmod(größe, 0o700)  # später\n",),
        ),
        Invalid(
            code="from pathlib import Path\n\nPath(name).chmod(0o666)\n",
            at="0o666",
            message=_MESSAGE,
            fixed=("from pathlib import Path\n\nPath(name).chmod(0o600)\n",),
        ),
        Invalid(
            code="import os\n\nos.makedirs(folder, mode=0o777, exist_ok=True)\n",
            at="0o777",
            message=_MESSAGE,
            fixed=("import os\n\nos.makedirs(folder, mode=0o700, exist_ok=True)\n",),
        ),
        Invalid(
            code="import os\n\nhandle = os.open(path, os.O_CREAT | os.O_WRONLY, 511)\n",
            at="511",
            message=_MESSAGE,
            fixed=("import os\n\nhandle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o700)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name = code.callee(call)
        if name in {"os.umask", "process.umask"}:
            yield from _umask(code, call)
            return
        if not is_python(code):
            mode = _script_mode(code, call)
        else:
            known = name in _POSITIONS or code.method(call) == _METHOD
            mode = code.arguments(call).get(_POSITIONS.get(name, 0), "mode") if known else None
        told = followed(code, mode) if mode is not None else None
        if told is not None and _FLAGS.fullmatch(code.text(told)) and told.type in {"attribute", "binary_operator"}:
            yield Problem(mode or told, _MESSAGE)
            return
        value = _value(code, told)
        if mode is not None and value is not None and value & _OTHERS_READ and not value & _OTHERS_WRITE:
            if _is_secret(code, call, name):
                new = f"0o{value & ~_OTHERS:o}"
                fix = Fix("Let only the owner in", "review", (code.replace(mode, new),))
                yield Problem(mode, _READABLE, fixes=(fix,) if told is mode else (), confidence="medium")
            return
        if mode is None or told is None or value is None or not value & _OTHERS_WRITE or value & _STICKY:
            return
        if told is not mode:
            yield Problem(mode, _MESSAGE)
            return
        new = f"0o{value & ~_OTHERS:o}"
        if "string" in mode.type:
            new = f'"{value & ~_OTHERS:o}"'
        yield Problem(mode, _MESSAGE, fixes=(Fix("Let only the owner in", "review", (code.replace(mode, new),)),))


def _value(code: Code, mode: Node | None) -> int | None:
    """A mode that is written out; in JavaScript also as a text, which is octal."""
    if mode is None or mode.type not in {"integer", "number", "string"}:
        return None
    text = literal_text(code, mode) if mode.type == "string" else code.text(mode)
    if text is None or len(text) > 12 or _NUMBER.fullmatch(text) is None or (mode.type == "string" and is_python(code)):
        return None
    if mode.type == "string":
        return int(text, 8) if re.fullmatch(r"[0-7]+", text) else None
    octal = text.startswith("0") and re.fullmatch(r"[0-7]+", text)
    return int(text, 8 if octal else 0) if octal or not text.startswith("0") or not text.isdigit() else None


def _umask(code: Code, call: Node) -> Iterator[Problem]:
    mask = code.arguments(call).get(0)
    if mask is not None and code.text(mask) in {"0", "0o0", "0o000", "0x0"} and call.parent is not None:
        kept = call.parent.type in {"assignment", "variable_declarator"}  # usually to be set again soon
        fix = Fix("Let only the owner in", "review", (code.replace(mask, "0o077"),))
        yield Problem(mask, _UMASK, fixes=(fix,), confidence="low" if kept else "medium")


def _script_mode(code: Code, call: Node) -> Node | None:
    position = _SCRIPT.get(code.method(call))
    function = call.child_by_field_name("function")
    owner = code.text(function.child_by_field_name("object")) if function is not None else ""
    name = code.callee(call)
    if position is None or not (name.startswith(("fs.", "fs/promises.", "fs-extra.")) or re.search(r"\bfs\w*$", owner)):
        return None
    mode = code.arguments(call).get(position) if position >= 0 else None
    return value_of(named_values(code, call).get("mode")) or mode


def _is_script_secret(code: Code, call: Node) -> bool:
    """Whether the file of a call of Node holds a secret, by its name or by what is written there."""
    target, data = code.arguments(call).get(0), code.arguments(call).get(1)
    if target is None:
        return False
    told = f"{code.text(target)} {code.text(followed(code, target))}"
    if _PUBLIC.search(told):
        return False
    if data is not None and code.method(call).startswith(("writeFile", "appendFile")):
        return _SECRET.search(told) is not None or _MADE_SECRET.search(code.text(data)) is not None
    around = function_of(call)
    body = code.text(around) if around is not None else code.source
    written = re.search(rf"writeFile(?:Sync)?\(\s*{re.escape(code.text(target))}\s*,\s*([\w.]+)", body)
    return _SECRET.search(told) is not None or (written is not None and _MADE_SECRET.search(written[1]) is not None)


def _is_secret(code: Code, call: Node, name: str) -> bool:
    """Whether the file of a Python call holds a secret, by its name or by what the function writes there."""
    function = call.child_by_field_name("function")
    if not is_python(code):
        return _is_script_secret(code, call)
    if function is None or code.method(call) != _METHOD:
        return False
    target = code.arguments(call).get(0) if name in _POSITIONS else function.child_by_field_name("object")
    if target is None or "pub" in code.text(target).lower():
        return False
    told = code.text(target) + code.text(followed(code, target))
    around = function_of(call)
    body = code.text(around) if around is not None else code.source
    path = re.escape(code.text(target))
    written = re.search(
        rf"open\(\s*{path}\s*,\s*[rb]?[\"'][wax]|{path}\.write_(?:text|bytes)\(|{path}\.open\([\"'][wax]", body
    )
    return written is not None and (_SECRET.search(told) or _MADE_SECRET.search(body)) is not None
