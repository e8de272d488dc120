"""A token, password or one-time code made by a generator that can be predicted.

``Math.random`` repeats itself: from a few of its outputs all later ones can be computed. What must not be guessed comes
from ``crypto``.

Left alone: random values that are no secret: a colour, a delay, a key of a list.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import function_of, purpose
from leery_analyzers.checks.words import is_guess_sensitive, short
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_TEXT_METHODS = frozenset({"toString", "substr", "substring", "slice", "replace", "toUpperCase", "toLowerCase"})
_TIMED = frozenset({"uuid.v1", "uuid/v1"})
_KEPT = (
    r"(\w*[sS]essions?|\w*[tT]okens?|\w*[oO]tps?)(?:\[|\.set\(\s*|\.add\(\s*|\.put\(\s*){0}\b",
    r"[cC]ookie\(\s*[\"'`](\w*(?:sess|sid|token|auth)\w*)[\"'`]\s*,\s*{0}\b",
    r"\b(\w*(?:[tT]oken|[oO]tp|[pP]assword|[sS]ecret|[sS]essionId|[aA]piKey))\s*[:=][^;,\n]*?\b{0}",
)
_UUID = "crypto.randomUUID()"


class MathRandomToken(Check):
    """Finds secrets drawn from `Math.random`."""

    summary = "A secret value made by a predictable random generator"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = JAVASCRIPT
    calls = frozenset({"Math.random"}) | _TIMED

    VALID = (
        "const colour = Math.random();\nconst größe = Math.random() * 10;\n",
        "const token = crypto.randomUUID();\n",
        "const key = Math.random().toString(36);\nconst id = `row-${Math.random()}`;\n",
        "setTimeout(() => refresh(token), Math.random() * 100);\n",
        Valid("const maxTokens = Math.floor(Math.random() * 10);\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="// größe\nconst resetToken = Math.random().toString(36).slice(2);\n",
            at="Math.random()",
            message="`resetToken` must not be guessed, but `Math.random` can be predicted from earlier values.",
            fixed=("// größe\nconst resetToken = crypto.randomUUID();\n",),
        ),
        Invalid(
            code="function generatePassword(größe) {\n  let result = '';\n  for (let i = 0; i < größe; i++) {\n"
            "    result += CHARS.charAt(Math.floor(Math.random() * 64));\n  }\n  return result;\n}\n",
            at="Math.random()",
            message="`generatePassword` must not be guessed, but `Math.random` can be predicted from earlier values.",
            fixed=(
                (
                    'import { randomInt } from "node:crypto";\n\nfunction generatePassword(größe) {\n'
                    "  let result = '';\n"
                    "  for (let i = 0; i < größe; i++) {\n    result += CHARS.charAt(randomInt(0, 64));\n  }\n"
                    "  return result;\n}\n"
                ),
            ),
        ),
        Invalid(
            code="function größe(res) {\n  const id = Math.random().toString(36);\n  sessions[id] = 1;\n}\n",
            at="Math.random()",
            message="`sessions` must not be guessed, but `Math.random` can be predicted from earlier values.",
            fixed=("function größe(res) {\n  const id = crypto.randomUUID();\n  sessions[id] = 1;\n}\n",),
        ),
        Invalid(
            code='import { v1 } from "uuid";\n\nconst sessionToken = v1();\n',
            at="= «v1()»",
            message="`sessionToken` must not be guessed, but `uuid.v1` can be predicted from earlier values.",
            fixed=('import { v1 } from "uuid";\n\nconst sessionToken = crypto.randomUUID();\n',),
            language="typescript",
        ),
        Invalid(
            code="export function generateOtp(): number {\n  return Math.floor(100000 + Math.random() * 900000);\n}\n",
            at="Math.random()",
            message="`generateOtp` must not be guessed, but `Math.random` can be predicted from earlier values.",
            fixed=(
                (
                    'import { randomInt } from "node:crypto";\n\nexport function generateOtp(): number {\n'
                    "  return randomInt(100000, 1000000);\n}\n"
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code="const user = { name, sessionId: `s-${Math.random()}` };\n",
            at="Math.random()",
            message="`sessionId` must not be guessed, but `Math.random` can be predicted from earlier values.",
            fixed=("const user = { name, sessionId: `s-${crypto.randomUUID()}` };\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        use = told_use(code, call)
        if use and code.callee(call) in _TIMED:
            message = f"`{short(use)}` must not be guessed, but `uuid.v1` can be predicted from earlier values."
            yield Problem(call, message, fixes=(Fix("Use a random UUID", "review", (code.replace(call, _UUID),)),))
        elif use:
            message = f"`{short(use)}` must not be guessed, but `Math.random` can be predicted from earlier values."
            yield Problem(call, message, fixes=tuple(_fixes(code, call)))


def told_use(code: Code, call: Node) -> str:
    """What a random value is for where that can be told on the spot, if it must not be guessed; empty otherwise."""
    return purpose(code, call, is_guess_sensitive) or _kept_as(code, call)


def _kept_as(code: Code, call: Node) -> str:
    """What a value becomes that has no telling name: the key of a session, a cookie, a part of a token."""
    holder = _holder(call)
    name = re.escape(code.text(holder.child_by_field_name("name"))) if holder is not None else ""
    if not name or re.fullmatch(r"\w+", name) is None:
        return ""
    function = function_of(call)
    if function is not None and function.parent == holder:
        function = function_of(holder) if holder is not None else None
        name += r"\(\)"
    around = code.text(function) if function is not None else code.source
    for pattern in _KEPT:
        found = re.search(pattern.format(name), around)
        if found is not None:
            return found.group(1)
    return ""


def _holder(call: Node) -> Node | None:
    """The variable that a value goes into, or the function that makes it."""
    for around in islice(ancestors(call), 12):
        if around.type == "variable_declarator":
            return around
        if around.type.endswith("_statement") and around.type != "return_statement":
            return None
    return None


def _fixes(code: Code, call: Node) -> Iterator[Fix]:
    whole, text = call, False
    while (longer := _method_call(code, whole)) is not None:
        whole, text = longer, True
    around = whole.parent
    if text or (around is not None and around.type == "template_substitution"):
        yield Fix("Use a random UUID", "review", (code.replace(whole, _UUID),))
    elif (drawn := _drawn(code, call)) is not None:
        place, low, high = drawn
        edit = code.replace(place, f"randomInt({low}, {high})")
        yield Fix("Draw it from crypto", "review", (edit,), ('import { randomInt } from "node:crypto"',))


def _method_call(code: Code, node: Node) -> Node | None:
    """The call of a text method on a node: ``node.toString(36)``."""
    member = node.parent
    call = member.parent if member is not None else None
    if member is None or call is None or member.type != "member_expression" or call.type != "call_expression":
        return None
    return call if code.text(member.child_by_field_name("property")) in _TEXT_METHODS else None


def _drawn(code: Code, call: Node) -> tuple[Node, int, int] | None:
    """``Math.floor(low + Math.random() * span)`` with numbers: the whole, and the range."""
    product = call.parent
    if (
        product is None
        or product.type != "binary_expression"
        or code.text(product.child_by_field_name("operator")) != "*"
    ):
        return None
    span = _number(code, _other(product, call))
    low, outer = 0, product.parent
    if outer is not None and outer.type == "binary_expression":
        first = _number(code, _other(outer, product))
        if first is None or code.text(outer.child_by_field_name("operator")) != "+":
            return None
        low, outer = first, outer.parent
    floor = outer.parent if outer is not None and outer.type == "arguments" else None
    if span is None or floor is None or code.callee(floor) != "Math.floor":
        return None
    return floor, low, low + span


def _other(binary: Node, one: Node) -> Node | None:
    left, right = binary.child_by_field_name("left"), binary.child_by_field_name("right")
    return right if left == one else left


def _number(code: Code, node: Node | None) -> int | None:
    text = code.text(node)
    return int(text) if text.isdecimal() and len(text) < 16 else None
