"""A record that is fetched by its key alone, whoever asks.

That somebody is logged in does not make every record his. Where a view takes the key of a record from the address and
never compares the record with the one who asks, a visitor reads or changes other people's records by counting. Ask for
the key and the owner together, or compare the owner before going on.

It is reported where the record is of a kind that belongs to somebody, by its name or because the same file asks for
its owner elsewhere. Left alone: views for administrators, views that speak of the user at all, keys that come from
the session.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.python_routes import classes_of, decorators_of
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MORE = r"(?:\s*,\s*\w+\s*=\s*(?:[\"'][^\"'\n]*[\"']|[\d.]+|True|False|None|(?:[A-Z]\w*\.)*[A-Z][A-Z_]+))*"
"""Further conditions of a query that compare with what the program says, and with no user."""
_GIVEN = r"(?:self\.)?kwargs\[[\"']\w+[\"']\]|\w+"
_WHOSE = r"(?:user|owner|customer|account|member|patient|client|employee)(?:_id)?"
"""Fields that say whose a record is."""
_MESSAGE = "`{}` is fetched by its key alone: whoever is logged in gets the records of everybody."
_LOOKUP = lazy_regex(
    r"\b(?P<a>\w+)\.query\.(?:get|get_or_404)\(\s*(?:int\()?(?P<ak>\w+)\)?\s*\)"
    rf"|\b(?P<b>\w+)\.query\.filter_by\(\s*id\s*=\s*(?P<bk>\w+)\s*{_MORE}\s*,?\s*\)"
    r"|\b(?:session|db|s)\.get\(\s*(?:\w+\.)?(?P<c>[A-Z]\w+)\s*,\s*(?:int\()?(?P<ck>\w+)\)?\s*\)"
    r"|\bget_or_404\(\s*(?:\w+\.)?(?P<d>[A-Z]\w+)\s*,\s*(?P<dk>\w+)\s*\)"
    r"|\bget_object_or_404\(\s*(?:\w+\.)?(?P<e>[A-Z]\w+)(?:\.objects(?:\.\w+\([^()\n]*\))*)?\s*,\s*(?:pk|id)\s*=\s*"
    rf"(?P<ek>{_GIVEN})\s*{_MORE}\s*,?\s*\)"
    r"|\b(?P<f>[A-Z]\w+)\.objects(?:\.(?:select_related|prefetch_related|select_for_update|only|defer)\([^()\n]*\))*"
    rf"\.(?:get|filter)\(\s*(?:pk|id)\s*=\s*(?P<fk>{_GIVEN})\s*{_MORE}\s*,?\s*\)"
    r"|\.query\(\s*(?:\w+\.)?(?P<g>[A-Z]\w+)\s*\)\s*\.(?:get\(\s*|filter\(\s*(?:\w+\.)?\w+\.id\s*==\s*|"
    r"filter_by\(\s*id\s*=\s*)(?P<gk>\w+)\s*\)"
    r"|\bselect\(\s*(?:\w+\.)?(?P<h>[A-Z]\w+)\s*\)\s*\.(?:where|filter)\(\s*(?:\w+\.)?\w+\.id\s*==\s*(?P<hk>\w+)\s*\)"
    r"|\.(?:execute|fetchrow|fetch_one|fetchone)\(\s*f?[\"']{1,3}\s*(?i:select\b[^\"';]{0,200}?\sfrom|delete\s+from|update)\s+"
    r"(?P<i>[a-z]\w+)\s[^\"';]{0,120}?(?i:where)\s+(?:\w+\.)?id\s*=\s*(?:\?|%s|\$1|:id|:\w+)\s*[\"']{1,3}\s*,\s*[\[(]?\s*(?P<ik>\w+)\s*,?\s*[\])]"
    r"|\b(?P<j>[a-z]\w+?)(?:_collection|_coll)?[\"'\]]*\.(?:find_one|find_one_and_update|find_one_and_delete|delete_one|update_one|replace_one)\(\s*"
    r"\{\s*[\"']_?id[\"']\s*:\s*(?:(?:\w+\.)?(?:ObjectId|PydanticObjectId|UUID|str|int)\(\s*)?(?P<jk>\w+)\s*\)?\s*,?\s*\}"
    rf"|\b(?P<k>[A-Z]\w+)(?:\.objects|\.query)\.(?:get|filter|filter_by)\(\s*{_WHOSE}\s*=\s*(?P<kk>\w+)\s*\)"
    rf"|\.query\(\s*(?:\w+\.)?(?P<l>[A-Z]\w+)\s*\)\s*\.(?:filter\(\s*(?:\w+\.)?\w+\.{_WHOSE}\s*==\s*|filter_by\(\s*{_WHOSE}\s*=\s*)"
    r"(?P<lk>\w+)\s*\)"
    rf"|\bselect\(\s*(?:\w+\.)?(?P<m>[A-Z]\w+)\s*\)\s*\.(?:where|filter)\(\s*(?:\w+\.)?\w+\.{_WHOSE}\s*==\s*(?P<mk>\w+)\s*\)"
    r"|\b(?P<n>[A-Z]\w+)\.(?:get_by_id|get_or_none|get|aget|find_by_id|find_one)\(\s*(?:(?:\w+\.)?(?:id|pk)\s*==?\s*)?(?P<nk>\w+)\s*\)"
)
_GROUPS = "abcdefghijklmn"
_PERSONAL = lazy_regex(
    r"(?i)order|invoice|account|profile|message|document|note|payment|card|address|statement|ticket|booking|reserv|"
    r"prescription|patient|record|wallet|transaction|subscription|cart|task|todo|appointment|claim|salar|medical|"
    r"conversation|loan|secret|key|private|user|letter|receipt|shipment|upload|file|"
    r"attachment|contract|payslip|expense|reminder|budget|journal|diary|device|enrol|application|resume|album|purchase"
)
_OWNED = lazy_regex(
    r"\b(?P<model>[A-Z]\w+)\b[^\n]*\b(?:owner|user|author|created_by|customer|account)(?:_id)?\s*==?\s*(?:current_user|"
    r"request\.user|self\.request\.user|g\.user|user|get_jwt_identity|session\[|identity|current)"
)
_LOGIN = lazy_regex(
    r"(?i)login_required|jwt_required|token_required|auth_required|require_login|requires_auth\b|isauthenticated\b"
)
_CURRENT = lazy_regex(
    r"\b(\w+)\s*(?::\s*[^=,()]*(?:\([^()]*\))?[^=,()]*)?=\s*(?:Depends|Security)\(\s*[\w.]*(?:current|auth)\w*"
)
_ENTERED = lazy_regex(
    r"if\s+(?:[\"']\w+[\"']\s+not\s+in\s+session\w*|not\s+session\w*(?:\.get\([^)\n]*\)|\[[^\]\n]*\])|session\w*\.get\([^)\n]*\)\s+is\s+None)"
    r"\s*:(?:\s|#[^\r\n]*[\r\n])*[^\r\n]*(?:return|abort|raise|redirect)[^\r\n]*"
)
"""A test that somebody is logged in, and no more."""
_TYPED = lazy_regex(r"\b(\w+)\s*:\s*(?:Annotated\[[^\]]*(?:current|auth)\w*[^\]]*\]|Current\w*User\w*)")
_IN = AnyCase("login|required|auth|depends|security|current|session")
"""What is in every unit that asks whether somebody is logged in; quick to look for."""
_ENTERING = lazy_regex(
    r"LoginRequiredMixin|permission_classes\s*=\s*[\[(]\s*(?:\w+\.)*IsAuthenticated\s*,?\s*[\])]|"
    r"\b(?:decorators|method_decorators)\s*=\s*\[[^\]\n]*(?:login_required|jwt_required|token_required)[^\]\n]*\]"
)
"""What a class of views says where it asks that somebody is logged in, and no more."""
_STRICTER = lazy_regex(
    r"(?i:UserPasses|PermissionRequired|admin|staff)|\bdef\s+(?:test_func|check_object_permissions)\b"
)
"""What it says where it asks for more than that."""
_VIEW = lazy_regex(r"get|post|put|patch|delete|retrieve|update|partial_update|destroy|get_object|dispatch")
_ABOVE = lazy_regex(r"(?i)admin|staff|superuser|permission|role|scope|manager")
_SPOKEN = lazy_regex(
    r"(?i)current_user|request\.user|g\.(user|current)|\bsession\[|session\.get|get_jwt|identity|owner|author|created_by|"
    r"user_id|\bcheck_|\bcan_|permission|authori[sz]|40[13]|is_admin|tenant|\.user\b|context\[[\"'](?:user|viewer)"
)


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A record that a view fetches by its key alone.

    Attributes:
        model: its kind.
        at: where.
        views: the class that has to ask whether somebody is logged in, if the view does not.
    """

    model: str
    at: TextRange
    views: str


@dataclass(frozen=True, slots=True)
class _Entering:
    """A class of views for whoever is logged in."""

    name: str


@dataclass(frozen=True, slots=True)
class _Owned:
    """A kind of record of which somewhere the owner is asked for."""

    model: str


class RecordWithoutOwnerCheck(DocumentCheck):
    """Finds views that show anybody's record."""

    summary = "A record that is fetched by its key alone, whoever asks"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-639", "CWE-862")
    owasp = ("A01:2025",)
    languages = PYTHON
    clue = lazy_regex(
        r"query[.(]|_one\w*\(|get_by_id\(|get_or_none\(|get\(|IsAuthenticated|LoginRequired|404\(|objects\.|select\(|"
        r"\.(?:execute|fetchrow|fetch_one|fetchone)\(|"
        r"=\s*(?:get_jwt_identity|session\[|identity|current_user|request\.user|self\.request\.user|g\.user|user)\b"
    )

    VALID = (
        (
            "class Größe(LoginRequiredMixin, UserPassesTestMixin, View):\n    def test_func(self):\n"
            "        return mine(self)\n\n"
            "    def get(self, request, pk):\n        return show(get_object_or_404(Order, pk=pk))\n"
        ),
        (
            '@app.get("/orders/<int:key>")\n@login_required\ndef größe(key):\n'
            "    return Order.query.filter_by(id=key, owner_id=current_user.id).first_or_404()\n"
        ),
        (
            '@app.get("/orders/<int:key>")\n@login_required\ndef größe(key):\n    order = Order.query.get(key)\n'
            "    if order.owner_id != current_user.id:\n        abort(404)\n    return order\n"
        ),
        (
            "@login_required\ndef größe(request, pk):\n    return show(get_object_or_404(Order, pk=pk, state='open', "
            "customer=request.user))\n"
        ),
        '@app.get("/movies/<int:key>")\n@login_required\ndef größe(key):\n    return Movie.query.get_or_404(key)\n',
        '@app.get("/orders/<int:key>")\n@admin_required\ndef größe(key):\n    return Order.query.get_or_404(key)\n',
        (
            '@app.get("/orders/{key}")\ndef größe(key: int, user: User = Depends(get_current_user)):\n'
            "    return load(session.get(Order, key), user)\n"
        ),
        (
            "class Größe(APIView):\n    permission_classes = [IsAuthenticated]\n\n    def get(self, request, pk):\n"
            "        return show(get_object_or_404(Order, pk=pk, customer=request.user))\n"
        ),
        (
            "class Größe(APIView):\n    permission_classes = [IsOwner]\n\n    def get(self, request, pk):\n"
            "        return show(get_object_or_404(Order, pk=pk))\n"
        ),
        (
            '@app.get("/größe/{key}")\n@login_required\ndef größe(key):\n'
            '    return db.orders.find_one({"_id": ObjectId(key), "user": current_user.id})\n'
        ),
    )
    INVALID = (
        Invalid(
            code="class Größe(APIView):\n    permission_classes = [IsAuthenticated]\n\n    def get(self, größe, pk):\n"
            "        return show(get_object_or_404(Order, pk=pk))\n",
            at="get_object_or_404(Order, pk=pk)",
            message=_MESSAGE.format("Order"),
        ),
        Invalid(
            code='@app.get("/größe/<key>")\n@login_required\ndef größe(key):\n'
            '    return show(db.orders.find_one({"_id": ObjectId(key)}))\n',
            at='orders.find_one({"_id": ObjectId(key)}',
            message=_MESSAGE.format("orders"),
        ),
        Invalid(
            code='@app.get("/users/{user_id}/payments")\n'
            "def größe(user_id: int, db=Depends(get_db), current=Depends(get_current_user)):\n"
            "    return db.query(Payment).filter(Payment.user_id == user_id).all()\n",
            at=".query(Payment).filter(Payment.user_id == user_id)",
            message=_MESSAGE.format("Payment"),
        ),
        Invalid(
            code='@app.get("/orders/<int:key>")\n@login_required\ndef größe(key):\n'
            "    return Order.query.get_or_404(key).to_dict()\n",
            at="Order.query.get_or_404(key)",
            message=_MESSAGE.format("Order"),
        ),
        Invalid(
            code='@app.get("/invoices/{key}")\ndef größe(key: int, user: User = Depends(get_current_user)):\n'
            "    return session.get(Invoice, key)\n",
            at="session.get(Invoice, key)",
            message=_MESSAGE.format("Invoice"),
        ),
        Invalid(
            code='@app.get("/orders/<int:key>")\ndef größe(key):\n    if "user" not in session:  # a guest\n'
            '        # as everywhere\n        return redirect("/")\n    return Order.query.get_or_404(key).to_dict()\n',
            at="Order.query.get_or_404(key)",
            message=_MESSAGE.format("Order"),
        ),
        Invalid(
            code='@app.get("/invoices/{key}")\ndef größe(key: int, user: User = Depends(get_current_user)):\n'
            "    found = session.get(Invoice, key)\n    if found is None or user is None:\n"
            "        raise HTTPException(404)\n    return found\n",
            at="session.get(Invoice, key)",
            message=_MESSAGE.format("Invoice"),
        ),
        Invalid(
            code="@login_required\ndef edit(request, pk):\n    post = get_object_or_404(Post, pk=pk, "
            "author=request.user)\n    return render(request, 'größe.html', {'post': post})\n\n\n@login_required\n"
            "def show(request, pk):\n    post = get_object_or_404(Post, pk=pk)\n    return render(request, 'x', {})\n",
            at="get_object_or_404(Post, pk=pk)",
            message=_MESSAGE.format("Post"),
        ),
        Invalid(
            code="@login_required\ndef größe(request, pk):\n    order = get_object_or_404(Order, pk=pk, state='open')\n"
            "    order.state = 'cancelled'\n    order.save()\n    return JsonResponse({'id': order.pk})\n",
            at="get_object_or_404(Order, pk=pk, state='open')",
            message=_MESSAGE.format("Order"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """What the unit's views fetch, and of what the unit asks for the owner."""
        text = code.unit.text
        owned: Facts = tuple(_Owned(found["model"]) for found in _OWNED.finditer(text))
        for found, end in classes_of(text):
            if _ENTERING.search(text, found.start(), end) and not _STRICTER.search(text, found.start(), end):
                owned = (*owned, _Entering(found["name"]))
        if code.tree is None or not (_IN.search(code.source) or "self" in code.source):
            return owned
        views = code.tree.of_kinds("function_definition")
        return (*owned, *(fact for view in views for fact in _fetched(code, view)))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """The records that belong to somebody."""
        owned = {fact.model for facts in document for fact in facts if isinstance(fact, _Owned)}
        entering = {fact.name for facts in document for fact in facts if isinstance(fact, _Entering)} | {""}
        for index, facts in enumerate(document):
            for fact in facts:
                if (
                    isinstance(fact, _Fetched)
                    and fact.views in entering
                    and (fact.model in owned or _PERSONAL.search(fact.model))
                ):
                    yield Lack(index, fact.at, _MESSAGE.format(fact.model))


def _fetched(code: Code, view: Node) -> Iterator[_Fetched]:
    body, holder = view.child_by_field_name("body"), view.child_by_field_name("parameters")
    if body is None or holder is None:
        return
    parameters = code.text(holder)
    around = "\n".join(code.text(decorator) for decorator in decorators_of(view))
    asker = _CURRENT.search(parameters) or _TYPED.search(parameters)
    text = code.text(body)
    entered = _ENTERED.search(text) if asker is None else None
    views = "" if asker or entered or _LOGIN.search(around) else _class_of(code, view)
    if _ABOVE.search(around + parameters) or views is None:
        return
    if entered is not None:
        text = text[: entered.start()] + " " * (entered.end() - entered.start()) + text[entered.end() :]
    for found in _LOOKUP.finditer(text):
        model = next(found[name] for name in _GROUPS if found[name])
        key = next(found[f"{name}k"] for name in _GROUPS if found[f"{name}k"])
        rest = re.sub(rf"(?<!\w){re.escape(key)}(?!\w)", "", text[: found.start()] + text[found.end() :])
        who = asker.group(1) if asker is not None else ""
        if who:
            rest = re.sub(rf"\b{who}\s+is(?:\s+not)?\s+None\b|\bnot\s+{who}\b(?!\.)", "", rest)
        spoken = _SPOKEN.search(rest) or (who and re.search(rf"\b{who}\b", rest))
        if (re.search(rf"\b{re.escape(key)}\b", parameters) or "kwargs" in key) and not spoken:
            start = code.range(body).start + found.start()
            yield _Fetched(model, TextRange(start, start + len(found[0])), views)


def _class_of(code: Code, view: Node) -> str | None:
    """The name of the class that a view stands in; None for functions outside of classes and of no request."""
    owner, _, _ = code.unit.name.rpartition(".")
    around = view.parent.parent if view.parent is not None else None
    if around is not None and around.type == "class_definition" and not owner:
        owner = code.text(around.child_by_field_name("name"))
    named = code.text(view.child_by_field_name("name"))
    return owner if owner and _VIEW.fullmatch(named) else None
