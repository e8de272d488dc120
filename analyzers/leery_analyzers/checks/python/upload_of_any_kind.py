"""An uploaded file of whatever kind is stored.

``secure_filename`` makes a name harmless, but not what it names: a page, a script or a program that is kept under its
own ending may be served or run as such. An upload is safe once its ending or its content is compared with those that
are wanted.

Left alone: code that looks at the ending, the type or the content, that opens the file as an image, or that stores it
under a name of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed, in_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_UPLOAD = re.compile(r"\brequest\.files\b|\bUploadFile\b|\bFileStorage\b|\bFileField\b|\.files\[")
_LOOKED_AT = re.compile(
    r"(?i)allowed|ext\b|extension|splitext|\bsuffix|endswith|rsplit|mime|content_type|\bmagic\b|imghdr|filetype|image\.open|"
    r"\bvalid|whitelist|accept|check_|is_(image|pdf|csv|safe)|verify|sniff|\bscan"
)
_MESSAGE = "Nothing here looks at what kind of file was sent: it is stored, ending and all, whatever it is."


class UploadOfAnyKind(Check):
    """Finds uploads that are saved under a name made by `secure_filename`, their kind unseen."""

    summary = "An uploaded file of whatever kind is stored"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-434",)
    owasp = ("A06:2025",)
    languages = PYTHON
    calls = frozenset({".save"})

    VALID = (
        (
            "def store():\n    größe = request.files['f']\n    if not allowed_file(größe.filename):\n"
            "        abort(415)\n"
            "    größe.save(os.path.join(UP, secure_filename(größe.filename)))\n"
        ),
        "def store():\n    größe = request.files['f']\n    größe.save(os.path.join(UP, uuid4().hex))\n",
        (
            "def store():\n    größe = request.files['f']\n    name = secure_filename(größe.filename)\n"
            "    if Path(name).suffix != '.csv':\n        abort(415)\n    größe.save(UP / name)\n"
        ),
        "def keep(form):\n    form.save(secure_filename(größe))\n",
    )
    INVALID = (
        Invalid(
            code="def store():\n    größe = request.files['f']\n"
            "    größe.save(os.path.join(UP, secure_filename(größe.filename)))\n",
            at="größe.save(os.path.join(UP, secure_filename(größe.filename)))",
            message=_MESSAGE,
        ),
        Invalid(
            code="def store():\n    größe = request.files['f']\n    name = secure_filename(größe.filename)\n"
            "    path = os.path.join(UP, f'{user.id}_{name}')\n    größe.save(path)\n",
            at="größe.save(path)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call that saves."""
        call, text = found["call"], code.unit.text
        if "secure_filename" not in text or not _UPLOAD.search(text) or _LOOKED_AT.search(text) or in_test(code, call):
            return
        path = code.arguments(call).get(0, "dst")
        if path is not None and _is_named_by_sender(code, path):
            yield Problem(call, _MESSAGE)


def _is_named_by_sender(code: Code, path: Node, depth: int = 0) -> bool:
    """Whether the sender's name of the file is part of a path."""
    node = followed(code, path)
    if node.type == "call" and code.callee(node).rpartition(".")[2] == "secure_filename":
        return True
    if node.type == "identifier" or depth > 6:
        return False
    return any(_is_named_by_sender(code, child, depth + 1) for child in node.named_children)
