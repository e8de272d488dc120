"""A stored object filled from a request as a whole, in C#.

Model binding sets every property that the request names, also those that no form shows: the role, the owner, the
balance. An object of its own for the request (a DTO) takes only what may be set.

Reported are entities bound from a request and handed to the database, and ``TryUpdateModelAsync`` without a list of
properties. Left alone: objects named as what a request brings (``CreateUserDto``, ``LoginRequest``), and parameters
with ``[Bind]``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import is_answered
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STORES = frozenset({"Add", "AddAsync", "Update", "Attach", "Insert", "InsertOneAsync", "ReplaceOneAsync", "Entry"})
_STORE = re.compile(r"(?i)context|(?:\b|_)db\b|repository|\bset<|collection")
_BROUGHT = re.compile(r"(?:Dto|DTO|Model|Request|Input|Command|Vm|VM|Form|Payload|Params|Message|Event|Body|Resource)$")
_ACCOUNTS = re.compile(r"(?i)user|account|admin|member|profile|employee|customer|person|order|payment|role|tenant")
_TRIED = frozenset({"TryUpdateModelAsync", "TryUpdateModel", "UpdateModel"})
_MESSAGE = "The request sets every property of `{}`, also those that no form shows; copy the ones that may be set."


class MassAssignmentCsharp(Check):
    """Finds entities filled from requests."""

    summary = "A stored object filled from a request as a whole"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-915",)
    owasp = ("A08:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/mvc/models/model-binding",)
    languages = CSHARP
    calls = frozenset({*(f".{name}" for name in _STORES), *_TRIED})

    VALID = (
        """\
public class GrößeController : Controller {
    [HttpPost]
    public IActionResult Create(CreateUserDto größe) {
        _context.Users.Add(new User { Name = größe.Name });
        return Ok();
    }
}
""",
        """\
public class UsersController : Controller {
    [HttpPost]
    public IActionResult Create([Bind("Name,Email")] User user) {
        _context.Users.Add(user);
        return Ok();
    }
    public IActionResult Edit(int id) {
        list.Add(id);
        return Ok();
    }
}
""",
        """\
class Store {
    void Save(User user) { _context.Users.Add(user); }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpPost]
    public IActionResult Create([FromBody] User user) {
        _context.Users.Add(user); // alles
        return Ok();
    }
}
""",
            at="Users.Add(«user»)",
            message=_MESSAGE.format("user"),
        ),
        Invalid(
            code="""\
public class UsersController : Controller {
    public async Task<IActionResult> Edit(int id) {
        var user = await _context.Users.FindAsync(id);
        await TryUpdateModelAsync(user);
        return Ok();
    }
}
""",
            at="TryUpdateModelAsync(«user»)",
            message=_MESSAGE.format("user"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        values = code.arguments(call).positional
        if not values or values[0].type != "identifier":
            return
        message = _MESSAGE.format(short(code.text(values[0])))
        if code.method(call) in _TRIED:
            if len(values) < 3:
                yield Problem(values[0], message)
            return
        if not _STORE.search(code.text(code.receiver(call))):
            return
        for binding in code.last_values(values[0]):
            if binding.kind == "parameter" and binding.value is not None and is_answered(code, values[0], binding.at):
                kind = code.simple(binding.value)
                whole = code.text(binding.value.parent)
                if _is_entity(code, binding.value, kind) and "[Bind" not in whole and "[FromServices" not in whole:
                    yield Problem(values[0], message, confidence=None if _ACCOUNTS.search(kind) else "low")


def _is_entity(code: CSharpCode, written: Node, kind: str) -> bool:
    if code.is_number_type(written) or kind in {"string", "object", "IFormFile", "CancellationToken"}:
        return False
    return kind[:1].isupper() and _BROUGHT.search(kind) is None
