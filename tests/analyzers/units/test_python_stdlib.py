"""The lexical segmentation against Python's own parser, over the standard library of the running interpreter."""

from __future__ import annotations

import ast
import sysconfig
import tokenize
from pathlib import Path

import pytest

from leery_analyzers.units import segment

ROOT = Path(sysconfig.get_path("stdlib"))
# Code that a valid program may contain but that no one writes: a bracket or string the scanner must give up on.
EVERY = 5


def sample() -> list[Path]:
    """A fixed sample of about 300 files; told by their names alone, since each test process asks for it."""
    files = [p for p in sorted(ROOT.rglob("*.py")) if "site-packages" not in p.parts and "lib2to3" not in p.parts]
    return [path for path in files[::EVERY][:320] if is_valid(path)]


def is_valid(path: Path) -> bool:
    """Whether a file is no example of what a parser must refuse."""
    return "test_lib2to3" not in path.parts and not path.name.startswith("bad")


def read(path: Path) -> tuple[str, ast.Module]:
    """A file's text and tree."""
    with tokenize.open(path) as file:
        text = file.read()
    return text, ast.parse(text)


def functions(body: list[ast.stmt], scope: str = ""):
    """Every function directly in a module or a class body, with its qualified name and its lines from 0."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(item.lineno for item in node.decorator_list)]) - 1
            yield scope + node.name, first, node.end_lineno - 1
        elif isinstance(node, ast.ClassDef):
            yield from functions(node.body, f"{scope}{node.name}.")


def imports(text: str, tree: ast.Module) -> list[str]:
    """The dump of every import statement, in document order."""
    del text
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return [ast.dump(node) for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))]


@pytest.mark.parametrize("path", sample(), ids=lambda path: str(path.relative_to(ROOT)))
def test_units_agree_with_the_parser(path):
    text, tree = read(path)
    units = segment(text, "python")

    by_line = {unit.line: unit for unit in units if unit.kind == "function"}
    for name, first, last in functions(tree.body):
        unit = by_line.pop(first, None)
        assert unit is not None, f"{name} at line {first + 1} is no unit of its own"
        assert unit.name == name
        assert last < unit.line + len(unit.text.split("\n"))
    assert not by_line, "a unit is called a function and is none"

    for unit in units:
        ast.parse(unit.source)
    statements = [ast.dump(ast.parse(statement).body[0]) for statement in imports_of(text)]
    assert statements == imports(text, tree)


def imports_of(text: str) -> tuple[str, ...]:
    """The imports that hold for a function at the end of the text."""
    return segment(f"{text}\ndef last(): pass\n", "python")[-1].imports
