"""A session that keeps its id when its owner logs in.

Who knows the id before (they may have set it, through a link or a page elsewhere) is logged in afterwards, too. Begin a
new session at every login (``req.session.regenerate``) and take an id from nobody.

Left alone: logins by Passport, which begins a new session itself, and sessions that are a cookie and have no id.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.values import function_name
from leery_analyzers.syntax import ancestors
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_QUERY = """
(assignment_expression left: (member_expression) @left right: (_) @value (#match? @left "session[!?]?[.]")) @set
(call_expression function: (member_expression object: (_) @holder property: (_) @setter)
  (#eq? @setter "set") (#match? @holder "[.]session$")) @called
(call_expression
  function: (member_expression) @merge arguments: (arguments . (member_expression) @left . (object) @value)
  (#eq? @merge "Object.assign") (#match? @left "[.]session$")) @merged
(variable_declarator name: (identifier) @name value: (_) @given
  (#match? @given "^(String.)?(req|request|ctx|c)[.](cookies|query|body|params|request|headers)")) @taken
(pair key: (property_identifier) @option value: (arrow_function) @maker (#eq? @option "genid")) @made
"""
_SESSION = re.compile(
    r"(?:req|request|ctx|context|c)\.session[!?]?\.(?:user\w*|uid|account\w*|auth\w*|is_?auth\w*|logged\w*|is_?logged\w*|"
    r"admin\w*|is_?admin|role|email|username|member\w*|customer\w*|principal)"
)
_KEY = re.compile(r"set\(\s*['\"`](?:user|uid|account|auth|logged|admin|role|email|member)")
_GRANTS = re.compile(r"(?i)(grant|establish|start|begin|open)_?\w*|log_?\w*_?in\w*|sign_?\w*_?in\w*")
_LOGIN = re.compile(r"(?i)log_?in|sign_?in|authenticat|session/new|/auth")
_PROVEN = re.compile(
    r"(?i)\b(bcrypt\w*|argon2|scrypt\w*|compare\w*|verify\w*|check\w*password\w*|authenticate\w*|validate\w*|match\w*)"
    r"(\.\w+)?\(|password|\b401\b"
)
_RENEWED = re.compile(
    r"(?i)regenerate|\.(logIn|login)\(|passport\.|session\s*=\s*(null|await|new|\{)|destroy\(|rotate|cycle|renew|"
    r"iron-session|cookie-session|secure-session|getIronSession|cookieSession"
)
_GIVEN_ID = re.compile(r"(?i)\b(sid|sess\w*|session_?id|connect\.sid)\b")
_REQUESTED = re.compile(r"\.(query|body|headers|cookies|params)\b|\.(get|header|param)\(")
_SHORT = 300
"""Characters of a function that only opens a session for who was let in elsewhere."""
_MESSAGE = "The session keeps the id that it had before the login: whoever knows that id is logged in, too."
_TAKEN = "The id of this session is the one that the request brought: whoever chose it is logged in, too."


class SessionKeptAfterLogin(Check):
    """Finds logins that begin no new session."""

    summary = "A session that keeps its id when its owner logs in"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-384",)
    owasp = ("A07:2025",)
    languages = JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = dict.fromkeys(JAVASCRIPT, _QUERY)

    VALID = (
        (
            "app.post('/login', (req, res) => {\n  if (!verify(req.body.password)) return;\n"
            "  req.session.regenerate(() => {\n    req.session.userId = größe;\n  });\n});\n"
        ),
        "app.post('/login', passport.authenticate('local'), (req, res) => {\n  req.session.userId = größe;\n});\n",
        "app.post('/cart', (req, res) => {\n  req.session.cart = größe;\n  req.session.user = null;\n});\n",
        "function login(req, res) {\n  const größe = randomUUID();\n  res.cookie('sid', größe);\n}\n",
    )
    INVALID = (
        Invalid(
            code="app.post('/login', async (req, res) => {\n"
            "  if (!(await bcrypt.compare(req.body.password, größe))) return;\n  req.session.userId = größe;\n});\n",
            at="req.session.userId",
            message=_MESSAGE,
        ),
        Invalid(
            code="async function signIn(ctx) {\n  const größe = await authenticate(ctx.request.body.password);\n"
            "  ctx.session!.user = größe;\n}\n",
            at="ctx.session!.user",
            message=_MESSAGE,
            language="typescript",
        ),
        Invalid(
            code="function login(req, res) {\n  const sid = req.query.sid;\n  authenticate(req.body.größe);\n"
            "  res.cookie('sid', sid, options);\n}\n",
            at="cookie('sid', sid",
            message=_TAKEN,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one place where a session is filled or an id is taken."""
        if "maker" in found:
            if _REQUESTED.search(code.text(found["maker"])):
                yield Problem(found["maker"], _TAKEN)
            return
        place = found.get("left") or found.get("called") or found["given"]
        handler = _handler(code, place)
        around = code.text(handler) if handler is not None else code.source
        if _RENEWED.search(around) or _RENEWED.search(code.import_lines) or not _is_login(code, place, around):
            return
        if "taken" in found:
            yield from _taken(code, found["name"], found["given"], around)
        elif "merged" in found:
            if re.search(r"\b(user\w*|account\w*|uid|auth\w*|role|email|level|logged\w*)\b", code.text(found["value"])):
                yield Problem(found["merged"], _MESSAGE)
        elif "left" in found:
            if _SESSION.fullmatch(code.text(place)) and code.text(found["value"]) not in {"null", "undefined", "false"}:
                yield Problem(place, _MESSAGE)
        elif _KEY.search(code.text(place)):
            yield Problem(place, _MESSAGE)


def _handler(code: Code, node: Node) -> Node | None:
    """The function around a place that is given the request; the outermost one if none is."""
    for around in islice(ancestors(node), 60):
        parameters = around.child_by_field_name("parameters") or around.child_by_field_name("parameter")
        if parameters is not None and re.search(r"\b(req|request|ctx|context|c)\b", code.text(parameters)):
            return around
    return _outermost(node)


def _outermost(node: Node) -> Node | None:
    functions = [
        around
        for around in islice(ancestors(node), 60)
        if "function" in around.type or around.type == "method_definition"
    ]
    return functions[-1] if functions else None


def _is_login(code: Code, node: Node, around: str) -> bool:
    """Whether a handler is one that lets somebody in, who proves who they are."""
    function = _outermost(node)
    if function is None:
        return False
    if _GRANTS.fullmatch(function_name(code, node)) and len(around) < _SHORT:
        return True
    before = code.source[max(0, code.source.find(around[:80]) - 200) : code.source.find(around[:80])]
    return (_LOGIN.search(before) is not None or _LOGIN.search(around) is not None) and _PROVEN.search(
        around
    ) is not None


def _taken(code: Code, name: Node, given: Node, around: str) -> Iterator[Problem]:
    """An id that is taken from the request and becomes that of the session."""
    own = re.escape(code.text(name))
    kept = (
        rf"\w*ookies?(?:\.set)?\(\s*[\"'`][\w.]+[\"'`]\s*,\s*{own}\b|"
        rf"\w*(?:essions?|[sS]tore|[rR]edis)(?:\.(?:set|put|save|create)\(\s*|\[){own}\b"
    )
    found = re.search(kept, around)
    function = _outermost(given)
    if found is not None and function is not None and _GIVEN_ID.search(code.text(given)):
        start = code.range(function).start + found.start()
        place = TextRange(start, start + len(found.group()))
        yield Problem(place, _TAKEN, path=((given, "the id comes from the request here"),))
