"""What JavaScript's imports bind: ``import`` in every form, ``require`` and what is taken out of it.

A module's qualified name is its specifier with dots for slashes, without ``node:``; one given by a path is known by its
last part alone, behind ``./``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering

_INTEROP = frozenset(
    {"_interopRequireDefault", "_interopRequireWildcard", "__importDefault", "__importStar", "__toESM"}
)

_TRANSPARENT = frozenset({"await_expression", "parenthesized_expression", "as_expression", "non_null_expression"})
_MOST_MEMBERS = 8


def module_name(specifier: str) -> str:
    """The qualified name of a module."""
    name = specifier.removeprefix("node:")
    if name.startswith((".", "/", "@/", "~/")):
        last = name.rstrip("/").rpartition("/")[2]
        return f"./{last.removesuffix('.js').removesuffix('.ts').removesuffix('.mjs')}"
    return name.replace("/", ".")


def imported(lowering: JavaScriptLowering, node: Node) -> list[ir.Import]:
    """What an ``import`` statement binds."""
    source = node.child_by_field_name("source")
    module = _text(lowering, source)
    found: list[ir.Import] = []
    for child in node.named_children:
        if child.type == "import_require_clause":
            module = _text(lowering, child.child_by_field_name("source"))
            names = [part for part in child.named_children if part.type == "identifier"]
            found += [_bind(lowering, part, module) for part in names]
        if child.type != "import_clause" or not module:
            continue
        for part in child.named_children:
            if part.type == "identifier":
                found.append(_bind(lowering, part, module))
            elif part.type == "namespace_import":
                found += [_bind(lowering, inner, module) for inner in part.named_children]
            elif part.type == "named_imports":
                found += [_named(lowering, inner, module) for inner in part.named_children if _is_specifier(inner)]
    return found


def _is_specifier(node: Node) -> bool:
    return node.type == "import_specifier" and node.child_by_field_name("name") is not None


def _named(lowering: JavaScriptLowering, node: Node, module: str) -> ir.Import:
    name = node.child_by_field_name("name")
    assert name is not None
    plain = lowering.text(name)
    qualified = module if plain == "default" else f"{module}.{plain}"
    return _bind(lowering, node.child_by_field_name("alias") or name, qualified)


def _bind(lowering: JavaScriptLowering, name: Node, qualified: str) -> ir.Import:
    return ir.Import(name.start_byte, name.end_byte, lowering.text(name), qualified)


def required(lowering: JavaScriptLowering, name: Node | None, value: Node | None) -> list[ir.Import] | None:
    """What a declaration binds whose value is a module or a part of one; None for any other.

    Args:
        lowering: gives the characters.
        name: an identifier or an object pattern.
        value: ``require('x')``, ``require('x').y``, ``await import('x')``.
    """
    if name is None or value is None:
        return None
    qualified = _module(lowering, value)
    if qualified is None:
        return None
    if name.type == "identifier":
        return [_bind(lowering, name, qualified)]
    return _taken_out(lowering, name, qualified) if name.type == "object_pattern" else None


def _taken_out(lowering: JavaScriptLowering, pattern: Node, qualified: str) -> list[ir.Import] | None:
    found: list[ir.Import] = []
    for part in pattern.named_children:
        if part.type == "shorthand_property_identifier_pattern":
            found.append(_bind(lowering, part, f"{qualified}.{lowering.text(part)}"))
            continue
        key, inner = part.child_by_field_name("key"), part.child_by_field_name("value")
        if part.type != "pair_pattern" or key is None or inner is None:
            if part.type == "comment":
                continue
            return None
        path = f"{qualified}.{lowering.text(key)}"
        deeper = [_bind(lowering, inner, path)] if inner.type == "identifier" else None
        if inner.type == "object_pattern":
            deeper = _taken_out(lowering, inner, path)
        if deeper is None:
            return None
        found += deeper
    return found


def _module(lowering: JavaScriptLowering, value: Node) -> str | None:
    members: list[str] = []
    here: Node | None = value
    while here is not None and here.type != "call_expression":
        if here.type == "member_expression" and len(members) < _MOST_MEMBERS:
            member = here.child_by_field_name("property")
            members.append(lowering.text(member) if member is not None else "")
            here = here.child_by_field_name("object")
        elif here.type in _TRANSPARENT:
            here = here.named_children[0] if here.named_children else None
        else:
            return None
    module = _called(lowering, here) if here is not None else None
    if module is None:
        return None
    if members and members[-1] == "default":
        members.pop()
    return ".".join([module, *reversed(members)])


def _called(lowering: JavaScriptLowering, call: Node) -> str | None:
    """The module that ``require`` and what compilers put around it give."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.named_child_count != 1:
        return None
    first = arguments.named_children[0]
    called = lowering.text(function)
    if called in _INTEROP:
        return _module(lowering, first)
    return _text(lowering, first) if called in {"require", "import"} and first.type == "string" else None


def _text(lowering: JavaScriptLowering, node: Node | None) -> str:
    if node is None:
        return ""
    return module_name(lowering.text(node).strip("'\"`"))
