"""A file that is written because nobody had it a moment ago.

Between ``existsSync`` and ``writeFileSync`` another request, or another program, can put a file or a link under the
same name: it is written over, or what should happen once happens twice. The flag ``wx`` asks and opens in one step.

Left alone: files opened with ``wx``, copies told to spare what is there, and questions about another file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.values import function_of, in_test
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ASKED = re.compile(
    r"\(\s*(?P<no>!\s*)?(?:\(\s*)?(?:await\s+)?(?:\w+\.)*(?:(?:file|path)?[eE]xists(?:Sync)?|pathExists(?:Sync)?)"
    r"\(\s*(?P<name>[\w.]+)\s*\)\s*\)?\s*\)"
)
_WRITTEN = (
    r"\b(?:writeFile|writeFileSync|createWriteStream|outputFile|outputFileSync|writeJson|Bun\.write)\(\s*{}\s*[,)]"
)
_MOVED = r"\b(?:rename|renameSync|copyFile|copyFileSync)\(\s*[\w.]+\s*,\s*{}\s*[,)]"
_ONE_STEP = re.compile(r"['\"`](?:a?wx\+?|ax\+?)['\"`]|O_EXCL|COPYFILE_EXCL|\block\w*\(|mkdtemp|\.lock\b")
_LEAVES = re.compile(r"(?:\s*\{)?[^{};]*?\b(?:return|throw|continue)\b")
_MESSAGE = "Between the question and this, somebody else can put a file or a link here: write it with the flag `wx`."


class WrittenAfterQuestion(Check):
    """Finds files that are written after a question whether they are there."""

    summary = "A file written because it was not there when somebody asked"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-367",)
    owasp = ("A01:2025",)
    languages = JAVASCRIPT
    query = "(if_statement condition: (_) @condition consequence: (_) @then) @test"

    VALID = (
        (
            "function größe(file, data) {\n  if (!fs.existsSync(file)) {\n    init();\n  } else {\n"
            "    fs.writeFileSync(file, data);\n  }\n}\n"
        ),
        (
            "function größe(file, data) {\n  if (fs.existsSync(file)) return false;\n"
            "  fs.writeFileSync(file, data, { flag: 'wx' });\n  return true;\n}\n"
        ),
        (
            "function größe(dir, data) {\n  if (!fs.existsSync(dir)) fs.mkdirSync(dir);\n"
            "  fs.writeFileSync(path.join(dir, 'a'), data);\n}\n"
        ),
        "function größe(file, data) {\n  if (!fs.existsSync(file)) return;\n  fs.writeFileSync(file, data);\n}\n",
    )
    INVALID = (
        Invalid(
            code="function größe(file, data) {\n  if (!fs.existsSync(file)) {\n    fs.writeFileSync(file, data);\n"
            "  }\n}\n",
            at="writeFileSync(file,",
            message=_MESSAGE,
        ),
        Invalid(
            code="async function größe(file, owner) {\n  if (await exists(file)) {\n    return false;\n  }\n"
            "  await fs.writeFile(file, owner, { flag: 'w' });\n  return true;\n}\n",
            at="writeFile(file,",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one condition."""
        test, then = found["test"], found["then"]
        asked = _ASKED.fullmatch(code.text(found["condition"]))
        function = function_of(test)
        if asked is None or in_test(code, test) or _ONE_STEP.search(code.text(function or test)):
            return
        if asked["no"]:
            after, offset = code.text(then), code.range(then).start
        elif function is not None and _LEAVES.match(code.text(then)):
            whole = code.range(function)
            offset = code.range(test).end
            after = code.text(function)[offset - whole.start :]
        else:
            return
        name = re.escape(asked["name"])
        used = re.search(f"{_WRITTEN.format(name)}|{_MOVED.format(name)}", after)
        if used is not None:
            yield Problem(TextRange(offset + used.start(), offset + used.end()), _MESSAGE)
