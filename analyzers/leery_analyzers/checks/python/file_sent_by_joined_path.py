"""A file sent from a folder by a name that is joined to it.

``send_file(os.path.join(folder, name))`` sends any file of the machine that ``..`` in the name reaches.
``send_from_directory`` refuses names that leave the folder.

Left alone: names that are written out, and those that ``secure_filename`` or ``safe_join`` has gone over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SAFE = frozenset(
    {"werkzeug.utils.secure_filename", "secure_filename", "safe_join", "os.path.basename", "werkzeug.utils.safe_join"}
)
_CHECKED = lazy_regex(r"secure_filename|safe_join|realpath|\.resolve\(|abspath|commonpath|is_relative_to|basename")
_MESSAGE = "A name with `..` in it makes this send a file from outside of the folder."


class FileSentByJoinedPath(Check):
    """Finds files sent by joined paths."""

    summary = "A file sent from a folder by a name joined to it"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    languages = PYTHON
    refutable = True
    calls = frozenset({"flask.send_file", "send_file", "quart.send_file"})

    VALID = (
        'from flask import send_file\n\nsend_file(os.path.join(FOLDER, "größe.pdf"))\nsend_file(buffer)\n',
        "from flask import send_from_directory\n\nsend_from_directory(folder, name)\n",
        "from flask import send_file\n\nsend_file(os.path.join(folder, secure_filename(name)))\n",
        "mailer.send_file(os.path.join(folder, name))\n",
    )
    INVALID = (
        Invalid(
            code="import os\nfrom flask import send_file\n\n\ndef größe(name):\n"
            "    return send_file(os.path.join(FOLDER, name), as_attachment=True)\n",
            at="os.path.join(FOLDER, name)",
            message=_MESSAGE,
            fixed=(
                (
                    "import os\nfrom flask import send_file\nfrom flask import send_from_directory\n\n\n"
                    "def größe(name):\n"
                    "    return send_from_directory(FOLDER, name, as_attachment=True)\n"
                ),
            ),
        ),
        Invalid(
            code='import flask\n\n\ndef get(name):\n    return flask.send_file(f"uploads/{name}")\n',
            at='f"uploads/{name}"',
            message=_MESSAGE,
            fixed=('import flask\n\n\ndef get(name):\n    return flask.send_from_directory("uploads", name)\n',),
        ),
        Invalid(
            code='import flask\n\n\ndef get(name):\n    path = "files/" + name\n    return flask.send_file(path)\n',
            at="send_file(«path»)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function, given = call.child_by_field_name("function"), code.arguments(call).get(0)
        if function is None or given is None:
            return
        path = followed(code, given)
        joined = path.type == "call" and code.callee(path) in {"os.path.join", "path.join"}
        if not joined and path.type not in {"string", "binary_operator"}:
            return
        parts = code.arguments(path).positional if joined else (path,)
        if not parts or all(code.constant(part, _SAFE) for part in (parts[1:] if joined else parts)):
            return
        if _CHECKED.search(code.source):
            return
        yield Problem(given, _MESSAGE, fixes=tuple(_fixes(code, function, given, path, parts)))


def _fixes(code: Code, function: Node, given: Node, path: Node, parts: tuple[Node, ...]) -> Iterator[Fix]:
    """``send_from_directory`` with folder and name, where both can be told apart."""
    text = code.text(path)
    simple = re.fullmatch(r"""f(["'])([\w./-]+)/\{(\w+)\}\1""", text)
    if path != given:
        return
    if len(parts) == 2:
        new = f"{code.text(parts[0])}, {code.text(parts[1])}"
    elif simple is not None:
        new = f"{simple.group(1)}{simple.group(2)}{simple.group(1)}, {simple.group(3)}"
    else:
        return
    last = function.child_by_field_name("attribute") or function
    imports = ("from flask import send_from_directory",) if last is function else ()
    edits = (code.replace(last, "send_from_directory"), code.replace(given, new))
    yield Fix("Send it from the folder only", "safe", edits, imports)
