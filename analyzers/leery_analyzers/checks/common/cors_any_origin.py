"""Other sites may read this one's answers, in the name of its visitors.

With credentials admitted and every origin accepted (``*``, ``true``, or the request's own ``Origin`` sent back), any
page a visitor opens can act and read as that visitor. Name the origins that may.

Without credentials only what is public anyway, or inside the same network, can be read: low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import (
    followed,
    is_python,
    is_true,
    literal_text,
    named_values,
    pairs,
    value_of,
)  # fmt: skip
from leery_analyzers.fixes.arguments import append_argument, append_pair
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ORIGINS = ("origins", "allow_origins", "origin", "allowed_origins", "cors_allowed_origins", "allow_origin_regex")
_CREDENTIALS = ("supports_credentials", "allow_credentials", "credentials")
_HEADER = "access-control-allow-origin"
_LONGEST = 80
_PYTHON_QUERY = """
(assignment left: (subscript subscript: (string) @header) right: (_) @value
  (#match? @header "[Oo]rigin.$")) @set
(assignment left: (identifier) @django right: (true)
  (#any-of? @django "CORS_ALLOW_ALL_ORIGINS" "CORS_ORIGIN_ALLOW_ALL")) @setting
"""
_SCRIPT_QUERY = """
(pair key: (string) @header value: (_) @value (#match? @header "(?i)access-control-allow-origin")) @set
(pair key: (_) @key value: (string) @header (#match? @header "(?i)access-control-allow-origin")
  (#any-of? @key "key" "name")) @named
(pair key: (property_identifier) @option value: (_) @accepted (#eq? @option "origin")) @origins
(method_definition name: (property_identifier) @option (#eq? @option "origin")) @origins
"""
_ECHO = lazy_regex(r"(?i)\bheaders?\b.{0,12}origin|\borigin\b")
_CHECKED = lazy_regex(
    r"(?i)allow(ed)?_?(list|origins|hosts)|whitelist|includes\(|\bin\s+[A-Z_]{4,}|(?-i:\bin\s+[A-Z]{2,3}\b)|\.has\(|indexOf|\bif\b.*origin.*[=!]="
    r"|\b(?:full)?match\(|(?:is_?|origin_?)(?:allowed|trusted|valid|ok|permitted)|\bin\s+[\w.]*(?:origin|allow|trusted|permitted)"
)
_LETS_ALL = r"\(\s*(null|undefined)\s*,\s*(true|{0}( \|\| \S+)?)\s*\)|=>\s*{0}\s*$|return {0}\s*;?\s*\}}$"
_PART_OF_NAME = (
    r"\b{0}\??\.(?:endsWith\(\s*[\"'`](?![.:/])|(?:includes|indexOf|search)\(\s*[\"'`]|"
    r"startsWith\(\s*[\"'`]https?://[\w.-]+[\"'`])"
)
"""A look at a part of an origin that other sites can have, too: ``evil-example.com``, ``example.com.evil.org``."""
_PARTS_OF_HOSTS = lazy_regex(r"\^.+\$|(https\?:|\\/\\/|\\\.|\\\.\)).+\$")
_LOOKS = lazy_regex(r"\bif\b|includes|indexOf|\.has\(|\.test\(|===|==|match|\?|some\(|startsWith|endsWith")
_EVERY = "Any site may read these answers in the name of a visitor, since every origin is accepted with credentials."
_PUBLIC = "Any site may read these answers: every origin is accepted."


class CorsAnyOrigin(Check):
    """Finds origins that are all accepted."""

    summary = "Every origin accepted across sites"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-942", "CWE-346")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(
        {".CORS", ".add_middleware", ".CORSMiddleware", ".cross_origin", ".cors", "cors", "@koa/cors", ".enableCors"}
        | {
            ".header",
            ".setHeader",
            ".set",
            ".append",
            ".set_header",
            ".add_header",
            ".SocketIO",
            "@fastify/cors",
            ".register",
        }
    )
    query: ClassVar[Mapping[str, str]] = {"python": _PYTHON_QUERY, **dict.fromkeys(JAVASCRIPT, _SCRIPT_QUERY)}

    VALID = (
        'CORS(app, origins=["https://größe.example"], supports_credentials=True)\n',
        "app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)\n",
        'ORIGINS = r"https://[\\w-]+\\.größe\\.example"\napp.add_middleware(Cors, allow_origin_regex=ORIGINS)\n',
        'CORS_ALLOW_ALL_ORIGINS = DEBUG\nresponse.headers["X-Origin"] = "*"\n',
        (
            'origin = request.headers.get("Origin")\nif origin in ALLOWED:\n'
            '    response.headers["Access-Control-Allow-Origin"] = origin\n'
        ),
        Valid('app.use(cors({ origin: ["https://größe.example"], credentials: true }));\n', "javascript"),
        Valid(
            "app.use(cors({ origin(asked, done) { done(null, allowed.includes(asked)); }, credentials: true }));\n"
            "app.use(cors({ origin, größe }));\n"
            "app.use(cors({ origin: /^https:\\/\\/a\\.example$/, credentials: true }));\n",
            "javascript",
        ),
        Valid(
            'res.setHeader("Access-Control-Allow-Origin", "https://a.example");\nmap.set("origin", "*");\n',
            "typescript",
        ),
        Valid(
            "if (allowed.includes(req.headers.origin)) {\n"
            '  res.setHeader("Access-Control-Allow-Origin", req.headers.origin);\n}\n',
            "javascript",
        ),
    )
    INVALID = (
        Invalid(
            code='app.add_middleware(\n    CORSMiddleware,\n    allow_origins=["*"],  # größe\n'
            "    allow_credentials=True,\n)\n",
            at='allow_origins=["*"]',
            message=_EVERY,
            fixed=(
                (
                    'app.add_middleware(\n    CORSMiddleware,\n    allow_origins=["https://example.com"],  # größe\n'
                    "    allow_credentials=True,\n)\n"
                ),
            ),
        ),
        Invalid(
            code='ORIGINS = r"https://.*"  # größe\n'
            "app.add_middleware(CORSMiddleware, allow_origin_regex=ORIGINS, allow_credentials=True)\n",
            at="allow_origin_regex=ORIGINS",
            message=_EVERY,
            fixed=(
                (
                    'ORIGINS = r"https://.*"  # größe\n'
                    'app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://example\\.com", '
                    "allow_credentials=True)\n"
                ),
            ),
        ),
        Invalid(
            code="from flask_cors import CORS\n\nCORS(app, supports_credentials=True)\n",
            at="CORS(app, supports_credentials=True)",
            message=_EVERY,
            fixed=(
                (
                    "from flask_cors import CORS\n\n"
                    'CORS(app, supports_credentials=True, origins=["https://example.com"])\n'
                ),
            ),
        ),
        Invalid(
            code='response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")\n'
            'response.headers["Access-Control-Allow-Credentials"] = "true"\n',
            at='response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")',
            message=_EVERY,
        ),
        Invalid(
            code="app.use(cors({ größe: 1, origin: true, credentials: true }));\n",
            at="origin: true",
            message=_EVERY,
            fixed=('app.use(cors({ größe: 1, origin: ["https://example.com"], credentials: true }));\n',),
            language="javascript",
        ),
        Invalid(
            code="app.use(cors({ origin: (größe, done) => done(null, true), credentials: true }));\n",
            at="origin: (größe, done) => done(null, true)",
            message=_EVERY,
            fixed=('app.use(cors({ origin: ["https://example.com"], credentials: true }));\n',),
            language="javascript",
        ),
        Invalid(
            code="app.use(cors({ origin: (asked) => asked, credentials: true })); // größe\n",
            at="origin: (asked) => asked",
            message=_EVERY,
            fixed=('app.use(cors({ origin: ["https://example.com"], credentials: true })); // größe\n',),
            language="javascript",
        ),
        Invalid(
            code="app.use(cors({ origin: /example\\.com/, credentials: true })); // größe\n",
            at="origin: /example\\.com/",
            message=_EVERY,
            fixed=('app.use(cors({ origin: ["https://example.com"], credentials: true })); // größe\n',),
            language="typescript",
        ),
        Invalid(
            code='const headers = [\n  { key: "Access-Control-Allow-Credentials", value: "true" },\n'
            '  { key: "Access-Control-Allow-Origin", value: "*" }, // größe\n];\n',
            at='value: "*"',
            message=_EVERY,
            language="javascript",
        ),
        Invalid(
            code='res.setHeader("Access-Control-Allow-Origin", req.headers.origin);\n'
            'res.setHeader("Access-Control-Allow-Credentials", "true");\n',
            at="req.headers.origin",
            message=_EVERY,
            language="typescript",
        ),
        Invalid(
            code='res.header("Access-Control-Allow-Origin", "*");\n',
            at='"*"',
            message=_PUBLIC,
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or assignment."""
        if (call := found.get("call")) is not None:
            header = _header_value(code, call)
            if header is not None:
                yield from _answered(code, header, header)
            elif _is_cors(code, call):
                yield from _options(code, call)
        elif (setting := found.get("setting")) is not None:
            with_credentials = "CORS_ALLOW_CREDENTIALS = True" in code.source
            yield _problem(setting, credentials=with_credentials)
        elif "origins" in found:
            yield from _table(code, found["origins"], found.get("accepted"))
        elif (named := found.get("named")) is not None:
            sibling = pairs(code, named.parent).get("value") if named.parent is not None else None
            value = value_of(sibling)
            if sibling is not None and value is not None:
                yield from _answered(code, sibling, value)
        elif code.text(found["header"]).strip("\"'").lower() == _HEADER:
            yield from _answered(code, found["set"], found["value"])


def _table(code: Code, origins: Node, accepted: Node | None) -> Iterator[Problem]:
    """Options that are written apart from the call that they are for."""
    table = origins.parent
    if table is None or table.type != "object":
        return
    holder = table.parent
    name = ""
    if holder is not None:
        name = code.text(holder.child_by_field_name("name") or holder.child_by_field_name("key"))
    if "cors" not in name.lower() and re.search(r"[\"'/]cors\b", code.import_lines) is None:
        return
    given = pairs(code, table)
    on = "credentials" in given and is_true(code, value_of(given["credentials"]))
    every = _is_every(code, accepted) if accepted is not None else _lets_all(code, origins)
    if on and every and (holder is None or holder.type in {"variable_declarator", "pair"}):
        yield _problem(origins, credentials=on)


def _is_cors(code: Code, call: Node) -> bool:
    name, method = code.callee(call), code.method(call)
    if method in {"add_middleware", "register"}:
        first = code.arguments(call).get(0)
        return first is not None and "cors" in f"{code.text(first)} {code.name(first)}".lower()
    if method == "SocketIO":
        return "cors_allowed_origins" in code.arguments(call).named
    if is_python(code):
        return method in {"CORS", "CORSMiddleware", "cross_origin"}
    return name in {"cors", "@koa/cors", "@fastify/cors", "hono/cors.cors", "cors.default"} or method == "enableCors"


def _options(code: Code, call: Node) -> Iterator[Problem]:
    given = named_values(code, call)
    arguments = code.arguments(call)
    resources = value_of(given.get("resources"))
    for pair in pairs(code, resources).values() if resources is not None else ():
        given |= {key: value for key, value in pairs(code, value_of(pair)).items() if key not in given}
    credentials = next((given[key] for key in _CREDENTIALS if key in given), None)
    on = credentials is not None and is_true(code, value_of(credentials))
    origins = next((given[key] for key in _ORIGINS if key in given), None)
    if origins is None and not is_python(code):
        own = _shown_apart(code, arguments.positional)
        if own is not None:
            if own.type == "method_definition" and _lets_all(code, own):
                yield _problem(own, credentials=on)
            return
    if origins is None:
        library = code.method(call) == "CORS" or code.callee(call) == "cors"
        unknown = arguments.spread or (not is_python(code) and any(_unknown(code, a) for a in arguments.positional))
        if library and not unknown:
            yield _problem(call, credentials=on, fixes=_named(code, call))
        return
    value = value_of(origins)
    if value is not None and _is_every(code, value):
        named = 'r"https://example\\.com"' if origins is given.get("allow_origin_regex") else '["https://example.com"]'
        fix = Fix("Name the origins", "manual", (code.replace(value, named),))
        yield _problem(origins, credentials=on, fixes=(fix,))


def _named(code: Code, call: Node) -> tuple[Fix, ...]:
    """Origins named where none are."""
    listed = '["https://example.com"]'
    options = next((value for value in code.arguments(call).positional if value.type == "object"), None)
    if is_python(code):
        edit = append_argument(code, call, f"origins={listed}")
    elif options is not None:
        edit = append_pair(code, options, f"origin: {listed}")
    else:
        edit = append_argument(code, call, f"{{ origin: {listed} }}")
    return (Fix("Name the origins", "manual", (edit,)),) if edit is not None else ()


def _unknown(code: Code, argument: Node) -> bool:
    return followed(code, argument).type != "object"


def _shown_apart(code: Code, arguments: tuple[Node, ...]) -> Node | None:
    """What else may say in options which origins are accepted: a method, a name, another object."""
    for argument in arguments:
        for part in followed(code, argument).named_children:
            name = code.text(part.child_by_field_name("name") or part)
            if part.type == "spread_element" or (name in _ORIGINS and part.type != "pair"):
                return part
    return None


def _lets_all(code: Code, function: Node) -> bool:
    """Whether a function accepts every origin that it is asked about."""
    text = code.text(function)
    first = re.search(r"\(?\s*(\w+)", text[text.find("(") :] if "(" in text.split("=>")[0] else text)
    asked = re.escape(first.group(1)) if first is not None else "origin"
    if re.search(_LETS_ALL.format(asked), text) is not None and not _LOOKS.search(text):
        return True
    return re.search(_PART_OF_NAME.format(asked), text) is not None and not re.search(r"=== |hostname|\.test\(", text)


def _is_every(code: Code, value: Node | None) -> bool:
    if value is None:
        return False
    value = followed(code, value)
    if value.type in {"list", "array", "tuple", "set"}:
        return any(literal_text(code, child) == "*" for child in value.named_children)
    if value.type in {"arrow_function", "function_expression"}:
        return _lets_all(code, value)
    if value.type == "regex":
        return _PARTS_OF_HOSTS.fullmatch(code.text(value.child_by_field_name("pattern"))) is None
    text = literal_text(code, value)
    return text == "*" or _is_met_by_any(text) or (value.type == "true" and not is_python(code))


def _is_met_by_any(pattern: str | None) -> bool:
    """Whether a pattern accepts an origin that nobody can have named; so short a text costs no pattern much time."""
    if pattern is None or len(pattern) > _LONGEST:
        return False
    try:
        return re.fullmatch(pattern, "https://x.q") is not None
    except (re.error, OverflowError, RecursionError):
        return False


def _header_value(code: Code, call: Node) -> Node | None:
    if code.method(call) not in {"header", "setHeader", "set", "append", "set_header", "add_header"}:
        return None
    arguments = code.arguments(call)
    if len(arguments.positional) != 2 or "rigin" not in code.text(arguments.positional[0]):
        return None
    return arguments.positional[1] if (literal_text(code, arguments.get(0)) or "").lower() == _HEADER else None


def _answered(code: Code, place: Node, value: Node) -> Iterator[Problem]:
    credentials = re.search(r"(?i)access-control-allow-credentials", code.source) is not None
    if literal_text(code, value) == "*":
        yield _problem(place, credentials=credentials and place.type == "pair")
    elif _ECHO.search(code.text(followed(code, value))) and (
        not _CHECKED.search(code.source)
        or (not is_python(code) and re.search(_PART_OF_NAME.format(re.escape(code.text(value))), code.source))
    ):
        yield _problem(place, credentials=credentials)


def _problem(place: Node, *, credentials: bool, fixes: tuple[Fix, ...] = ()) -> Problem:
    if credentials:
        return Problem(place, _EVERY, fixes=fixes)
    return Problem(place, _PUBLIC, severity="low", confidence="low")
