"""A policy that allows everybody or everything.

With ``"Action": "*"`` on ``"Resource": "*"`` whoever holds this role, or takes it over, owns the account; with a
principal of ``*`` that is anybody. Stored files that anyone may read or change belong here too.

Left alone: statements that deny, and those with a condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, literal_text, pairs, value_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PYTHON = """
(pair key: (string) @key value: (_) @value (#match? @key "^.(Action|Principal|AWS)"))
(keyword_argument name: (identifier) @key value: (string) @value (#any-of? @key "ACL" "CannedACL" "acl"))
"""
_SCRIPT = """
(pair key: (_) @key value: (_) @value (#match? @key "^.?(Action|Principal|ACL|acl)"))
"""
_OPEN_ACL = frozenset({"public-read-write", "public-read", "authenticated-read"})
_ALL = "Whoever holds this role may do everything with everything."
_ANYBODY = "Anybody may do what this statement allows."
_BUCKET = "Anybody on the internet may read what is stored here."
_WRITE = "Anybody on the internet may change what is stored here."


class PermissivePolicy(Check):
    """Finds policies without limits."""

    summary = "A policy that allows everybody or everything"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-732", "CWE-284")
    owasp = ("A01:2025",)
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {"python": _PYTHON, **dict.fromkeys(JAVASCRIPT, _SCRIPT)}

    VALID = (
        'statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::größe/*"}\n',
        'statement = {"Effect": "Deny", "Action": "*", "Resource": "*"}\n',
        'statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"x": "true"}}}\n',
        'menu = {"Action": "*", "label": "größe"}\nclient.put_object(ACL="private")\n',
        Valid('const s = { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" };\n', "javascript"),
        Valid('const row = { Action: "*", title: "größe" };\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='größe = {"Effect": "Allow", "Action": "*", "Resource": "*"}\n',
            at='"Action": "*"',
            message=_ALL,
        ),
        Invalid(
            code='statement = {\n    "Effect": "Allow",\n    "Principal": "*",\n    "Action": "s3:GetObject",\n}\n',
            at='"Principal": "*"',
            message=_ANYBODY,
        ),
        Invalid(
            code='s3.put_object(Bucket="größe", Key=key, ACL="public-read-write")\n',
            at='ACL="public-read-write"',
            message=_WRITE,
            fixed=('s3.put_object(Bucket="größe", Key=key, ACL="private")\n',),
        ),
        Invalid(
            code='const größe = { Effect: "Allow", Action: ["*"], Resource: ["*"] };\n',
            at='Action: ["*"]',
            message=_ALL,
            language="javascript",
        ),
        Invalid(
            code='await s3.send(new PutObjectCommand({ Key: key, ACL: "public-read" }));\n',
            at='ACL: "public-read"',
            message=_BUCKET,
            fixed=('await s3.send(new PutObjectCommand({ Key: key, ACL: "private" }));\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one entry."""
        value, item = found["value"], found["key"].parent
        key = code.text(found["key"]).strip("\"'`")
        if item is None:
            return
        if key.lower() in {"acl", "cannedacl"}:
            text = literal_text(code, value)
            if text in _OPEN_ACL:
                quote = code.text(value)[-1]
                fix = Fix("Let only the owner in", "review", (code.replace(value, f"{quote}private{quote}"),))
                low: Level | None = None if text.endswith("write") else "low"
                yield Problem(item, _WRITE if text.endswith("write") else _BUCKET, fixes=(fix,), severity=low)
            return
        table = item.parent
        if table is None or table.type not in {"dictionary", "object"} or not _is_star(code, value):
            return
        given = {name.lower(): value_of(pair) for name, pair in pairs(code, table).items()}
        if literal_text(code, given.get("effect")) != "Allow" or given.get("condition") is not None:
            return
        if key == "Principal":
            yield Problem(item, _ANYBODY)
        elif key == "Action" and (resource := given.get("resource")) is not None and _is_star(code, resource):
            yield Problem(item, _ALL)


def _is_star(code: Code, value: Node) -> bool:
    """Whether a value is ``"*"``, a list with it, or ``{"AWS": "*"}``."""
    value = followed(code, value)
    if value.type in {"list", "array"}:
        return any(literal_text(code, child) == "*" for child in value.named_children)
    if value.type in {"dictionary", "object"}:
        inner = value_of(pairs(code, value).get("AWS"))
        return inner is not None and literal_text(code, inner) == "*"
    return literal_text(code, value) in {"*", "*:*"}
