"""A route that everybody may use, while its siblings ask who is there, in C#.

Where the actions of a controller, or the routes that an application maps, ask for authorisation one by one, one that
does not has mostly been forgotten.

Left alone: actions that read, those whose names say that everybody may use them (``Login``, ``Register``) or that say
``[AllowAnonymous]``, handlers that check by themselves, and controllers and groups that are guarded as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Invalid
from leery_analyzers.checks.csharp_routes import csharp_routes
from leery_analyzers.checks.lacking import DocumentCheck, Lack, insertion
from leery_analyzers.checks.siblings import odd_ones
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.checks.siblings import Odd
    from leery_analyzers.model import Level

_MESSAGE = "`{}` lacks `{}`, which {} other routes of this file carry: anybody can use it."
_ACTIONS = """\
public class ItemsController : ControllerBase {
    [Authorize]
    [HttpPost]
    public IActionResult Add(Item item) => Ok();

    [Authorize]
    [HttpPut]
    public IActionResult Edit(Item item) => Ok();

    @[HttpDelete]
    public IActionResult Größe(int id) => Remove(id);
}
"""
_MAPPED = """\
app.MapPost("/a", (Item item) => Add(item)).RequireAuthorization();
app.MapPut("/b", (Item item) => Edit(item)).RequireAuthorization();
app.MapDelete("/größe", (int id) => Remove(id))@;
"""


class RouteWithoutGuardCsharp(DocumentCheck):
    """Finds routes that were forgotten."""

    summary = "A route that lacks the guard of its siblings"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/authorization/simple",)
    languages = CSHARP
    clue = re.compile(r"\bHttp(?:Get|Post|Put|Patch|Delete)\b|\.Map(?:Get|Post|Put|Patch|Delete|Group)\(|Controller\b")

    VALID = (
        _ACTIONS.replace("@", "").replace("public class", "[Authorize]\npublic class"),
        _ACTIONS.replace("@", "[AllowAnonymous]\n    "),
        _ACTIONS.replace("@", "").replace("Größe", "Login"),
        _MAPPED.replace("@", ".AllowAnonymous()"),
        _MAPPED.replace("@", "").replace("RequireAuthorization", "WithName"),
        _ACTIONS.replace("@", "").replace("Remove(id)", "User.IsInRole(Admin) ? Remove(id) : Forbid()"),
    )
    INVALID = (
        Invalid(
            code=_ACTIONS.replace("@", ""),
            at="Größe",
            message=_MESSAGE.format("Größe", "[Authorize]", 2),
            fixed=(_ACTIONS.replace("@", "[Authorize]\n    "),),
        ),
        Invalid(
            code=_MAPPED.replace("@", ""),
            at='app.MapDelete("/größe"',
            message=_MESSAGE.format("DELETE /größe", "RequireAuthorization()", 2),
            fixed=(_MAPPED.replace("@", ".RequireAuthorization()"),),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's routes and what guards all of them."""
        return tuple(csharp_routes(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes without the guard that is the rule on their controller or application."""
        for odd in odd_ones(document):
            message = _MESSAGE.format(odd.route.name, short(odd.guard), odd.carrying)
            yield Lack(odd.unit, odd.route.at, message, fix=_fix(odd))


def _fix(odd: Odd) -> Fix:
    """The siblings' guard, as an attribute of an action or behind what maps a route."""
    text = f"{odd.guard}\n{odd.route.indent}" if odd.guard.startswith("[") else f".{odd.guard}"
    return Fix(f"Guard it by {short(odd.guard)}", "review", insertion(odd.route.gap, text))
