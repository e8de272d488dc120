"""Where a unit names packages, by an import or by an install command, and what is to be asked about each name.

Shared by the rules about packages. Which modules and packages a workspace has is not known here: who knows it leaves
findings out (`leery.inventory`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON
from leery_analyzers.packages.verdicts import judge_import, judge_install
from leery_analyzers.packages.written import INSTALL_LANGUAGES, in_code, named
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.packages.names import Ecosystem
    from leery_analyzers.packages.verdicts import Verdict

LANGUAGES = PYTHON + JAVASCRIPT + INSTALL_LANGUAGES

_PYTHON = "(import_statement) @import (import_from_statement module_name: (dotted_name)) @import"
_SCRIPT = """
(import_statement source: (string) @source)
(export_statement source: (string) @source)
(call_expression function: (import) arguments: (arguments . (string) @source))
(call_expression function: (identifier) @called arguments: (arguments . (string) @source) (#eq? @called "require"))
"""
_QUERIES: Mapping[str, str] = {"python": _PYTHON, **dict.fromkeys(JAVASCRIPT, _SCRIPT)}
_PACKAGE = re.compile(
    r"(?:npm:)?(?P<name>(?:@[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9_][\w.-]*)(?:@[\w.^~-]+)?(?P<rest>/[^:!]*)?"
)
_FILE = re.compile(r"(?i).*\.(?:css|scss|less|svg|png|json|html?|m?[jt]sx?|vue|svelte|wasm)")
_MISSING = re.compile(r"\b(?:ImportError|ModuleNotFoundError|Exception)\b|^except\s*:")


@dataclass(frozen=True, slots=True)
class Place:
    """A name that gives a reason to ask.

    Attributes:
        range: of the name in ``unit.text``.
        name: as it stands there.
        ecosystem: where packages of this kind come from.
        imported: by an import; else by an install command or a list of what is needed.
        verdict: the reason.
    """

    range: TextRange
    name: str
    ecosystem: Ecosystem
    imported: bool
    verdict: Verdict


_KNOWN: WeakKeyDictionary[Code, tuple[Place, ...]] = WeakKeyDictionary()


def places(code: Code) -> tuple[Place, ...]:
    """Everything in a unit that is to be asked about, in no particular order."""
    found = _KNOWN.get(code)
    if found is None:
        found = _KNOWN[code] = tuple(_places(code))
    return found


def _places(code: Code) -> Iterator[Place]:
    text = code.unit.text
    if code.unit.language in INSTALL_LANGUAGES:
        commands = named(code.unit.language, text)
    else:
        commands = list(in_code(text))
        if any(word in text for word in ("import", "require", "export")):
            yield from _imports(code)
    for command in commands:
        verdict = judge_install(command.ecosystem, command.name)
        if verdict is not None:
            yield Place(TextRange(command.start, command.end), command.name, command.ecosystem, False, verdict)  # noqa: FBT003


def _imports(code: Code) -> Iterator[Place]:
    if code.tree is None:
        return
    captures = code.tree.captures(_QUERIES[code.unit.language])
    for statement in captures.get("import", ()):
        yield from _python_import(code, statement)
    for source in captures.get("source", ()):
        yield from _script_import(code, source)


def _python_import(code: Code, statement: Node) -> Iterator[Place]:
    field = "module_name" if statement.type == "import_from_statement" else "name"
    for node in statement.children_by_field_name(field):
        module = node.child_by_field_name("name") if node.type == "aliased_import" else node
        top = module.named_children[0] if module is not None and module.named_children else None
        if top is None or (verdict := judge_import("pypi", code.text(top))) is None:
            continue
        optional = _is_optional(code, statement)
        if verdict.kind == "unknown" and (optional or "sys.path" in code.source):
            continue
        if optional or _is_for_types(code, statement):
            verdict = replace(verdict, confidence="low")
        yield Place(code.range(top), code.text(top), "pypi", True, verdict)  # noqa: FBT003


def _is_optional(code: Code, statement: Node) -> bool:
    """Whether the code goes on without the module, or it stands in for another that is missing."""
    node: Node | None = statement
    while node is not None and node.type not in {"function_definition", "class_definition"}:
        above = node.parent
        if above is not None and above.type == "try_statement" and node.type in {"block", "except_clause"}:
            handlers = [child for child in above.children if child.type == "except_clause"]
            if any(_MISSING.search(code.text(handler).partition("\n")[0]) for handler in handlers):
                return True
        node = above
    return False


def _is_for_types(code: Code, statement: Node) -> bool:
    """Whether only a type checker sees the import."""
    node = statement.parent
    while node is not None and node.type != "if_statement":
        node = node.parent
    return node is not None and "TYPE_CHECKING" in code.text(node.child_by_field_name("condition"))


def _is_tried(source: Node) -> bool:
    """Whether JavaScript goes on where the import fails."""
    node = source.parent
    while node is not None and "function" not in node.type and node.type != "method_definition":
        above = node.parent
        if above is not None and above.type == "try_statement" and node.type == "statement_block":
            return above.child_by_field_name("handler") is not None
        node = above
    return False


def _script_import(code: Code, source: Node) -> Iterator[Place]:
    written = code.text(source)[1:-1]
    match = _PACKAGE.fullmatch(written)
    if match is None or written.startswith(("@/", "_")) or (_FILE.fullmatch(written) and "/" in written):
        return
    name, rest = match["name"], match["rest"]
    verdict = judge_import("npm", name)
    if verdict is None:
        return
    if verdict.kind == "unknown" and ((rest and verdict.confidence == "low") or _is_tried(source)):
        return  # a path below an unknown word is an alias more often than a package
    start = code.range(source).start + 1 + match.start("name")
    yield Place(TextRange(start, start + len(name)), name, "npm", True, verdict)  # noqa: FBT003
