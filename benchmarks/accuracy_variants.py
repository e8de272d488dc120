"""Variants of a case that mean the same: what is found must still be found, and what is secure stay quiet.

Each change is made by itself, everywhere it can be made, and follows from the case and a seed alone. The marks move
with the code they stand beside. A variant's name is the case's with ``~`` and the change before its ending.
"""

from __future__ import annotations

import random
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from benchmarks.accuracy_cases import Case
from benchmarks.accuracy_edits import Edit, Source, is_member, is_telling
from benchmarks.accuracy_extract import argument_split, sink_extracted, source_extracted, wrapped_in_class
from benchmarks.accuracy_strings import STYLES, restyled

from leery_analyzers.syntax import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

_COMMENT = {"python": "#"}
_NOTES = ("checked in review", "see the documentation", "kept as it was", "the order matters here", "no surprises")
_DEAD = {
    "python": "unused_total = sum(range(3))\n{0}if unused_total > 100:\n{0}    print('never')",
    "javascript": "const unusedTotal = [1, 2].length;\n{0}if (unusedTotal > 100) console.debug('never');",
    "java": 'int unusedTotal = 1 + 2;\n{0}if (unusedTotal > 100) System.out.println("never");',
    "csharp": 'var unusedTotal = 1 + 2;\n{0}if (unusedTotal > 100) System.Console.WriteLine("never");',
    "go": 'unusedTotal := 1 + 2\n{0}if unusedTotal > 100 {{\n{0}\tprintln("never")\n{0}}}',
}
# What the value is for, which makes it a weakness, is told by the name it is given to.
_NAMED_BY_TARGET = frozenset({"insecure-random", "hard-coded-secret"})
_BODIES = {
    "function_definition", "function_declaration", "arrow_function", "function_expression", "method_definition",
    "method_declaration",
}  # fmt: skip


def variants(case: Case, seed: int = 1) -> list[Case]:
    """Every variant of a case; none of a text without a grammar."""
    if case.language not in LANGUAGES or case.kind.name == "hidden-unicode":
        return []
    source = Source.of(case.language, case.text)
    made = []
    for name, change in _changes(source):
        if name == "extract-sink" and case.kind.name in _NAMED_BY_TARGET:
            continue
        rng = random.Random(f"{seed} {case.name} {name}")
        edits = change(source, rng)
        text = source.apply(edits) if edits else source.text
        if text != source.text:
            path = PurePosixPath(case.name)
            made.append(Case(str(path.with_name(f"{path.stem}~{name}{path.suffix}")), case.kind, text))
    return made


def origin(variant: Case) -> str:
    """The name of the case that a variant was made of."""
    path = PurePosixPath(variant.name)
    return str(path.with_name(path.stem.partition("~")[0] + path.suffix))


def change_of(variant: Case) -> str:
    """The name of the change that made a variant."""
    return PurePosixPath(variant.name).stem.partition("~")[2]


def _changes(source: Source) -> Iterator[tuple[str, Callable[[Source, random.Random], list[Edit]]]]:
    yield "comments", _with_comments
    yield "dead-code", lambda source, _rng: _with_dead_code(source)
    if source.family in {"python", "javascript", "java"}:
        yield "rename", lambda source, _rng: _renamed(source)
        yield "reorder", lambda source, _rng: _reordered(source)
        yield "split", argument_split
        for style in STYLES[source.family]:
            yield f"text-{style}", _in_style(style)
    if source.family in {"python", "javascript"}:
        yield "alias", lambda source, _rng: _aliased(source)
        yield "extract-sink", sink_extracted
        yield "extract-source", source_extracted
    if source.family == "python":
        yield "class", lambda source, _rng: wrapped_in_class(source)


def _in_style(style: str) -> Callable[[Source, random.Random], list[Edit]]:
    return lambda source, _rng: restyled(source, style)


def _with_comments(source: Source, rng: random.Random) -> list[Edit]:
    """A comment, sometimes with a blank line, above about every second statement."""
    sign = _COMMENT.get(source.family, "//")
    edits = []
    for node in source.statements():
        start = source.line_start(node)
        if start and rng.random() < 0.5 and _may_have_comment_above(source, node):
            blank = "\n" if rng.random() < 0.3 else ""
            edits.append(Edit(start, start, f"{blank}{source.indent(node)}{sign} {rng.choice(_NOTES)}\n"))
    return edits


def _may_have_comment_above(source: Source, node: Node) -> bool:
    above = source.data[: source.line_start(node)].decode().rstrip("\n").rpartition("\n")[2]
    return "expect-next" not in above and node.type not in {"package_clause", "package_declaration"}


def _with_dead_code(source: Source) -> list[Edit]:
    """Statements that do nothing at the start of every function."""
    edits = []
    for function in source.nodes(*_BODIES):
        body = function.child_by_field_name("body")
        statements = _statements_of(body)
        if body is None or not statements or body.start_point.row == function.end_point.row:
            continue
        first = statements[0]
        if source.family == "python" and source.code(first).startswith(('"', "'")):
            first = statements[1] if len(statements) > 1 else first
        if source.starts_line(first) and not source.code(first).startswith(('"', "'")):
            start, indent = source.line_start(first), source.indent(first)
            edits.append(Edit(start, start, f"{indent}{_DEAD[source.family].format(indent)}\n"))
    return edits


def _statements_of(body: Node | None) -> list[Node]:
    """The statements of a body that is a block."""
    if body is None or body.type not in {"block", "statement_block", "statement_list"}:
        return []
    inner = [child for child in body.named_children if child.type == "statement_list"]
    return [child for child in (inner[0] if inner else body).named_children if "comment" not in child.type]


def _renamed(source: Source) -> list[Edit]:
    """Variables of functions under other names, where a name says nothing and nothing outside can see it."""
    names = {name for name in _local_variables(source) if not is_telling(name) and len(name) > 1}
    names -= _fixed_names(source)
    new = {name: f"{name}_x" if source.family == "python" else f"{name}X" for name in names}
    return _with_new_names(source, new)


def _with_new_names(source: Source, new: dict[str, str]) -> list[Edit]:
    return [
        Edit(node.start_byte, node.end_byte, new[source.code(node)])
        for node in source.nodes("identifier")
        if source.code(node) in new and not is_member(node)
    ]


def _local_variables(source: Source) -> set[str]:
    found: set[str] = set()
    for function in source.nodes(*_BODIES):
        for node in source.nodes("assignment", "variable_declarator", below=function):
            target = node.child_by_field_name("left") or node.child_by_field_name("name")
            if target is not None and target.type == "identifier":
                found.add(source.code(target))
    return found


def _fixed_names(source: Source) -> set[str]:
    """Names that something else relies on: exports, keywords of calls, fields, imports, parameters of routes."""
    fixed: set[str] = set()
    kinds = (
        "keyword_argument", "export_statement", "field_declaration", "import_statement", "import_from_statement",
        "import_declaration", "global_statement", "shorthand_property_identifier",
        "shorthand_property_identifier_pattern", "parameters", "formal_parameters", "class_definition",
        "record_declaration", "import_clause", "lambda_parameters",
    )  # fmt: skip
    for node in source.nodes(*kinds):
        if node.type == "export_statement":
            fixed |= {source.code(name) for child in node.named_children for name in _declared(source, child)}
        elif node.type == "class_definition":
            fixed |= {source.code(name) for name in _class_variables(source, node)}
        elif node.type.startswith("shorthand"):
            fixed.add(source.code(node))
        elif node.type == "keyword_argument":
            fixed.add(source.code(node.named_children[0]))
        else:
            fixed |= {source.code(name) for name in source.nodes("identifier", below=node)}
    return fixed


def _declared(source: Source, node: Node) -> Iterator[Node]:
    for declarator in source.nodes("variable_declarator", below=node):
        name = declarator.child_by_field_name("name")
        if name is not None:
            yield name
        return


def _class_variables(source: Source, node: Node) -> Iterator[Node]:
    body = node.child_by_field_name("body")
    for statement in body.named_children if body is not None else []:
        for assignment in source.nodes("assignment", below=statement):
            target = assignment.child_by_field_name("left")
            if target is not None and statement.type == "expression_statement":
                yield target


def _reordered(source: Source) -> list[Edit]:
    """Neighbouring assignments that do not depend on each other, swapped."""
    kinds = {"expression_statement", "lexical_declaration", "local_variable_declaration"}
    edits: list[Edit] = []
    before: Node | None = None
    for node in source.statements():
        bound = _bound_by(source, node) if node.type in kinds else None
        if bound is None or node.start_point.row != node.end_point.row:
            before = None
            continue
        if before is not None and before.end_point.row + 1 == node.start_point.row and before.parent == node.parent:
            first, second = _line(source, before), _line(source, node)
            if _are_independent(source, before, node):
                edits += [
                    Edit(source.line_start(before), source.line_end(before), second),
                    Edit(source.line_start(node), source.line_end(node), first),
                ]
                before = None
                continue
        before = node
    return edits


def _line(source: Source, node: Node) -> str:
    return source.data[source.line_start(node) : source.line_end(node)].decode()


def _bound_by(source: Source, node: Node) -> str | None:
    """The one variable that a statement binds, or None."""
    for found in source.nodes("assignment", "variable_declarator", below=node):
        target = found.child_by_field_name("left") or found.child_by_field_name("name")
        return source.code(target) if target is not None and target.type == "identifier" else None
    return None


def _are_independent(source: Source, first: Node, second: Node) -> bool:
    shared = source.names_in(first) & source.names_in(second)
    if {_bound_by(source, first), _bound_by(source, second)} & shared:
        return False
    return not shared - {"request", "req", "data", "args", "body", "os", "process"} and not re.search(
        r"\b(await|yield)\b", source.code(first) + source.code(second)
    )


def _aliased(source: Source) -> list[Edit]:
    """Imported names under other names."""
    return _python_aliases(source) if source.family == "python" else _javascript_aliases(source)


def _python_aliases(source: Source) -> list[Edit]:
    kept = _keywords(source) | _rebound(source)
    new: dict[str, str] = {}
    edits: list[Edit] = []
    for statement in source.nodes("import_statement", "import_from_statement"):
        for child in statement.children_by_field_name("name"):
            name = source.code(child)
            if child.type == "dotted_name" and "." not in name and name not in kept and name not in new:
                new[name] = f"{name}_alias"
                edits.append(Edit(child.start_byte, child.end_byte, f"{name} as {name}_alias"))
    return edits + _with_new_names(source, new)


def _keywords(source: Source) -> set[str]:
    return {source.code(node.named_children[0]) for node in source.nodes("keyword_argument")}


def _rebound(source: Source) -> set[str]:
    """Names that are bound by more than one import or by something else, too."""
    seen: set[str] = set()
    twice: set[str] = set()
    for statement in source.nodes("import_statement", "import_from_statement"):
        for child in statement.children_by_field_name("name"):
            name = source.code(child)
            (twice if name in seen else seen).add(name)
    for node in source.nodes("parameters", "assignment", "function_definition", "class_definition"):
        if node.type == "parameters":
            twice |= {source.code(name) for name in source.nodes("identifier", below=node)}
        else:
            target = node.child_by_field_name("left") or node.child_by_field_name("name")
            if target is not None:
                twice |= {source.code(target)}
    return twice


def _javascript_aliases(source: Source) -> list[Edit]:
    """Whole modules (``const fs = require('fs')``) and single names (``import { exec } from …``)."""
    kept = {source.code(node) for node in source.nodes("shorthand_property_identifier")}
    new: dict[str, str] = {}
    edits: list[Edit] = []
    for node in source.nodes("variable_declarator", "import_specifier"):
        value, name = node.child_by_field_name("value"), node.child_by_field_name("name")
        if name is None:
            continue
        if node.type == "import_specifier":
            text = source.code(name)
            if node.child_by_field_name("alias") is None and text not in kept and _is_value(source, text):
                new[text] = f"{text}Alias"
                edits.append(Edit(name.start_byte, name.end_byte, f"{text} as {text}Alias"))
        elif value is not None and re.fullmatch(r"require\(.*\)", source.code(value)):
            if name.type == "identifier" and source.code(name) not in kept:
                new[source.code(name)] = f"{source.code(name)}Alias"
            for inner in source.nodes("shorthand_property_identifier_pattern", below=name):
                text = source.code(inner)
                if text not in kept:
                    new[text] = f"{text}Alias"
                    edits.append(Edit(inner.start_byte, inner.end_byte, f"{text}: {text}Alias"))
    return edits + [edit for edit in _with_new_names(source, new) if not any(e.start == edit.start for e in edits)]


def _is_value(source: Source, name: str) -> bool:
    """Whether an imported name is used as a value only, never as a type or in JSX or as a decorator's own name."""
    return all(source.code(node) != name for node in source.nodes("type_identifier"))
