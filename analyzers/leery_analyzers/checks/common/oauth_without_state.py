"""A sign-in at another service that anybody can finish for somebody else.

Without ``state`` the answer of an OAuth server is not tied to the browser that asked. An attacker can make a
visitor's browser finish the attacker's own sign-in, and the visitor then works in the attacker's account or links it
to the own one.

Left alone: addresses with ``state``, requests of tokens, and addresses that are put together elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import has_spread, literal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ASKS = re.compile(r"response_type=code|[?&]response_type=|/authorize\?[^\"'`]*client_id=")
_CALLBACK = re.compile(r"(?i)callback|oauth|redirect")
_CODE = re.compile(r"\bcode\b[^;]*\bquery\b|\bquery\b[^;]{0,40}\bcode\b")
_EXCHANGE = re.compile(r"(?i)exchange|gettoken|access_?token|authorization_code|/token\b|codegrant")
_COMPARED = re.compile(
    r"\bstate\w*\s*\)?\s*[!=]==?(?!=)(?!\s*(?:['\"`]|undefined|null))|[!=]==?\s*(?:[\w.?\[\]'\"]*\.)?(?:\w*[sS]tate)\b|"
    r"\w*(?i:equal|same|compare|match|verify|check|valid|consume|take|get|has|find\w*|delete|pop|pull)\w*\(\s*[^()]*\bstate\b|"
    r"\{[^{}]*\bstate\b[^{}]*\}\s*\)|verifier|pkce"
)
"""The state is compared, looked up, or given to a library that does so; or the code is bound in another way."""
_UNCOMPARED = "Nothing compares `state` here, so a visitor can be made to finish a sign-in that somebody else began."
_MESSAGE = "Without `state` a visitor can be made to finish a sign-in that somebody else began."


class OauthWithoutState(Check):
    """Finds requests for authorization without state."""

    summary = "A sign-in at another service that is not tied to the browser"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A07:2025", "A01:2025")
    references = ("https://www.rfc-editor.org/rfc/rfc6749#section-10.12",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({".get", ".all"})
    query: ClassVar[Mapping[str, str]] = {
        "python": """
        ((string) @address (#match? @address "response_type=|authorize[?]"))
        (pair key: (string) @key (#match? @key "^.response_type.$")) @pair
        """,
        **dict.fromkeys(
            JAVASCRIPT,
            """
            ((template_string) @address (#match? @address "response_type=|authorize[?]"))
            ((string) @address (#match? @address "response_type=|authorize[?]"))
            (pair key: (_) @key (#match? @key "response_type")) @pair
            """,
        ),
    }

    VALID = (
        'url = f"{base}/authorize?client_id={größe}&redirect_uri={back}&response_type=code&state={state}"\n',
        'params = {"client_id": a, "redirect_uri": b, "response_type": "code", "state": token}\n',
        'params = {"response_type": "json", "größe": 1}\nhelp = "see response_type= in the manual"\n',
        Valid("const url = `${base}/authorize?client_id=${größe}&response_type=code&state=${s}`;\n", "javascript"),
        Valid(
            'app.get("/auth/callback", async (req, res) => {\n  const { code, state } = req.query;\n'
            "  if (!state || state !== req.session.state) return res.sendStatus(403);\n"
            "  const größe = await exchangeCode(code);\n  res.json(größe);\n});\n",
            "javascript",
        ),
        Valid(
            'router.get("/oauth/callback", async (req, res) => {\n'
            "  if (!same(req.query.state, req.session.oauth)) return res.sendStatus(403);\n"
            "  const { tokens } = await client.getToken(req.query.code);\n  res.json(tokens.größe);\n});\n",
            "typescript",
        ),
        Valid('const p = { client_id: a, redirect_uri: b, response_type: "code", ...rest };\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='url = f"{größe}/authorize?client_id={a}&redirect_uri={b}&response_type=code"\n',
            at='f"{größe}/authorize?client_id={a}&redirect_uri={b}&response_type=code"',
            message=_MESSAGE,
        ),
        Invalid(
            code='params = {\n    "client_id": a,\n    "redirect_uri": b,  # größe\n    "response_type": "code",\n}\n',
            at='"response_type": "code"',
            message=_MESSAGE,
        ),
        Invalid(
            code="const url = `https://github.com/login/oauth/authorize?client_id=${id}&redirect_uri=${größe}`;\n",
            at="`https://github.com/login/oauth/authorize?client_id=${id}&redirect_uri=${größe}`",
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code='app.get("/auth/callback", async (req, res) => {\n  const { code, state } = req.query;\n'
            '  if (typeof state !== "string") return res.sendStatus(400);\n'
            "  const größe = await exchangeCode(code);\n  res.json(größe);\n});\n",
            at='"/auth/callback"',
            message=_UNCOMPARED,
            language="javascript",
        ),
        Invalid(
            code='const p = new URLSearchParams({ client_id: a, redirect_uri: b, response_type: "code" });\n',
            at='response_type: "code"',
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one address, table or route."""
        if (call := found.get("call")) is not None:
            if code.unit.language != "python":
                yield from _answered(code, call)
            return
        if re.search(r"\bstate\b|code_challenge", code.source):
            return
        if (address := found.get("address")) is not None:
            text = code.text(address)
            if _ASKS.search(text) and "client_id=" in text and "token" not in text.partition("?")[0]:
                yield Problem(address, _MESSAGE)
            return
        pair = found["pair"]
        table = pair.parent
        if table is None or has_spread(table):
            return
        keys = code.text(table)
        value = code.text(pair.child_by_field_name("value"))
        if "client_id" in keys and "redirect_uri" in keys and re.search(r"code|token", value):
            yield Problem(pair, _MESSAGE)


def _answered(code: Code, call: Node) -> Iterator[Problem]:
    """The route that an OAuth server sends the browser back to, which compares no state."""
    arguments = code.arguments(call).positional
    path = literal_text(code, arguments[0]) if len(arguments) > 1 else None
    if (
        path is None
        or not _CALLBACK.search(path)
        or arguments[-1].type not in {"arrow_function", "function_expression"}
    ):
        return
    handler = code.text(arguments[-1])
    between = " ".join(code.text(value) for value in arguments[1:-1])
    if not (_CODE.search(handler) and _EXCHANGE.search(handler)) or re.search(r"(?i)state|passport|csrf", between):
        return
    if not _COMPARED.search(handler):
        yield Problem(arguments[0], _UNCOMPARED)
