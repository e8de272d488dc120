"""A request to an address that a visitor chooses.

The program asks from inside: it reaches services of its own network that a visitor cannot, the cloud's metadata among
them. Look the host up in a list of those that are meant.

Only addresses taken from a request right here are found; how they come from further away is followed elsewhere. Left
alone: addresses whose host is looked up first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import followed
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_VERBS = ("get", "post", "put", "patch", "delete", "head", "request")
_CALLS = frozenset(f"{module}.{verb}" for module in ("requests", "httpx") for verb in _VERBS) | {
    "urllib.request.urlopen",
    "urllib3.request",
}
_GIVEN = re.compile(
    r"(await\s+)?(flask\.)?request\.(args|form|values|json|GET|POST|query_params|data|get_json\(\))(\.get\(|"
    r"\[|\.)[^\n]{0,80}$"
)
_CHECKED = re.compile(r"hostname|netloc|urlsplit|urlparse|ALLOWED|allowed|whitelist|validate")
_MESSAGE = "A visitor chooses this address, and the request comes from inside of the network."


class RequestToGivenAddress(Check):
    """Finds requests to addresses out of requests."""

    summary = "A request to an address that a visitor chooses"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-918",)
    owasp = ("A01:2025",)
    languages = PYTHON
    refutable = True
    calls = _CALLS

    VALID = (
        'import requests\n\nrequests.get("https://größe.example", params=request.args, timeout=5)\n',
        'url = request.args["url"]\nif urlsplit(url).hostname in ALLOWED:\n    requests.get(url, timeout=5)\n',
        'cache.get(request.args["url"])\n',
        "requests.get(settings.URL, timeout=5)\n",
    )
    INVALID = (
        Invalid(
            code='import requests\n\n\ndef größe():\n    url = request.args["url"]\n'
            "    return requests.get(url, timeout=5).text\n",
            at="requests.get(«url»",
            message=_MESSAGE,
            fixed=(
                (
                    'import urllib.parse\n\nimport requests\n\n\ndef größe():\n    url = request.args["url"]\n'
                    '    if urllib.parse.urlsplit(url).hostname not in {"example.com"}:\n'
                    '        raise ValueError("host not allowed")\n'
                    "    return requests.get(url, timeout=5).text\n"
                ),
            ),
        ),
        Invalid(
            code='import httpx\n\nanswer = httpx.get(request.GET.get("größe"))\n',
            at='request.GET.get("größe")',
            message=_MESSAGE,
        ),
        Invalid(
            code='from urllib.request import urlopen\n\npage = urlopen(request.form["url"], timeout=5)  # größe\n',
            at='request.form["url"]',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        arguments = code.arguments(call)
        address = arguments.get(
            1 if code.method(call) == "request" and code.callee(call) != "urllib3.request" else 0, "url"
        )
        if address is None or not _GIVEN.match(code.text(followed(code, address))) or _CHECKED.search(code.source):
            return
        yield Problem(address, _MESSAGE, fixes=tuple(_fixes(code, call, address)))


def _fixes(code: Code, call: Node, address: Node) -> Iterator[Fix]:
    """A look-up of the host before the statement; the list is for a person to fill."""
    statement: Node | None = call
    while statement is not None and not statement.type.endswith("statement"):
        statement = statement.parent
    if statement is None or address.type != "identifier" or statement.parent is None:
        return
    if statement.parent.type not in {"block", "module"}:
        return
    indent = " " * statement.start_point.column
    check = f'if urllib.parse.urlsplit({code.text(address)}).hostname not in {{"example.com"}}:\n'
    text = f'{check}{indent}    raise ValueError("host not allowed")\n{indent}'
    edits = (code.insert(statement.start_byte, text),)
    yield Fix("Look the host up first", "manual", edits, ("import urllib.parse",))
