"""A token or code that is made, in steps, of what can be predicted.

The random value may go through variables, helpers and methods with harmless names (``sixDigits``, ``bytes``); what is
made of it becomes a token, the key of a session, a cookie or a code that is sent out. From a few outputs of
``Math.random`` all later ones can be computed, and a time can be tried out. What must not be guessed comes from
``crypto``.

Left alone: values that become nothing that must not be guessed, and one of several known keys that is picked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.javascript.math_random_token import told_use
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.values import function_name, in_test
from leery_analyzers.checks.words import AnyCase, is_guess_sensitive
from leery_analyzers.syntax import walk
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_DRAWN = re.compile(
    r"\bMath\.random\(\)|\b(?:_|lodash)\.(?:random|sample|sampleSize|shuffle)\(|"
    r"\bchance\.(?:string|hash|guid|integer|natural|word|hex)\("
)
_UNSAFE_ID = re.compile(r"\bnanoid\(")
_TIMED = re.compile(r"\bDate\.now\(\)|\bnew Date\(\)\.getTime\(\)|\.valueOf\(\)")
_SPELLED = re.compile(r"toString\(\s*(?:36|['\"](?:hex|base64\w*)['\"])\s*\)|createHash\(|\bbtoa\(|\bmd5\(|\bsha\d+\(")
_SAFE = re.compile(r"random(?:Bytes|UUID|Int|FillSync)|getRandomValues|nanoid|hmac|Hmac|\bsign\(|encrypt|uuid|bcrypt")
_MORE = re.compile(
    r"(?i)remember|(invit\w*|coupon|voucher|activation|magic|promo|referral)_?(code|token|link|key)|oauth_?state|"
    r"^(iv|salt|state)$|(^|_)sid$|passcode|unsubscribe|^secret$"
)
_STORE = re.compile(r"(?i)sessions?$|tokens?$|otps?$|remember\w*$|pins?$|codes$|invites?$|nonces$")
_KEPT = re.compile(r"(?i)otp|token|verif|reset|invite|session")
_LABELLED = re.compile(r"(?i)otp|token|reset|verif|session|sid\b|code|invite|2fa|remember|auth|nonce|csrf")
_WRITTEN = re.compile(
    r"(?i)(?:token|\bcode|otp|\bpin|password|secret|api.?key|session.?id|\bsid)\b[^$`'\"\n]{0,12}\$\{\s*(\w+)\s*\}"
)
_JOINED = re.compile(
    r"(?i)(?:token|\bcode|otp|\bpin|password|api.?key)\b[^$`'\"\n+]{0,12}['\"]\s*\+\s*(\w+)\b(?!\s*[.(\[])"
)
_PICKED = re.compile(
    r"(\w*(?:[kK]eys|[tT]okens|[sS]ecrets|servers|proxies|agents))\[\s*Math\.floor\(\s*Math\.random\(\)\s*\*\s*\1\.length"
)
_NAME = re.compile(r"[^\W\d][\w$]*")
_CALLED = re.compile(r"([^\W\d][\w$]*)\s*(?:\(|[,)\]])")
_HELD = frozenset({"id", "key", "value", "code", "sid"})
_HOLDERS = re.compile(
    r"(?i)session|token|invite|otp|credential|one_?time|two_?factor|2fa|mfa|verif|login_?code|recovery"
)
_PUTS = frozenset({"set", "setex", "setEx", "put", "cookie", "setCookie"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function_declaration", "method_definition"})
_TARGETS = {
    "variable_declarator": ("name", "value"), "assignment_expression": ("left", "right"),
    "augmented_assignment_expression": ("left", "right"), "pair": ("key", "value"),
    "public_field_definition": ("name", "value"), "field_definition": ("property", "value"),
}  # fmt: skip
_AROUND = frozenset({
    "object", "statement_block", "expression_statement", "class_body", "lexical_declaration", "variable_declaration",
})  # fmt: skip
_STEPS = 6
_MESSAGE = "`{}` is made of this and must not be guessed, but it can be predicted."


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that is given a value.

    Attributes:
        name: a variable, or a function by what it gives back, which ends in ``()``.
        of: the names that the value is made of.
        drawn: where in the value something is drawn that can be predicted.
        use: what it is for, if it must not be guessed.
    """

    name: str
    of: frozenset[str]
    drawn: tuple[TextRange, ...]
    use: str


class TokenFromPredictableFunction(DocumentCheck):
    """Finds what is drawn from `Math.random` and becomes a token elsewhere."""

    summary = "A secret value made, in steps, of what can be predicted"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(
        r"math\.random|lodash\.|_\.|chance\.|nanoid|date\.|date\(\)\.|token|otp|password|secret|pin\b|code|api_?key|nonce|"
        r"session|remember"
    )

    VALID = (
        (
            "class OneTimeCodes {\n  #größe() {\n    return String(randomInt(0, 1000000));\n  }\n"
            "  begin(user) {\n    const code = this.#größe();\n    send('Your login code is ' + code);\n  }\n}\n"
        ),
        "function größe() {\n  return Math.random() * 10;\n}\nconst width = größe();\n",
        "function sixDigits() {\n  return randomInt(100000, 1000000);\n}\nconst otp = sixDigits();\n",
        "const delay = Math.random() * 100;\nsetTimeout(() => send(token), delay); // größe\n",
        "const apiKey = apiKeys[Math.floor(Math.random() * apiKeys.length)]; // größe\n",
    )
    INVALID = (
        Invalid(
            code="class Codes {\n  #größe() {\n    const seed = (Date.now() % 1000) + Math.random() * 1000000;\n"
            "    return String(Math.floor(seed) % 1000000);\n  }\n\n  begin(user) {\n    const n = this.#größe();\n"
            "    sms.send(user.phone, 'Your login code is ' + n);\n  }\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("n"),
        ),
        Invalid(
            code="function größe() {\n  return String(Math.floor(Math.random() * 1000000));\n}\n\n"
            "function send() {\n  const otp = größe();\n  mail(otp);\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("otp"),
        ),
        Invalid(
            code="const part = () => Math.random().toString(16);\n\nfunction größe() {\n"
            "  const accessCode = [part(), part()].join('');\n  return accessCode;\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("accessCode"),
            language="typescript",
        ),
        Invalid(
            code="function größe(req, res) {\n  const bytes = Array.from({ length: 24 }, () => Math.random() * 256);\n"
            "  const parts = bytes.map(hex);\n  res.cookie('rememberMe', parts.join(''));\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("rememberMe"),
        ),
        Invalid(
            code="const resetToken = Buffer.from(`${größe.email}:${Date.now()}`).toString('base64');\n",
            at="Date.now()",
            message=_MESSAGE.format("resetToken"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """What is given a value in the unit, and what of."""
        return tuple(_steps(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """What is drawn and becomes what must not be guessed."""
        made: dict[str, set[tuple[int, TextRange]]] = {}
        told: set[tuple[int, TextRange]] = set()
        for _ in range(_STEPS):
            before = sum(map(len, made.values()))
            for index, part in enumerate(document):
                for step in part:
                    found = {(index, place) for place in step.drawn}
                    for name in step.of:
                        found |= made.get(name if name.endswith("()") else f"{index} {name}", set())
                    if found and step.name:
                        own = step.name if step.name.endswith("()") else f"{index} {step.name}"
                        made.setdefault(own, set()).update(found)
                    for unit, place in sorted(found - told) if step.use else ():
                        told.add((unit, place))
                        yield Lack(unit, place, _MESSAGE.format(step.use))
            if sum(map(len, made.values())) == before:
                return


def _steps(code: Code) -> Iterator[_Step]:
    if code.tree is None or in_test(code, code.tree.root):
        return
    for node in walk(code.tree.root):
        fields = _TARGETS.get(node.type)
        if fields is not None:
            target, value = (node.child_by_field_name(name) for name in fields)
            if target is not None and value is not None and value.type not in _FUNCTIONS:
                yield from _given(code, node, target, value)
        elif node.type in {"return_statement", "arrow_function"}:
            value = node.child_by_field_name("body") if node.type == "arrow_function" else node
            name = function_name(code, node if node.type == "return_statement" else node.children[0]).lstrip("#")
            if value is not None and value.type != "statement_block" and name:
                yield _step(code, f"{name}()", value, name if _is_sensitive(name) else "")
        elif node.type == "call_expression":
            yield from _passed(code, node)
        elif node.type == "binary_expression":
            yield from (_Step("", frozenset({found[1]}), (), found[1]) for found in _JOINED.finditer(code.text(node)))
        elif node.type == "template_string":
            yield from (_Step("", frozenset({found[1]}), (), found[1]) for found in _WRITTEN.finditer(code.text(node)))


def _given(code: Code, node: Node, target: Node, value: Node) -> Iterator[_Step]:
    """A variable, a property or an entry that gets a value."""
    text = code.text(target)
    name = _NAME.findall(text)[-1] if _NAME.search(text) else ""
    if target.type == "subscript_expression":
        base = _NAME.search(text)
        if base is not None and _STORE.search(base[0]):
            yield _step(code, "", target, base[0])
            yield _step(code, "", value, base[0])
        return
    use = name if _is_sensitive(name) else ""
    if not use and name in _HELD and _HOLDERS.search(_holder(code, node)):
        use = name
    timed = bool(use) and _SPELLED.search(code.text(value)) is not None and not _SAFE.search(code.text(value))
    yield _step(code, name, value, use, timed=timed)


def _holder(code: Code, node: Node) -> str:
    """The variable or class that an entry or a property belongs to."""
    around = node.parent
    while around is not None and around.type in _AROUND:
        around = around.parent
    if around is not None and around.type == "method_definition":
        around = around.parent.parent if around.parent is not None else None
    return code.text(around.child_by_field_name("name")) if around is not None else ""


def _passed(code: Code, call: Node) -> Iterator[_Step]:
    """What is put into a store of tokens, or into a cookie."""
    function, values = call.child_by_field_name("function"), code.arguments(call).positional
    method = code.method(call)
    if function is None or not values:
        return
    receiver = code.text(function.child_by_field_name("object"))
    label = code.text(values[0])
    if method in {"set", "add", "put", "setex", "setEx", "push"} and _STORE.search(receiver):
        for value in values[:2]:
            yield _step(code, "", value, receiver.rpartition(".")[2])
    elif method in {"create", "insert", "insertOne", "save", "upsert"} and _KEPT.search(receiver):
        yield _step(code, "", values[0], receiver.rpartition(".")[2])
    elif method in _PUTS and "string" in values[0].type and _LABELLED.search(label.partition("$")[0]):
        for value in values[1:3]:
            yield _step(code, "", value, label.strip("'\"`").partition("$")[0].strip(":_-") or label)


def _step(code: Code, name: str, value: Node, use: str, *, timed: bool = False) -> _Step:
    text, start = code.text(value), code.range(value).start
    drawn = []
    if not _PICKED.search(text):
        patterns = [_DRAWN, *([_TIMED] if timed else ()), *([_UNSAFE_ID] if "non-secure" in code.import_lines else ())]
        for pattern in patterns:
            drawn += [TextRange(start + m.start(), start + m.end()) for m in pattern.finditer(text)]
    if drawn and name:
        drawn = [place for place in drawn if not _is_told(code, value, place)]
    names = {found[0] for found in _NAME.finditer(text)}
    called = {f"{found}()" for found in _CALLED.findall(text)}
    return _Step(name, frozenset(names | called), tuple(drawn), use)


def _is_told(code: Code, value: Node, place: TextRange) -> bool:
    """Whether the rule about single calls of `Math.random` tells of a place."""
    for node in walk(value):
        if node.type == "call_expression" and code.range(node) == place and code.callee(node) == "Math.random":
            return bool(told_use(code, node))
    return False


def _is_sensitive(name: str) -> bool:
    return is_guess_sensitive(name) or _MORE.search(name) is not None
