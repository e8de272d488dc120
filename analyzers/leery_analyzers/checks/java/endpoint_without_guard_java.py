"""An endpoint that lacks the guard of its siblings, in Java.

Where the methods of a controller or a resource that change something carry ``@PreAuthorize``, ``@Secured`` or
``@RolesAllowed``, or ask by a call who is there, one that does neither has mostly been forgotten.

Left alone: methods that read, methods whose names say that everybody may use them (``login``, ``webhook``), those that
look at who asks, and classes that are guarded as a whole.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Invalid
from leery_analyzers.checks.java_routes import ROUTES, Endpoint, endpoints
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MESSAGE = "`{}` lacks `{}`, which {} of this class {}: anybody can use it."
_ADMIN = "`{}` is for administrators by the name of its class, and nothing here asks who uses it."
_FEWEST = 2
_GUARDED = 0.5
"""The share of the endpoints that change something and are guarded, from which on a guard is the rule."""


class EndpointWithoutGuardJava(DocumentCheck):
    """Finds endpoints that were forgotten."""

    summary = "An endpoint that lacks the guard of its siblings"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    languages = JAVA
    clue = ROUTES

    VALID = (
        """\
@RestController
class A {
    @PostMapping("/a")
    @PreAuthorize("hasRole('EDITOR')")
    void a() { save(); }

    @PutMapping("/b")
    @Secured("EDITOR")
    void b() { save(); }

    @GetMapping("/größe")
    Object größe() { return show(); }

    @PostMapping("/login")
    void enter() { start(); }
}
""",
        """\
@RestController
@PreAuthorize("isAuthenticated()")
class A {
    @PostMapping("/a")
    @Secured("EDITOR")
    void a() { save(); }

    @PutMapping("/b")
    @Secured("EDITOR")
    void b() { save(); }

    @DeleteMapping("/c")
    void größe() { remove(); }
}
""",
        """\
@RestController
class A {
    @PostMapping("/a")
    void a(HttpServletRequest request) { requireAdmin(request); save(); }

    @PutMapping("/b")
    void b(HttpServletRequest request) { requireAdmin(request); save(); }

    @DeleteMapping("/c")
    void c(Principal größe) { remove(größe.getName()); }
}
""",
        """\
@RestController
class A {
    @PostMapping("/a")
    void a() { save(); }

    @DeleteMapping("/b")
    void größe() { remove(); }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
@RestController
class AdminController {
    @DeleteMapping("/größe/{id}")
    void drop(@PathVariable long id) { rooms.drop(id); }
}
""",
            at='@DeleteMapping("/größe/{id}")\n    void drop',
            message=_ADMIN.format("drop"),
        ),
        Invalid(
            code="""\
@RestController
class A {
    @PostMapping("/a")
    @PreAuthorize("hasRole('EDITOR')")
    void a() { save(); }

    @PutMapping("/b")
    @PreAuthorize("hasRole('EDITOR')")
    void b() { save(); }

    @DeleteMapping("/größe")
    void drop() { remove(); }
}
""",
            at='@DeleteMapping("/größe")\n    void drop',
            message=_MESSAGE.format("drop", "@PreAuthorize(\"hasRole('EDITOR')\")", "2 others", "carry"),
        ),
        Invalid(
            code="""\
@Path("/größe")
public class A {
    @POST
    @RolesAllowed("admin")
    public void a() { save(); }

    @DELETE
    public void drop() { remove(); }
}
""",
            at="@DELETE\n    public void drop",
            message=_MESSAGE.format("drop", '@RolesAllowed("admin")', "1 other", "carries"),
        ),
        Invalid(
            code="""\
@RestController
class A {
    @PostMapping("/a")
    void a(HttpServletRequest request) { requireAdmin(request); save(); }

    @PutMapping("/b")
    void b(HttpServletRequest request) { requireAdmin(request); save(); }

    @PatchMapping("/größe")
    void drop() { remove(); }
}
""",
            at='@PatchMapping("/größe")\n    void drop',
            message=_MESSAGE.format("drop", "requireAdmin()", "2 others", "carry"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's endpoints."""
        return tuple(endpoints(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Endpoints without the guard that is the rule in their class."""
        found: dict[str, list[tuple[int, Endpoint]]] = {}
        for index, facts in enumerate(document):
            for fact in facts:
                if isinstance(fact, Endpoint):
                    found.setdefault(fact.owner, []).append((index, fact))
        for listed in found.values():
            own = [(index, endpoint) for index, endpoint in listed if endpoint.changes]
            guarded = [endpoint for _, endpoint in own if endpoint.guards or endpoint.calls]
            open_ones = [item for item in own if _is_open(item[1])]
            if not guarded and not any(endpoint.asks for _, endpoint in listed):
                yield from _for_admins(own)
            if not guarded or len(guarded) < _GUARDED * (len(guarded) + len(open_ones)):
                continue
            for index, endpoint in open_ones:
                if len(guarded) < _FEWEST and not endpoint.deletes:
                    continue
                yield Lack(index, endpoint.at, _told(endpoint, guarded))


def _for_admins(own: Sequence[tuple[int, Endpoint]]) -> Iterator[Lack]:
    """Changes by administrators, where nothing in the class asks who is there."""
    for index, endpoint in own:
        if _is_open(endpoint) and (endpoint.administers or "admin" in endpoint.owner.lower()):
            yield Lack(index, endpoint.at, _ADMIN.format(endpoint.name), confidence="low")


def _is_open(endpoint: Endpoint) -> bool:
    said = endpoint.public and not endpoint.permits
    return not (endpoint.guards or endpoint.calls or endpoint.asks or said)


def _told(endpoint: Endpoint, guarded: Sequence[Endpoint]) -> str:
    said = Counter(item.guards[0] if item.guards else f"{item.calls[0]}()" for item in guarded)
    guard = short(said.most_common(1)[0][0], 60)
    count = len(guarded)
    others = "1 other" if count == 1 else f"{count} others"
    return _MESSAGE.format(endpoint.name, guard, others, "carries" if count == 1 else "carry")
