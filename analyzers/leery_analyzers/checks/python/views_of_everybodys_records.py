"""Views that show and change everybody's records to whoever is logged in.

A class of views that only asks whether somebody is logged in, and works on all records of a kind that belongs to
somebody, lets each visitor read and change those of the others by counting. Let ``get_queryset`` return the records of
``request.user`` only, or check each record with a permission of its own.

Left alone: classes that narrow their records or check them, views that only list or create, kinds of records that
belong to nobody, and views for administrators.
"""

from __future__ import annotations

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

_SINGLE = lazy_regex(
    r"\bModelViewSet\b|ReadOnlyModelViewSet|\b(?:Generic\w*)?(?:Retrieve|Update|Destroy|Delete|Detail)\w*(?:View|Mixin)\b"
)
_ENTERING = lazy_regex(
    r"LoginRequiredMixin|permission_classes\s*=\s*[\[(]\s*(?:\w+\.)*IsAuthenticated(?:OrReadOnly)?\s*,?\s*[\])]"
)
_ALL = lazy_regex(
    r"\b(?:queryset\s*=\s*(?:\w+\.)?(?P<a>[A-Z]\w+)\.objects\.\w+\([^()\n]*\)(?!\.filter)|model\s*=\s*(?P<b>[A-Z]\w+)\b)"
)
_NARROWS = frozenset(
    {
        "get_queryset",
        "get_object",
        "test_func",
        "dispatch",
        "check_object_permissions",
        "filter_queryset",
        "get_permissions",
    }
)
_DEFINED = lazy_regex(r"\bdef\s+(\w+)\s*\(")
_ELSEWHERE = lazy_regex(
    r"(?i)none\(\)|owner|\.filter\(|permission_required|filter_backends|UserPasses|Admin|Staff|tenant|scoped"
)
_PERSONAL = lazy_regex(
    r"(?i)order|invoice|profile|message|document|note|payment|card|address|ticket|booking|reserv|prescription|patient|wallet|"
    r"transaction|subscription|cart|appointment|claim|salar|medical|conversation|loan|receipt|attachment|contract|expense|"
    r"journal|diary|account|task|todo|reminder|budget"
)
_MESSAGE = "Whoever is logged in reaches everybody's `{}` here: no method narrows the records to those of the visitor."


@dataclass(frozen=True, slots=True)
class _Views:
    """A class that works on all records of a kind."""

    name: str
    model: str
    at: TextRange


@dataclass(frozen=True, slots=True)
class _Narrow:
    """A class with a method that says which records are meant."""

    name: str


class ViewsOfEverybodysRecords(DocumentCheck):
    """Finds classes of views whose records are not those of the visitor."""

    summary = "Views that give everybody's records to whoever is logged in"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-639", "CWE-862")
    owasp = ("A01:2025",)
    languages = PYTHON
    clue = lazy_regex(
        r"queryset|model\s*=|def (?:get_(?:queryset|object|permissions)|test_func|dispatch|check_object_perm)"
    )
    parsed = False

    VALID = (
        (
            "class Größe(viewsets.ModelViewSet):\n    queryset = Invoice.objects.all()\n"
            "    permission_classes = [IsAuthenticated]\n\n    def get_queryset(self):\n"
            "        return Invoice.objects.filter(customer=self.request.user)\n"
        ),
        (
            "class Größe(viewsets.ModelViewSet):\n    queryset = Invoice.objects.all()\n"
            "    permission_classes = [IsAuthenticated, IsOwner]\n"
        ),
        (
            "class Größe(viewsets.ModelViewSet):\n    queryset = Country.objects.all()\n"
            "    permission_classes = [IsAuthenticated]\n"
        ),
        "class Größe(LoginRequiredMixin, CreateView):\n    model = Invoice\n    fields = ['number']\n",
    )
    INVALID = (
        Invalid(
            code="class Größe(viewsets.ModelViewSet):\n    queryset = Invoice.objects.all()\n"
            "    permission_classes = [IsAuthenticated]\n",
            at="queryset = Invoice.objects.all()",
            message=_MESSAGE.format("Invoice"),
        ),
        Invalid(
            code="class Größe(LoginRequiredMixin, UpdateView):\n    model = Invoice\n    fields = ['number']\n",
            at="model = Invoice",
            message=_MESSAGE.format("Invoice"),
        ),
        Invalid(
            code="class Größe(LoginRequiredMixin, UpdateView):\n    model = Invoice\n    fields = ['number']\n\n\n"
            "def totals(user):\n    return Order.objects.filter(user=user)\n",
            at="model = Invoice",
            message=_MESSAGE.format("Invoice"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The classes of one unit that work on all records, and those that narrow them."""
        text = code.unit.text
        owner, _, method = code.unit.name.rpartition(".")
        if owner and method in _NARROWS:
            return (_Narrow(owner),)
        facts: list[_Views | _Narrow] = []
        for found, end in classes_of(text):
            body = text[found.start() : end]
            if any(name in _NARROWS for name in _DEFINED.findall(body)):
                facts.append(_Narrow(found["name"]))
            whole = _ALL.search(body)
            if whole is None or not _SINGLE.search(found["bases"]) or not _ENTERING.search(body):
                continue
            model = whole["a"] or whole["b"]
            if _PERSONAL.search(model) and not _ELSEWHERE.search(body):
                start = found.start() + whole.start()
                facts.append(_Views(found["name"], model, TextRange(start, start + len(whole[0]))))
        return tuple(facts)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Classes that no method narrows."""
        narrow = {fact.name for facts in document for fact in facts if isinstance(fact, _Narrow)}
        for index, facts in enumerate(document):
            for fact in facts:
                if isinstance(fact, _Views) and fact.name not in narrow:
                    yield Lack(index, fact.at, _MESSAGE.format(fact.model))
