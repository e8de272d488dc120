"""A record that is fetched for whoever names it, where its siblings ask whose it is, in Java.

An identifier in an address can be changed. Where the other methods of a class compare the owner of what they fetch with
the person who asks, one that fetches by an identifier alone gives everybody everything.

Reported is also a method that is told who asks and does not look at it.

Left alone: classes in which no method asks, methods that are guarded by an annotation, and methods that look at who
asks in any way.
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
            if not endpoint.lookups or endpoint.guards or endpoint.calls or endpoint.asks or endpoint.compares:
                continue
            asking = next((other for _, other in found if other.owner == endpoint.owner and _is_owned(other)), None)
            if asking is not None and not endpoint.public and not _FOR_ALL.search(endpoint.owner):
                yield Lack(index, endpoint.lookups[-1], _MESSAGE.format(endpoint.name, asking.name))


def _looks_away(endpoint: Endpoint) -> bool:
    """Whether an endpoint looks a record up by its number and leaves unused who asks."""
    guarded = endpoint.guards or endpoint.calls or endpoint.compares or endpoint.public
    return bool(endpoint.lookups) and endpoint.ignores and not guarded and not _FOR_ALL.search(endpoint.owner)


def _is_owned(endpoint: Endpoint) -> bool:
    return endpoint.owns or (bool(endpoint.lookups) and endpoint.asks and endpoint.compares)
