"""A right that whoever sends a request can give to himself.

A schema says which fields a request may bring. Where it has a field as ``is_admin``, ``role`` or ``balance``, and all
that came is put into the record, whoever signs up as an administrator is one. Leave such fields out of the schema that
requests are read with, or set them after the record is filled.

Left alone: schemas that only answers are made of, routes for administrators, and calls that leave the field out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.python_routes import classes_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_FIELD = lazy_regex(
    r"[\r\n][ \t]+(?P<field>is_admin|is_superuser|is_staff|is_owner|is_moderator|admin|superuser|role|roles|"
    r"permissions|scopes|balance|credits?|email_verified|is_verified|account_type|tenant_id|owner_id)\s*:[^\r\n]*"
)
_SCHEMA = lazy_regex(r"BaseModel|Schema|Struct|(?:Base|Create|In|Update|Input)$")
_ROUTE = lazy_regex(r"@\w+\.(?:post|put|patch|route|api_route)\(")
_TYPED = lazy_regex(r"\b(?P<name>\w+)\s*:\s*(?:Annotated\[\s*)?(?P<type>[A-Z]\w*)\b")
_DUMPED = r"\bNAME\.(?:model_dump|dict)\([^()]*\)"
_FILLS = rf"\*\*\s*{_DUMPED}|\.(?:update|values)\(\s*{_DUMPED}|\bin\s+{_DUMPED}\.items\(\)"
"""What puts all fields of a parameter into something."""
_ABOVE = lazy_regex(r"(?i)admin|staff|superuser|require_role|has_role|permission|scopes\s*=|Security\(")
_MESSAGE = "Whoever sends this request can set `{}`: all that came is put into the record."


@dataclass(frozen=True, slots=True)
class _Right:
    """A field of a schema that a request should not set."""

    schema: str
    field: str
    at: TextRange


@dataclass(frozen=True, slots=True)
class _Whole:
    """A schema all of whose fields go into a record, and the fields that are said to be left out or set."""

    schema: str
    text: str


class RightSetByRequest(DocumentCheck):
    """Finds fields of schemas that give rights."""

    summary = "A right or an owner that the request itself may set"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-915", "CWE-269")
    owasp = ("A01:2025", "A06:2025")
    languages = PYTHON
    clue = lazy_regex(r"BaseModel|Schema|Struct|Base\)|Create\)|In\)|Update\)|Input\)|dump\(|dict\(")
    parsed = False

    VALID = (
        (
            "class SignUp(BaseModel):\n    name: str\n    is_admin: bool = False\n\n\n@app.post('/größe')\n"
            "def sign_up(body: SignUp):\n    return User(name=body.name)\n"
        ),
        (
            "class SignUp(BaseModel):\n    name: str\n    role: str = 'user'\n\n\n@app.post('/größe')\n"
            "def sign_up(body: SignUp):\n    return User(**body.model_dump(exclude={'role'}))\n"
        ),
        (
            "class Größe(BaseModel):\n    role: str\n\n\n@app.post('/users')\n"
            "def add(body: Größe, admin=Depends(current_admin)):\n    return User(**body.dict())\n"
        ),
        (
            "class SignUp(BaseModel):\n    name: str\n\n\n@app.post('/größe')\n"
            "def sign_up(body: SignUp):\n    return User(**body.model_dump())\n"
        ),
    )
    INVALID = (
        Invalid(
            code="class SignUp(BaseModel):\n    name: str\n    is_admin: bool = False\n\n\n@app.post('/größe')\n"
            "def sign_up(body: SignUp):\n    return User(**body.model_dump())\n",
            at="is_admin: bool = False",
            message=_MESSAGE.format("is_admin"),
        ),
        Invalid(
            code="class Change(BaseModel):\n    größe: str | None = None\n    role: str | None = None\n\n\n"
            "@router.patch('/me')\ndef change(body: Change, user=Depends(current_user)):\n"
            "    for key, value in body.model_dump(exclude_unset=True).items():\n        setattr(user, key, value)\n",
            at="role: str | None = None",
            message=_MESSAGE.format("role"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The rights in the schemas of one unit, and the schemas that its routes put into records as they are."""
        text = code.unit.text
        facts: list[_Right | _Whole] = []
        for found, end in classes_of(text):
            if not _SCHEMA.search(found["bases"]):
                continue
            for field in _FIELD.finditer(text, found.end(), end):
                at = TextRange(field.start("field"), field.end())
                facts.append(_Right(found["name"], field["field"], at))
        facts += _filled(text)
        return tuple(facts)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Rights in schemas that go into records whole."""
        whole = {fact.schema: fact.text for facts in document for fact in facts if isinstance(fact, _Whole)}
        for index, facts in enumerate(document):
            for fact in facts:
                if not isinstance(fact, _Right) or fact.schema not in whole:
                    continue
                if not re.search(rf"\b{fact.field}\b", whole[fact.schema]):
                    yield Lack(index, fact.at, _MESSAGE.format(fact.field))


def _filled(text: str) -> Iterator[_Whole]:
    """The schemas whose fields all go into a record in some routes."""
    routes = list(_ROUTE.finditer(text))
    for found, end in zip(routes, [*(one.start() for one in routes), len(text)][1:], strict=True):
        route = text[found.start() : end]
        if _ABOVE.search(route):
            continue
        for typed in _TYPED.finditer(route):
            name = re.escape(typed["name"])
            if re.search(_FILLS.replace("NAME", name), route):
                yield _Whole(typed["type"], route)
