"""A token, password or one-time code made by a generator that can be predicted.

``Math.random`` repeats itself: from a few of its outputs all later ones can be computed. What must not be guessed comes
from ``crypto``.

Left alone: random values that are no secret: a colour, a delay, a key of a list.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.words import is_guess_sensitive, short
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_TEXT_METHODS = frozenset({"toString", "substr", "substring", "slice", "replace", "toUpperCase", "toLowerCase"})
_NEAR = 40  # levels of the tree between a value and its name; more is no code that a person reads
_FUNCTIONS = frozenset({"function_declaration", "function_expression", "arrow_function", "method_definition"})


class MathRandomToken(Check):
    """Finds secrets drawn from `Math.random`."""

    summary = "A secret value made by a predictable random generator"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = JAVASCRIPT
    calls = frozenset({"Math.random"})

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
        purpose = _purpose(code, call)
        if purpose:
            message = f"`{short(purpose)}` must not be guessed, but `Math.random` can be predicted from earlier values."
            yield Problem(call, message, fixes=tuple(_fixes(code, call)))


def _purpose(code: Code, call: Node) -> str:
    """The name that the value gets, if it is the name of something that must not be guessed."""
    inner = call
    for around in islice(ancestors(call), _NEAR):
        name: Node | None = None
        kind = around.type
        if kind == "variable_declarator":
            name = around.child_by_field_name("name")
        elif kind in {"assignment_expression", "augmented_assignment_expression"}:
            left = around.child_by_field_name("left")
            name = left.child_by_field_name("property") or left if left is not None else None
        elif kind == "pair":
            name = around.child_by_field_name("key")
        elif kind == "return_statement" or (kind == "arrow_function" and inner.type != "statement_block"):
            function = next((node for node in (around, *ancestors(around)) if node.type in _FUNCTIONS), None)
            name = _function_name(function) if function is not None else None
            if name is None:
                return ""
        if name is not None:
            return code.text(name) if is_guess_sensitive(code.text(name).strip("\"'")) else ""
        if kind in _FUNCTIONS or kind == "statement_block":
            return ""
        inner = around
    return ""


def _function_name(function: Node) -> Node | None:
    own = function.child_by_field_name("name")
    if own is None and function.parent is not None and function.parent.type == "variable_declarator":
        return function.parent.child_by_field_name("name")
    return own


def _fixes(code: Code, call: Node) -> Iterator[Fix]:
    whole, text = call, False
    while (longer := _method_call(code, whole)) is not None:
        whole, text = longer, True
    around = whole.parent
    if text or (around is not None and around.type == "template_substitution"):
        yield Fix("Use a random UUID", "review", (code.replace(whole, "crypto.randomUUID()"),))
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
