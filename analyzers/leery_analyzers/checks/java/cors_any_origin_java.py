"""Every site may call this one with the visitor's cookies, in Java.

An answer that allows any origin together with credentials lets each page that somebody visits read this site's data in
their name. The origins that are meant have to be listed.

Without credentials any origin is reported with low severity: the data may be public. Left alone: listed origins, and a
``CorsConfiguration`` that is told to allow no credentials.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level
    from leery_analyzers.text import TextRange

_ORIGINS = frozenset(
    {"allowedOrigins", "allowedOriginPatterns", "addAllowedOrigin", "addAllowedOriginPattern", "setAllowedOrigins"}
    | {"setAllowedOriginPatterns"}
)
_HEADERS = frozenset({"setHeader", "addHeader", "header", "set", "add", "putHeader", "putSingle"})
_CREDENTIALS = re.compile(
    r"[aA]llowCredentials\(\s*true|allowCredentials\s*=\s*\"true\"|Access-Control-Allow-Credentials\"\s*,\s*(?:\"?true|Boolean\.TRUE)"
    r"|ALLOW_CREDENTIALS\s*,\s*\"?true"
)
_ORIGIN_OF_REQUEST = re.compile(
    r"\w+(?:\.getHeaders\(\))?\.(?:get(?:Header|FirstHeader|HeaderString|First)|header)\(\s*(?:\"[Oo]rigin\"|HttpHeaders\.ORIGIN)\s*\)"
)
_READS = re.compile(r"\s*\"(?:GET|HEAD|OPTIONS)\"(?:\s*,\s*\"(?:GET|HEAD|OPTIONS)\")*\s*")
_MOST_SIDES = 12
_QUERY = '((annotation name: (identifier) @annotation) @cross (#eq? @annotation "CrossOrigin"))'
_WITH = "Every site that somebody visits can call this one with their cookies and read the answer."
_WITHOUT = "Every site that somebody visits can read these answers."


class CorsAnyOriginJava(Check):
    """Finds answers that any origin may read."""

    summary = "Any origin may read the answers"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-942", "CWE-346")
    owasp = ("A02:2025",)
    references = ("https://developer.mozilla.org/docs/Web/HTTP/CORS",)
    languages = JAVA
    calls = frozenset(
        {*(f".{name}" for name in _ORIGINS | _HEADERS), "CorsHandler.create", ".anyHost", ".reflectClientOrigin"}
    )
    query = _QUERY

    VALID = (
        """\
class A {
    void f(CorsRegistry registry) {
        registry.addMapping("/api/**").allowedOrigins("https://größe.example").allowCredentials(true);
        registry.addMapping("/public/**").allowedOrigins("*").allowedMethods("GET", "HEAD");
    }
}
""",
        """\
class Größe {
    void f(CorsRegistry registry) {
        registry.addMapping("/**").allowedOrigins("https://app.example.com").allowCredentials(true);
    }
}
""",
        """\
class A {
    @CrossOrigin(origins = "https://app.example.com", allowCredentials = "true")
    String f() {
        return "";
    }
}
""",
        """\
class A {
    void f(Map<String, String> values) {
        values.put("Access-Control-Allow-Origin", "*");
        values.set("Cache-Control", "*");
    }
}
""",
        """\
class A {
    void f(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (ALLOWED_ORIGINS.contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
        }
    }
}
""",
        """\
class A {
    void größe(CorsConfiguration accounts, CorsConfiguration open) {
        accounts.setAllowCredentials(true);
        accounts.setAllowedOrigins(List.of("https://app.example.com"));
        open.setAllowCredentials(false);
        open.setAllowedOrigins(List.of("*"));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(CorsRegistry registry) {
        registry.addMapping("/**").allowedOriginPatterns("*").allowCredentials(true);
    }
}
""",
            at='"*"',
            message=_WITH,
        ),
        Invalid(
            code="""\
class A {
    @CrossOrigin(origins = "*", allowCredentials = "true")
    String f() {
        return "";
    }
}
""",
            at='@CrossOrigin(origins = "*", allowCredentials = "true")',
            message=_WITH,
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        response.setHeader("Access-Control-Allow-Credentials", "true");
    }
}
""",
            at='request.getHeader("Origin")',
            message=_WITH,
        ),
        Invalid(
            code="""\
class A {
    void f(CorsConfiguration configuration) {
        configuration.setAllowedOrigins(List.of("*"));
    }
}
""",
            at='"*"',
            message=_WITHOUT,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one annotation."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is None:
            yield from _annotated(code, found["cross"])
            return
        values = code.arguments(call).positional
        with_credentials = _CREDENTIALS.search(code.source) is not None
        if code.method(call) in {"create", "anyHost"}:
            if not values or code.literal(values[0]) in {"*", ".*"}:
                yield _problem(values[0] if values else code.called(call), with_credentials=with_credentials)
        elif code.method(call) in _ORIGINS:
            star = next((star for value in values if (star := _star(code, value)) is not None), None)
            told = False if _is_read_only(code, call) else _told(code, call)
            if star is not None and told is not False:
                yield _problem(star, with_credentials=with_credentials)
        elif len(values) == 2 and _names_origin(code, values[0]):
            echoed = any(_ORIGIN_OF_REQUEST.fullmatch(code.text(value)) for value in _either(code, values[1]))
            weak = _is_of_request(code, values[1]) and _STRETCH.search(code.text(code.function(call))) is not None
            if (
                weak
                or (echoed and not (values[1].type == "identifier" and _is_known(code, values[1])))
                or code.literal(values[1]) == "*"
            ):
                yield _problem(values[1], with_credentials=with_credentials)


def _is_read_only(code: JavaCode, call: Node) -> bool:
    """Whether what is said of one address in a row of calls lets others read it, and read only, without cookies."""
    whole = call
    while whole.parent is not None and whole.parent.type == "method_invocation":
        whole = whole.parent
    said = code.text(whole)
    methods = re.search(r"\.allowedMethods\(([^()]*)\)", said)
    return methods is not None and _CREDENTIALS.search(said) is None and _READS.fullmatch(methods[1]) is not None


def _told(code: JavaCode, call: Node) -> bool | None:
    """Whether the object whose origins are set is told to allow credentials; None if that is not said by its name."""
    base = call.child_by_field_name("object")
    if base is None or base.type != "identifier":
        return None
    said = rf"\b{re.escape(code.text(base))}\.setAllowCredentials\(\s*(?:Boolean\.)?(true|TRUE|false|FALSE)\s*\)"
    found = [match.lower() for match in re.findall(said, code.source)]
    return "true" in found if found else None


_SAID = re.compile(r"(?:get(?:Header|FirstHeader|HeaderString|First)|header)\(\s*(?:\"Origin\"|[\w.]*ORIGIN)\s*\)$")
_STRETCH = re.compile(
    r"\b\w*[oO]rigin\.(?:contains|startsWith)\(|matcher\(\s*\w*[oO]rigin\s*\)\s*\.find\("
    r"|\b\w*[oO]rigin\.endsWith\(\s*\"[^.\"/]"
)
"""A check of an origin that others' addresses pass, too."""


def _annotated(code: JavaCode, annotation: Node) -> Iterator[Problem]:
    values = code.annotation(annotation)
    origins = [values[name] for name in ("value", "origins", "originPatterns") if name in values]
    if not origins or any(_star(code, value) is not None for value in origins):
        credentials = "allowCredentials" in values and code.literal(values["allowCredentials"]) == "true"
        yield _problem(annotation, with_credentials=credentials)


def _problem(at: Node | TextRange, *, with_credentials: bool) -> Problem:
    if with_credentials:
        return Problem(at, _WITH)
    return Problem(at, _WITHOUT, severity="low", confidence="medium")


def _names_origin(code: JavaCode, node: Node) -> bool:
    name = code.literal(node) or ""
    return name.lower() == "access-control-allow-origin" or code.text(node).endswith("ACCESS_CONTROL_ALLOW_ORIGIN")


def _is_known(code: JavaCode, origin: Node) -> bool:
    """Whether a variable is compared with what is allowed, whatever that is called."""
    name, text = re.escape(code.text(origin)), code.text(code.function(origin))
    asks = "contains|containsKey|equals|equalsIgnoreCase|test|matcher|is\\w+"
    asked = rf"\.(?:{asks})\(\s*{name}\s*\)|\b{name}\.(?:equals|matches)\("
    return code.guarded(code.text(origin), origin.start_byte) or re.search(asked, text) is not None


def _either(code: JavaCode, value: Node) -> list[Node]:
    """What a value may be: the sides of a choice, the values of variables."""
    found: list[Node] = []
    stack = [value]
    while stack and len(found) < _MOST_SIDES:
        node = code.bare(stack.pop())
        if node.type == "ternary_expression":
            sides = (node.child_by_field_name(name) for name in ("consequence", "alternative"))
            stack.extend(side for side in sides if side is not None)
        else:
            found.append(node)
            stack.extend(item for item in _sources(code, node) if item is not node and len(found) < _MOST_SIDES)
    return found


def _sources(code: JavaCode, value: Node) -> list[Node]:
    if value.type != "identifier":
        return [value]
    return [binding.value for binding in code.last_values(value) if binding.value is not None]


def _star(code: JavaCode, value: Node) -> Node | None:
    """The text ``"*"`` in a value or in a list of values."""
    if code.literal(value) == "*" or code.text(value) == "CorsConfiguration.ALL":
        return value
    if value.type == "identifier":
        written = [binding.value for binding in code.last_values(value) if binding.value is not None]
        lists = [node for node in written if node.type == "method_invocation"]
        return value if len(written) == 1 and lists and _star(code, lists[0]) is not None else None
    if value.type == "method_invocation":
        items = code.arguments(value).positional
    elif value.type == "element_value_array_initializer":
        items = tuple(value.named_children)
    else:
        return None
    return next(
        (item for item in items if code.literal(item) == "*" or code.text(item) == "CorsConfiguration.ALL"), None
    )


def _is_of_request(code: JavaCode, value: Node) -> bool:
    """Whether a value is the origin that the request names, through casts and variables."""
    return any(_SAID.search(code.text(node)) for node in _sources(code, value))
