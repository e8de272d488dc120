"""A webhook that believes whatever it is sent.

The address of a webhook is no secret. Who finds it can tell the program that an order was paid, or that there is
something new to deploy. Let the service's library check the signature of the raw body
(``stripe.Webhook.construct_event``), or compute it and compare by ``hmac.compare_digest``.

Left alone: files that check a signature, a token or an address of the sender, those that ask the service again, and
webhooks that change nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.webhooks import PROVEN, TAKEN, Event, WebhookCheck
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_EVENT = lazy_regex(
    r"(?:==\s*|case\s+|\bin\s*[\[({]\s*)([\"'])(?:checkout\.session\.\w+|payment_intent\.\w+|invoice\.\w+|customer\.subscription\.\w+|"
    r"charge\.\w+|PAYMENT\.CAPTURE\.\w+|CHECKOUT\.ORDER\.\w+|payment\.(?:captured|succeeded|completed|paid)|order\.paid|"
    r"subscription\.\w+)\1"
)
_HOOK = lazy_regex(
    r"(?:@\w+\.(?:post|route|api_route)\(\s*|\bpath\(\s*)[rf]?[\"'][^\"'\n]*hooks?\b[^\"'\n]*[\"'][^\n]*|"
    r"@\w+\.(?:post|route|api_route)\([^\n]*\n+(?:@[^\n]*\n+)*(?:async\s+)?def\s+\w*hook\w*\([^\n]*|"
    r"(?m:^)(?:async\s+)?def\s+(?:\w+_)?webhook(?:_\w+)?\(\s*request\b[^\n]*"
)
_TAKEN = lazy_regex(
    r"\b(?:self\.)?(?:request|req)\.(?:json|get_json|body|data|get_data|POST|form|media|get_media)\b|await\s+request\.|event\[[\"']body[\"']\]|"
    r"\bdef\s+\w+\([^)]*\b(?:payload|body|data|event)\s*:"
)
_ACTS = lazy_regex(
    r"(?i)subprocess|os\.system|\.save\(|\.update\(|\.commit\(|\.create\(|execute\(|\.delay\(|add_task|mark_\w+|deploy|activate|"
    r"grant|fulfil|ship|credit|enqueue|paid|\.insert|update_one|provision|\.pull\("
)
_PROVEN = AnyCase(
    r"construct_event|signature|hmac|compare_digest|verif|svix|webhook\.parse|retrieve\(|secret|token|api_?key|authori[sz]|"
    r"login_required|depends\(|security\(|remote_addr|client\.host|allowed_ips|ip_address|basic_auth|jwt|unwrap\("
)
_SETTINGS = lazy_regex(
    r"(?m)^(?:import|from)\b.*$|^(?:[A-Za-z_]\w*\.)?[A-Za-z_]\w*\s*(?::[^=\n]+)?=\s*.*(?:environ|getenv|config|settings|[\"']).*$|#.*$|"
    r"^\s*@csrf_exempt.*$"
)
"""Lines that only say what there is: imports, settings, comments."""
_MESSAGE = "Nothing checks who sends this event: whoever knows the address can say what was never true."


class WebhookSenderUnproven(WebhookCheck):
    """Finds webhooks that do not ask who sends."""

    summary = "An event of another service believed without its signature"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-345", "CWE-347", "CWE-306")
    owasp = ("A08:2025", "A07:2025")
    languages = PYTHON
    clue = lazy_regex(
        r"checkout\.|payment|PAYMENT|CHECKOUT|invoice\.|subscription\.|charge\.|order\.paid|hook|signature|hmac|digest|verif|svix|"
        r"secret|token|api_?key|Depends\(|Security\(|remote_addr|client\.host|auth|unwrap|retrieve"
    )
    parsed = False
    message = _MESSAGE

    VALID = (
        (
            "@app.post('/größe/webhook')\ndef hook():\n"
            "    event = stripe.Webhook.construct_event(request.data, request.headers['Stripe-Signature'], KEY)\n"
            "    if event['type'] == 'invoice.paid':\n        ship(event)\n"
        ),
        (
            "@app.post('/hooks/github')\ndef größe():\n    check_signature(request)\n"
            "    subprocess.run(['/srv/deploy'], check=True)\n    return request.get_json()\n"
        ),
        "def größe(event):\n    if event['type'] == 'invoice.paid':\n        ship(event)\n",
        "@app.post('/webhook')\ndef größe():\n    return jsonify(seen=request.get_json())\n",
    )
    INVALID = (
        Invalid(
            code="SECRET = os.environ['STRIPE_WEBHOOK_SECRET']\n\n\n@app.post('/größe')\ndef hook():\n"
            "    event = request.get_json()\n    if event['type'] == 'invoice.paid':\n        ship(event)\n",
            at="== 'invoice.paid'",
            message=_MESSAGE,
        ),
        Invalid(
            code="import hmac\n\n\n@app.post('/hooks/github')\ndef größe():\n    event = request.get_json()\n"
            "    subprocess.run(['/srv/deploy', event['ref']], check=True)\n    return ''\n",
            at="@app.post('/hooks/github')",
            message=_MESSAGE,
        ),
        Invalid(
            code="@csrf_exempt\ndef payment_webhook(request):\n    größe = json.loads(request.body)\n"
            "    Order.objects.filter(pk=größe['order']).update(state='paid')\n    return HttpResponse()\n",
            at="def payment_webhook(request):",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The first event that the unit looks for, whether it takes a request, and whether it checks anything."""
        text = code.unit.text.replace("\r", "\n")
        facts: list[Event | str] = []
        plain = _SETTINGS.sub("", text)
        if _PROVEN.search(plain):
            return (PROVEN,)
        found = _EVENT.search(text)
        if found is None and _TAKEN.search(text) and _ACTS.search(text):
            found = _HOOK.search(text)
        if found is not None:
            facts.append(Event(TextRange(found.start(), found.start() + len(found[0].rstrip()))))
        facts += [TAKEN] if _TAKEN.search(text) else []
        return tuple(facts)
