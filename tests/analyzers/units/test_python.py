"""Exact units of hand-written Python, and what half-written Python leaves alone."""

from __future__ import annotations

import ast

import pytest

from leery_analyzers.syntax import parse
from leery_analyzers.units import segment

SAMPLE = '''\
"""Doc."""
import os, sys
from a import (
    b,  # c
    d as e,
)

X = {
    1: 2,

}
if X: import early; print(early)

@deco(
    1,
)
@other
def f(a,
      b=")"):
    """x
def g(): pass
    """
    import json; import re
    return [a \\
for a in b]

# comment
class A(B,
        C):
    """Doc."""
    x = 1

    @a
    def m(self):
        pass
    y = 2
    class In:
        def q(self): return 1

        async def r(self):
            s = \'\'\'
def no(): pass
\'\'\'
        z = 3

    if x:
        def hidden(self): pass
    def n(self): pass

if __name__ == "__main__":
    def inner():
        pass

    f(1)
else:
    A()
try:
    import late
except ImportError: import later
def last(): pass
'''


def test_units_of_a_sample():
    units = segment(SAMPLE, "python")
    assert [(unit.kind, unit.name, unit.line + 1) for unit in units] == [
        ("statements", "", 1),
        ("statements", "", 8),
        ("function", "f", 14),
        ("class", "A", 28),
        ("function", "A.m", 33),
        ("class", "A.In", 37),
        ("function", "A.In.q", 38),
        ("function", "A.In.r", 40),
        ("function", "A.n", 48),
        ("statements", "", 50),
        ("function", "last", 60),
    ]
    for unit in units:
        ast.parse(unit.source)
        assert not parse(unit).has_error


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_do_not_matter(ending):
    plain, other = segment(SAMPLE, "python"), segment(SAMPLE.replace("\n", ending), "python")
    assert [unit.text.replace(ending, "\n") for unit in other] == [unit.text for unit in plain]
    assert [unit.imports for unit in other] == [unit.imports for unit in plain]
    for unit in other:
        ast.parse(unit.source)
        assert not parse(unit).has_error


def test_imports_are_those_that_come_before():
    units = {unit.name or unit.line: unit.imports for unit in segment(SAMPLE, "python")}
    at_the_top = ("import os, sys", "from a import (\n    b,  # c\n    d as e,\n)")
    assert units[0] == ()
    assert units[7] == at_the_top
    assert units["f"] == (*at_the_top, "import early")
    assert units["A.m"] == (*at_the_top, "import early", "import json", "import re")
    assert units["last"] == (*units["A.m"], "import late", "import later")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import a as b, c.d", ("import a as b, c.d",)),
        ("from . import a", ("from . import a",)),
        ("from ..a . b import *  # all", ("from ..a . b import *",)),
        ("from.a import(b)", ("from.a import(b)",)),
        ("from a import b; x = 'import c; from d import e'", ("from a import b",)),
        ("try: import é", ("import é",)),
        ("from a \\\n    import b", ("from a \\\n    import b",)),
        ("x = [import a]", ()),
        ("import", ()),
        ("from a import", ()),
        ("from a import b,", ()),
        ("from a import (b", ()),
        ("imports = 1; fromage = 2", ()),
        ("raise A from b", ()),
    ],
)
def test_import_statements(line, expected):
    source = f"{line}\n\ndef f(): pass\n"
    last = segment(source, "python")[-1]
    assert last.name == "f"
    assert last.imports == expected
    for statement in expected:
        ast.parse(statement)


def test_a_method_stands_in_the_headers_of_its_classes():
    method = next(unit for unit in segment(SAMPLE, "python") if unit.name == "A.In.q")
    assert method.prefix == "class A(B,\n        C):\n    class In:\n"
    assert method.text == "        def q(self): return 1\n\n"
    assert method.suffix == ""


def test_a_frame_has_pass_in_the_place_of_its_members():
    source = "class A:\n    @b\n    def m(self):\n        é\n\n    x = 1\n\tdef odd(): pass\n"
    frame = next(unit for unit in segment(source, "python") if unit.kind == "class")
    assert frame.text == "class A:\n      \n    pass        \n         \n\n    x = 1\n\tdef odd(): pass\n"
    assert len(frame.text) == len(source)


@pytest.mark.parametrize(
    "broken",
    [
        "def a():\n    foo(1,\n",
        "x = [\n",
        "def a():\n    s = 'it\n",
        'def a():\n    s = f"{x\n',
        "class A:\n    def m(self):\n        if x:\n          (\n",
        "x = 1 +\n",
        "else:\n",
        "    return\n",
    ],
)
def test_broken_code_above_leaves_a_definition_alone(broken):
    after = "def whole(a):\n    return a\n"
    last = segment(broken + after, "python")[-1]
    assert (last.name, last.text) == ("whole", after)
    assert not parse(last).has_error


def test_a_bracket_left_open_in_a_method_ends_at_the_next_method():
    source = "class A:\n    def m(self):\n        foo(\n\n    def n(self):\n        pass\n"
    assert [(unit.name, unit.line) for unit in segment(source, "python")] == [("A", 0), ("A.m", 1), ("A.n", 4)]


def test_a_clause_without_its_statement_is_kept_apart_from_the_function_above():
    units = segment("def f():\n    pass\nelse:\n    pass\n", "python")
    assert [(unit.kind, unit.text) for unit in units] == [
        ("function", "def f():\n    pass\n"),
        ("statements", "else:\n    pass\n"),
    ]


def test_a_long_string_left_open_hides_what_follows():
    units = segment('def f():\n    """\n\ndef g(): pass\n', "python")
    assert [unit.name for unit in units] == ["f"]


def test_nested_quotes_of_an_f_string_do_not_open_a_string():
    source = "def f(d):\n    return (f\"{d[\"it's (\"]}\" f'{d['[']}')\n\ndef g(): pass\n"
    assert [unit.name for unit in segment(source, "python")] == ["f", "g"]


def test_a_matrix_product_in_brackets_is_no_decorator():
    source = "x = (a\n     @ b)\n"
    assert [unit.text for unit in segment(source, "python")] == [source]


def test_tabs_and_form_feeds_count_as_python_counts_them():
    source = "class A:\n\tdef m(self):\n\t\tpass\n        def n(self): pass\n\x0cdef f(): pass\n"
    assert [unit.name for unit in segment(source, "python")] == ["A", "A.m", "A.n", "f"]
