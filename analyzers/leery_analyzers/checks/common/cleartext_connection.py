"""A connection that everybody on the way can read.

FTP, Telnet, plain HTTP, IMAP and POP send passwords and contents as they are. Each has an encrypted form that is used
in the same way.

Left alone: connections to this machine, SMTP that switches encryption on before signing in, and addresses that are
not written out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import has_spread, is_false, is_python, literal_text, named_values, value_of
from leery_analyzers.fixes.arguments import append_pair
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ENCRYPTED = {
    "ftplib.FTP": "FTP_TLS",
    "imaplib.IMAP4": "IMAP4_SSL",
    "poplib.POP3": "POP3_SSL",
    "urllib3.HTTPConnectionPool": "HTTPSConnectionPool",
    "urllib3.connectionpool.HTTPConnectionPool": "HTTPSConnectionPool",
    "http.client.HTTPConnection": "HTTPSConnection",
    "telnetlib.Telnet": "",
}
_HTTP = frozenset(
    {f"requests.{verb}" for verb in ("post", "put", "patch")}
    | {f"httpx.{verb}" for verb in ("post", "put", "patch")}
    | {f"axios.{verb}" for verb in ("post", "put", "patch")}
    | {"fetch"}
)
_LOCAL = re.compile(
    r"(?i)^(http://)?(localhost|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|[\w-]+(:\d+)?(/|$)|"
    r".*\.(local|internal|test|svc|lan)\b)"
)
_SECRET = re.compile(r"(?i)password|passwd|secret|api_?key|token|credit_?card|cvv|authorization")
_FTP = re.compile(r"""['"](?:basic-ftp|ftp|promise-ftp)['"]""")
_MESSAGE = "What is sent here, passwords among it, can be read and changed by anyone on the way."


class CleartextConnection(Check):
    """Finds protocols without encryption."""

    summary = "A connection that everybody on the way can read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-319",)
    owasp = ("A04:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(_ENCRYPTED) | _HTTP | {".login", ".access", ".connect"}

    VALID = (
        'import ftplib\n\nftp = ftplib.FTP_TLS("größe.net")\nlocal = ftplib.FTP("localhost")\n',
        "import smtplib\n\nserver = smtplib.SMTP(host)\nserver.starttls()\nserver.login(user, password)\n",
        'import requests\n\nrequests.post("http://größe.net/vote", json={"choice": 1}, timeout=5)\n',
        'client.login(user, password)\nrequests.post("https://a.net", data={"password": p}, timeout=5)\n',
        Valid('axios.post("http://localhost:3000/login", { größe: 1, password });\n', "javascript"),
        Valid(
            'import { Client } from "basic-ftp";\n\nawait client.access({ host, user, password: größe, secure: true });'
            "\n"
            "await db.connect({ url });\n",
            "typescript",
        ),
        Valid(
            'const ftp = require("basic-ftp");\n\nclient.access({ host: "10.0.0.7", user: größe, password });\n',
            "javascript",
        ),
        Valid('fetch("https://a.net/login", { body: password });\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='from ftplib import FTP\n\nserver = FTP("ftp.größe.net")\n',
            at="«FTP»(",
            message=_MESSAGE,
            fixed=('from ftplib import FTP\nfrom ftplib import FTP_TLS\n\nserver = FTP_TLS("ftp.größe.net")\n',),
        ),
        Invalid(
            code='const ftp = require("basic-ftp");\n\n'
            'client.access({ host: "ftp.größe.example", user, password, secure: false });\n',
            at="secure: false",
            message=_MESSAGE,
            fixed=(
                (
                    'const ftp = require("basic-ftp");\n\n'
                    'client.access({ host: "ftp.größe.example", user, password, secure: true });\n'
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code='import Client from "ftp";\n\nconst c = new Client();\nc.connect({ host: größe, user, password });\n',
            at="c.connect",
            message=_MESSAGE,
            fixed=(
                (
                    'import Client from "ftp";\n\nconst c = new Client();\n'
                    "c.connect({ host: größe, user, password, secure: true });\n"
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code='import urllib3\n\npool = urllib3.HTTPConnectionPool("api.größe.net", maxsize=2)\n',
            at="urllib3.HTTPConnectionPool",
            message=_MESSAGE,
            fixed=('import urllib3\n\npool = urllib3.HTTPSConnectionPool("api.größe.net", maxsize=2)\n',),
        ),
        Invalid(
            code="import smtplib\n\nserver = smtplib.SMTP(host, 25)\nserver.login(user, größe)\n",
            at="server.login",
            message=_MESSAGE,
            fixed=(
                "import smtplib\n\nserver = smtplib.SMTP(host, 25)\nserver.starttls()\nserver.login(user, größe)\n",
            ),
        ),
        Invalid(
            code='axios.post("http://api.größe.net/login", { user, password });\n',
            at='"http://api.größe.net/login"',
            message=_MESSAGE,
            fixed=('axios.post("https://api.größe.net/login", { user, password });\n',),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name = code.callee(call)
        function = call.child_by_field_name("function")
        if function is None:
            return
        if name in _HTTP:
            yield from _posted(code, call)
        elif name in _ENCRYPTED:
            yield from _opened(code, call, function, name)
        elif is_python(code) and code.method(call) == "login":
            yield from _mailed(code, call, function)
        elif not is_python(code) and code.method(call) in {"access", "connect"} and _FTP.search(code.import_lines):
            yield from _transferred(code, call)


def _posted(code: Code, call: Node) -> Iterator[Problem]:
    address = code.arguments(call).get(0, "url")
    text = literal_text(code, address) or ""
    if address is None or "string" not in address.type or not text.startswith("http://") or _LOCAL.search(text):
        return
    host = text.removeprefix("http://").partition("/")[0]
    if "." in host and not _LOCAL.search(host) and _SECRET.search(code.text(call.child_by_field_name("arguments"))):
        fix = Fix("Use HTTPS", "review", (code.replace(address, code.text(address).replace("http:", "https:", 1)),))
        yield Problem(address, _MESSAGE, fixes=(fix,))


def _opened(code: Code, call: Node, function: Node, name: str) -> Iterator[Problem]:
    host = literal_text(code, code.arguments(call).get(0, "host"))
    plain_http = name.endswith(("HTTPConnection", "HTTPConnectionPool"))
    if (host is not None and _LOCAL.search(host)) or (plain_http and host is None):
        return
    new = _ENCRYPTED[name]
    last = function.child_by_field_name("attribute") or function
    imports = (f"from {name.rpartition('.')[0]} import {new}",) if last is function else ()
    fixes = (Fix(f"Use {new}", "review", (code.replace(last, new),), imports),) if new else ()
    yield Problem(function, _MESSAGE, fixes=fixes)


def _transferred(code: Code, call: Node) -> Iterator[Problem]:
    """A login at an FTP server by a library that encrypts only if it is told to."""
    named = named_values(code, call)
    secure, host = named.get("secure"), literal_text(code, value_of(named.get("host")))
    if not {"host", "user", "password"} & named.keys() or (host is not None and _LOCAL.search(host)):
        return
    value = value_of(secure)
    if secure is None or value is None:
        last = code.arguments(call).get(0)
        edit = append_pair(code, last, "secure: true") if last is not None and last.type == "object" else None
        written = last is not None and last.type == "object" and not has_spread(last)
        fixes = (Fix("Encrypt the connection", "review", (edit,)),) if edit is not None else ()
        if written:
            yield Problem(call.child_by_field_name("function") or call, _MESSAGE, fixes=fixes)
    elif is_false(code, value):
        yield Problem(secure, _MESSAGE, fixes=(Fix("Encrypt it", "review", (code.replace(value, "true"),)),))


def _mailed(code: Code, call: Node, function: Node) -> Iterator[Problem]:
    """A login at an SMTP server that was opened here without encryption."""
    receiver = function.child_by_field_name("object")
    text = re.escape(code.text(receiver))
    opened = re.search(rf"\b{text}\s*=\s*(smtplib\.)?SMTP\(|\b(smtplib\.)?SMTP\([^\n]*\bas {text}\b", code.source)
    statement = call.parent
    if receiver is None or receiver.type != "identifier" or opened is None or "starttls" in code.source:
        return
    if "localhost" in code.source or statement is None or statement.type != "expression_statement":
        return
    indent = " " * statement.start_point.column
    edit = code.insert(statement.start_byte, f"{code.text(receiver)}.starttls()\n{indent}")
    yield Problem(function, _MESSAGE, fixes=(Fix("Encrypt before signing in", "review", (edit,)),))
