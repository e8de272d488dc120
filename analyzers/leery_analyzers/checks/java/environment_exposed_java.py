"""Settings of the process in an answer, in Java.

The environment and the system properties hold passwords, keys, paths and versions. Who may call the endpoint, or reads
its answers in a log or a proxy, has them, too.

Reported are all of them at once (``System.getenv()``, ``System.getProperties()``), and single ones whose names say
secret, where they go into an answer: returned by a handler, written to the response, or put into a body that is sent.
Left alone: whether one is set, and other single ones.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_answers import CARRIERS, WRITES, root_of, writes_answer
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import is_secret_setting
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ONE = frozenset({"System.getenv", "System.getProperty"})
_BY_KEY = frozenset({"get", "getOrDefault", "getProperty"})
_SAME = frozenset(
    {"toString", "entrySet", "values", "getValue", "stream", "collect", "toList", "build", "body", "join"}
)
"""Methods that give what they are called on in another form."""
_COLLECTS = frozenset({"put", "add", "append", "putAll", "addAll", "putIfAbsent"})
_SHOWN = frozenset({"addAttribute", "addObject", "addAllAttributes"})
"""Methods of what a page is made of."""
_HOLDERS = re.compile(
    r"(?:Linked|Tree|Concurrent)?(?:Hash)?Map|ArrayList|ResponseEntity|String|\w+(?:Response|Dto|DTO|Info|Result)"
)
_HANDLER = re.compile(r"@(?:\w*Mapping|GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete|Patch|ReadOperation)\b")
_THROUGH = frozenset({"parenthesized_expression", "cast_expression", "argument_list", "array_initializer"})
_BINDINGS = frozenset({"variable_declarator", "assignment_expression", "enhanced_for_statement"})
_MOST_HOPS = 4
_NEAR = 24
_ALL = "The answer holds the settings of this process, passwords and keys among them."
_SINGLE = "The answer holds a secret of this process."


class EnvironmentExposedJava(Check):
    """Finds the environment and system properties in answers."""

    summary = "Settings of the process in an answer"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-497", "CWE-200")
    owasp = ("A01:2025",)
    languages = JAVA
    calls = _ONE | {"System.getProperties"}

    VALID = (
        """\
class A {
    @GetMapping("/größe")
    Map<String, Object> f() {
        return Map.of("configured", System.getenv("DB_PASSWORD") != null, "region", System.getenv("REGION"));
    }
}
""",
        """\
class A {
    @GetMapping("/a")
    String f() {
        Client client = new Client(System.getenv("API_KEY"));
        return client.fetch();
    }
}
""",
        """\
class A {
    Map<String, String> environment() {
        return System.getenv();
    }
}
""",
        """\
class A {
    @GetMapping("/a")
    String f() {
        Map<String, String> settings = new HashMap<>(System.getenv());
        return settings.containsKey("DEBUG") ? "debug" : "plain";
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @GetMapping("/größe")
    Map<String, String> f() {
        return System.getenv();
    }
}
""",
            at="System.getenv()",
            message=_ALL,
        ),
        Invalid(
            code="""\
class A {
    @GetMapping("/a")
    ResponseEntity<Object> f() {
        Map<String, Object> body = new HashMap<>();
        body.put("password", System.getenv("DB_PASSWORD"));
        return ResponseEntity.ok(body);
    }
}
""",
            at='System.getenv("DB_PASSWORD")',
            message=_SINGLE,
        ),
        Invalid(
            code="""\
class A {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PrintWriter out = response.getWriter();
        for (Map.Entry<Object, Object> one : System.getProperties().entrySet()) {
            out.println(one.getKey() + "=" + one.getValue());
        }
    }
}
""",
            at="System.getProperties()",
            message=_ALL,
        ),
        Invalid(
            code="""\
class A {
    @GetMapping("/a")
    String f() {
        StringBuilder text = new StringBuilder();
        System.getenv().forEach((name, value) -> text.append(name).append("=").append(value));
        return text.toString();
    }
}
""",
            at="System.getenv()",
            message=_ALL,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        if code.callee(call) in _ONE:
            name = code.arguments(call).get(0)
            if name is not None:
                if is_secret_setting((code.literal(name) or "").replace(".", "_")) and _is_told(code, call):
                    yield Problem(call, _SINGLE)
                return
        if _is_told(code, call):
            yield Problem(call, _ALL)


def _is_told(code: JavaCode, node: Node, hops: int = 0) -> bool:
    """Whether a value goes into an answer, followed through expressions, variables and bodies put together."""
    inner = node
    for around in islice(ancestors(node), _NEAR):
        outcome = _step(code, around, inner, hops)
        if outcome is not None:
            return outcome
        inner = around
    return False


def _step(code: JavaCode, around: Node, inner: Node, hops: int) -> bool | None:
    """Whether what a value stands in tells it; None where that holds the value, and what it stands in decides."""
    if around.type == "method_invocation":
        return _through_call(code, around, inner, hops)
    if around.type == "return_statement":
        return _HANDLER.search(code.head(code.function(around))) is not None
    if around.type in _BINDINGS:
        bound = around.child_by_field_name("left") or around.child_by_field_name("name")
        return bound is not None and bound != inner and _is_used(code, bound, hops)
    return None if _holds(code, around, inner) else False


def _holds(code: JavaCode, around: Node, inner: Node) -> bool:
    """Whether an expression has a part of itself as, or in, its value."""
    if around.type == "object_creation_expression":
        return _HOLDERS.fullmatch(code.simple(around.child_by_field_name("type"))) is not None
    if around.type == "ternary_expression":
        return around.child_by_field_name("condition") != inner
    if around.type == "binary_expression":
        return code.text(around.child_by_field_name("operator")) == "+"
    return around.type in _THROUGH


def _through_call(code: JavaCode, call: Node, inner: Node, hops: int) -> bool | None:
    """Whether a call that takes part of a value tells it; None where what the call gives holds it still."""
    method, base = code.method(call), call.child_by_field_name("object")
    if base == inner:
        if method in _BY_KEY:
            key = code.arguments(call).get(0)
            return None if key is not None and is_secret_setting(code.literal(key) or "") else False
        if method == "forEach":
            return _is_told_each(code, call, hops)
        return None if method in _SAME or method in {"getKey", *_COLLECTS} else False
    if method in _SHOWN or (method in WRITES and base is not None and writes_answer(code, base)):
        return True
    if method in _COLLECTS and base is not None:
        root = root_of(base)
        return root.type == "identifier" and _is_used(code, root, hops)
    return None if code.callee(call) in CARRIERS else False


def _is_told_each(code: JavaCode, call: Node, hops: int) -> bool:
    """Whether a function that is called with each entry tells it."""
    each = code.arguments(call).get(0)
    if each is None or each.type != "lambda_expression":
        return False
    parameters = each.child_by_field_name("parameters")
    names = [parameters] if parameters is not None and parameters.type == "identifier" else []
    names += [child for child in parameters.named_children if child.type == "identifier"] if parameters else []
    return any(_is_used(code, name, hops) for name in names)


def _is_used(code: JavaCode, name: Node, hops: int) -> bool:
    """Whether a use of a variable after this one tells its value."""
    function = code.function(name)
    if hops >= _MOST_HOPS or function is None or code.tree is None or name.type != "identifier":
        return False
    own = code.text(name)
    return any(
        code.text(use) == own and _is_told(code, use, hops + 1)
        for use in code.tree.of_kinds("identifier")
        if name.end_byte <= use.start_byte < function.end_byte
    )
