"""A route that does not ask for the token against forged requests that its siblings ask for.

Where the routes of a file that change something check such a token each for itself, one that does not can be called by
any page in the name of a visitor.

Left alone: files where the check is mounted for all routes, and routes whose names say that programs call them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.routes import CHANGING, OWNER
from leery_analyzers.checks.values import literal_text
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_TOKEN = re.compile(r"(?i)csrf|xsrf")
_FOR_ALL = re.compile(r"(?i)\.(use|addHook|all)\([^;]*(csrf|xsrf)")
_MACHINES = re.compile(r"(?i)hook|callback|/api/|token|health|metrics|graphql|log_?in|sign_?in")
_MESSAGE = "`{}` asks for no token against forged requests, as {} beside it: any page can send it for a visitor."


@dataclass(frozen=True, slots=True)
class _Asked:
    """A route that changes something.

    Attributes:
        name: method and path.
        at: where it is declared.
        asks: whether it asks for a token.
        public: whether programs call it, by its name.
    """

    name: str
    at: TextRange
    asks: bool
    public: bool


class RouteWithoutToken(DocumentCheck):
    """Finds routes without the token of their siblings."""

    summary = "A route without its siblings' token against forged requests"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(r"\.(?:post|put|patch|delete)\(|csrf|xsrf")

    VALID = (
        "app.post('/a', csrfProtection, save);\napp.delete('/größe', csrfProtection, remove);\n",
        "app.use(csrfProtection);\napp.post('/a', csrfProtection, save);\napp.post('/größe', save);\n",
        "app.post('/a', save);\napp.post('/größe', save);\n",
        "app.post('/a', csrfProtection, save);\napp.post('/webhook/größe', save);\n",
    )
    INVALID = (
        Invalid(
            code="app.post('/a', csrfProtection, save);\napp.post('/größe', (req, res) => remove(req));\n",
            at="app.post('/größe'",
            message=_MESSAGE.format("POST /größe", "another route"),
        ),
        Invalid(
            code="app.post('/a', { onRequest: app.csrfProtection }, save);\n"
            "app.put('/b', { onRequest: app.csrfProtection }, save);\napp.delete('/größe', remove);\n",
            at="app.delete('/größe'",
            message=_MESSAGE.format("DELETE /größe", "2 other routes"),
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The routes of the unit that change something; a text if all are asked at once."""
        if _FOR_ALL.search(code.unit.text):
            return ("for all",)
        calls = code.tree.of_kinds("call_expression") if code.tree is not None else ()
        return tuple(found for node in calls if (found := _asked(code, node)) is not None)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes that do not ask where others do."""
        facts = [fact for part in document for fact in part]
        if any(isinstance(fact, str) for fact in facts):
            return
        asking = sum(fact.asks for fact in facts)
        said = "another route" if asking == 1 else f"{asking} other routes"
        for index, part in enumerate(document):
            for fact in part if asking else ():
                if not fact.asks and not fact.public:
                    yield Lack(index, fact.at, _MESSAGE.format(fact.name, said))


def _asked(code: Code, call: Node) -> _Asked | None:
    function = call.child_by_field_name("function")
    owner = code.text(function.child_by_field_name("object")) if function is not None else ""
    method, arguments = code.method(call), code.arguments(call).positional
    if method not in CHANGING or not OWNER.match(owner) or len(arguments) < 2:
        return None
    path = literal_text(code, arguments[0])
    if path is None or not path.startswith("/"):
        return None
    asks = any(_TOKEN.search(code.text(value)[:120]) for value in arguments[1:])
    place = TextRange(code.range(call).start, code.range(arguments[0]).end)
    return _Asked(f"{method.upper()} {path}", place, asks, _MACHINES.search(path) is not None)
