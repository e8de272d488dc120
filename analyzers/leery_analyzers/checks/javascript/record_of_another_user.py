"""A record found by an id from the request, where the functions beside it also ask whose it is.

Where other handlers of the file look for a record of the user who is logged in (``{ _id: req.params.id, userId:
req.user.id }``), one that takes any record by its id has mostly been forgotten: everybody can read or change those of
others by counting up.

Left alone: handlers that speak of the user anywhere, those for administrators, and files where none does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_FUNCTIONS = ("arrow_function", "function_expression", "function_declaration", "method_definition")
_HANDLER = re.compile(
    r"^\(?\s*\{?\s*(req|request|ctx|context|c|_req)\b|\bparams\b|@Param|"
    r"^\(\s*_*(?:parent|root|obj|source)?_*\s*(?::[^,()]+)?,\s*(?:\{[^{}]*\}|_*args\w*)\s*(?::[^()]+?)?,\s*"
    r"(?:\{|_*ctx\b|\w*[cC]ontext\b)"
)
"""Parameters of handlers, and of resolvers of GraphQL."""
_USER = re.compile(
    r"(?i)\b(req|request|ctx|context|c|res\.locals|this)\.?(\w+\.)?(user\w*|auth\w*|session|account\w*|tenant\w*|current\w*|"
    r"principal|identity)\b|\b(session|current_?user|auth|me|user|claims|decoded|payload)[?!]?\.(user|id|sub|uid|_id|user_?id|"
    r"tenant_?id|org_?id)|\b(userId|ownerId|currentUserId|tenantId)\b|getServerSession|@CurrentUser|@User\b"
)
_ADMIN = re.compile(
    r"(?i)admin|require_?role|has_?role|permission|policy|\bcan\(|ability|is_?owner|owner|authorize|checkAccess|canAccess"
)
_TAKEN = re.compile(
    r"(?<![\w.])(?P<model>[\w.]+(?:\([\"'\w]*\))?)\.(?:(?P<all>find|findAll|findMany|findAndCountAll)|findById\w*|findByPk|findOne\w*|"
    r"findUnique\w*|findFirst\w*|deleteOne|updateOne|replaceOne|delete|update|remove|destroy|get)\s*\("
)
_PARENTHESIS = re.compile(r"[()]")
_NO_MODEL = frozenset({"req", "res", "request", "Map", "axios", "app", "router", "cache", "headers", "cookies"})
_WRITES = re.compile(
    r"(?i)\.(save|delete\w*|remove\w*|update\w*|destroy|replaceOne|findByIdAnd\w+|findOneAnd\w+)\(|[\"'`]\s*(delete\s+from|update\s)"
)
_GIVEN = re.compile(r"\bparams\b|(req|request|ctx\.request|ctx|c\.req)\.(query|body|param)\b|\bid\b|\w+Id\b")
_SQL = re.compile(r"(?is)[\"'`]\s*(select\s.*?\bfrom|delete\s+from|update)\s+(?P<table>\w+)(?P<rest>[^\"'`]*)[\"'`]")
_ASKED = re.compile(
    r"(?i)getServerSession|\bauth\(\)|currentUser\(|getSession\(|getAuth\(|getUser\(|verifyToken|req(uest)?\.user\b|"
    r"requireAuth|requireLogin|require_login|authenticate|isAuthenticated|isLoggedIn|ensureLogged|protect\b|jwtAuth|"
    r"verifyJwt|checkAuth|auth(?:Middleware|Guard|Required|enticated)|passport"
)
"""What asks who is there."""
_IDENTITY = re.compile(
    r"(?i)\b(?:req|request|ctx|context|c|session|auth|token|claims|decoded|payload|user|current_?user|me|viewer|account|"
    r"state|locals|identity|principal|member|customer)\b[\w.?!\[\]'\"]*[.?!]+\]?\w*(?:id|sub|uid|email|username|role\w*|"
    r"permissions?|admin\w*|tenant\w*|org\w*|team\w*)\b|\b(?:userId|ownerId|currentUserId|tenantId|accountId|orgId|memberId|"
    r"customerId|authorId|teamId)\b|@CurrentUser|[(,]\s*(?:req(?:uest)?\.user|session(?:\.user)?|user|currentUser|viewer)"
    r"\s*[,)]|role|permission|admin|\bcan[A-Z(]|owner"
)
"""What tells whose something is, or what somebody may do."""
_CHECKED_ONLY = re.compile(r"if\s*\(\s*!\s*[\w.?!]+\s*\)|(?:params|query|body)[.?\w]*|\w+\.findBy\w+|\b_?id\s*:")
"""What says nothing of whose a record is: whether somebody is there, and the record's own id."""
_PUBLIC_MODEL = re.compile(
    r"(?i)product|categor|tag$|country|article|blog|news|movie|book|recipe|event|page|faq|setting|config|plan|menu"
)
_ALONE = "Whoever is signed in takes any record of `{}` by its id here: nothing asks whose it is."
_MESSAGE = "This takes any record of `{}` by its id, while {} beside it asks whose it is: it may be another user's."


@dataclass(frozen=True, slots=True)
class _Access:
    """One handler that takes a record by its id.

    Attributes:
        model: what it takes it from.
        at: where.
        own: whether it asks whose it is.
        writes: whether the handler changes anything.
        alone: whether it asks who is there, and then nothing of whose it is.
    """

    model: str
    at: TextRange
    own: bool
    writes: bool
    alone: bool = False


class RecordOfAnotherUser(DocumentCheck):
    """Finds handlers that forget whose record it is."""

    summary = "A record taken by its id alone, where others ask whose it is"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-639", "CWE-862")
    owasp = ("A01:2025",)
    languages = JAVASCRIPT
    clue = re.compile(r"(?i)\b(find|delete|update|remove|destroy|select)")

    VALID = (
        (
            "router.put('/größe/:id', requireLogin, async (req, res) => {\n"
            "  const note = await Note.findById(req.params.id);\n  if (!note.user.equals(req.user._id)) {\n"
            "    return res.sendStatus(403);\n  }\n  await note.save();\n});\n"
        ),
        "router.get('/a/:id', async (req, res) => {\n  res.json(await Größe.findById(req.params.id));\n});\n",
        (
            "router.get('/a', (req, res) => Größe.find({ owner: req.user.id }));\n"
            "router.delete('/a/:id', isAdmin, (req, res) => {\n  Größe.findByIdAndDelete(req.params.id);\n});\n"
        ),
        (
            "router.post('/a', (req, res) => Größe.create({ owner: req.user.id }));\n"
            "router.delete('/a/:id', (req, res) => Größe.deleteOne({ _id: req.params.id, owner: req.user.id }));\n"
            "router.get('/a/:id', (req, res) => Größe.findById(req.params.id));\n"
        ),
        (
            "router.get('/a', (req, res) => Größe.find({ owner: req.user.id }));\n"
            "router.delete('/b/:id', (req, res) => Other.findByIdAndDelete(req.params.id));\n"
        ),
    )
    INVALID = (
        Invalid(
            code="router.get('/a', async (req, res) => {\n  res.json(await Größe.find({ owner: req.user.id }));\n});\n"
            "router.delete('/a/:id', async (req, res) => {\n  await Größe.findByIdAndDelete(req.params.id);\n});\n",
            at="Größe.findByIdAndDelete(req.params.id)",
            message=_MESSAGE.format("Größe", "another handler"),
        ),
        Invalid(
            code="const größe = {\n  Mutation: {\n    edit: async (_, { id, text }, ctx) => {\n"
            "      const user = whoIs(ctx);\n"
            "      return ctx.prisma.post.update({ where: { id, authorId: user.id }, data: { text } });\n    },\n"
            "    drop: async (_, { id }, ctx) => {\n      whoIs(ctx);\n"
            "      return ctx.prisma.post.delete({ where: { id } });\n    },\n  },\n};\n",
            at="ctx.prisma.post.delete({ where: { id } })",
            message=_MESSAGE.format("post", "another handler"),
        ),
        Invalid(
            code="async function show(req, res) {\n"
            "  res.json(await db.query('SELECT * FROM notes WHERE id = $1 AND owner = $2', [1, req.user.id]));\n"
            "}\nasync function drop(req, größe) {\n"
            "  await db.query('DELETE FROM notes WHERE id = $1', [req.params.id]);\n}\n",
            at="'DELETE FROM notes WHERE id = $1'",
            message=_MESSAGE.format("notes", "another handler"),
        ),
        Invalid(
            code="router.put('/größe/:id', requireLogin, async (req, res) => {\n"
            "  res.json(await Order.findByIdAndUpdate(req.params.id, { note: req.body.note }));\n});\n",
            at="Order.findByIdAndUpdate(req.params.id, { note: req.body.note })",
            message=_ALONE.format("Order"),
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The handlers of the unit that take records."""
        return tuple(_accesses(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Handlers that do not ask, of models where others do."""
        every = [fact for facts in document for fact in facts]
        for index, facts in enumerate(document):
            for fact in facts:
                others = [
                    one for one in every if one.own and one.model == fact.model and (fact.writes or not one.writes)
                ]
                if fact.alone and not others:
                    yield Lack(index, fact.at, _ALONE.format(fact.model.rpartition(".")[2]))
                elif not fact.own and others:
                    said = "another handler" if len(others) == 1 else f"{len(others)} other handlers"
                    yield Lack(index, fact.at, _MESSAGE.format(fact.model.rpartition(".")[2], said))


def _accesses(code: Code) -> Iterator[_Access]:
    for node in code.tree.of_kinds(*_FUNCTIONS) if code.tree is not None else ():
        if _is_handler(code, node):
            yield from _of_handler(code, node)


def _is_handler(code: Code, node: Node) -> bool:
    parameters = code.text(node.child_by_field_name("parameters") or node.child_by_field_name("parameter"))
    return _HANDLER.search(parameters) is not None


def _of_handler(code: Code, function: Node) -> Iterator[_Access]:
    body = function.child_by_field_name("body")
    if body is None:
        return
    around = function.parent
    call = around.parent if around is not None and around.type == "arguments" else None
    text, start = code.text(body), code.range(body).start
    places = list(_places(text, start))
    if not places:
        return
    said = code.text(function.child_by_field_name("parameters")) + text
    own = _USER.search(said) is not None
    if not own and not any(by_id for _, _, by_id in places):
        return
    head = code.text(call)[: code.range(function).start - code.range(call).start] if call is not None else ""
    if not own and (_ADMIN.search(said) or _ADMIN.search(head)):
        return
    writes = _WRITES.search(text) is not None
    asked = _ASKED.search(said) is not None or _ASKED.search(head) is not None
    unowned = asked and _IDENTITY.search(_CHECKED_ONLY.sub("", said)) is None and _IDENTITY.search(head) is None
    for model, place, by_id in places:
        if own or by_id:
            alone = unowned and by_id and (writes or _PUBLIC_MODEL.search(model) is None)
            yield _Access(model, place, own and not alone, writes, alone)


def _places(text: str, start: int) -> Iterator[tuple[str, TextRange, bool]]:
    """What is taken, where, and whether by an id of the request."""
    for found in _TAKEN.finditer(text):
        end = _closing(text, found.end() - 1)
        if found["model"] not in _NO_MODEL:
            by_id = found["all"] is None and _GIVEN.search(text[found.end() : end]) is not None
            yield found["model"], TextRange(start + found.start(), start + end + 1), by_id
    for found in _SQL.finditer(text):
        by_id = re.search(r"(?i)\bid\s*=|_id\s*=", found["rest"]) is not None
        yield found["table"], TextRange(start + found.start(), start + found.end()), by_id


def _closing(text: str, opening: int) -> int:
    depth, last = 0, min(len(text), opening + 400)
    for found in _PARENTHESIS.finditer(text, opening, last):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.start()
    return last - 1
