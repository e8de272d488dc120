"""Code taken out of its place: a step into a function of its own, an argument into a variable, a function into a class.

For Python and JavaScript, where no types have to be written; arguments into variables for Java, too.
"""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

from benchmarks.accuracy_cases import is_marked
from benchmarks.accuracy_edits import Edit

if TYPE_CHECKING:
    import random

    from benchmarks.accuracy_edits import Source
    from tree_sitter import Node

_CALLS = {"python": "call", "javascript": "call_expression", "java": "method_invocation"}
_FUNCTIONS = {
    "python": {"function_definition"},
    "javascript": {"function_declaration", "arrow_function", "function_expression", "method_definition"},
    "java": {"method_declaration"},
}
_HELPER = {"python": "perform_step", "javascript": "performStep"}
_PINNED = re.compile(r"\b(await|yield|this|super|arguments|return|lambda|async|function)\b|=>|(?:^|[(,]\s*)\*")
_BUILTIN = {"python": frozenset(dir(builtins))}


def _function_around(source: Source, node: Node) -> Node | None:
    above = node.parent
    while above is not None and above.type not in _FUNCTIONS[source.family]:
        above = above.parent
    return above


def _value_of(source: Source, statement: Node) -> Node | None:
    """The expression that a simple statement on one line evaluates."""
    if statement.start_point.row != statement.end_point.row or not source.starts_line(statement):
        return None
    inner = statement
    if statement.type == "expression_statement" and statement.named_children:
        inner = statement.named_children[0]
    if inner.type == "assignment":
        return inner.child_by_field_name("right")
    if inner.type in {"lexical_declaration", "local_variable_declaration"}:
        declarators = [child for child in inner.named_children if child.type == "variable_declarator"]
        return declarators[0].child_by_field_name("value") if len(declarators) == 1 else None
    if inner.type == "return_statement":
        return inner.named_children[0] if inner.named_children else None
    return inner if inner.type == _CALLS.get(source.family) else None


def _candidates(source: Source) -> list[tuple[Node, Node]]:
    """Statements inside functions with the expression each evaluates."""
    found = []
    for statement in source.statements():
        value = _value_of(source, statement)
        if value is not None and _function_around(source, statement) is not None:
            found.append((statement, value))
    return found


def _is_on_marked_line(source: Source, statement: Node) -> bool:
    return is_marked(" " + source.rest_of_line(statement).strip(" ;"))


def _chosen(source: Source, rng: random.Random, wanted: list[tuple[Node, Node]]) -> tuple[Node, Node] | None:
    """The marked statement if there is one, else any."""
    marked = [
        pair for pair in wanted if _is_on_marked_line(source, pair[0]) and "expect" in source.rest_of_line(pair[0])
    ]
    return marked[0] if marked else rng.choice(wanted) if wanted else None


def sink_extracted(source: Source, rng: random.Random) -> list[Edit]:
    """The marked step, or any call of a secure case, in a function of its own."""
    wanted = [
        (statement, value)
        for statement, value in _candidates(source)
        if value.type == _CALLS[source.family] and not _PINNED.search(source.code(value))
    ]
    pair = _chosen(source, rng, wanted)
    return [] if pair is None else _extracted(source, *pair, with_mark=not _is_put_into(pair[0]))


def _is_put_into(statement: Node) -> bool:
    """Whether a statement puts a value into an object: that step stays where it is."""
    inner = statement.named_children[0] if statement.named_children else statement
    left = inner.child_by_field_name("left")
    return left is not None and left.type in {"attribute", "subscript"}


def source_extracted(source: Source, rng: random.Random) -> list[Edit]:
    """What reads a request, the arguments or the environment, in a function of its own."""
    reads = re.compile(r"\b(request|req|ctx)\.|argv|environ|\.get(?:Parameter|Header)\(|params\.get")
    wanted = [
        (statement, value)
        for statement, value in _candidates(source)
        if reads.search(source.code(value))
        and not _PINNED.search(source.code(value))
        and not _is_on_marked_line(source, statement)
        and statement.type != "return_statement"
    ]
    return _extracted(source, *rng.choice(wanted), with_mark=False) if wanted else []


def _extracted(source: Source, statement: Node, value: Node, *, with_mark: bool) -> list[Edit]:
    around = _function_around(source, statement)
    assert around is not None
    name = _HELPER[source.family]
    names = sorted(source.names_in(value) & _local_names(source, around))
    mark = source.rest_of_line(statement).lstrip(" ;") if with_mark else ""
    body = source.code(value)
    if source.family == "python":
        helper = f"def {name}({', '.join(names)}):\n    return {body}{'  ' + mark if mark else ''}\n\n\n"
    else:
        helper = f"function {name}({', '.join(names)}) {{\n  return {body};{' ' + mark if mark else ''}\n}}\n\n"
        if source.language.startswith("typescript"):
            helper = helper.replace(f"({', '.join(names)})", f"({', '.join(f'{name}: any' for name in names)})", 1)
    top = around
    while top.parent is not None and top.parent.parent is not None:
        top = top.parent
    edits = [
        Edit(source.line_start(top), source.line_start(top), helper),
        Edit(value.start_byte, value.end_byte, f"{name}({', '.join(names)})"),
    ]
    if mark:
        end = source.line_end(statement)
        semicolon = ";" if source.family == "javascript" else ""
        edits.append(Edit(statement.end_byte, end, "" if source.code(statement).endswith(";") else semicolon))
    return edits


def _local_names(source: Source, function: Node) -> set[str]:
    """Names that a function binds: parameters, assignments, loops; of the functions around it, too."""
    bound: set[str] = set()
    above: Node | None = function
    while above is not None:
        if above.type in {*_FUNCTIONS[source.family], "for_statement", "for_in_statement", "with_statement"}:
            bound |= _bound_in(source, above)
        above = above.parent
    return bound


def _bound_in(source: Source, node: Node) -> set[str]:
    bound: set[str] = set()
    fields = {
        "assignment": "left",
        "variable_declarator": "name",
        "for_statement": "left",
        "for_in_statement": "left",
        "as_pattern": "alias",
        "named_expression": "name",
        "arrow_function": "parameter",
        "for_in_clause": "left",
        "catch_clause": "parameter",
    }
    for inner in source.nodes(below=node):
        if inner.type in {"parameters", "formal_parameters", "lambda_parameters"}:
            bound |= _patterns(source, inner)
        field = fields.get(inner.type)
        target = inner.child_by_field_name(field) if field else None
        if target is not None and target.type not in {"attribute", "subscript"}:
            bound |= _patterns(source, target)
    return bound


def _patterns(source: Source, node: Node) -> set[str]:
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    return {source.code(found) for found in source.nodes(*kinds, below=node)} - _BUILTIN.get(source.family, frozenset())


def argument_split(source: Source, rng: random.Random) -> list[Edit]:
    """The first argument of the marked call, or of any, in a variable of its own."""
    wanted = []
    for statement, value in _candidates(source):
        call = next(source.nodes(_CALLS[source.family], below=value), None)
        arguments = call.child_by_field_name("arguments") if call is not None and call == value else None
        if arguments is None or arguments.type not in {"argument_list", "arguments"}:
            continue
        first = arguments.named_children[0] if arguments.named_children else None
        if first is not None and _can_stand_alone(source, first):
            wanted.append((statement, first))
    pair = _chosen(source, rng, wanted)
    if pair is None:
        return []
    statement, first = pair
    indent, code = source.indent(statement), source.code(first)
    name = "step_value" if source.family == "python" else "stepValue"
    line = {"python": f"{name} = {code}", "javascript": f"const {name} = {code};", "java": f"var {name} = {code};"}
    start = source.line_start(statement)
    return [
        Edit(start, start, f"{indent}{line[source.family]}\n"),
        Edit(first.start_byte, first.end_byte, name),
    ]


def _can_stand_alone(source: Source, node: Node) -> bool:
    plain = {"identifier", "string", "string_literal", "integer", "number", "decimal_integer_literal", "true", "false"}
    is_built = any(child.type == "interpolation" for child in node.children)
    if (node.type in plain and not is_built) or _PINNED.search(source.code(node)):
        return False
    return node.type not in {
        "keyword_argument", "generator_expression", "lambda_expression", "arrow_function", "function_expression",
        "array_initializer", "object", "template_string", "method_reference", "null_literal", "none", "spread_element",
    } or node.type in {"object", "template_string"}  # fmt: skip


def wrapped_in_class(source: Source) -> list[Edit]:
    """Plain functions of a Python module as static methods of a class, under their old names."""
    edits = []
    for node in source.root.named_children:
        if node.type != "function_definition" or source.code(node).startswith("async"):
            continue
        if any(part.start_point.row != part.end_point.row for part in source.nodes("string", below=node)):
            continue
        name_node = node.child_by_field_name("name")
        assert name_node is not None
        name = source.code(name_node)
        if name == "main":
            continue
        end = source.line_end(node)
        body = source.data[node.start_byte : end].decode()
        indented = "\n".join(f"    {line}" if line.strip() else line for line in body.split("\n"))
        owner = "".join(part.title() for part in name.split("_") if part) + "Steps"
        edits.append(
            Edit(node.start_byte, end, f"class {owner}:\n    @staticmethod\n{indented}\n\n\n{name} = {owner}.{name}")
        )
    return edits
