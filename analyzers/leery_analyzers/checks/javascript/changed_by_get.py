"""Something that a mere link changes, and protections against forged requests that leave out what changes.

A browser opens a link, or loads a picture, with the cookies of its visitor. A route that deletes or pays on GET can be
set off by any page; so can one whose methods are taken out of the protection. Change things on POST, with a token.

Left alone: routes whose addresses hold a token of their own, and signing out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.routes import OWNER
from leery_analyzers.checks.values import literal_text
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_VERBS = re.compile(
    r"(?i)(?:^|[/_-])(delete|remove|destroy|cancel|transfer|withdraw|disable|deactivate|revoke|approve|reject|promote|demote|ban|"
    r"purchase|pay|buy|purge|reset-all|drop|erase|close-account|change-(?:email|password)|update-(?:email|password))(?:$|[/_-])"
)
_OWN_TOKEN = re.compile(r"(?i)token|:code|:key|signature|unsubscribe|confirm|verify")
_KNOWS = re.compile(r"(?i)session|req\.user|cookie|loggedIn|authenticated|passport|requireLogin|isAuth|auth")
_CHANGES = re.compile(
    r"(?i)\.\s*(delete\w*|remove\w*|destroy\w*|cancel\w*|transfer\w*|withdraw\w*|disable\w*|deactivate\w*|revoke\w*|approve\w*|"
    r"update\w*|save|insert\w*|create\w*|pay\w*|charge\w*|drop|ban\w*|findByIdAnd\w+|set\w+)\(|"
    r"['\"`]\s*(delete\s+from|update\s+\w+\s+set|insert\s+into)\b"
)
_LEFT_OUT = re.compile(r"\bignoreMethods\s*:\s*\[[^\]]*['\"`](?:POST|PUT|PATCH|DELETE)['\"`][^\]]*\]")
_MESSAGE = "A link is enough to do this in the name of whoever is signed in: any page can hold one."
_IGNORED = "Requests that change something are left out of this protection, so any page can send them for a visitor."


class ChangedByGet(Check):
    """Finds routes that a link sets off."""

    summary = "Something that a link on any page can change"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    languages = JAVASCRIPT
    calls = frozenset({".get"})
    query = '(pair key: (property_identifier) @option value: (array) (#eq? @option "ignoreMethods")) @ignored'

    VALID = (
        "app.post('/größe/delete', requireLogin, (req, res) => items.remove(req.session.id));\n",
        "app.get('/größe/cancel/:token', requireLogin, (req, res) => items.cancel(req.params.token));\n",
        (
            "app.get('/deleted', requireLogin, (req, res) => res.json(größe.list()));\n"
            "app.use(csrf({ ignoreMethods: ['GET'] }));\n"
        ),
    )
    INVALID = (
        Invalid(
            code="app.get('/größe/delete', requireLogin, (req, res) => items.remove(req.session.id));\n",
            at="app.get('/größe/delete'",
            message=_MESSAGE,
        ),
        Invalid(
            code="app.use(csrf({ größe: 1, ignoreMethods: ['GET', 'POST'] }));\n",
            at="ignoreMethods: ['GET', 'POST']",
            message=_IGNORED,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one route or option."""
        if (option := found.get("ignored")) is not None:
            if _LEFT_OUT.fullmatch(code.text(option)):
                yield Problem(option, _IGNORED)
            return
        call = found["call"]
        function, arguments = call.child_by_field_name("function"), code.arguments(call).positional
        owner = code.text(function.child_by_field_name("object")) if function is not None else ""
        if len(arguments) < 2 or OWNER.match(owner) is None:
            return
        path = literal_text(code, arguments[0]) or ""
        if not _VERBS.search(path) or _OWN_TOKEN.search(path):
            return
        text = code.text(call)
        if _CHANGES.search(code.text(arguments[-1])) and _KNOWS.search(text + code.import_lines):
            yield Problem(TextRange(code.range(call).start, code.range(arguments[0]).end), _MESSAGE)
