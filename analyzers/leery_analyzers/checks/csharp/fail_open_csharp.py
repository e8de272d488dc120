"""A check that lets everybody in when it fails, in C#.

An exception in a method that decides who may do what, answered with ``return true``, turns every fault of it, and
every input that provokes one, into a permission.

Reported are ``catch`` clauses that return true in methods named after a check. Left alone: those that return false or
throw, and methods that decide nothing (``TryDelete``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DECIDES = re.compile(
    r"(?i)authori[sz]|authenticat|permi(?:t|ssion)|isadmin|isallowed|hasaccess|hasrole|canaccess|verif|isvalid|validat"
    r"|checkaccess|checktoken|checkpassword|signature|islicensed|isowner"
)
_MESSAGE = "An exception here lets everybody pass; return false, or let it through."


class FailOpenCsharp(Check):
    """Finds checks that fail open."""

    summary = "A check that lets everybody in when it fails"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = CSHARP
    query = "(catch_clause body: (block) @body) @catch"

    VALID = (
        """\
class Größe {
    bool IsValid(string token) {
        try { return Check(token); }
        catch (Exception) { return false; }
    }
}
""",
        """\
class A {
    bool TryDelete(string path) {
        try { File.Delete(path); return true; }
        catch (FileNotFoundException) { return true; }
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    bool IsAuthorized(string token) {
        try {
            return Check(token);
        } catch (Exception error) {
            Log(error); // später
            return true;
        }
    }
}
""",
            at="return true;",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    bool IsAuthorized(string token) {
        try {
            return Check(token);
        } catch (Exception error) {
            Log(error); // später
            return false;
        }
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one clause."""
        assert isinstance(code, CSharpCode)
        function = code.function(found["catch"])
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        if not _DECIDES.search(name):
            return
        for statement in found["body"].named_children:
            if statement.type == "return_statement" and re.fullmatch(r"return\s+true\s*;", code.text(statement)):
                fix = Fix("Return false", "review", (code.replace(statement, "return false;"),))
                yield Problem(statement, _MESSAGE, fixes=(fix,))
