"""An address from a request fetched by the server, in C#.

Whoever asks can let the server reach what only it can reach: its own network, the cloud's metadata, local services.
The hosts that are meant have to be listed and compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FETCHES = frozenset(
    {"GetAsync", "GetStringAsync", "GetByteArrayAsync", "GetStreamAsync", "PostAsync", "PutAsync", "DeleteAsync"}
    | {"DownloadString", "DownloadData", "DownloadFile", "OpenRead", "DownloadStringTaskAsync", "GetFromJsonAsync"}
    | {"PostAsJsonAsync", "DownloadFileTaskAsync", "DownloadDataTaskAsync"}
)
_MADE = frozenset({"WebRequest.Create", "HttpWebRequest.Create", "new HttpRequestMessage"})
_CLIENT = re.compile(r"(?i)http|client|web")
_CHECKED = re.compile(r"\.Host\b|IsWellFormed\w*\(.*\bHost|Allowed|Whitelist|IsAllowed|ValidateUrl")
_FIXED_HOST = re.compile(r"https?://[^/\0]+/")


class RequestAddressFetchedCsharp(Check):
    """Finds addresses of requests that the server fetches."""

    summary = "An address from a request fetched by the server"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-918",)
    owasp = ("A01:2025",)
    references = (
        "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
    )
    languages = CSHARP
    calls = _MADE | frozenset(f".{name}" for name in _FETCHES)

    VALID = (
        """\
public class GrößeController : Controller {
    public async Task<IActionResult> Get(string id) {
        return Ok(await client.GetStringAsync($"https://api.example.com/items/{id}"));
    }
}
""",
        """\
public class FetchController : Controller {
    public async Task<IActionResult> Get(string url) {
        if (!AllowedHosts.Contains(new Uri(url).Host)) return BadRequest();
        return Ok(await client.GetStringAsync(url));
    }
}
""",
        """\
class A {
    Task<string> F(string url) => client.GetStringAsync(url);
}
""",
        """\
public class CacheController : Controller {
    public async Task<IActionResult> Get(string key) {
        return Ok(await repository.GetAsync(key));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpGet]
    public async Task<IActionResult> Get(string url) {
        return Ok(await httpClient.GetStringAsync(url)); // abrufen
    }
}
""",
            at="GetStringAsync(«url»",
            message="`url` comes from the request, so whoever asks can reach what only this server can.",
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return WebRequest.Create(Request.Query["target"]);
    }
}
""",
            at='Request.Query["target"]',
            message='`Request.Query["target"]` comes from the request, so whoever asks can reach what only this server '
            "can.",
        ),
        Invalid(
            code="""\
class A {
    void Map(WebApplication app, HttpClient client) {
        app.MapGet("/fetch", async (string host) => await client.GetStringAsync($"http://{host}/status"));
    }
}
""",
            at='$"http://{host}/status"',
            message="`host` comes from the request, so whoever asks can reach what only this server can.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        values = code.arguments(call)
        address = values.get(1) if code.callee(call) == "new HttpRequestMessage" else values.get(0)
        base = code.receiver(call) if call.type == "invocation_expression" else None
        if address is None or (base is not None and not _CLIENT.search(f"{code.text(base)} {code.type_of(base)}")):
            return
        if _CHECKED.search(code.text(code.function(call) or call)) or _FIXED_HOST.match(code.template(address).text):
            return
        if address.type == "object_creation_expression":
            address = code.arguments(address).get(0) or address
        source = from_request(code, address)
        if source:
            message = f"`{short(source)}` comes from the request, so whoever asks can reach what only this server can."
            yield Problem(address, message)
