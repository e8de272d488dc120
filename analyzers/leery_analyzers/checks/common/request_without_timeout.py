"""A request over the network that waits for ever.

Without a timeout, ``requests`` and ``urllib`` wait as long as the other side likes. A few servers that accept and never
answer are enough to keep every worker of a service busy.

Left alone: calls that pass a timeout or unpack their arguments, and libraries that have a timeout of their own
(``httpx``, ``aiohttp``) unless it is switched off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, function_of, has_spread, is_python
from leery_analyzers.fixes.arguments import append_argument, append_pair
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
_AXIOS = frozenset({f"axios.{verb}" for verb in (*_VERBS, "create")} | {"axios"})
_GOT = frozenset(
    {f"{name}.{verb}" for name in ("got", "request") for verb in _VERBS} | {"got", "got.extend", "request"}
)
"""Clients of Node that wait for ever unless told otherwise."""
_NODE = frozenset({"http.get", "http.request", "https.get", "https.request"})
_ENDED = re.compile(r"(?i)timeout|\bsignal\b|abort|deadline")
_WHOLE = frozenset({"axios", "axios.create", "got.extend"})
_CLIENTS = re.compile(r"[\"'](got|request|request-promise(-native)?)[\"']")
_BODY = frozenset({"post", "put", "patch"})
_SECONDS = "10"
_SERVER = re.compile(r"[\"'](node:|express|fastify|koa|fs|http|https|path|crypto|node-fetch|undici|@nestjs|hono)\b")
_MESSAGE = "This waits for an answer for ever: a server that never answers holds up what calls it."


class RequestWithoutTimeout(Check):
    """Finds requests that nothing ends."""

    summary = "A network request without a timeout"
    severity: ClassVar[Level] = "low"
    cwe = ("CWE-400",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(_WAITING) | _OWN | _AXIOS | _GOT | _NODE | {"fetch", "node-fetch", "node-fetch.default"}

    VALID = (
        Valid(
            'const https = require("https");\n\nhttps.get({ host: größe, timeout: 3000 }, show);\n'
            "const request = https.get(url, show);\nrequest.setTimeout(3000, () => request.destroy());\n",
            "javascript",
        ),
        Valid(
            'import axios from "axios";\n\naxios.get("/größe", { timeout: 5000 });\naxios.get(url, config);\n',
            "javascript",
        ),
        Valid('const page = await fetch("/größe");\n', "typescript"),
        Valid(
            'import got from "got";\n\ngot(größe, { timeout: { request: 5000 } });\n'
            "got.extend({ timeout });\ngot.get(url, options);\n",
            "javascript",
        ),
        Valid(
            'import fs from "fs";\n\nawait fetch(url, { signal });\nawait fetch(url, { ...options });\n', "javascript"
        ),
        'import requests\n\nrequests.get("https://größe.example", timeout=5)\nrequests.get(url, **options)\n',
        "import httpx\n\nhttpx.get(url)\n",
        "from urllib.request import urlopen\n\nurlopen(url, None, 5)\n",
        "cache.get(url)\nsession = requests.Session()\n",
    )
    INVALID = (
        Invalid(
            code='const http = require("node:http");\n\nfunction größe(done) {\n'
            '  return http.get({ host: "a.net" }, done);\n}\n',
            at="http.get",
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code='import axios from "axios";\n\nconst größe = await axios.get(url);\n',
            at="axios.get",
            message=_MESSAGE,
            fixed=('import axios from "axios";\n\nconst größe = await axios.get(url, { timeout: 10_000 });\n',),
            language="javascript",
        ),
        Invalid(
            code='import express from "express";\n\nconst answer = await fetch(url, { method: "POST" });\n',
            at="«fetch»(url",
            message=_MESSAGE,
            fixed=(
                (
                    'import express from "express";\n\n'
                    'const answer = await fetch(url, { method: "POST", signal: AbortSignal.timeout(10_000) });\n'
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code='import got from "got";\n\nconst client = got.extend({ prefixUrl: größe });\n'
            'const page = await client.get("x");\n',
            at="got.extend",
            message=_MESSAGE,
            fixed=(
                (
                    'import got from "got";\n\nconst client = got.extend({ prefixUrl: größe, '
                    'timeout: { request: 10_000 } });\nconst page = await client.get("x");\n'
                ),
            ),
            language="javascript",
        ),
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
        if not is_python(code):
            yield from _script(code, call)
            return
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


def _script(code: Code, call: Node) -> Iterator[Problem]:
    """``axios`` and ``fetch`` of Node; where the code may run in a page nothing is said."""
    name, arguments = code.callee(call), code.arguments(call)
    function = call.child_by_field_name("function")
    if function is None or arguments.spread or not arguments.positional:
        return
    if name in _NODE:
        yield from _plain(code, call, function)
    name = "fetch" if name.startswith("node-fetch") else name
    if name != "fetch" and name not in _AXIOS | _GOT:
        return
    if name in _GOT and not _CLIENTS.search(code.import_lines):
        return
    if name == "fetch" and not _SERVER.search(code.import_lines) and code.callee(call) == "fetch":
        return
    holder = code.text(call.child_by_field_name("arguments"))
    tables = [followed(code, value) for value in arguments.positional[1:] or arguments.positional]
    if re.search(r"\b(timeout|signal)\b", holder) or any(has_spread(table) for table in tables):
        return
    last = arguments.positional[-1]
    verb = name.rpartition(".")[2]
    option = "signal: AbortSignal.timeout(10_000)" if name == "fetch" else "timeout: 10_000"
    option = "timeout: { request: 10_000 }" if name.startswith("got") else option
    takes_body = verb in _BODY and name in _AXIOS
    configured = len(arguments.positional) > (2 if takes_body else 1) or name in _WHOLE
    configured = configured or (name in _GOT and followed(code, arguments.positional[0]).type == "object")
    if configured and tables[-1].type != "object":
        return
    if configured:
        edit = append_pair(code, last, option) if last.type == "object" else None
    else:
        extra = f"{{}}, {{ {option} }}" if takes_body and len(arguments.positional) == 1 else f"{{ {option} }}"
        edit = append_argument(code, call, extra)
    fixes = (Fix("Wait for ten seconds at most", "review", (edit,)),) if edit is not None else ()
    yield Problem(function, _MESSAGE, fixes=fixes, confidence="low")


def _plain(code: Code, call: Node, function: Node) -> Iterator[Problem]:
    """A request of Node's own, which may be ended by its options, by its agent or from outside."""
    around = function_of(call)
    while around is not None and (outer := function_of(around)) is not None:
        around = outer
    body = code.text(around) if around is not None else code.source
    if not _ENDED.search(body) and not _ENDED.search(
        " ".join(code.text(followed(code, a)) for a in _tables(code, call))
    ):
        yield Problem(function, _MESSAGE, confidence="low")


def _tables(code: Code, call: Node) -> list[Node]:
    return [value for value in code.arguments(call).positional if value.type in {"identifier", "object"}]
