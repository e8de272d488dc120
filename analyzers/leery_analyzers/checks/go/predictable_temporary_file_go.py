"""A temporary file whose name everybody knows beforehand, in Go.

In a folder that all write to, somebody else can put a file or a link of that name there first, and read or change what
is written. ``os.CreateTemp`` makes a name that is not known.

Left alone: names with something in them that changes, and files that are only read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WRITES = named("os", "Create", "WriteFile") | named("io/ioutil", "WriteFile")
_OPENS = named("os", "OpenFile")
_JOINED = re.compile(r"filepath\.Join\(\s*os\.TempDir\(\),\s*\"[^\"]+\"\s*\)|os\.TempDir\(\)\s*\+\s*\"[^\"]+\"")
_MESSAGE = "Everybody knows this name beforehand and can put a file or a link there first."


class PredictableTemporaryFileGo(Check):
    """Finds temporary files with fixed names."""

    summary = "A temporary file whose name is known beforehand"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-377", "CWE-379")
    owasp = ("A01:2025",)
    references = ("https://pkg.go.dev/os#CreateTemp",)
    languages = GO
    calls = _WRITES | _OPENS

    VALID = (
        """\
package a

func größe(data []byte, name string) error {
	f, err := os.CreateTemp("", "größe-*")
	if err != nil {
		return err
	}
	os.WriteFile("/var/lib/app/a", data, 0o600)
	os.WriteFile("/tmp/"+name, data, 0o600)
	os.OpenFile("/tmp/a", os.O_RDONLY, 0)
	return f.Close()
}
""",
        """\
package a

func f() {
	os.OpenFile("/tmp/a", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(data []byte) error {
	return os.WriteFile("/tmp/größe.dat", data, 0o600)
}
""",
            at='"/tmp/größe.dat"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f() (*os.File, error) {
	path := filepath.Join(os.TempDir(), "app.lock")
	return os.Create(path)
}
""",
            at="Create(«path»)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        values = code.arguments(found["call"]).positional
        if not values:
            return
        if code.callee(found["call"]) in _OPENS:
            flags = code.text(values[1]) if len(values) > 1 else ""
            if "O_CREATE" not in flags or "O_EXCL" in flags:
                return
        path = values[0]
        given = (
            [b.value for b in code.last_values(path) if b.value is not None] if path.type == "identifier" else [path]
        )
        template = code.template(path)
        fixed = template.constant and re.match(r"(?:/var)?/tmp/.", template.text) is not None
        if fixed or (len(given) == 1 and _JOINED.fullmatch(code.text(given[0]))):
            yield Problem(path, _MESSAGE)
