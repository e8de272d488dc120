"""A webhook of a payment service that believes whatever it is sent.

The address of a webhook is no secret. Who finds it can tell the program that an order was paid. Let the service's
library check the signature of the raw body: ``stripe.webhooks.constructEvent(body, signature, secret)``.

Left alone: files that check a signature or a shared secret, and those that only send events.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.webhooks import PROVEN, TAKEN, Event, WebhookCheck
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_EVENT = re.compile(
    r"(?:===?\s*|case\s+)(['\"`])(?:checkout\.session\.\w+|payment_intent\.\w+|invoice\.\w+|customer\.subscription\.\w+|"
    r"charge\.\w+|PAYMENT\.CAPTURE\.\w+|CHECKOUT\.ORDER\.\w+|payment\.captured|order\.paid)\1"
)
_TAKEN = re.compile(r"\b(req|request|ctx\.request|c\.req)\.(body|json\(|text\(|rawBody)|@Body\(|\bevent\.body\b")
_PROVEN = re.compile(r"(?i:constructEvent|signature|hmac|timingSafeEqual|verify|svix|retrieve\(|secret.*[!=]==)")
_MESSAGE = "Nothing checks who sends this event: whoever knows the address can say that something was paid."


class WebhookWithoutSignature(WebhookCheck):
    """Finds webhooks that do not ask who sends."""

    summary = "A payment event believed without its signature"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-345", "CWE-347")
    owasp = ("A07:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(
        r"checkout\.|payment_intent|payment\.|invoice\.|customer\.sub|charge\.|order\.paid|body|json\(|text\(|construct|"
        r"signature|hmac|timingsafe|verify|svix|retrieve|secret"
    )
    parsed = False
    message = _MESSAGE

    VALID = (
        (
            "app.post('/größe', (req, res) => {\n"
            "  const event = stripe.webhooks.constructEvent(req.body, req.get('signature'), secret);\n"
            "  if (event.type === 'invoice.paid') {\n    ship(event);\n  }\n});\n"
        ),
        "if (event.type === 'invoice.paid') {\n  show(größe);\n}\n",
    )
    INVALID = (
        Invalid(
            code="app.post('/größe', (req, res) => {\n  const event = req.body;\n"
            "  if (event.type === 'invoice.paid') {\n    ship(event);\n  }\n});\n",
            at="=== 'invoice.paid'",
            message=_MESSAGE,
        ),
        Invalid(
            code="export async function POST(request) {\n  const event = await request.json();\n"
            "  switch (event.type) {\n    case 'checkout.session.completed':\n      await ship(größe);\n  }\n}\n",
            at="case 'checkout.session.completed'",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The first event that the unit looks for, whether it takes a request, and whether it checks anything."""
        text = code.unit.text
        found = _EVENT.search(text)
        facts: list[Event | str] = [Event(TextRange(found.start(), found.end()))] if found is not None else []
        facts += [TAKEN] if _TAKEN.search(text) else []
        facts += [PROVEN] if _PROVEN.search(text) else []
        return tuple(facts)
