"""What an expression is when it is written out: a text, a number, a table; and what the value is for.

Follows a name to the one value that is bound to it, and nothing further. Holds no rule.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_HOPS = 4
_DIGITS = 40
_NEAR = 40  # levels of the tree between a value and its name; more is no code that a person reads
_NUMBER = lazy_regex(r"0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|[0-9][0-9_]*n?")
_PREFIX = lazy_regex(r"^[a-zA-Z]{0,3}(\"\"\"|'''|\"|'|`)")
_TABLES = frozenset({"dictionary", "object"})
_STRINGS = frozenset({"string", "template_string", "concatenated_string"})
_FUNCTIONS = frozenset(
    {"function_definition", "lambda", "function_declaration", "function_expression", "arrow_function"}
    | {"method_definition", "generator_function_declaration", "generator_function"}
)
_NAMED_BY = {
    "assignment": ("left", "right"),
    "augmented_assignment": ("left", "right"),
    "named_expression": ("name", "value"),
    "keyword_argument": ("name", "value"),
    "pair": ("key", "value"),
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
    "augmented_assignment_expression": ("left", "right"),
    "public_field_definition": ("name", "value"),
    "field_definition": ("property", "value"),
}


def followed(code: Code, node: Node) -> Node:
    """An expression, or the value of the local name that it is, where that name has one value only."""
    node = code.bare(node)
    for _ in range(_HOPS):
        if node.type not in code.identifiers:
            break
        bindings = code.scopes.lookup(code.text(node), node.start_byte)
        if len(bindings) != 1 or bindings[0].kind != "value" or bindings[0].value is None:
            break
        node = code.bare(bindings[0].value)
    return node


def literal_text(code: Code, node: Node | None) -> str | None:
    """The characters of a text that is written out, escapes as they stand; None for everything else."""
    if node is None:
        return None
    node = followed(code, node)
    if node.type not in _STRINGS:
        return None
    if node.type == "concatenated_string":
        parts = [literal_text(code, child) for child in node.named_children if child.type == "string"]
        return "".join(part for part in parts if part is not None) if None not in parts else None
    if any(child.type in {"interpolation", "template_substitution"} for child in node.named_children):
        return None
    text = code.text(node)
    opening = _PREFIX.match(text)
    quote = len(opening.group(1)) if opening is not None else 0
    return text[opening.end() : len(text) - quote] if opening is not None else None


def number(code: Code, node: Node | None) -> int | None:
    """A whole number that is written out, also as ``2 ** 14``, ``1 << 14`` or ``10 * 1000``."""
    if node is None:
        return None
    node = followed(code, node)
    if node.type in {"integer", "number"}:
        text = code.text(node)
        if len(text) > _DIGITS or _NUMBER.fullmatch(text) is None:
            return None
        text = text.rstrip("n").replace("_", "")
        octal = len(text) > 1 and text.startswith("0") and text.isdigit()
        return int(text, 8 if octal and not set(text) & {"8", "9"} else 10 if octal else 0)
    if node.type in {"binary_operator", "binary_expression"}:
        return _power(code, node)
    if node.type == "boolean_operator" and code.text(node.child_by_field_name("operator")) == "or":
        return number(code, node.child_by_field_name("right"))  # what holds unless somebody says something else
    return None


def _power(code: Code, node: Node) -> int | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or left.type == node.type:
        return None
    first, second = number(code, left), number(code, right)
    if first is None or second is None or first > 1 << 32 or second > 1 << 32:
        return None
    operator = code.text(node.child_by_field_name("operator"))
    if operator == "*":
        return first * second
    if second > 64:
        return None
    return first**second if operator == "**" else first << second if operator == "<<" else None


def is_true(code: Code, node: Node | None) -> bool:
    """Whether an expression is the constant true."""
    return node is not None and followed(code, node).type == "true"


def is_false(code: Code, node: Node | None) -> bool:
    """Whether an expression is the constant false."""
    return node is not None and followed(code, node).type == "false"


def is_nothing(node: Node | None) -> bool:
    """Whether an expression is ``None``, ``null`` or ``undefined``."""
    return node is not None and node.type in {"none", "null", "undefined"}


def key_of(code: Code, pair: Node) -> str:
    """The key of a pair or the name of a keyword argument, without quotes."""
    key = pair.child_by_field_name("key") or pair.child_by_field_name("name")
    return code.text(key).strip("\"'`")


def pairs(code: Code, node: Node | None) -> dict[str, Node]:
    """The pairs of a dictionary or object that is written out, by key; of ``dict(…)`` the keyword arguments."""
    if node is None:
        return {}
    node = followed(code, node)
    if node.type == "call" and code.callee(node) == "dict":
        return dict(code.arguments(node).nodes)
    if node.type not in _TABLES:
        return {}
    return {key_of(code, child): child for child in node.named_children if child.type == "pair"}


def has_spread(node: Node) -> bool:
    """Whether a table takes in another one, so that it holds more than is seen."""
    return any(child.type in {"dictionary_splat", "spread_element"} for child in node.named_children)


def value_of(pair: Node | None) -> Node | None:
    """The value of a pair or keyword argument."""
    return pair.child_by_field_name("value") if pair is not None else None


def named_values(code: Code, call: Node) -> dict[str, Node]:
    """What a call is given by name: keyword arguments in Python, the pairs of object arguments in JavaScript."""
    arguments = code.arguments(call)
    if code.unit.language == "python":
        return dict(arguments.nodes)
    found: dict[str, Node] = {}
    for argument in arguments.positional:
        found.update(pairs(code, argument))
    return found


def names_around(code: Code, node: Node) -> Iterator[str]:
    """What a value is called, innermost first: the variables, keys and arguments it goes to, then its functions."""
    inner = node
    for around in islice(ancestors(node), _NEAR):
        fields = _NAMED_BY.get(around.type)
        if fields is not None and around.child_by_field_name(fields[1]) == inner:
            yield code.text(around.child_by_field_name(fields[0])).strip("\"'")
        elif around.type in _FUNCTIONS and (name := code.text(around.child_by_field_name("name"))):
            yield name
        inner = around


def function_of(node: Node) -> Node | None:
    """The function around a node."""
    return next((around for around in islice(ancestors(node), _NEAR) if around.type in _FUNCTIONS), None)


def function_name(code: Code, node: Node) -> str:
    """The name of the function around a node, or of the variable that it is given to; empty if it has none."""
    function = function_of(node)
    return _own_name(code, function) if function is not None else ""


def is_python(code: Code) -> bool:
    """Whether the unit is Python and not JavaScript or TypeScript."""
    return code.unit.language == "python"


_BYTES_OF = frozenset(
    {
        "bytes",
        "bytearray",
        "Buffer.from",
        "bytes.fromhex",
        "bytearray.fromhex",
        "base64.b64decode",
        "binascii.unhexlify",
    }
    | {
        "base64.urlsafe_b64decode",
        "base64.b64encode",
        "base64.urlsafe_b64encode",
        "binascii.a2b_hex",
        "Uint8Array.from",
    }
    | {"crypto.createSecretKey", "codecs.decode", "str.encode"}
)
_ZEROS_OF = frozenset({"Buffer.alloc", "Uint8Array", "bytes", "bytearray"})
_RECODED = frozenset(
    {"encode", "parse", "encodeUTF8", "fill", "padEnd", "padStart", "ljust", "rjust", "zfill", "digest"}
)


def written_bytes(code: Code, node: Node | None, depth: int = 0) -> bool:
    """Whether bytes or a text are the same in every run: a literal, also decoded, repeated or set to zero."""
    if node is None or depth > _HOPS:
        return False
    node = followed(code, node)
    if node.type in {"binary_operator", "binary_expression"}:
        parts = [node.child_by_field_name("left"), node.child_by_field_name("right")]
        if code.text(node.child_by_field_name("operator")) == "*" and any(
            part is not None and part.type in {"string", "bytes"} for part in parts
        ):
            return True  # the same piece again and again, however often
        return all(
            part is not None and (number(code, part) is not None or _written(code, part, depth)) for part in parts
        )
    return _written(code, node, depth)


def _written(code: Code, node: Node, depth: int) -> bool:
    node = followed(code, node)
    text = literal_text(code, node)
    if text is not None:
        return bool(text)
    if node.type in {"list", "array", "tuple"}:
        return bool(node.named_children) and all(number(code, child) is not None for child in node.named_children)
    if node.type not in {"call", "call_expression", "new_expression"}:
        return False
    name, method, arguments = code.callee(node), code.method(node), code.arguments(node)
    first = arguments.get(0)
    if name in _ZEROS_OF | _BYTES_OF:
        return (name in _ZEROS_OF and number(code, first) is not None) or written_bytes(code, first, depth + 1)
    function = node.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    if method not in _RECODED or receiver is None:
        return False
    return written_bytes(code, receiver, depth + 1) or (
        method in {"parse", "encode"} and first is not None and written_bytes(code, first, depth + 1)
    )


_TEST_NAME = lazy_regex(r"(?:^|\.)(?:test(?![a-z])|Test(?![a-z])|setUp|tearDown|\w+(?:_test|Tests?)(?=\.|$))")
_TEST_IMPORT = lazy_regex(r"\b(pytest|unittest|vitest|mocha|chai|supertest|@jest)\b|@testing-library")


def in_test(code: Code, node: Node) -> bool:
    """Whether a node stands in a test, by the names around it and the imports of the document."""
    if _TEST_NAME.search(code.unit.name) or any(_TEST_IMPORT.search(line) for line in code.unit.imports):
        return True
    return re.match(r"(?i)tests?(_|$|[A-Z])", function_name(code, node)) is not None


_NEUTRAL = lazy_regex(
    r"(?i)_?(code|key|result|res|ret|output|out|value|val|random_?(string|str|value|number|bytes)?|rand(om)?|chars?|characters?|"
    r"digits?|letters?|string|str|s|x|n|seed|entropy|material|num(ber)?|text|data|buf(fer)?|generated|new|tmp|temp|parts?|raw|uid|id|uuid|hex|"
    r"index|idx|i|random_?index|picks?|picked|rnd|randomNum|seed|entropy|base|material|payload|digest|hash(ed)?|body|int|bytes)"
)
_ADDING = frozenset({"append", "add", "push", "extend", "concat", "unshift", "write", "charAt", "join", "choice"})


def purpose(code: Code, node: Node, sensitive: Callable[[str], bool]) -> str:
    """What a value is for, if that is sensitive: the variable, key or argument that it goes to.

    Where that name says nothing (``result``, ``code``) or where it is returned or appended, the function's name counts.

    Args:
        code: the unit.
        node: the value.
        sensitive: tells of a name whether it matters.
    """
    inner, kept = node, False
    for around in islice(ancestors(node), _NEAR):
        fields = _NAMED_BY.get(around.type)
        if fields is not None and around.child_by_field_name(fields[1]) == inner:
            left = around.child_by_field_name(fields[0])
            own = left.child_by_field_name("property") or left if left is not None else None
            name = code.text(own).strip("\"'")
            if sensitive(name) or _NEUTRAL.fullmatch(name) is None:
                return name if sensitive(name) else ""
            kept = True
        elif around.type in {"return_statement", "yield"} or (
            around.type == "arrow_function" and around.child_by_field_name("body") == inner
        ):
            kept = True
        elif around.type in {"call", "call_expression"}:
            kept = kept or code.method(around) in _ADDING
        if around.type in _FUNCTIONS and around.type != "lambda" and (name := _own_name(code, around)):
            return name if kept and sensitive(name) else ""
        inner = around
    return ""


def _own_name(code: Code, function: Node) -> str:
    name = function.child_by_field_name("name")
    around = function.parent
    if name is None and around is not None and around.type in _NAMED_BY:
        name = around.child_by_field_name(_NAMED_BY[around.type][0])
    return code.text(name)
