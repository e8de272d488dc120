"""Routes of JavaScript applications as they are declared, with what guards them.

Reads calls of Express, Koa, Fastify and Hono, controllers of Nest, route handlers and server actions of Next, and
servers of WebSockets by their shape. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.routes import CHANGING, CHECKS, OWNER, PUBLIC, SOCKETS, Blanket, Made, Route, is_guard
from leery_analyzers.checks.values import literal_text
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

HANDLERS = "(route handlers)"
"""The owner of Next's route handlers, which a file exports by the name of their method."""
ACTIONS = "(server actions)"
"""The owner of Next's server actions, which a file exports."""
SOCKET = "(socket)"
"""The owner of what listens on WebSockets."""
_FUNCTIONS = frozenset({"arrow_function", "function_expression"})
_MOUNTED = frozenset({"use", "all", "addHook", "register"})
_NO_GUARD = lazy_regex(r"(?i)passport\.(initialize|session)|(router|routes|controller|api)\b\s*\)?$|^['\"`]")
_NEXT_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_SESSION = lazy_regex(
    r"\b(getServerSession|getSession|getServerAuthSession|auth|currentUser|getAuth|getToken|getUser|getCurrentUser|"
    r"(?:require|verify|validate|check|ensure|assert|with|must|only|guard)\w*(?:[aA]uth|[uU]ser|[sS]ession|[tT]oken|[aA]dmin|[rR]equest|"
    r"[rR]ole|[lL]ogin|[pP]ermission)\w*|jwtVerify|authenticate\w*|authorize\w*|unauthorized|forbidden)\s*\("
)
_CHANGES = lazy_regex(
    r"\.(create|createMany|update|updateMany|upsert|delete|deleteMany|insert|insertOne|insertMany|remove|save|destroy|"
    r"deleteOne|updateOne|findByIdAnd\w+|findOneAnd\w+|set|drop|truncate|execute|query|run|write\w*|exec\w*)\b\s*[(`]|"
    r"\b(exec|spawn|execSync)\("
)
_MADE = lazy_regex(
    r"(?:new\s+)?(?:express\.Router|Router|express|[fF]astify|Hono|KoaRouter|PromiseRouter|Elysia|polka|restify\.createServer)\s*(?:<[^>]*>)?\("
)
_OPEN_SOCKET = lazy_regex(
    r"verifyClient|handleUpgrade|handshake|\.use\(|upgrade\b(?<!\wupgrade)|authenticat|verify\w*\("
)
_SERVED = lazy_regex(r"(?i)(^|\.)(wss?|io|\w*server|namespace|nsp|\w*sockets?)$")
_READING = frozenset({"get"})
_TELLING = CHANGING | SOCKETS | _MOUNTED | _READING | {"on"}
"""Names of methods that declare routes, or what guards them."""
_USE_SERVER = lazy_regex(r"(?m)^\s*['\"]use server['\"]")


def script_routes(code: Code) -> Iterator[Route | Blanket | Made]:
    """The routes that a unit declares, and what guards all of them or those that come after."""
    if code.tree is None:
        return
    if _OPEN_SOCKET.search(code.unit.text):
        yield Blanket(SOCKET)
    if code.unit.kind in {"statements", "file"} and _USE_SERVER.search(code.unit.text):
        yield Blanket(ACTIONS, prefix="(here)")
    for node in code.tree.of_kinds(*_READERS):
        found = _READERS[node.type](code, node)
        if found is not None:
            yield found


def _called(code: Code, call: Node) -> Route | Blanket | None:
    if code.method(call) not in _TELLING:
        return None
    return _declared(code, call) or _mounted(code, call) or _socket(code, call)


def _owner(code: Code, call: Node) -> str:
    function = call.child_by_field_name("function")
    return code.text(function.child_by_field_name("object")) if function is not None else ""


def _declared(code: Code, call: Node) -> Route | None:
    """``router.delete("/:id", guard, handler)``."""
    owner, method = _owner(code, call), code.method(call)
    arguments = code.arguments(call).positional
    loose = OWNER.match(owner) is None
    if method not in CHANGING | SOCKETS | _READING or len(arguments) < 2 or (loose and not owner.isidentifier()):
        return None
    path = literal_text(code, arguments[0])
    if path is None or not (path.startswith(("/", "*")) or path == ""):
        return None
    handler = arguments[-1]
    guards = [code.text(value) for value in arguments[1:-1] if is_guard(code.text(value)[:80])]
    named = code.text(handler) if handler.type not in _FUNCTIONS else ""
    wrapped = handler.type == "call_expression"
    return Route(
        owner,
        f"{method.upper()} {path}",
        method in CHANGING,
        method in SOCKETS,
        tuple(guards),
        (not named or wrapped) and CHECKS.search(code.text(handler)) is not None,
        PUBLIC.search(f"{path} {'' if wrapped else named}") is not None,
        TextRange(code.range(call).start, code.range(arguments[0]).end),
        code.range(arguments[0]).end,
        "",
        seen=not named,
        loose=loose,
    )


def _made(code: Code, declarator: Node) -> Made | None:
    """``const users = express.Router()``."""
    value = declarator.child_by_field_name("value")
    if value is None or value.type not in {"call_expression", "new_expression"}:
        return None
    return Made(code.text(declarator.child_by_field_name("name"))) if _MADE.match(code.text(value)[:60]) else None


def _mounted(code: Code, call: Node) -> Blanket | None:
    """``router.use("/path", guard)``: it guards what is declared after it."""
    owner, method = _owner(code, call), code.method(call)
    arguments = code.arguments(call).positional
    if method not in _MOUNTED or re.fullmatch(r"[\w.]+", owner) is None or not arguments:
        return None
    path = literal_text(code, arguments[0]) or ""
    hooked = method in {"addHook", "register"}
    guards = [value for value in arguments[0 if not path else 1 :] if _is_mounted_guard(code, value)]
    if not guards:
        return None
    prefix = "" if hooked else path.rstrip("/*")
    after = -1 if hooked else code.range(call).start
    return Blanket(owner, prefix, after, code.text(guards[0])[:60].split("\n")[0])


def _is_mounted_guard(code: Code, value: Node) -> bool:
    text = code.text(value)
    if value.type in _FUNCTIONS:
        return CHECKS.search(text) is not None
    return is_guard(text[:120]) and _NO_GUARD.search(text) is None


def _socket(code: Code, call: Node) -> Route | None:
    """``server.on("connection", (socket) => …)`` whose messages change something."""
    arguments = code.arguments(call).positional
    if code.method(call) != "on" or len(arguments) != 2 or arguments[1].type not in _FUNCTIONS:
        return None
    if literal_text(code, arguments[0]) != "connection" or not _SERVED.search(_owner(code, call)):
        return None
    body = code.text(arguments[1])
    if not re.search(r"\.on\(\s*['\"`]|onmessage", body) or not _CHANGES.search(body):
        return None
    place = TextRange(code.range(call).start, code.range(arguments[0]).end)
    return Route(
        SOCKET,
        "connection",
        changes=False,
        socket=True,
        guards=(),
        checks=CHECKS.search(body) is not None,
        public=False,
        at=place,
        gap=-1,
        indent="",
        seen=True,
    )


def _exported(code: Code, node: Node) -> Route | None:
    """A route handler or a server action of Next."""
    function = node.child_by_field_name("declaration")
    value = function
    if function is not None and function.type == "lexical_declaration" and function.named_children:
        function = function.named_children[0]
        value = function.child_by_field_name("value")
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    if value is None or value.type not in _FUNCTIONS | {"function_declaration"} or not name:
        return None
    body = code.spelled(code.text(value))
    asked = _SESSION.search(body)
    parameters = code.text(value.child_by_field_name("parameters"))
    changes = _CHANGES.search(body) is not None
    place = code.range(function.child_by_field_name("name") or node) if function is not None else code.range(node)
    handler = name in _NEXT_METHODS
    if not handler and not (re.search(r"\basync\b", code.text(node)[:40]) and "req" not in parameters and changes):
        return None
    return Route(
        HANDLERS if handler else ACTIONS,
        name,
        changes=changes and (not handler or name != "GET"),
        socket=False,
        guards=(asked.group(1),) if asked is not None else (),
        checks=asked is None and CHECKS.search(body) is not None,
        public=not handler and PUBLIC.search(name) is not None,
        at=TextRange(code.range(node).start, place.end),
        gap=-1,
        indent="",
        seen=True,
    )


def _method(code: Code, node: Node) -> Route | None:
    """A method of a controller of Nest."""
    body = node.parent
    declared = body.parent if body is not None else None
    if declared is None or declared.type not in {"class_declaration", "abstract_class_declaration"}:
        return None
    around = declared.parent if declared.parent is not None else declared
    holders = (declared, around) if around.type == "export_statement" else (declared,)
    held = [child for holder in holders for child in holder.named_children if child.type == "decorator"]
    above = code.spelled(" ".join(code.text(child) for child in held))
    if "@Controller" not in above:
        return None
    decorators: list[Node] = []
    before = node.prev_named_sibling
    while before is not None and before.type in {"decorator", "comment"}:
        decorators.insert(0, before)
        before = before.prev_named_sibling
    said = {child.id: code.spelled(code.text(child)) for child in decorators}
    texts = [said[child.id] for child in decorators if child.type == "decorator"]
    declares = next(
        (child for child in decorators if re.match(r"@(Get|Post|Put|Patch|Delete)\b", said[child.id])), None
    )
    if declares is None:
        return None
    name = code.text(node.child_by_field_name("name"))
    guards = [
        text.removeprefix("@") for text in (*texts, above) if re.search(r"@UseGuards|@Auth\b|@Roles|@Authorized", text)
    ]
    public = any(re.search(r"(?i)@(public|skipauth|anonymous|allow\w*|no\w*auth)", text) for text in texts)
    path = f"{above} {said[declares.id]} {name}"
    return Route(
        code.text(declared.child_by_field_name("name")),
        name,
        changes=not said[declares.id].startswith("@Get"),
        socket=False,
        guards=tuple(guards),
        checks=CHECKS.search(code.text(node.child_by_field_name("body"))) is not None,
        public=public or PUBLIC.search(path) is not None,
        at=code.range(declares),
        gap=code.range(declares).end,
        indent="",
    )


_READERS: Mapping[str, Callable[[Code, Node], Route | Blanket | Made | None]] = {
    "call_expression": _called,
    "variable_declarator": _made,
    "export_statement": _exported,
    "method_definition": _method,
}
"""By the kind of node, what it may declare."""
