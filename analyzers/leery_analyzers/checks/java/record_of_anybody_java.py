"""A record that is fetched for whoever names it, where its siblings ask whose it is, in Java.

An identifier in an address can be changed. Where the other methods of a class compare the owner of what they fetch with
the person who asks, one that fetches by an identifier alone gives everybody everything.

Reported is also a method that is told who asks and does not look at it, or only writes it into a log, and, less surely,
one that fetches an order, an invoice or the like by an identifier alone in an application that knows its users.

Left alone: classes in which no method asks, methods that an annotation guards by a role, and methods that compare who
asks with anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Invalid
from leery_analyzers.checks.java_routes import ROUTES, Endpoint, endpoints
from leery_analyzers.checks.lacking import DocumentCheck, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_UNUSED = "`{}` is told who asks and fetches by an identifier of the request without asking whose it is."
_PERSONAL = re.compile(
    r"(?i)order|invoice|statement|receipt|payment|booking|reservation|prescription|patient|medical|payslip|contract|"
    r"message|address|wallet|subscription|ticket|claim|shipment|profile|account|document|loan|salary|transcript"
)
"""What classes are called whose records belong to somebody."""
_LOGGED_IN = re.compile(
    r"(?i)isAuthenticated\(\)|isFullyAuthenticated\(\)|^@Authenticated\b|LoginRequired|CheckLogin|IsUser|"
    r"(?:Role|Authority)\w*\(?\s*['\"](?:ROLE_)?(?:USER|CUSTOMER|MEMBER|CLIENT|PATIENT|STUDENT)['\"]|"
    r"@(?:RolesAllowed|Secured)\(\s*\{?\s*\"(?:ROLE_)?(?:\*\*|USER|CUSTOMER|MEMBER|CLIENT|PATIENT|STUDENT)\"\s*\}?\s*\)|IS_AUTHENTICATED"
)
"""Guards that let in whoever is signed in."""
_ALONE = "`{}` fetches by an identifier of the request, and nothing asks whose it is."
_FOR_ALL = re.compile(r"(?i)product|catalog|article|news|blog|categor|book|movie|public|recipe")
"""What the classes are called whose records everybody may see."""
_MESSAGE = "`{}` fetches by an identifier of the request and does not ask whose it is, as `{}` of this class does."


class RecordOfAnybodyJava(DocumentCheck):
    """Finds lookups that lack the question of whose record it is."""

    summary = "A record fetched without asking whose it is"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-639", "CWE-862")
    owasp = ("A01:2025",)
    languages = JAVA
    clue = ROUTES

    VALID = (
        """\
@RestController
@PreAuthorize("hasRole('ACCOUNTANT')")
class InvoiceController {
    @GetMapping("/invoices/{id}")
    Invoice größe(@PathVariable long id, Principal principal) {
        audit.viewed(principal.getName(), id);
        return invoices.findById(id).orElseThrow();
    }
}
""",
        """\
@RestController
class A {
    @GetMapping("/notes/{id}")
    Note one(@PathVariable long id, Principal user) {
        Note größe = notes.findById(id).orElseThrow();
        if (!größe.getOwner().equals(user.getName())) {
            throw new SecurityException();
        }
        return größe;
    }

    @DeleteMapping("/notes/{id}")
    void drop(@PathVariable long id, Principal user) {
        notes.deleteByIdAndOwner(id, user.getName());
    }
}
""",
        """\
@RestController
class A {
    @GetMapping("/notes/{id}")
    Note one(@PathVariable long id) {
        return notes.findById(id).orElseThrow();
    }

    @DeleteMapping("/notes/{id}")
    void größe(@PathVariable long id) {
        notes.deleteById(id);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
@RestController
@PreAuthorize("isAuthenticated()")
class Größen {
    @GetMapping("/statements/{id}")
    Statement one(@PathVariable long id, Principal principal) {
        accessLog.viewed(principal.getName(), id);
        return statements.findById(id).orElseThrow();
    }
}
""",
            at="statements.findById(id)",
            message=_UNUSED.format("one"),
        ),
        Invalid(
            code="""\
@RestController
class InvoiceController {
    @GetMapping("/invoices/{id}")
    @Secured("ROLE_USER")
    Invoice größe(@PathVariable long id) {
        return invoices.findById(id).orElseThrow();
    }
}
""",
            at="invoices.findById(id)",
            message=_ALONE.format("größe"),
        ),
        Invalid(
            code="""\
@RestController
class Größen {
    @GetMapping("/orders/{id}")
    Order one(@PathVariable long id) {
        return orders.findById(id).orElseThrow();
    }

    @GetMapping("/orders")
    List<Order> mine(Principal principal) {
        return orders.findByOwner(principal.getName());
    }
}
""",
            at="orders.findById(id)",
            message=_MESSAGE.format("one", "mine"),
        ),
        Invalid(
            code="""\
@RestController
class A {
    @GetMapping("/notes/{id}")
    Note one(@PathVariable long id, Principal user) {
        Note größe = notes.findById(id).orElseThrow();
        if (!größe.getOwner().equals(user.getName())) {
            throw new SecurityException();
        }
        return größe;
    }

    @DeleteMapping("/notes/{id}")
    void drop(@PathVariable long id) {
        notes.deleteById(id);
    }
}
""",
            at="notes.deleteById(id)",
            message=_MESSAGE.format("drop", "one"),
        ),
        Invalid(
            code="""\
@RestController
class Größen {
    @GetMapping("/invoices/{id}")
    Invoice one(@PathVariable long id, Principal principal) {
        return invoices.findById(id).orElseThrow();
    }
}
""",
            at="invoices.findById(id)",
            message=_UNUSED.format("one"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's endpoints."""
        return tuple(endpoints(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Lookups of endpoints whose siblings ask whose the record is."""
        found = [(index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, Endpoint)]
        for index, endpoint in found:
            if _looks_away(endpoint):
                yield Lack(index, endpoint.lookups[-1], _UNUSED.format(endpoint.name))
                continue
            if not endpoint.lookups or _by_role(endpoint) or endpoint.calls or endpoint.asks or endpoint.compares:
                continue
            asking = next((other for _, other in found if other.owner == endpoint.owner and _is_owned(other)), None)
            if asking is not None and not endpoint.public and not _FOR_ALL.search(endpoint.owner):
                yield Lack(index, endpoint.lookups[-1], _MESSAGE.format(endpoint.name, asking.name))
            elif asking is None and _is_personal(endpoint) and (endpoint.guards or _knows(found, endpoint)):
                yield Lack(index, endpoint.lookups[-1], _ALONE.format(endpoint.name), confidence="low")


def _by_role(endpoint: Endpoint) -> bool:
    """Whether an annotation lets in some of those who are signed in."""
    return any(_LOGGED_IN.search(guard) is None for guard in endpoint.guards)


def _is_personal(endpoint: Endpoint) -> bool:
    return (
        not endpoint.public and _PERSONAL.search(endpoint.owner) is not None and "admin" not in endpoint.owner.lower()
    )


def _knows(found: Sequence[tuple[int, Endpoint]], endpoint: Endpoint) -> bool:
    """Whether another method of the same class looks at who asks."""
    return any(other.asks and other.owner == endpoint.owner for _, other in found)


def _looks_away(endpoint: Endpoint) -> bool:
    """Whether an endpoint looks a record up by its number and leaves unused who asks."""
    guarded = _by_role(endpoint) or endpoint.calls or endpoint.compares or endpoint.public
    return bool(endpoint.lookups) and endpoint.ignores and not guarded and not _FOR_ALL.search(endpoint.owner)


def _is_owned(endpoint: Endpoint) -> bool:
    return endpoint.owns or (bool(endpoint.lookups) and endpoint.asks and endpoint.compares)
