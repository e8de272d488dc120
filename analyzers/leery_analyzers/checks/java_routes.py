"""Methods of Java's web frameworks that answer requests, with what guards them.

Reads annotations of Spring, JAX-RS, Quarkus and Micronaut and the methods of servlets by their shape. Holds no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

ROUTES = re.compile(
    r"@(?:Request|Get|Post|Put|Delete|Patch)Mapping\b|@(?:GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete|Patch)\b|"
    r"do(?<!\wdo)(?:Post|Put|Delete|Patch|Get)\s*\("
)
_CHANGING = frozenset({"PostMapping", "PutMapping", "DeleteMapping", "PatchMapping", "POST", "PUT", "DELETE", "PATCH",
                       "Post", "Put", "Delete", "Patch", "doPost", "doPut", "doDelete", "doPatch"})  # fmt: skip
_READING = frozenset({"GetMapping", "GET", "Get", "doGet"})
_REQUEST_METHOD = re.compile(r"RequestMethod\.(?:POST|PUT|DELETE|PATCH)|[\"'](?:POST|PUT|DELETE|PATCH)[\"']")
_GUARD = re.compile(
    r"(?i)^(?:pre|post)?authori[sz]e$|secured|rolesallowed|permission|^requires|authenticated|denyall|^sacheck|"
    r"login|^admin|adminonly|^hasrole|^hasauthority|^auth$|guard|protected|^check(?:auth|access|role)|acl"
)
_OPEN = re.compile(r"(?i)permitall|anonymous|noauth|ignoreauth|public|unauth|skipauth")
_CALL = re.compile(
    r"\b((?:require|check|assert|ensure|verify|enforce|validate)\w*(?:Admin|Access|Auth|Role|Permission|Owner|Login|User|"
    r"Session|Allowed|Granted|Privilege|Token)\w*|authori[sz]e\w*|requireRole|isAdmin|isOwner|isUserInRole|hasRole|"
    r"hasAuthority|hasPermission|hasAccess|canEdit|canDelete|canAccess|isAuthenticated|getUserPrincipal|isLoggedIn)\s*\("
)
_ASKS = re.compile(
    r"SecurityContextHolder|getUserPrincipal|isUserInRole|getRemoteUser|40[13]\b(?<!\w40\d)|FORBIDDEN|UNAUTHORIZED|"
    r"AccessDenied|NotAuthorized|Forbidden|ownerOf|belongsTo|currentUser|getSession\(|authori[sz]|Authori[sz]|principal|"
    r"getPrincipal|Authentication\b|x-[Aa]pi|X-[Aa]pi|hasRole|signature|Signature|hmac|Hmac"
)
_WHO = re.compile(
    r"\b(?:Principal|Authentication|AuthenticationPrincipal|SecurityContext|SecurityIdentity|CurrentUser|JwtAuthenticationToken|"
    r"Jwt|UserDetails|LoggedInUser|AuthUser|CurrentSecurityContext|SessionAttribute|JsonWebToken|CallerPrincipal)\b"
)
_PUBLIC = re.compile(
    r"(?i)log_?in|log_?out|sign_?(?:in|up|out)|regist|authenticate|/auth|token|refresh|webhook|callback|health|ping|"
    r"password|reset|forgot|verify|confirm|contact|public|subscribe|csrf|metrics|oauth|otp|captcha|search|query|"
    r"echo|guest|newsletter|track|event"
)
_LOOKUP = re.compile(
    r"\b[\w.]+\s*\.\s*(?:findById|getById|getOne|getReferenceById|deleteById|existsById|findOne|removeById|loadById|"
    r"find\w*ById|get\w*ById|delete\w*ById|remove\w*ById|update\w*ById|selectById)\s*\([^;]*?\)"
)
_LOOKED_UP = re.compile(r"ById|getOne|findOne")
"""What is in every lookup; quick to look for."""
_NAMED = re.compile(r"PathVariable|PathParam|RequestParam|QueryParam|getParameter|getPathInfo")
_OWN = re.compile(
    r"(?:find|get|list|load|search|all)\w*(?:By|For|Of)\w*(?:Owner|User|Customer|Account|Member|Author|Tenant|Patient|Email)\w*\("
)
_FOR_ADMINS = re.compile(r"[\"/]admin\b")
_NOTED = re.compile(r"(?i)\b(?:log(?:ger)?|\w*audit\w*|\w+log|metrics|tracer|stats)\.\w+\([^;]*\);")
"""Statements that only write down who asks."""
_NULL = re.compile(r"\b\w+\s*[!=]=\s*null\b")
_COMPARED = AnyCase(
    r"(?:owner|user|author|customer|account|creator|member|holder|tenant|patient|email|username|name|id)\w*(?:\(\))?\)?"
    r"\s*(?:\.equals\(|==|!=)|\.equals\([^;]*(?:principal|auth|user|current|owner)|objects\.equals\(|"
    r"by\w*and(?:owner|user|author|customer|account|tenant|username|email|member|creator)|checkowner|isowner|"
    r"ownedby|belongsto|verifyowner|assertowner|requireowner|ensureowner|canaccess|hasaccess|checkaccess"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method that answers requests.

    Attributes:
        owner: its class.
        name: its name.
        changes: whether it takes requests that change something.
        deletes: whether it takes something away, or is for administrators by its address.
        guards: annotations that guard it, as written, those of its class included.
        calls: names of what it calls to ask who is there.
        asks: whether it seems to look at who asks.
        public: whether its name or an annotation says that everybody may use it.
        at: from the annotation that makes it one to its name.
        lookups: where it looks something up by an identifier that the request names.
        compares: whether it compares something of that with who asks.
        ignores: whether it is given who asks, and does not look at it.
        permits: whether only an annotation says that everybody may use it.
        owns: whether it asks for the records of whoever asks.
        administers: whether it is for administrators by the address of its class.
    """

    owner: str
    name: str
    changes: bool
    deletes: bool
    guards: tuple[str, ...]
    calls: tuple[str, ...]
    asks: bool
    public: bool
    at: TextRange
    lookups: tuple[TextRange, ...]
    compares: bool
    ignores: bool
    permits: bool
    owns: bool
    administers: bool = False


@lru_cache(maxsize=2)
def endpoints(code: Code) -> tuple[Endpoint, ...]:
    """The endpoints that a unit holds; kept for the next check that asks."""
    return tuple(_endpoints(code))


def _endpoints(code: Code) -> Iterator[Endpoint]:
    if code.tree is None:
        return
    for node in code.tree.of_kinds("method_declaration"):
        if node.child_by_field_name("body") is not None:
            found = _endpoint(code, node)
            if found is not None:
                yield found


def _annotations(code: Code, node: Node) -> list[tuple[str, Node]]:
    """The annotations of a declaration by their simple names."""
    found: list[tuple[str, Node]] = []
    for child in node.named_children:
        if child.type == "modifiers":
            noted = [item for item in child.named_children if item.type in {"marker_annotation", "annotation"}]
            found.extend((code.text(item.child_by_field_name("name")).rpartition(".")[2], item) for item in noted)
    return found


def _endpoint(code: Code, node: Node) -> Endpoint | None:
    own = _annotations(code, node)
    named, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    name = code.text(named)
    mapping = next((item for item in own if item[0] in _CHANGING | _READING | {"RequestMapping"}), None)
    if mapping is None and name not in _CHANGING | _READING:
        return None
    around = class_of(node)
    whole = _annotations(code, around) if around is not None else []
    said = mapping[0] if mapping is not None else name
    written = code.text(mapping[1]) if mapping is not None else ""
    changes = said in _CHANGING or (said == "RequestMapping" and _REQUEST_METHOD.search(written) is not None)
    address = " ".join(
        re.findall(r'"([^"]*)"', " ".join([written, *(code.text(n) for kind, n in own if kind == "Path")]))
    )
    inside, head = code.text(body), code.text(node.child_by_field_name("parameters"))
    start = code.range(mapping[1] if mapping is not None else node).start
    noted = [(kind, code.text(item)) for kind, item in (*own, *whole)]
    looks_up = _LOOKED_UP.search(inside) is not None and _NAMED.search(head + inside) is not None
    places = [match.span() for match in _LOOKUP.finditer(inside)] if looks_up else []
    at = code.range(body).start if body is not None else 0
    return Endpoint(
        owner=code.text(around.child_by_field_name("name")) if around is not None else "",
        name=name,
        changes=changes,
        deletes=said.lower().startswith(("delete", "dodelete")) or "admin" in f"{address} {name}".lower(),
        guards=tuple(text for kind, text in noted if _GUARD.search(kind) and not _OPEN.search(kind)),
        calls=tuple(dict.fromkeys(match[1] for match in _CALL.finditer(inside))),
        asks=_ASKS.search(inside) is not None or _WHO.search(head) is not None,
        public=any(_OPEN.search(kind) for kind, _ in own) or _PUBLIC.search(f"{address} {name}") is not None,
        at=TextRange(start, code.range(named).end if named is not None else start),
        lookups=tuple(TextRange(at + low, at + high) for low, high in places),
        compares=bool(places) and _COMPARED.search(_NULL.sub("", inside)) is not None,
        ignores=bool(places) and _ASKS.search(_NOTED.sub("", inside)) is None and _is_ignored(code, node, inside),
        owns=_WHO.search(head) is not None and _OWN.search(inside) is not None,
        administers=any(
            kind in {"RequestMapping", "Path", "Controller"} and _FOR_ADMINS.search(code.text(item))
            for kind, item in whole
        ),
        permits=any(kind == "PermitAll" for kind, _ in own) and _PUBLIC.search(f"{address} {name}") is None,
    )


def _is_ignored(code: Code, node: Node, inside: str) -> bool:
    """Whether a parameter says who asks, and the body does no more than to ask whether it is there."""
    parameters = node.child_by_field_name("parameters")
    named = [
        code.text(parameter.child_by_field_name("name"))
        for parameter in (parameters.named_children if parameters is not None else ())
        if _WHO.search(code.text(parameter))
    ]
    inside = _NOTED.sub("", inside)
    uses = (re.findall(rf"\b{re.escape(name)}\b(?!\s*[!=]=\s*null)", inside) for name in named if name)
    return bool(named) and not any(uses)


def class_of(node: Node) -> Node | None:
    """The class, interface or record around a node."""
    here = node.parent
    while here is not None and here.type not in {"class_declaration", "interface_declaration", "record_declaration"}:
        here = here.parent
    return here
