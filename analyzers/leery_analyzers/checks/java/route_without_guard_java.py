"""A route that lacks the guard of its siblings, in Java.

Where the routes of a router carry a handler that asks who is there, or a role, one that changes something and carries
neither has mostly been forgotten.

Left alone: routes that read, routes whose names say that everybody may use them (``login``, ``webhook``), and handlers
that ask by themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Invalid
from leery_analyzers.checks.java_fluent_routes import FLUENT, fluent_routes
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.routes import Helper, Route
from leery_analyzers.checks.siblings import odd_ones
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MESSAGE = "`{}` lacks `{}`, which {} others on this router carry: anybody can use it."


class RouteWithoutGuardJava(DocumentCheck):
    """Finds routes that were forgotten."""

    summary = "A route that lacks the guard of its siblings"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    languages = JAVA
    clue = FLUENT

    VALID = (
        """\
class A {
    void mount(Router router) {
        router.post("/a").handler(this::requireAdmin).handler(this::a);
        router.put("/b").handler(this::requireAdmin).handler(this::b);
        router.delete("/c").handler(this::größe);
        router.get("/d").handler(this::d);
        router.post("/login").handler(this::login);
    }

    void größe(RoutingContext ctx) {
        if (!isAdmin(ctx)) {
            ctx.fail(403);
            return;
        }
        remove();
    }
}
""",
        """\
class A {
    void größe(Javalin app) {
        app.post("/a", this::a);
        app.put("/b", this::b);
        app.delete("/c", ctx -> remove(ctx));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(Router router, JWTAuthHandler jwt) {
        router.route("/admin/*").handler(jwt);
        router.post("/admin/a").handler(this::requireAdmin).handler(this::a);
        router.put("/admin/b").handler(this::requireAdmin).handler(this::b);
        router.delete("/admin/c").handler(this::c);
    }
}
""",
            at='router.delete("/admin/c"',
            message=_MESSAGE.format("DELETE /admin/c", "this::requireAdmin", 2),
        ),
        Invalid(
            code="""\
class A {
    void größe(Javalin app) {
        app.get("/a", this::a, Role.ADMIN);
        app.put("/b", this::b, Role.ADMIN);
        app.delete("/c", ctx -> remove(ctx));
    }
}
""",
            at='app.delete("/c"',
            message=_MESSAGE.format("DELETE /c", "Role.ADMIN", 2),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's routes, and its methods that ask who is there."""
        return tuple(fluent_routes(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes without the guard that is the rule on their router."""
        asking = {fact.name for facts in document for fact in facts if isinstance(fact, Helper)}
        known = [
            tuple(
                replace(fact, checks=fact.checks or not asking.isdisjoint(fact.calls))
                for fact in facts
                if isinstance(fact, Route)
            )
            for facts in document
        ]
        for odd in odd_ones(known):
            yield Lack(odd.unit, odd.route.at, _MESSAGE.format(odd.route.name, short(odd.guard), odd.carrying))
