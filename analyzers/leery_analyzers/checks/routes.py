"""Routes of web applications, what guards them, and the words that tell a guard, a check and a public route.

`python_routes` and `javascript_routes` read them. Holds no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.checks.words import AnyCase

if TYPE_CHECKING:
    from leery_analyzers.text import TextRange

_GUARD = AnyCase(
    r"login_?required|auth|jwt|protect|permission|require|guard|verify_?(token|jwt|user|session|role|"
    r"api)|current_?(?:user|editor|admin|member|staff|customer|tenant|account|identity|principal|owner|employee|doctor|nurse|"
    r"teacher|player|operator|manager|actor)|"
    r"api_?key|is_?(admin|user|logged|signed|owner)|ensure|check_?(auth|role|token|user|perm|admin|session)|"
    r"user_passes_test|"
    r"roles?_|access|secured|token_|staff|superuser|passport|acl|admin|\w_only\b|\bonly_|signed_?in|privileg|has_role|"
    r"scope|restricted|moderator"
)
_NOT_GUARD = AnyCase(
    r"rate|limit|csrf|author\b|authors|upload|parse|valid|schema|cache|log(?!in)|"
    r"json|urlencoded|multer|async_?handler"
)
PUBLIC = AnyCase(
    r"log_?in|log_?out|sign_?(in|up|out)|regist|auth|token|refresh|webhook|hook\b|callback|health|ping|"
    r"password|reset|"
    r"forgot|verify|confirm|contact|public|subscribe|csrf|metrics|session|oauth|otp|captcha|search|query|"
    r"echo|guest|newsletter"
)
CHECKS = AnyCase(
    r"current_user|is_authenticated|session\b(?<![\w.]session)|req(?<!\wreq)(?:uest)?\.session\b|40[13]\b(?<!\w40\d)|"
    r"authori[sz]|verify|check_\w*(?:auth|perm|token|role|user)|require_|"
    r"req\.user\b(?<!\wreq\.user)|request\.user\b|g\.user|bearer|api_?key|x-api|getserversession|gettoken|jwt|"
    r"unauthenticated|forbidden"
)
CHANGING = frozenset({"post", "put", "patch", "delete"})
SOCKETS = frozenset({"websocket", "ws", "websocket_route"})
OWNER = re.compile(r"(?i)^(\w*(app|api|router|route|routes|bp|blueprint|server|fastify|controller)\w*)$")


@dataclass(frozen=True, slots=True)
class Route:
    """One route.

    Attributes:
        owner: the application or router that it is declared on.
        name: its path, or the function's name.
        changes: whether it takes requests that change something.
        socket: whether it is a WebSocket.
        guards: what guards it, as written.
        checks: whether its body seems to check by itself who asks.
        public: whether its name says that everybody may use it.
        at: where it is declared.
        gap: where a guard would be written, -1 where it cannot be told.
        indent: white space before the line of the guard.
        seen: whether its handler is written out here, so that what it checks is seen.
        path: its path, where its name is another.
        calls: names of the functions that its body calls.
        loose: whether the owner's name says nothing: it is one only if it is told to be made as one.
        typed: names of the types of its parameters.
    """

    owner: str
    name: str
    changes: bool
    socket: bool
    guards: tuple[str, ...]
    checks: bool
    public: bool
    at: TextRange
    gap: int
    indent: str
    seen: bool = False
    path: str = ""
    calls: frozenset[str] = frozenset()
    loose: bool = False
    typed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dependency:
    """A type that has whoever takes it asked who is there: ``Editor = Annotated[User, Depends(current_editor)]``."""

    name: str


@dataclass(frozen=True, slots=True)
class Blanket:
    """Something that guards every route of an owner.

    Attributes:
        owner: the application or router.
        prefix: what the paths of the guarded routes start with.
        after: where it is mounted, if it guards only what is declared after it; -1 otherwise.
        guard: it, as written.
    """

    owner: str
    prefix: str = ""
    after: int = -1
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A variable that holds an application or a router, as what it is made by says."""

    owner: str


@dataclass(frozen=True, slots=True)
class Helper:
    """A function that refuses who may not go on."""

    name: str


@dataclass(frozen=True, slots=True)
class Mounted:
    """Where the paths of an application or router start."""

    owner: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An action of a class of views that lets everybody in.

    Attributes:
        owner: the class.
        name: of the action.
        at: where that is said.
    """

    owner: str
    name: str
    at: TextRange


def is_guard(text: str) -> bool:
    """Whether something in front of a handler asks who is there, by its name."""
    return _GUARD.search(text) is not None and _NOT_GUARD.search(text) is None
