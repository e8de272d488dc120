"""A role or right that the request itself claims to have.

A header, a cookie, a field of the body or the address says whatever its sender wants. Take the role from a session, a
verified token or the database.

Left alone: roles that are refused (``if (req.body.role === "admin") return res.sendStatus(403)``), filters of lists.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.values import function_name, function_of, in_test
from leery_analyzers.checks.words import short
from leery_analyzers.syntax import ancestors
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_HELD = r"(?:headers|header|query|body|cookies?|get|queryStringParameters|searchParams|handshake\.query)"
_RIGHT = r"[\w-]*(?:role|admin|permissions?|privileges?|superuser|staff)\b"
_GIVEN = re.compile(
    rf"(?i)\b(?:req|request|ctx|context|c|event|socket)\b[\w.?]*?[.?]{_HELD}(?:\.get|\.value)?[?.]*"
    rf"(?:(?<=\.){_RIGHT}|\[\s*['\"`]{_RIGHT}['\"`]\s*\]|\(\s*['\"`]{_RIGHT}['\"`]\s*\))(?:\?\.value|\.value)?"
)
_TAKEN = re.compile(
    rf"(?i)\{{[^{{}}]*\b(?P<name>{_RIGHT})[^{{}}]*\}}\s*=\s*(?:await\s+)?(?:req|request|ctx)\.(?:body|query|cookies|headers)\b"
)
_CLUE = re.compile(r"(?i)role|admin|permission|privilege|superuser|staff")
_POWER = r"['\"`](?:super_?)?(?:admin\w*|manager|owner|root|moderator|staff|superuser|editor|true|1|yes)['\"`]|true\b"
_TEST = r"(?P<no>!)?\s*{0}\s*(?:(?P<op>[!=]==?)\s*(?:{1})|(?=\)|&&|\?|$))"
_DENIES = re.compile(
    r"(?i)\b40[13]\b|forbidden|unauthori[sz]ed|denied|\bthrow\b|redirect|not allowed|return false|reject"
)
_ASKS = re.compile(r"(?i)^(is|has|can|may|check|require|verify|ensure|allow)")
_MESSAGE = "`{}` is what the request says of itself: whoever sends it chooses the role."


class RightClaimedByRequest(Check):
    """Finds decisions about rights that rest on what the request claims."""

    summary = "A role or right that the request itself claims to have"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-807", "CWE-290")
    owasp = ("A01:2025",)
    languages = JAVASCRIPT

    VALID = (
        "if (req.user.role !== 'admin') {\n  return res.sendStatus(403); // größe\n}\n",
        "if (req.body.role === 'admin') {\n  return res.status(403).json({ error: 'größe' });\n}\n",
        "if (req.query.role) {\n  größe.role = req.query.role;\n}\nconst shown = req.query.role === 'admin' ? a : b;\n",
    )
    INVALID = (
        Invalid(
            code="if (req.headers['x-role'] !== 'admin') {\n  return res.sendStatus(403); // größe\n}\n",
            at="req.headers['x-role'] !== 'admin'",
            message=_MESSAGE.format("req.headers['x-role']"),
        ),
        Invalid(
            code="function isManager(request) {\n  return request.get('X-User-Role') === 'manager'; // größe\n}\n",
            at="request.get('X-User-Role') === 'manager'",
            message=_MESSAGE.format("request.get('X-User-Role')"),
            language="typescript",
        ),
        Invalid(
            code="function drop(req, res) {\n  const { id, isAdmin } = req.body;\n  if (!isAdmin) {\n"
            "    return res.status(403).end();\n  }\n  größe.delete(id);\n}\n",
            at="!isAdmin",
            message=_MESSAGE.format("isAdmin"),
        ),
        Invalid(
            code="function list(req, res) {\n  const role = req.cookies.role;\n  if (role === 'admin') {\n"
            "    return res.json(größe);\n  }\n  res.sendStatus(403);\n}\n",
            at="role === 'admin'",
            message=_MESSAGE.format("role"),
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        if code.tree is None or _CLUE.search(code.source) is None:
            return
        for found in _GIVEN.finditer(code.source):
            node = _node_at(code, found.start(), found.end())
            if node is None or in_test(code, node):
                continue
            around = node.parent
            while around is not None and around.type in {"await_expression", "parenthesized_expression"}:
                around = around.parent
            if around is not None and around.type == "variable_declarator":
                yield from _uses(code, node, code.text(around.child_by_field_name("name")))
            else:
                yield from _decided(code, node, found[0])
        for found in _TAKEN.finditer(code.source):
            node = _node_at(code, found.start("name"), found.end("name"))
            if node is not None and not in_test(code, node):
                yield from _uses(code, node, found["name"])


def _node_at(code: Code, start: int, end: int) -> Node | None:
    """The smallest node over a stretch of the source, characters."""
    if code.tree is None:
        return None
    first = len(code.source[:start].encode())
    return code.tree.root.named_descendant_for_byte_range(first, first + len(code.source[start:end].encode()))


def _uses(code: Code, node: Node, name: str) -> Iterator[Problem]:
    """Decisions by a variable that holds what the request claims."""
    function = function_of(node)
    if function is None or not re.fullmatch(r"\w+", name):
        return
    body = function.child_by_field_name("body") or function
    text, start = code.text(body), code.range(body).start
    for found in re.finditer(
        rf"\bif\s*\(\s*(?P<test>(?P<no>!)?\b{name}\b(?:\s*(?P<op>[!=]==?)\s*(?:{_POWER}))?)\s*\)", text
    ):
        if not found["op"] and re.search("(?i)admin|super|staff", name) is None:
            continue
        negated = bool(found["no"]) or (found["op"] or "").startswith("!")
        then = text[found.end() : found.end() + 200].partition("}")[0].partition(";\n")[0]
        if negated is (_DENIES.search(then) is not None):
            yield Problem(TextRange(start + found.start("test"), start + found.end("test")), _MESSAGE.format(name))
            return


def _decided(code: Code, node: Node, given: str) -> Iterator[Problem]:
    """A decision by what the request claims, where it stands."""
    test, decision = _condition(node)
    if test is None or decision is None:
        return
    found = re.search(_TEST.format(re.escape(given), _POWER), code.text(test))
    named = re.search(r"(?i)admin|super|staff", given) is not None
    if found is None or (not found["op"] and not named):
        return
    negated = bool(found["no"]) or (found["op"] or "").startswith("!")
    if decision.type == "if_statement":
        then = code.text(decision.child_by_field_name("consequence"))[:200]
        listed = "query" in given.lower() and not named and not negated
        if negated is not (_DENIES.search(then) is not None) or listed:
            return
    elif _ASKS.match(function_name(code, node)) is None:
        return
    yield Problem(test, _MESSAGE.format(short(given)))


def _condition(node: Node) -> tuple[Node | None, Node | None]:
    """The condition that a value is part of, and what decides by it."""
    inner = node
    for around in ancestors(node):
        if around.type == "if_statement":
            held = around.child_by_field_name("condition")
            return (inner if held is not None and held.type == "parenthesized_expression" else held), around
        if around.type in {"return_statement", "arrow_function"}:
            return inner, around
        if around.type.endswith(("statement", "declarator", "function")) or around.type in {"arguments", "pair"}:
            break
        inner = around if around.type != "parenthesized_expression" else inner
    return None, None
