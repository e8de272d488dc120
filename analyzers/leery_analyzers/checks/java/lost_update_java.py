"""A balance, a stock or a voucher that is looked at first and changed later, in Java.

Two requests at once both see that the voucher is unused and both redeem it. Ask and change in one statement
(``UPDATE … SET used = TRUE WHERE code = ? AND used = FALSE``) and look at how many rows it changed, or lock the row.

Reported are an ``UPDATE`` whose condition does not repeat what a ``SELECT`` in the same method has found, and, less
surely, entities and collections of that kind that are asked and then changed. Left alone: what is locked, versioned, or
changed in one step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_COUNTED = (
    r"(?i:balance|credits?|stock|quantity|remaining|uses?_?left|left|used(?:_?at|_?count)?|redeemed\w*|claimed\w*|points|"
    r"available\w*|inventory|seats\w*|uses|consumed\w*|spent|tickets?|budget|quota|capacity|times_?used|status|state)"
)
_SELECT = re.compile(r"(?is)\bselect\s+([\w\s,.*()]*?)\sfrom\s+(\w+)\b([^\"]*(?:\"\s*\+\s*\"[^\"]*)*)")
_UPDATE = re.compile(r"(?is)\bupdate\s+(\w+)\s+set\s+([^\"]*(?:\"\s*\+\s*\"[^\"]*)*)")
_SAFE = re.compile(
    r"(?i)for\s+update|\bsynchronized\b|\block\w*\(|serializable|pessimistic|optimistic|@version\b|with\s*\(\s*(?:updlock|rowlock)|"
    r"LockModeType|@Lock\b|findAndModify|compareAndSet|forUpdate|getAndUpdate|\bversion\s*=\s*\?|tryLock|ReentrantLock|RLock|setIfAbsent|setnx"
)
_ENTITY = re.compile(
    rf"\b(\w+)\s*\.\s*(?:get|is)({_COUNTED[:-1]}))\(\)(?s:.{{0,600}}?)\b\1\s*\.\s*set\2\(",
)
_DECIDES = re.compile(r"\bif\s*\(|\?\s|\bfilter\(|\bthrow\b")
_SAVED = re.compile(r"\.(?:save|saveAndFlush|merge|update|persist)\(|@Transactional\b")
_KEPT = re.compile(
    r"(?s)\bif\s*\(\s*(?:!\s*)?(\w*(?i:used|redeemed|claimed|spent|balances?|stock|seats|reserved|coupons|vouchers|tokens|nonces|seen)\w*)"
    r"\s*\.\s*(?:contains|containsKey|get|getOrDefault)\([^;{]*\{?"
    r".{0,400}?(?<!if \()(?<!if \(!)\b\1\s*\.\s*(?:add|put|remove)\("
)
_LOCKS = re.compile(r"@Version\b|@Lock\b|LockModeType")
_LOCKED = "(locked)"
_MESSAGE = "Between this and the `SELECT` before it, another request may have changed `{}`; repeat the condition here."
_ENTITY_MESSAGE = "Another request may change `{}` before this; lock it, or ask and change it in one step."


class LostUpdateJava(DocumentCheck):
    """Finds values that are asked and then changed."""

    summary = "A value that may have changed since it was looked at"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-362", "CWE-367")
    owasp = ("A06:2025",)
    languages = JAVA
    clue = AnyCase(
        r"update\s+\w+\s+set\b|set\w{0,40}(?:balance|credit|stock|quantity|remaining|left|used|redeemed|claimed|points|"
        r"available|inventory|seats|uses|spent|status|state|budget|quota|capacity)\w{0,40}\(|@version\b|@lock\b|lockmodetype|"
        r"(?:used|redeemed|claimed|spent|balance|stock|seats|reserved|coupons|vouchers|tokens|nonces|seen)\w*\."
        r"(?:contains|get)\w*\("
    )
    parsed = False

    VALID = (
        """\
class A {
    boolean redeem(String größe) {
        int claimed = jdbc.update("UPDATE voucher SET used = TRUE WHERE code = ? AND used = FALSE", größe);
        return claimed == 1;
    }
}
""",
        """\
class A {
    boolean spend(String größe, long cents) {
        Long balance = jdbc.queryForObject("SELECT balance FROM cards WHERE code = ? FOR UPDATE", Long.class, größe);
        if (balance < cents) {
            return false;
        }
        return jdbc.update("UPDATE cards SET balance = ? WHERE code = ?", balance - cents, größe) == 1;
    }
}
""",
        """\
class A {
    @Transactional
    void größe(long id, int count) {
        Product product = products.findByIdForUpdate(id);
        if (product.getStock() < count) {
            throw new IllegalStateException();
        }
        product.setStock(product.getStock() - count);
    }

    interface Products {
        @Lock(LockModeType.PESSIMISTIC_WRITE)
        Product findByIdForUpdate(long id);
    }
}
""",
        """\
class A {
    void größe(long id, String name) {
        String old = jdbc.queryForObject("SELECT name FROM users WHERE id = ?", String.class, id);
        if (!old.equals(name)) {
            jdbc.update("UPDATE users SET name = ? WHERE id = ?", name, id);
        }
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    boolean redeem(String größe) {
        List<Boolean> used = jdbc.queryForList("SELECT used FROM voucher WHERE code = ?", Boolean.class, größe);
        if (used.isEmpty() || used.get(0)) {
            return false;
        }
        jdbc.update("UPDATE voucher SET used = TRUE WHERE code = ?", größe);
        return true;
    }
}
""",
            at="UPDATE voucher SET used = TRUE WHERE code = ?",
            message=_MESSAGE.format("used"),
        ),
        Invalid(
            code="""\
class A {
    @Transactional
    void größe(long id, int count) {
        Product product = products.findById(id).orElseThrow();
        if (product.getStock() < count) {
            throw new IllegalStateException();
        }
        product.setStock(product.getStock() - count);
        products.save(product);
    }
}
""",
            at="product.setStock(",
            message=_ENTITY_MESSAGE.format("stock"),
        ),
        Invalid(
            code="""\
class A {
    private final Set<String> redeemed = ConcurrentHashMap.newKeySet();

    void größe(String code) {
        if (redeemed.contains(code)) {
            throw new IllegalStateException();
        }
        redeemed.add(code);
        credit(code);
    }
}
""",
            at="redeemed.add(",
            message=_ENTITY_MESSAGE.format("redeemed"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Whether the unit locks or versions something, and what it asks and then changes."""
        text = code.unit.text
        locked = (_LOCKED,) if _LOCKS.search(text) is not None else ()
        found = (*_statements(text), *_members(text)) if code.unit.kind in {"function", "file"} else ()
        return locked if not found or _SAFE.search(text) is not None else (*locked, *found)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Values asked and changed where nothing of the document locks or versions them."""
        locked = any(_LOCKED in facts for facts in document)
        for index, facts in enumerate(document):
            for fact in facts:
                if fact == _LOCKED:
                    continue
                low, high, name, is_sql = fact
                if is_sql:
                    yield Lack(index, TextRange(low, high), _MESSAGE.format(name))
                elif not locked:
                    yield Lack(index, TextRange(low, high), _ENTITY_MESSAGE.format(name), confidence="low")


def _statements(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Updates of a column that a query of the method has asked for, whose condition does not repeat it."""
    for asked in _SELECT.finditer(text):
        rest = text[asked.end() :]
        for changed in _UPDATE.finditer(rest):
            if changed[1].lower() != asked[2].lower() or _DECIDES.search(rest[: changed.start()]) is None:
                continue
            setting, _, condition = re.sub(r'"\s*\+\s*"', "", changed[2]).lower().partition("where")
            columns = [word for word in re.findall(r"(\w+)\s*=(?!=)", setting) if re.fullmatch(_COUNTED, word)]
            told = re.search(r"\*", asked[1]) or any(word in asked[1].lower() for word in columns)
            if columns and told and not any(re.search(rf"\b{word}\b", condition) for word in columns) and condition:
                start = asked.end() + changed.start()
                yield start, start + len(changed[0].rstrip()), columns[0], True
                return


def _members(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Entities and collections that are asked and then changed."""
    found = _ENTITY.search(text)
    if found is not None and _DECIDES.search(text) is not None and _SAVED.search(text) is not None:
        start = text.rindex(found[1], 0, found.end())
        yield start, found.end(), found[2].lower(), False
    kept = _KEPT.search(text)
    if kept is not None:
        start = text.rindex(kept[1], 0, kept.end())
        yield start, kept.end(), kept[1], False
