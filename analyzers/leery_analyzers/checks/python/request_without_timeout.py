"""A request over the network that waits for ever.

Without a timeout, ``requests`` and ``urllib`` wait as long as the other side likes. A few servers that accept and never
answer are enough to keep every worker of a service busy.

Left alone: calls that pass a timeout or unpack their arguments, and libraries that have a timeout of their own
(``httpx``, ``aiohttp``) unless it is switched off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_WAITING = {**{f"requests.{verb}": -1 for verb in _VERBS}, "urllib.request.urlopen": 2}
"""Calls that wait for ever unless told otherwise, and the position of the timeout; -1 where it has none."""
_OWN = frozenset({f"httpx.{verb}" for verb in (*_VERBS, "Client", "AsyncClient", "stream")})
_SECONDS = "10"
_MESSAGE = "This waits for an answer for ever: a server that never answers holds up what calls it."


class RequestWithoutTimeout(Check):
    """Finds requests that nothing ends."""

    summary = "A network request without a timeout"
    severity: ClassVar[Level] = "low"
    cwe = ("CWE-400",)
    languages = PYTHON
    calls = frozenset(_WAITING) | _OWN

    VALID = (
        'import requests\n\nrequests.get("https://größe.example", timeout=5)\nrequests.get(url, **options)\n',
        "import httpx\n\nhttpx.get(url)\n",
        "from urllib.request import urlopen\n\nurlopen(url, None, 5)\n",
        "cache.get(url)\nsession = requests.Session()\n",
    )
    INVALID = (
        Invalid(
            code="import requests\n\nanswer = requests.get(größe)  # später\n",
            at="requests.get",
            message=_MESSAGE,
            fixed=("import requests\n\nanswer = requests.get(größe, timeout=10)  # später\n",),
        ),
        Invalid(
            code="import requests as r\n\nr.post(\n    url,\n    json=body,\n)\n",
            at="r.post",
            message=_MESSAGE,
            fixed=("import requests as r\n\nr.post(\n    url,\n    json=body, timeout=10,\n)\n",),
        ),
        Invalid(
            code="import httpx\n\nclient = httpx.Client(timeout=None)\n",
            at="timeout=None",
            message=_MESSAGE,
            fixed=("import httpx\n\nclient = httpx.Client(timeout=10)\n",),
        ),
        Invalid(
            code="from urllib.request import urlopen\n\nurlopen(url)\n",
            at="«urlopen»(url)",
            message=_MESSAGE,
            fixed=("from urllib.request import urlopen\n\nurlopen(url, timeout=10)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        arguments = code.arguments(call)
        name = code.callee(call)
        given = arguments.get(_WAITING.get(name, -1)) if _WAITING.get(name, -1) >= 0 else None
        given = given or arguments.named.get("timeout")
        if given is not None:
            if given.type == "none":
                fix = Fix("Wait for ten seconds at most", "review", (code.replace(given, _SECONDS),))
                yield Problem(arguments.nodes.get("timeout", given), _MESSAGE, fixes=(fix,))
            return
        function = call.child_by_field_name("function")
        if arguments.spread or name in _OWN or function is None:
            return
        edit = append_argument(code, call, f"timeout={_SECONDS}")
        fixes = (Fix("Wait for ten seconds at most", "review", (edit,)),) if edit is not None else ()
        yield Problem(function, _MESSAGE, fixes=fixes)
