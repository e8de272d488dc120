"""A role, a right or a place that the request itself claims, in Java.

A header, a cookie, a parameter says whatever its sender wants: ``X-User-Role: admin``, ``X-Forwarded-For: 127.0.0.1``.
Take the role from a session, a verified token or the database, and the address from the connection.

Left alone: roles that are refused, filters of lists, and values that are only stored or shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_RIGHT = r"[\w-]*(?:[rR]oles?|ROLE|[aA]dmin|ADMIN|[pP]ermissions?|[pP]rivileges?|[sS]uperuser|[sS]taff)"
_CLUES = ("ole", "ROLE", "dmin", "ADMIN", "ermission", "rivilege", "uperuser", "taff")
_PLACES = ("orwarded", "ORWARDED", "eal-I", "EAL-I", "lient-I", "LIENT-I")
"""Parts of the words that are looked for; quick to find."""
_HELD = (
    r"(?:getHeader|getParameter|header|headers|queryParam|formParam|param|getFirst|cookie|getCookie|getHeaderString)"
)
_GIVEN = lazy_regex(rf"(?:\b(?P<name>\w+)\s*=\s*)?\b\w+(?:\(\))?\.{_HELD}\(\s*\"{_RIGHT}\"\s*\)")
_BOUND = lazy_regex(
    r"@(?:RequestHeader|RequestParam|CookieValue|HeaderParam|QueryParam|CookieParam|FormParam)\b"
    rf"(?:\((?:[^()\"]|\"[^\"]*\")*\))?\s+(?:final\s+)?\w+\s+(?P<name>{_RIGHT})\b"
)
_PLACE = lazy_regex(
    r"(?i)(?:\b(?P<name>\w+)\s*=\s*)?\b\w+\.getHeader\(\s*\"x-(?:forwarded-for|real-ip|client-ip)\"\s*\)"
)
_POWER = (
    r"(?:\"(?i:role_)?(?i:admin\w*|manager|owner|root|moderator|staff|superuser|editor|true|1|yes)\"|"
    r"(?:\w+\.)*ADMIN(?:\.name\(\))?)"
)
_DENIES = lazy_regex(
    r"(?i)\b40[13]\b|forbidden|unauthori[sz]ed|denied|\bthrow\b|redirect|return\s+false|return\s*;|sendError|halt\("
)
_NEAR = 160
_MESSAGE = "`{}` is what the request says of itself: whoever sends it chooses the role."
_FROM = "`{}` is what the request says of itself: whoever sends it chooses where it seems to come from."


class RightClaimedByRequestJava(Check):
    """Finds decisions about rights that rest on what the request claims."""

    summary = "A role or right that the request itself claims to have"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-807", "CWE-290")
    owasp = ("A01:2025",)
    languages = JAVA
    query = "(method_declaration body: (block)) @method"

    VALID = (
        """\
class A {
    void größe(HttpServletRequest request) {
        if ("admin".equals(request.getParameter("role"))) {
            throw new AccessDeniedException("no");
        }
        users.register(request.getParameter("name"), request.getParameter("role"));
    }
}
""",
        """\
class A {
    void größe(HttpServletRequest request) {
        log.info("asked by {}", request.getHeader("X-Forwarded-For"));
        if (!"admin".equals(request.getSession().getAttribute("role"))) {
            throw new AccessDeniedException("no");
        }
        users.purge();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(HttpServletRequest request) {
        if (!"admin".equals(request.getHeader("X-User-Role"))) {
            throw new AccessDeniedException("no");
        }
        users.purge();
    }
}
""",
            at='request.getHeader("X-User-Role")',
            message=_MESSAGE.format("X-User-Role"),
        ),
        Invalid(
            code="""\
class A {
    @PostMapping("/purge")
    void größe(@CookieValue("role") String role) {
        if (role.equals("admin")) {
            users.purge();
        }
    }
}
""",
            at='@CookieValue("role") String role',
            message=_MESSAGE.format("role"),
        ),
        Invalid(
            code="""\
class A {
    boolean größe(HttpServletRequest request) {
        boolean isAdmin = Boolean.parseBoolean(request.getParameter("isAdmin"));
        return isAdmin;
    }
}
""",
            at='request.getParameter("isAdmin")',
            message=_MESSAGE.format("isAdmin"),
        ),
        Invalid(
            code="""\
class A {
    boolean isLocal(HttpServletRequest größe) {
        String from = größe.getHeader("X-Forwarded-For");
        return from != null && from.startsWith("10.");
    }
}
""",
            at='from = größe.getHeader("X-Forwarded-For")',
            message=_FROM.format("X-Forwarded-For"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems in one method."""
        text = code.text(found["method"])
        start = code.range(found["method"]).start
        for pattern in (_GIVEN, _BOUND) if any(clue in text for clue in _CLUES) else ():
            for given in pattern.finditer(text):
                own = given["name"] or ""
                if _decides(text, given, own):
                    shown = re.findall(r'"([^"]*)"', given[0])
                    yield Problem(
                        TextRange(start + given.start(), start + given.end()),
                        _MESSAGE.format(shown[-1] if pattern is _GIVEN and shown else own),
                    )
        for given in _PLACE.finditer(text) if any(clue in text for clue in _PLACES) else ():
            own = re.escape(given["name"] or "")
            said = (
                rf"\b{own}\.(?:equals|startsWith)\(\s*\"[\d.:a-z]+\"|\"[\d.:]+\"\.equals\(\s*{own}\s*\)|"
                rf"\.contains\(\s*{own}\s*\)"
            )
            direct = re.match(r"\s*\.(?:equals|startsWith)\(\s*\"|\s*\)", text[given.end() :])
            if re.search(said, text) if own else direct is not None and re.search(r"\"[\d.:]+\"", text):
                shown = re.findall(r'"([^"]*)"', given[0])
                yield Problem(TextRange(start + given.start(), start + given.end()), _FROM.format(shown[-1]))


def _decides(text: str, given: re.Match[str], own: str) -> bool:
    """Whether a method goes on or stops by a value that names a right."""
    value = rf"(?:{re.escape(given[0].partition('=')[2].strip() or given[0])}" + (
        rf"|\b{re.escape(own)}\b)" if own else ")"
    )
    test = re.compile(
        rf"(?P<no>!)?\s*(?:{_POWER}\.equals\w*\(\s*{value}\s*\)|{value}\s*\.\s*(?:equals\w*|contains)\(\s*{_POWER}\s*\)|"
        rf"(?:\w+\.)?(?:parseBoolean|valueOf)\(\s*{value}\s*\))"
    )
    for asked in test.finditer(text):
        before = text[max(0, asked.start() - 12) : asked.start()]
        denies = _DENIES.search(text[asked.end() : asked.end() + _NEAR]) is not None
        if re.search(r"\breturn\s*$", before) or "parseBoolean" in asked[0]:
            return True
        if ("if" in before or "&&" in before or "||" in before or "?" in text[asked.end() : asked.end() + 3]) and (
            denies is bool(asked["no"])
        ):
            return True
    flag = re.search(rf"\bif\s*\(\s*(!)?\s*{re.escape(own)}\s*\)", text) if own else None
    if flag is None or "boolean" not in text[max(0, given.start() - 12) : given.end()].lower():
        return False
    return (_DENIES.search(text[flag.end() : flag.end() + _NEAR]) is not None) is bool(flag[1])
