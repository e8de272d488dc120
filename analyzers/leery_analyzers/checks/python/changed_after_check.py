"""A balance, a stock or a voucher that is checked first and changed later, as if nobody else could come between.

Two requests at once both see the voucher unused, or the balance high enough, before either writes: both go on. Let the
database check and change in one statement (``UPDATE … WHERE used_by IS NULL``, ``F("balance") - amount`` beside a
condition), or lock the row until it is written.

Left alone: rows that are locked, changes that state the condition once more, and values that nobody spends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import in_test
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SPENT = (
    r"(?:balance|stock|credits?|points|remaining(?:_\w+)?|seats(?:_left)?|available(?:_\w+)?|inventory|used(?:_by|_at|_on)?|"
    r"is_used|redeemed(?:_by|_at)?|is_redeemed|claimed(?:_by|_at)?|spent|uses(?:_left)?|tickets(?:_left)?|coins|cents|wallet|"
    r"quantity|qty|left|consumed(?:_at)?|redemptions|slots(?:_left)?)"
)
"""What can be spent once, or until there is none."""
_SPENDABLE = AnyCase(
    r"balance|stock|credit|points|remaining|seats|available|inventory|used|redeem|claim|spent|uses|ticket|coins|cents|"
    r"wallet|quantity|qty|left|consumed|slots"
)
"""What is in every word of those; quick to look for."""
_SELECT = lazy_regex(
    r"(?is)\bselect\b(?P<columns>.*?)\bfrom\s+(?P<table>[\w.\"`]+)(?P<rest>.*?)(?:[\"']{1,3}\s*[,)]|$)"
)
_UPDATE = lazy_regex(
    r"(?is)\bupdate\s+(?P<table>[\w.\"`]+)\s+set\s+(?P<set>.*?)\bwhere\b(?P<where>.*?)(?:[\"']{1,3}\s*[,)]|$)"
)
_CHANGED = lazy_regex(rf"(?i)\b(?P<column>{_SPENT})\s*=")
_LOCKED = lazy_regex(
    r"(?i)for\s+update|for_update|begin\s+(?:immediate|exclusive)|serializable|lock\b|\block\w*\(|advisory|isolation_level|"
    r"\bF\(|rowcount|returning|on\s+conflict|mutex|semaphore|acquire"
)
_FETCHED = lazy_regex(
    r"(?m)^[ \t]*(?P<name>\w+)\s*=\s*(?:await\s+)?[^\n]*(?:\.objects\b[^\n]*\.?(?:get|first)\(|get_object_or_404\(|"
    r"\.query\b[^\n]*\.?(?:get|first|one|get_or_404|first_or_404)\w*\(|session\.(?:get|scalar|scalars|query|execute)\()"
)
_CHOSEN = lazy_regex(
    r"(?m)^[ \t]*(?P<name>\w+)\s*=\s*(?:await\s+)?[^\r\n]{0,200}?\b(?:filter|filter_by|get|where)\("
    rf"[^\r\n]{{0,200}}?\b(?:\w+\.)?(?P<field>{_SPENT})(?:__isnull\s*=\s*True|\s*==?\s*(?:None|False)|\.is_\((?:None|False)\))"
)
_MESSAGE = "`{}` is checked before it is changed: two requests at once both pass the check."


class ChangedAfterCheck(Check):
    """Finds what is checked in one step and spent in another."""

    summary = "What can be spent once is checked before it is changed"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-362", "CWE-367")
    owasp = ("A06:2025",)
    languages = PYTHON
    query = "(function_definition body: (block) @body) @function"

    VALID = (
        (
            "def redeem(cur, code, größe):\n    cur.execute('UPDATE vouchers SET used_by = %s WHERE code = %s AND "
            "used_by IS NULL RETURNING id', (größe, code))\n    return cur.fetchone()\n"
        ),
        (
            "def redeem(cur, code):\n    cur.execute('SELECT id FROM vouchers WHERE code = %s AND used_by IS NULL FOR "
            "UPDATE', (code,))\n    cur.execute('UPDATE vouchers SET used_by = 1 WHERE id = %s', row)\n"
        ),
        (
            "def pay(request):\n    größe = Wallet.objects.select_for_update().get(user=request.user)\n"
            "    if größe.balance < 5:\n        return None\n    größe.balance -= 5\n    größe.save()\n"
        ),
        (
            "def rename(request):\n    user = User.objects.get(pk=1)\n    if user.name == 'größe':\n        return\n"
            "    user.name = 'x'\n    user.save()\n"
        ),
        (
            "def redeem(request, größe):\n    with transaction.atomic():\n"
            "        coupon = Coupon.objects.select_for_update().filter(code=größe, used_at=None).first()\n"
            "        if coupon is None:\n            return\n        coupon.used_at = now()\n        coupon.save()\n"
        ),
    )
    INVALID = (
        Invalid(
            code="def redeem(cur, code, größe):\n"
            "    cur.execute('SELECT id FROM vouchers WHERE code = %s AND used_by IS NULL', (code,))\n"
            "    row = cur.fetchone()\n    if row is None:\n        raise LookupError\n"
            "    cur.execute('UPDATE vouchers SET used_by = %s WHERE id = %s', (größe, row[0]))\n",
            at="UPDATE vouchers SET used_by = %s WHERE id = %s",
            message=_MESSAGE.format("used_by"),
        ),
        Invalid(
            code="def withdraw(request, größe):\n    wallet = Wallet.objects.get(user=request.user)\n"
            "    if wallet.balance >= größe:\n        wallet.balance -= größe\n        wallet.save()\n",
            at="wallet.balance -= größe",
            message=_MESSAGE.format("balance"),
        ),
        Invalid(
            code="def redeem(größe):\n    coupon = Coupon.query.filter_by(code=größe).first()\n    if coupon.used:\n"
            "        return 'no'\n    coupon.used = True\n    db.session.commit()\n",
            at="coupon.used = True",
            message=_MESSAGE.format("used"),
        ),
        Invalid(
            code="def redeem(request, größe):\n    coupon = Coupon.objects.filter(code=größe, used_at=None).first()\n"
            "    if coupon is None:\n        return None\n    with transaction.atomic():\n"
            "        account = Account.objects.select_for_update().get(user=request.user)\n        account.save()\n"
            "        coupon.used_at = now()\n        coupon.save()\n",
            at="coupon.used_at = now()",
            message=_MESSAGE.format("used_at"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems in one function."""
        body = found["body"]
        text = code.text(body)
        if not _SPENDABLE.search(text) or not re.search(rf"(?i)\b{_SPENT}\b", text) or in_test(code, body):
            return
        locked = _LOCKED.search(text) is not None
        for start, end, column in _chosen(text) if locked else (*_statements(text), *_records(text), *_chosen(text)):
            place = _node_at(body, len(text[:start].encode()), len(text[:end].encode()))
            if place is not None:
                yield Problem(place, _MESSAGE.format(column))
                return


def _statements(text: str) -> Iterator[tuple[int, int, str]]:
    """Rows that are asked for, and changed by a statement without the condition."""
    for update in _UPDATE.finditer(text):
        changed = _CHANGED.search(update["set"])
        if changed is None or re.search(rf"(?i)\b{changed['column']}\b", update["where"]):
            continue
        for select in _SELECT.finditer(text, 0, update.start()):
            same = select["table"].strip('"`').lower() == update["table"].strip('"`').lower()
            asked = re.search(rf"(?i)\b{changed['column']}\b", select["columns"] + select["rest"])
            if same and asked and re.search(r"\bif\b", text[select.end() : update.start()]):
                yield update.start(), update.start() + 6, changed["column"]
                break


def _records(text: str) -> Iterator[tuple[int, int, str]]:
    """Records of a mapper that are looked at, and changed after that."""
    for record in _FETCHED.finditer(text):
        name = record["name"]
        tested = re.compile(rf"\bif\b[^\n]*\b{name}\.(?P<field>{_SPENT})\b[^\n]*:")
        for test in tested.finditer(text, record.end()):
            change = re.compile(rf"\b{name}\.{test['field']}\s*(?:[-+]=|=(?!=))[^\r\n]*")
            made = change.search(text, test.end())
            if made is not None and re.search(r"\.save\(|commit\(|\.asave\(|flush\(", text[made.end() :]):
                yield made.start(), made.end(), test["field"]


def _chosen(text: str) -> Iterator[tuple[int, int, str]]:
    """Records that are asked for with a condition, before anything is locked, and changed so that it does not hold."""
    text = text.replace("\r", "\n")
    for record in _CHOSEN.finditer(text):
        name, field = record["name"], record["field"]
        end = (text + "\n").find("\n", record.end())
        change = re.compile(rf"\b{name}\.{field}\s*=(?!=)[^\r\n]*")
        made = change.search(text, end)
        if made is None or _LOCKED.search(text[:end]) or re.search(rf"\b{name}\s*=(?!=)", text[end : made.start()]):
            continue
        if re.search(r"\.save\(|commit\(|\.asave\(|flush\(", text[made.end() :]):
            yield made.start(), made.end(), field


def _node_at(body: Node, start: int, end: int) -> Node | None:
    """The smallest statement, or text, around a stretch of a function's body."""
    found = body.named_descendant_for_byte_range(body.start_byte + start, body.start_byte + end)
    while found is not None and found.type in {"string_content", "identifier", "attribute"}:
        if found.type == "string_content" or found.parent is None:
            return found
        found = found.parent
    return found
