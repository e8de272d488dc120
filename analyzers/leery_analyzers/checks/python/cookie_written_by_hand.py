"""A session's cookie that is written by hand, without the flags that keep it.

What no framework writes gets no flag by default: a ``Set-Cookie`` header that is put together as a text, and the
morsels of ``http.cookies``. Without ``HttpOnly`` scripts read the cookie, without ``Secure`` it goes over plain
connections.

Left alone: cookies whose name tells no session, and flags that are set later in the same part of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed, in_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SESSION = re.compile(
    r"(?i)(?:^|[_-])(?:\w*sess\w*|sid|auth\w*|token|jwt|login|remember\w*|user|account|phpsessid)(?:$|[_-])"
)
_WRITTEN = re.compile(r"(?s)[rfb]*[\"']{1,3}\s*([\w-]+)=(.*)")
_MESSAGE = "The cookie `{}` lacks `{}`: {}."
_WHY = {
    "HttpOnly": "a script that gets into a page can read it",
    "Secure": "it goes over plain connections, too",
}


class CookieWrittenByHand(Check):
    """Finds cookies without flags that no framework wrote."""

    summary = "A session's cookie written by hand without its flags"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-614", "CWE-1004")
    owasp = ("A02:2025",)
    languages = PYTHON
    calls = frozenset({".send_header", ".add_header", ".set_header", ".append"})
    query: ClassVar[Mapping[str, str]] = {
        "python": """
        (tuple . (string) @header . (_) @value .) @pair
        (assignment left: (subscript subscript: (string) @header) right: (_) @value) @pair
        (assignment left: (subscript value: (subscript value: (_) @jar subscript: (_) @name) subscript: (string) @flag)
          right: (_) @on) @morsel
        """
    }

    VALID = (
        'self.send_header("Set-Cookie", f"sid={größe}; Path=/; HttpOnly; Secure; SameSite=Lax")\n',
        'headers = [("Set-Cookie", "theme=größe; Path=/"), ("X-Größe", "sid=1")]\n',
        'jar["sid"] = größe\njar["sid"]["httponly"] = True\njar["sid"]["secure"] = True\n',
        'jar["größe"]["path"] = "/"\njar["sid"]["expires"] = 0\n',
    )
    INVALID = (
        Invalid(
            code='self.send_header("Set-Cookie", f"sid={größe}; Path=/; HttpOnly")\n',
            at='f"sid={größe}; Path=/; HttpOnly"',
            message=_MESSAGE.format("sid", "Secure", _WHY["Secure"]),
        ),
        Invalid(
            code='def start(größe):\n    return [("Set-Cookie", "session=" + größe)]\n',
            at='"session=" + größe',
            message=_MESSAGE.format("session", "HttpOnly", _WHY["HttpOnly"]),
        ),
        Invalid(
            code='jar["auth_token"] = größe\njar["auth_token"]["httponly"] = True\n',
            at='jar["auth_token"]["httponly"] = True',
            message=_MESSAGE.format("auth_token", "Secure", _WHY["Secure"]),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call, pair or flag."""
        if (call := found.get("call")) is not None:
            given = code.arguments(call).positional
            if len(given) == 2:
                yield from _header(code, given[0], given[1])
        elif "pair" in found:
            yield from _header(code, found["header"], found["value"])
        else:
            yield from _morsel(code, found)


def _header(code: Code, header: Node, value: Node) -> Iterator[Problem]:
    if code.text(header).strip("\"'").lower() != "set-cookie" or in_test(code, value):
        return
    text = code.text(followed(code, value))
    named = _WRITTEN.match(text)
    if named is None or not _SESSION.search(named[1]) or re.search(r"(?i)max-age=0|expires=thu, 01", text):
        return
    missing = next((flag for flag in _WHY if flag.lower() not in text.lower()), "")
    if missing:
        yield Problem(value, _MESSAGE.format(named[1], missing, _WHY[missing]))


def _morsel(code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
    """The first flag that a morsel gets, where others that it needs do not follow."""
    jar, name = code.text(found["jar"]), code.text(found["name"])
    whole = re.escape(f"{jar}[{name}]")
    flags = re.findall(rf"{whole}\[[\"'](\w[\w-]*)[\"']\]", code.source)
    text = code.text(followed(code, found["name"])).strip("\"'")
    told = text if "string" in followed(code, found["name"]).type else name
    wanted = {"httponly": "HttpOnly", "secure": "Secure"}
    missing = next((shown for flag, shown in wanted.items() if flag not in flags), "")
    last = flags and code.text(found["flag"]).strip("\"'") == next((f for f in flags if f in wanted), "")
    if missing and last and _SESSION.search(told):
        yield Problem(found["morsel"], _MESSAGE.format(told, missing, _WHY[missing]))
