"""A sign-in at another service that is finished without asking who began it.

The page that an OAuth server sends the browser back to has to compare ``state`` with what the program put into the
session before. Without that, an attacker makes a visitor's browser finish the attacker's own sign-in, and the visitor
goes on in the attacker's account, or links it to the own one.

Left alone: pages that compare the state themselves or by a function that says so, libraries that do, and codes that are
bound in another way (PKCE).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import in_test
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ROUTE = lazy_regex(
    r"(?i)[\"'/<]\S*(?:callback|oauth|oidc|sso|authorized|auth/|login/)\S*[\"'/>]|callback|oauth|authorized|complete_login"
)
_CODE = lazy_regex(
    r"(?:args|GET|query_params|values|query|params|get_argument|get_query_argument)\b[^\n]{0,8}[\"']code[\"']|\bcode\s*:\s*(?:str|Annotated|Optional)"
)
_EXCHANGE = lazy_regex(
    r"(?i)authorization_code|exchange\w*\(|fetch_token\(|[\"'/]token[\"'/]|access_token\b|_token_url|token_url|TOKEN_URI"
)
_READ = lazy_regex(
    r"(?:\b(?P<name>\w+)\s*(?::[^=:\n]+)?=\s*(?:await\s+)?)?(?<![\w.])(?:\w+\.)*(?:args|GET|query_params|values|query|params|get_argument|get_query_argument)"
    r"(?:\.get)?[\[(]\s*[\"']state[\"'](?:\s*,[^()\n]*)?[)\]]"
)
_PARAMETER = lazy_regex(r"\bstate\s*[:=,)]")
_BOUND = lazy_regex(
    r"code_verifier|pkce|authorization_response\s*=|authorize_access_token|\bnonce\b|state\s*=\s*(?:\w+\.)*session|"
    r"[sS]tate\w*\(|verify_and_process|parse_authorization_response|client\.callback\("
)
"""The library compares it, a function that says so is called, or the code is bound in another way."""
_GIVES = lazy_regex(r"(?:[!=]=|\w\(|,|\[)\s*$")
_MEETS = lazy_regex(r"[)\s]*(?:\.\w+\([^()]*\)\s*)?(?:[!=]=|not\s+in\b|in\b|,)")
"""What stands before and behind a state that is compared or handed on."""
_MESSAGE = "Nothing compares `state` here, so a visitor can be made to finish a sign-in that somebody else began."


class OauthCallbackWithoutState(Check):
    """Finds pages that finish a sign-in that anybody may have begun."""

    summary = "A sign-in at another service finished without asking who began it"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A07:2025", "A01:2025")
    references = ("https://www.rfc-editor.org/rfc/rfc6749#section-10.12",)
    languages = PYTHON
    query: ClassVar[Mapping[str, str]] = {"python": "(function_definition name: (identifier) @name) @function"}

    VALID = (
        (
            '@app.get("/callback")\ndef callback():\n    if request.args.get("state") != session.pop("state", None):\n'
            '        abort(400)\n    größe = exchange(request.args["code"])\n    session["user"] = größe\n'
        ),
        (
            '@app.get("/oauth/callback")\nasync def größe(code: str, state: str):\n    await consume(state)\n'
            "    return await exchange_code(code)\n"
        ),
        (
            '@bp.route("/auth/callback")\ndef größe():\n    check_state()\n'
            '    token = exchange(request.args["code"])\n    return token\n'
        ),
        '@app.get("/callback")\ndef größe():\n    return oauth.google.authorize_access_token()["code"]\n',
        '@app.get("/items")\ndef größe():\n    return exchange(request.args["code"])\n',
    )
    INVALID = (
        Invalid(
            code='@app.get("/callback")\ndef größe():\n    session.pop("state", None)\n'
            '    token = exchange(request.args["code"])\n    return token\n',
            at="größe",
            message=_MESSAGE,
        ),
        Invalid(
            code='@bp.get("/calendar/callback")\ndef größe():\n'
            '    if "user" not in session or not request.args.get("state"):\n        abort(400)\n'
            '    return exchange(request.args.get("code", ""))\n',
            at="größe",
            message=_MESSAGE,
        ),
        Invalid(
            code='@router.get("/auth/google/callback")\nasync def größe(code: str, state: str = ""):\n'
            "    token = await fetch_token(code)\n    return token\n",
            at="größe",
            message=_MESSAGE,
        ),
        Invalid(
            code='def callback(request):\n    state = request.GET.get("state")\n    code = request.GET.get("code")\n'
            '    größe = requests.post(URL, data={"grant_type": "authorization_code", "code": code}, timeout=9)\n'
            "    return redirect('/')\n",
            at="def «callback»",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one function."""
        function, name = found["function"], found["name"]
        text = code.text(function)
        if not _CODE.search(text) or not _EXCHANGE.search(text) or _BOUND.search(text):
            return
        around = function.parent
        routed = code.text(around).partition("def ")[0] if around is not None and "decorated" in around.type else ""
        if not _ROUTE.search(routed or code.text(name)) or _is_compared(code, function) or in_test(code, name):
            return
        yield Problem(name, _MESSAGE)


def _is_compared(code: Code, function: Node) -> bool:
    """Whether the state that came is used for anything."""
    body = code.text(function.child_by_field_name("body")).replace("\r", "\n")
    parameters = code.text(function.child_by_field_name("parameters"))
    read = _READ.search(body)
    if read is None:
        given = _PARAMETER.search(parameters) is not None
        return given and re.search(r"(?<![\"'\w.])state\b(?![\"'])(?!\s*=[^=])", body) is not None
    if read["name"] is None:
        before = body[body.rfind("\n", 0, read.start()) + 1 : read.start()]
        after = body[read.end() : (body + "\n").find("\n", read.end())]
        return _GIVES.search(before) is not None or _MEETS.match(after) is not None
    name = re.escape(read["name"])
    rest = re.sub(
        rf"\bnot\s+{name}\b(?!\s*(?:[!=]=|in\b|\.))|\b{name}\s+is\s+(?:not\s+)?None\b|\bif\s+{name}\s*:",
        "",
        body[read.end() :],
    )
    return re.search(rf"\b{name}\b", rest) is not None
