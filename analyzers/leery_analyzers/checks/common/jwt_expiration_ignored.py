"""A token that is believed after its time.

A token that was stolen, or that belongs to somebody who has left, should stop working. A decoder told not to look at
the expiry accepts it for ever.

Left alone: reading an expired token in order to renew it, by the names around, and checks that are switched on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import function_name, is_false, is_python, named_values, pairs, value_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_RENEWS = re.compile(r"(?i)refresh|renew|expired|logout|revoke")
_MESSAGE = "The token's expiry is not looked at, so a stolen or withdrawn token works for ever."


class JwtExpirationIgnored(Check):
    """Finds tokens whose expiry is not checked."""

    summary = "A JSON Web Token believed after its time"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-613",)
    owasp = ("A07:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({"jwt.decode", "jose.jwt.decode"})

    VALID = (
        'import jwt\n\njwt.decode(token, schlüssel, algorithms=["HS256"], options={"verify_exp": True})\n',
        'import jwt\n\n\ndef refresh(token):\n    return jwt.decode(token, key, options={"verify_exp": False})\n',
        "jwt.decode(token, key, options=größe)\n",
        Valid(
            'import jwt from "jsonwebtoken";\n\njwt.verify(token, key, { ignoreExpiration: false });\n', "javascript"
        ),
        Valid("clock.verify(token, key, { ignoreExpiration: true }); // größe\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='import jwt\n\nclaims = jwt.decode(größe, key, algorithms=["HS256"], options={"verify_exp": False})\n',
            at='"verify_exp": False',
            message=_MESSAGE,
            fixed=(
                'import jwt\n\nclaims = jwt.decode(größe, key, algorithms=["HS256"], options={"verify_exp": True})\n',
            ),
        ),
        Invalid(
            code='import jwt from "jsonwebtoken";\n\n'
            "const größe = jwt.verify(token, key, { ignoreExpiration: true });\n",
            at="ignoreExpiration: true",
            message=_MESSAGE,
            fixed=(
                (
                    'import jwt from "jsonwebtoken";\n\n'
                    "const größe = jwt.verify(token, key, { ignoreExpiration: false });\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code="passport.use(new JwtStrategy({ secretOrKey: key, ignoreExpiration: true }, done));\n",
            at="ignoreExpiration: true",
            message=_MESSAGE,
            fixed=("passport.use(new JwtStrategy({ secretOrKey: key, ignoreExpiration: false }, done));\n",),
            language="typescript",
        ),
    )
    query: ClassVar[Mapping[str, str]] = dict.fromkeys(
        JAVASCRIPT, '(pair key: (_) @key value: (true) @value (#eq? @key "ignoreExpiration")) @pair'
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or pair."""
        if (pair := found.get("pair")) is not None:
            known = re.search(r"(?i)jsonwebtoken|jwt|passport", code.source + code.import_lines)
            if known and not _RENEWS.search(function_name(code, pair)):
                yield Problem(pair, _MESSAGE, fixes=(_fix(code, found["value"]),))
            return
        if not is_python(code):
            return
        call = found["call"]
        options = value_of(named_values(code, call).get("options"))
        pair = pairs(code, options).get("verify_exp")
        value = value_of(pair)
        if (
            pair is not None
            and value is not None
            and is_false(code, value)
            and not _RENEWS.search(function_name(code, call))
        ):
            yield Problem(pair, _MESSAGE, fixes=(_fix(code, value),))


def _fix(code: Code, value: Node) -> Fix:
    return Fix("Look at the expiry", "review", (code.replace(value, "True" if is_python(code) else "false"),))
