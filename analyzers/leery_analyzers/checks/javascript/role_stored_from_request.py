"""A role that whoever registers gives to themselves.

Where a new account takes ``role`` or ``isAdmin`` from the request, a request may name the highest one. Give new
accounts the lowest role, and let only administrators change it.

Left alone: handlers that look at the role first, or let only administrators in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ROLE = r"(?:role|roles|isAdmin|is_admin|isStaff|is_staff|permissions)"
_TAKEN = re.compile(
    rf"\{{[^{{}}]*\b(?P<name>{_ROLE})\b(?P<rest>[^{{}}]*)\}}\s*=\s*(?:await\s+)?(?:req|request|ctx\.request|c\.req)\.(?:body\b|json\()"
)
_STORED = (
    r"(?:\.(?:create|insert|insertOne|build|save|register|signUp|createUser|update|updateOne|findByIdAndUpdate)\(|"
    r"\bnew [A-Z]\w*\(|\.values\()[^;]*?(?P<place>[{{,]\s*{0}\s*[,}}\n]|\b{0}\s*:\s*{0}\b(?!\s*===))"
)
_DIRECT = re.compile(rf"\b(?P<place>{_ROLE}\s*:\s*(?:req|request|ctx\.request)\.body\.{_ROLE})\b(?=[^;]*\}})")
_LOOKED_AT = (
    r"\b{0}\b\s*(?:[!=]==?|\?|&&\s*\[)|(?:includes|has|indexOf|isIn|enum|oneOf)\(\s*{0}\b|req\.user\.|isAdmin\(|requireAdmin|"
    r"adminOnly|authorize|can\(|parse\(|validate\(|ROLES\["
)
_MESSAGE = "Whoever sends this request chooses `{}` for the account, also the highest."


class RoleStoredFromRequest(Check):
    """Finds accounts whose role the request says."""

    summary = "A role that the request gives to an account"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-269", "CWE-915")
    owasp = ("A01:2025",)
    languages = JAVASCRIPT

    VALID = (
        (
            "async function größe(req) {\n  const { email, role } = req.body;\n  if (!['a', 'b'].includes(role)) {\n"
            "    throw new Error();\n  }\n  await User.create({ email, role });\n}\n"
        ),
        "async function größe(req) {\n  const { a, role } = req.body;\n  await User.create({ a, role: 'user' });\n}\n",
    )
    INVALID = (
        Invalid(
            code="async function größe(req) {\n  const { a, role } = req.body;\n  await User.create({ a, role });\n}\n",
            at=", «role }»);",
            message=_MESSAGE.format("role"),
        ),
        Invalid(
            code="const größe = async (req) => User.create({ isAdmin: req.body.isAdmin });\n",
            at="isAdmin: req.body.isAdmin",
            message=_MESSAGE.format("isAdmin"),
            language="typescript",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        if "ole" not in text and "dmin" not in text and "taff" not in text and "permissions" not in text:
            return
        for found in _TAKEN.finditer(text):
            name = found["name"]
            after = text[found.end() : found.end() + 1500]
            stored = re.search(_STORED.format(name), after)
            if stored is not None and not re.search(_LOOKED_AT.format(name), after[: stored.start("place")]):
                start = found.end() + stored.start("place")
                place = stored["place"]
                lead = len(place) - len(place.lstrip("{, \n"))
                yield Problem(TextRange(start + lead, start + len(place)), _MESSAGE.format(name))
        for found in _DIRECT.finditer(text):
            name = found["place"].partition(":")[0].strip()
            if not re.search(
                _LOOKED_AT.format(rf"(?:\w+\.)*{name}"), text[max(0, found.start() - 600) : found.start()]
            ):
                yield Problem(TextRange(found.start("place"), found.end("place")), _MESSAGE.format(name))
