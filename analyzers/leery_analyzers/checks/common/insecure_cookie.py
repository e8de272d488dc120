"""A cookie that scripts may read or that is sent without encryption.

Without ``HttpOnly`` any script on the page can read the cookie and send it away; without ``Secure`` it also goes over
plain HTTP; without ``SameSite`` other sites' requests carry it.

Left alone: cookies whose name shows a preference (``theme``, ``lang``), cookies that are deleted, options that come
from elsewhere, and tokens against forged requests, which scripts have to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.queries import SETTINGS, setting_name
from leery_analyzers.checks.values import followed, has_spread, is_false, is_python, literal_text, pairs, value_of
from leery_analyzers.fixes.arguments import append_argument, append_pair
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level
    from leery_analyzers.text import TextEdit

_PREFERENCE = lazy_regex(
    r"(?i)theme|lang|locale|consent|banner|sidebar|timezone|\btz\b|colou?r|layout|cookies?_?(ok|accepted)|"
    r"dark|currency|"
    r"view|tab|filter|sort|flash|messages?$|dismiss|analytics|visit|seen"
)
_SENSITIVE = lazy_regex(r"(?i)sess|sid\b|token|auth|jwt|user|login|remember|account|admin|id$")
_WRITTEN = """
(assignment_expression left: (member_expression object: (identifier) @document property: (_) @jar) right: (_) @line
  (#eq? @document "document") (#eq? @jar "cookie")) @page
(pair key: (string) @header value: (_) @line (#match? @header "(?i)^.set-cookie.$")) @answer
"""
_FORGERY = lazy_regex(r"(?i)csrf|xsrf")
_SETTINGS = lazy_regex(r"(SESSION|CSRF|REMEMBER|LANGUAGE|JWT)_COOKIE_(SECURE|HTTPONLY)|REMEMBER_COOKIE_SECURE")
_RECEIVER = lazy_regex(r"(?i)(^|\.)(res|resp|response|reply)(\.\w+\([^()]*\))*$")
_JAR = lazy_regex(r"(?i)(^|\.|\s)(ctx|context|res|response|reply)?\.?cookies(\(\))?$")
_HOLDERS = lazy_regex(r"(?i)cookie|session")
_COOKIE = lazy_regex(r"[\"'`]\s*([\w.-]+|\$\{[^}]*\})=")
_GONE = lazy_regex(r"(?i)max-age=(0|-\d+)\b|expires=(thu, 01|fri, 31|[\"'] *\+ *new Date\(0)|=;")
_SECRETS = lazy_regex(r"(?i)sess|sid\b|token|auth|jwt|remember")
_HELPERS = {"hono/cookie.setCookie": 1, "cookies-next.setCookie": 0, "cookie.serialize": 0, "nookies.setCookie": 1}
"""Functions that set or write a cookie, and how many arguments come before its name."""
_OPEN = "This cookie goes out without {}, so {}."
_WHY = {
    "HttpOnly": "scripts of the page can read it",
    "Secure": "it is also sent unencrypted",
}
_FLAGS = {"httpOnly": "HttpOnly", "secure": "Secure", "isHttpOnly": "HttpOnly", "isSecure": "Secure"}
"""Options of a cookie; the latter two are hapi's."""
_SETTERS = {
    "set_cookie": frozenset[str](),
    "set_signed_cookie": frozenset[str](),
    "set_secure_cookie": frozenset({"HttpOnly", "Secure"}),
    "add_cookie": frozenset({"HttpOnly", "Secure"}),
}
"""What sets a cookie in Python, with the flags that it sets by itself or may do without."""


class InsecureCookie(Check):
    """Finds cookies without their flags."""

    summary = "A cookie that scripts may read or that is sent unencrypted"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-614", "CWE-1004", "CWE-1275")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(
        {
            ".set_cookie",
            ".set_signed_cookie",
            ".set_secure_cookie",
            ".add_cookie",
            ".cookie",
            ".setCookie",
            ".set",
            ".setHeader",
            ".append",
            ".header",
        }
        | {".serialize"}
    )
    query: ClassVar[Mapping[str, str]] = {
        "python": SETTINGS["python"],
        **{name: SETTINGS[name] + _WRITTEN for name in JAVASCRIPT},
    }

    VALID = (
        'response.set_cookie("größe", value, secure=True, httponly=True, samesite="Lax")\n',
        'response.set_cookie("theme", "dark")\nresponse.set_cookie("sid", "", max_age=0)\n',
        'self.set_secure_cookie("größe", user)\nreply.add_cookie("größe", value, httponly=True)\n',
        'response.set_cookie("sid", value, **options)\njar.set_cookie(cookie)\n',
        "SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_HTTPONLY = False\nSESSION_COOKIE_SECURE = not DEBUG\n",
        Valid(
            'res.cookie("größe", id, { httpOnly: true, secure: true });\nres.cookie("sid", id, options);\n',
            "javascript",
        ),
        Valid(
            'res.setHeader("Set-Cookie", `größe=${id}; HttpOnly; Secure`);\ndocument.cookie = "theme=dark";\n'
            'document.cookie = "token=; path=/";\n',
            "javascript",
        ),
        Valid(
            'cache.set("session", value);\nsettings.cookie("a", "b");\nconst door = { secure: false };\n', "typescript"
        ),
    )
    INVALID = (
        Invalid(
            code='def größe(response):\n    response.set_cookie("session", token)\n',
            at="response.set_cookie",
            message="This cookie goes out without HttpOnly and Secure, so scripts of the page can read it.",
            fixed=(
                (
                    'def größe(response):\n    response.set_cookie("session", token, httponly=True, secure=True, '
                    'samesite="Lax")\n'
                ),
            ),
        ),
        Invalid(
            code='self.set_secure_cookie("größe", user, httponly=True, secure=False)\n',
            at="self.set_secure_cookie",
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            fixed=('self.set_secure_cookie("größe", user, httponly=True, secure=True)\n',),
        ),
        Invalid(
            code='resp.set_cookie(key="uid", value=uid, httponly=True, secure=False, samesite="Lax")\n',
            at="resp.set_cookie",
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            fixed=('resp.set_cookie(key="uid", value=uid, httponly=True, secure=True, samesite="Lax")\n',),
        ),
        Invalid(
            code="# Größe\nSESSION_COOKIE_HTTPONLY = False\n",
            at="SESSION_COOKIE_HTTPONLY = False",
            message="This cookie goes out without HttpOnly, so scripts of the page can read it.",
            fixed=("# Größe\nSESSION_COOKIE_HTTPONLY = True\n",),
        ),
        Invalid(
            code='app.config["SESSION_COOKIE_SECURE"] = False\n',
            at='app.config["SESSION_COOKIE_SECURE"] = False',
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            fixed=('app.config["SESSION_COOKIE_SECURE"] = True\n',),
        ),
        Invalid(
            code='res.cookie("größe", id, { maxAge: 1000 });\n',
            at="res.cookie",
            message="This cookie goes out without HttpOnly and Secure, so scripts of the page can read it.",
            fixed=('res.cookie("größe", id, { maxAge: 1000, httpOnly: true, secure: true, sameSite: "lax" });\n',),
            language="javascript",
        ),
        Invalid(
            code='res.status(200).cookie("token", jwt).send();\n',
            at="res.status(200).cookie",
            message="This cookie goes out without HttpOnly and Secure, so scripts of the page can read it.",
            fixed=(
                'res.status(200).cookie("token", jwt, { httpOnly: true, secure: true, sameSite: "lax" }).send();\n',
            ),
            language="typescript",
        ),
        Invalid(
            code='import { setCookie } from "hono/cookie";\n\nsetCookie(c, "größe", id, { path: "/" });\n',
            at="\n«setCookie»",
            message="This cookie goes out without HttpOnly and Secure, so scripts of the page can read it.",
            fixed=(
                (
                    'import { setCookie } from "hono/cookie";\n\n'
                    'setCookie(c, "größe", id, { path: "/", httpOnly: true, secure: true, sameSite: "lax" });\n'
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code='res.setHeader("Set-Cookie", `sid=${größe}; Path=/; HttpOnly`);\n',
            at="`sid=${größe}; Path=/; HttpOnly`",
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            language="javascript",
        ),
        Invalid(
            code="document.cookie = `token=${größe}; path=/`;\n",
            at="`token=${größe}; path=/`",
            message="This cookie goes out without HttpOnly, so scripts of the page can read it.",
            language="javascript",
        ),
        Invalid(
            code='server.auth.strategy("größe", "cookie", { cookie: { name: "sid", isSecure: false } });\n',
            at="isSecure: false",
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            fixed=('server.auth.strategy("größe", "cookie", { cookie: { name: "sid", isSecure: true } });\n',),
            language="javascript",
        ),
        Invalid(
            code='server.state("größe", { isHttpOnly: false, isSecure: true });\n',
            at="isHttpOnly: false",
            message="This cookie goes out without HttpOnly, so scripts of the page can read it.",
            fixed=('server.state("größe", { isHttpOnly: true, isSecure: true });\n',),
            language="javascript",
        ),
        Invalid(
            code="app.use(session({ resave: false, cookie: { secure: false } })); // größe\n",
            at="secure: false",
            message="This cookie goes out without Secure, so it is also sent unencrypted.",
            fixed=("app.use(session({ resave: false, cookie: { secure: true } })); // größe\n",),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or setting."""
        if "line" in found:
            yield from _line(code, found["line"], found["line"], page="page" in found)
        elif (call := found.get("call")) is None:
            yield from _setting(code, found)
        elif is_python(code):
            yield from _python(code, call)
        else:
            yield from _script(code, call)


def _setting(code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
    value, setting = found["value"], found["setting"]
    if value.type != "false":
        return
    name = setting_name(code, found)
    if is_python(code):
        known = (
            _SETTINGS.fullmatch(name) is not None and name != "CSRF_COOKIE_HTTPONLY" and "TESTING" not in code.source
        )
        flag = "HttpOnly" if name.endswith("HTTPONLY") else "Secure"
    else:
        flag = _FLAGS.get(name, "")
        known = bool(flag) and setting.type == "pair" and _is_cookie_table(code, setting)
    if known:
        fix = Fix(f"Switch {flag} on", "review", (code.replace(value, "True" if is_python(code) else "true"),))
        yield Problem(setting, _OPEN.format(flag, _WHY[flag]), fixes=(fix,))


def _is_cookie_table(code: Code, pair: Node) -> bool:
    """Whether an object holds the options of a cookie."""
    table = pair.parent
    holder = table.parent if table is not None else None
    if holder is None:
        return False
    if holder.type == "pair":
        return _HOLDERS.search(code.text(holder.child_by_field_name("key"))) is not None
    if holder.type == "variable_declarator":
        return _HOLDERS.search(code.text(holder.child_by_field_name("name"))) is not None
    call = holder.parent
    return (
        holder.type == "arguments"
        and call is not None
        and call.type == "call_expression"
        and (
            code.callee(call)
            in {"cookie-session", "cookieSession", "express-session", "koa-session", "@fastify/session"}
            or (code.method(call) in {"state", "strategy"} and code.text(pair).startswith("is"))
        )
    )


def _python(code: Code, call: Node) -> Iterator[Problem]:
    arguments = code.arguments(call)
    name = literal_text(code, arguments.get(0, "key")) or ""
    count = len(arguments.positional) + len(arguments.named)
    gone = {"max_age", "expires"} & arguments.named.keys() and code.text(arguments.named.get("max_age")) in {"0", ""}
    if code.method(call) not in _SETTERS or arguments.spread or count < 2 or _skips(name):
        return
    value = arguments.get(1, "value")
    if len(arguments.positional) > 5 or (gone and literal_text(code, value) == "") or literal_text(code, value) == "":
        return
    missing: list[str] = []
    edits: list[TextEdit] = []
    added = []
    default = _SETTERS[code.method(call)]
    for flag, keyword in (("HttpOnly", "httponly"), ("Secure", "secure")):
        given = arguments.named.get(keyword)
        if given is None and flag in default:
            continue
        if given is None:
            added.append(f"{keyword}=True")
        elif is_false(code, given):
            edits.append(code.replace(given, "True"))
        else:
            continue
        if flag == "Secure" or not _FORGERY.search(name):
            missing.append(flag)
    if "samesite" not in arguments.named and not default:
        added.append('samesite="Lax"')
    if added:
        appended = append_argument(code, call, ", ".join(added))
        edits += [appended] if appended is not None else []
    yield from _problem(call, name, missing, edits)


def _line(code: Code, place: Node, line: Node, *, page: bool) -> Iterator[Problem]:
    """A cookie that is written out as a header, or as scripts of a page write it."""
    line = code.bare(line)
    text = code.text(line)
    found = _COOKIE.match(text)
    if line.type not in {"string", "template_string", "binary_expression"} or found is None or _GONE.search(text):
        return
    name = found.group(1)
    if _skips(name) or (page and not _SECRETS.search(name)):
        return
    if page:
        yield Problem(place, _OPEN.format("HttpOnly", _WHY["HttpOnly"]), severity="medium")
        return
    told = re.search(r"(?i)\$\{[^}]*(flag|attr|opt|secure)", text) is not None
    missing = [flag for flag in ("HttpOnly", "Secure") if not told and not re.search(rf"(?i)\b{flag}\b", text)]
    missing = [flag for flag in missing if flag == "Secure" or not _FORGERY.search(name)]
    if missing and (line.type != "binary_expression" or not re.search(r"\+\s*\w*([fF]lags|[oO]pt|[aA]ttr)", text)):
        message = _OPEN.format(" and ".join(missing), _WHY[missing[0]])
        yield Problem(place, message, severity="medium" if _SENSITIVE.search(name) else None)


def _header(code: Code, call: Node) -> Iterator[Problem]:
    """``setHeader("Set-Cookie", …)``: one line or several."""
    arguments = code.arguments(call)
    value = arguments.get(1)
    if value is None or (literal_text(code, arguments.get(0)) or "").lower() != "set-cookie":
        return
    value = followed(code, value)
    for line in value.named_children if value.type == "array" else (value,):
        yield from _line(code, line, line, page=False)


def _script(code: Code, call: Node) -> Iterator[Problem]:
    method = code.method(call)
    if method in {"setHeader", "append", "header"} or (method == "set" and len(code.arguments(call).positional) == 2):
        yield from _header(code, call)
    if code.callee(call) in _HELPERS:
        yield from _helped(code, call, _HELPERS[code.callee(call)])
        return
    if method not in {"cookie", "setCookie", "set"}:
        return
    function = call.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    arguments = code.arguments(call)
    method, text = code.method(call), code.text(receiver)
    jar = method == "set" and _JAR.search(text) is not None
    if receiver is None or not (jar or (method != "set" and _RECEIVER.search(text))) or arguments.spread:
        return
    name = literal_text(code, arguments.get(0)) or ""
    if not 2 <= len(arguments.positional) <= 3 or _skips(name) or literal_text(code, arguments.get(1)) == "":
        return
    options = arguments.get(2)
    table = followed(code, options) if options is not None else None
    if table is None or (table.type == "object" and not has_spread(table) and not _has_shorthand(table)):
        yield from _options(code, call, name, table, jar=jar)


def _helped(code: Code, call: Node, skipped: int) -> Iterator[Problem]:
    """A cookie set by a function that is given the answer: ``setCookie(c, name, value, options)``."""
    values = code.arguments(call).positional[skipped:]
    if not 2 <= len(values) <= 3 or code.arguments(call).spread or literal_text(code, values[1]) == "":
        return
    table = followed(code, values[2]) if len(values) == 3 else None
    name = literal_text(code, values[0]) or ""
    whole = table is None or (table.type == "object" and not has_spread(table) and not _has_shorthand(table))
    if whole and not _skips(name):
        yield from _options(code, call, name, table, jar=False, own=len(values) == 3 and table == values[2])


def _options(
    code: Code, call: Node, name: str, table: Node | None, *, jar: bool, own: bool = False
) -> Iterator[Problem]:
    """What the options of a JavaScript cookie lack; those of a jar are HttpOnly by themselves."""
    given = pairs(code, table)
    missing: list[str] = []
    edits: list[TextEdit] = []
    added = []
    for flag, keyword in (("HttpOnly", "httpOnly"), ("Secure", "secure")):
        value = value_of(given.get(keyword))
        if value is None:
            added.append(f"{keyword}: true")
        elif is_false(code, value):
            edits.append(code.replace(value, "true"))
        else:
            continue
        if (flag == "Secure" or not _FORGERY.search(name)) and not (jar and value is None and flag == "HttpOnly"):
            missing.append(flag)
    if "sameSite" not in given:
        added.append('sameSite: "lax"')
    listed = ", ".join(added)
    if table is not None and not own and table != code.arguments(call).get(2):
        edits = []
    elif added:
        extra = (
            append_pair(code, table, listed) if table is not None else append_argument(code, call, f"{{ {listed} }}")
        )
        edits += [extra] if extra is not None else []
    yield from _problem(call, name, missing, edits)


def _has_shorthand(table: Node) -> bool:
    return any(child.type == "shorthand_property_identifier" for child in table.named_children)


def _skips(name: str) -> bool:
    return _PREFERENCE.search(name) is not None and not re.search(r"(?i)sess|token|auth", name)


def _problem(call: Node, name: str, missing: list[str], edits: list[TextEdit]) -> Iterator[Problem]:
    function = call.child_by_field_name("function")
    if not missing or function is None:
        return
    message = _OPEN.format(" and ".join(missing), _WHY[missing[0]])
    fixes = (Fix("Set the missing flags", "review", tuple(edits)),) if edits else ()
    yield Problem(function, message, fixes=fixes, severity="medium" if _SENSITIVE.search(name) else None)
