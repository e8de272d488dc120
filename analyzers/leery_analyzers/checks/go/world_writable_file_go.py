"""A file that everybody on the machine may change, in Go.

Another account, or another program that was broken into, can then put its own content where this one trusts it.
`os.Chmod` sets the mode as it is; for a new file or folder the process's mask usually takes the others' right to write
away, so that these are reported with low severity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHMOD = named("os", "Chmod")
_NEW = {
    **dict.fromkeys(named("os", "Mkdir", "MkdirAll"), 1),
    **dict.fromkeys(named("os", "WriteFile", "OpenFile"), 2),
    **dict.fromkeys(named("io/ioutil", "WriteFile"), 2),
}
_MESSAGE = "Every account on the machine may change this file."


class WorldWritableFileGo(Check):
    """Finds files that others may write."""

    summary = "A file that everybody on the machine may change"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = GO
    calls = frozenset({*_CHMOD, *_NEW, ".Chmod"})

    VALID = (
        """\
package a

import "os"

func größe(path string) error {
	return os.WriteFile(path, nil, 0o600)
}
""",
        """\
package a

import "os"

func f(path string) error {
	return os.MkdirAll(path, 0755)
}
""",
        """\
package a

import "os"

func f(path string, mode os.FileMode) error {
	return os.Chmod(path, mode)
}
""",
        """\
package a

import "example.com/robot/os"

func f(path string) {
	os.Chmod(path, 0777)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "os"

func größe(path string) error {
	return os.Chmod(path, 0777) // alle
}
""",
            at="0777",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "os"

func größe(path string) error {
	return os.Chmod(path, 0750) // alle
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "os"

func f(path string, data []byte) error {
	return os.WriteFile(path, data, 0o666)
}
""",
            at="0o666",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "os"

func f(path string, data []byte) error {
	return os.WriteFile(path, data, 0o640)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "os"

func f(file *os.File) error {
	return file.Chmod(0o722)
}
""",
            at="0o722",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "os"

func f(file *os.File) error {
	return file.Chmod(0o700)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, values = code.callee(call), code.arguments(call).positional
        own = name not in _CHMOD and name not in _NEW
        base = code.receiver(call)
        if own and (base is None or code.written_type(base) not in {"os.File", "os.Root"}):
            return
        place = 0 if own else _NEW.get(name, 1)
        if place >= len(values) or code.text(values[place])[:1] != "0":
            return
        text = code.text(values[place])
        digits = text[2:] if text[1:2] in "oO" else text[1:]
        if not digits.isdigit() or int(digits[-1]) & 2 == 0:
            return
        group = str(int(digits[-2]) & 5) if len(digits) > 1 and digits[-2] == digits[-1] else digits[-2:-1]
        better = f"{text[: len(text) - 2]}{group}0"
        fix = Fix("Keep others out", "review", (code.replace(values[place], better),))
        weak: Level | None = "low" if name in _NEW else None
        yield Problem(values[place], _MESSAGE, fixes=(fix,), severity=weak, confidence=weak)
