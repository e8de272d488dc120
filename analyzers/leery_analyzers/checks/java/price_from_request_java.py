"""A price that the buyer tells, in Java.

What the page shows as a price comes back from the browser as whatever the buyer writes into the request. Take prices
from the catalogue by the number of the article.

Reported is a price or a total of a request's body that is multiplied, charged or stored in a method that answers
requests. Left alone: amounts that are meant to be chosen (a transfer, a donation), and prices that are compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PRICE = (
    r"(?:get)?(?:[uU]nit|[iI]tem|[tT]otal|[sS]ale)?[pP]rice\w*|(?:get)?(?:[gG]rand|[oO]rder|[cC]art)?[tT]otal(?:Cents|Amount)?|"
    r"(?:get)?[dD]iscount\w*"
)
_GIVEN = re.compile(r"@(?:RequestBody|ModelAttribute|Body|Valid)\b[^,()]*?(\w+)\s*(?:,|\)\s*(?:throws[^{]*)?\{)")
_PARAMETER = re.compile(
    rf"@(?:RequestParam|FormParam|QueryParam)\b(?:\([^)]*\))?\s+(?:final\s+)?[\w.]+\s+({_PRICE})\s*[,)]"
)
_LOOP = re.compile(r"\bfor\s*\(\s*(?:final\s+)?[\w.<>]+\s+(\w+)\s*:\s*(\w+)\b")
_USED = re.compile(
    r"(?i)\b\w*(?:charge|pay|checkout|capture|createOrder|placeOrder|purchase|multiply|setAmount|setTotal|setPrice|setUnitAmount|debit|invoice)\w*\("
)
_COMPARED = re.compile(
    r"(?i)price\w*(?:\(\))?\s*\.\s*(?:compareTo|equals)\(|(?:compareTo|equals)\([^;]*price|price\w*(?:\(\))?\s*[!=]=\s*\w+\.|sponsor|admin|seller|merchant|supplier"
)
_BUYS = re.compile(r"(?i)cart|checkout|order|buy|purchase|basket|booking|ticket")
_MESSAGE = "The buyer tells this price; take it from the catalogue by the number of the article."


class PriceFromRequestJava(Check):
    """Finds prices that the buyer tells."""

    summary = "A price that the buyer tells"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-472", "CWE-602", "CWE-840")
    owasp = ("A06:2025",)
    languages = JAVA
    query = """
    (method_declaration (modifiers [(annotation) (marker_annotation)])
      parameters: (formal_parameters (formal_parameter))) @method
    """

    VALID = (
        """\
class A {
    @PostMapping("/checkout")
    String f(@RequestBody Cart größe) {
        BigDecimal total = BigDecimal.ZERO;
        for (Line line : größe.lines()) {
            Product product = products.findById(line.productId()).orElseThrow();
            total = total.add(product.getPrice().multiply(BigDecimal.valueOf(line.quantity())));
        }
        return payments.charge(größe.token(), total);
    }
}
""",
        """\
class A {
    @PostMapping("/products")
    void größe(@RequestBody ProductForm form) {
        Product product = new Product();
        product.setPrice(form.getPrice());
        products.save(product);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @PostMapping("/checkout")
    String f(@RequestBody Cart größe) {
        BigDecimal total = BigDecimal.ZERO;
        for (Line line : größe.lines()) {
            BigDecimal price = line.price();
            total = total.add(price.multiply(BigDecimal.valueOf(line.quantity())));
        }
        return payments.charge(größe.token(), total);
    }
}
""",
            at="line.price()",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @PostMapping("/orders")
    Order größe(@Valid @RequestBody OrderRequest request) {
        Order order = new Order(request.getProductId());
        order.setTotal(request.getTotalPrice());
        return orders.save(order);
    }
}
""",
            at="request.getTotalPrice()",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems in one method."""
        method = found["method"]
        text = code.text(method)
        if not any(clue in text for clue in ("rice", "otal", "iscount")):
            return
        if _USED.search(text) is None or _BUYS.search(text) is None or _COMPARED.search(text) is not None:
            return
        start = code.range(method).start
        told = _PARAMETER.search(text)
        if told is not None:
            yield Problem(TextRange(start + told.start(1), start + told.end(1)), _MESSAGE)
            return
        given = _GIVEN.search(text)
        if given is None:
            return
        names = {given[1]} | {name for name, whole in _LOOP.findall(text) if whole == given[1]}
        price = re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\.(?:{_PRICE})\(\)", text)
        if price is not None:
            yield Problem(TextRange(start + price.start(), start + price.end()), _MESSAGE)
