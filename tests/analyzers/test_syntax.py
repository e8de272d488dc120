"""Trees of units: places in code points, text, walking, every grammar."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import QueryError

from leery_analyzers import syntax
from leery_analyzers.analyzer import Unit
from leery_analyzers.registry import analyze
from leery_analyzers.syntax import (
    LANGUAGES,
    UnknownLanguageError,
    ancestors,
    encode,
    is_broken,
    parse,
    parse_text,
    query,
    walk,
)
from leery_analyzers.text import TextRange
from leery_analyzers.units import segment

PROGRAMS = {
    "python": "def f(): pass\n",
    "javascript": "const a = <b>é</b>;\n",
    "javascriptreact": "const a = <b>é</b>;\n",
    "typescript": "const a = <string>b;\n",
    "typescriptreact": "const a: string = <b>é</b>;\n",
    "java": "class A { }\n",
    "csharp": "class A { }\n",
    "go": "package a\n",
}


def unit_of(text: str, language: str = "python", prefix: str = "", suffix: str = "") -> Unit:
    return Unit(language, "statements", "", 0, 0, text, prefix, suffix)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_grammar_loads(language):
    assert not parse(unit_of(PROGRAMS[language], language)).has_error
    assert parse(unit_of("((((", language)).has_error


def test_a_language_without_a_grammar():
    with pytest.raises(UnknownLanguageError, match="no grammar for 'cobol'"):
        parse(unit_of("x", "cobol"))


def test_places_are_code_points_of_the_unit():
    source = 'class É:\n    def f(self):\n        x = "é\u07ff\u0800\U0001f600\ud800"; foo(x)\r        bar("ü")\n'
    method = segment(source, "python")[1]
    tree = parse(method)
    assert not tree.has_error
    calls = tree.captures("(call) @call")["call"]
    assert [tree.text(call) for call in calls] == ["foo(x)", 'bar("ü")']
    for call in calls:
        place = tree.range(call)
        assert method.text[place.start : place.end] == tree.text(call)
        assert source[method.start + place.start : method.start + place.end] == tree.text(call)


def test_places_in_the_wrapping_lines_lie_outside():
    tree = parse(unit_of("  m() {}\n", "javascript", "class É {\n", "\n}"))
    assert not tree.has_error
    assert tree.range(tree.captures("(class_declaration name: (_) @name)")["name"][0]) == TextRange(-4, -3)
    assert tree.range(tree.root) == TextRange(-10, 11)


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab\n\r é\u0800\U0001f600\ud800\udfff"), max_size=20), st.sampled_from(["", "é\n"]))
def test_offsets_against_the_encoded_prefix(text, prefix):
    tree = parse(unit_of(text, prefix=prefix))
    for offset in range(len(text) + 1):
        byte = len((prefix + text[:offset]).encode("utf-8", "surrogatepass"))
        assert tree.offset(byte) == offset


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab\n\r é\u0800\U0001f600\ud800\udfff"), max_size=20))
def test_encoding_keeps_every_place(text):
    data = encode(text)
    assert len(data) == len(text.encode("utf-8", "surrogatepass"))
    decoded = data.decode("utf-8")
    assert [char if char not in "\r\ud800\udfff" else "" for char in text] == [
        new if old not in "\r\ud800\udfff" else "" for old, new in zip(text, decoded, strict=True)
    ]


def test_queries_are_compiled_once_and_checked():
    assert query("python", "(call) @call") is query("python", "(call) @call")
    with pytest.raises(QueryError):
        query("python", "(no_such_node) @x")


def test_matches_keep_captures_together():
    tree = parse(unit_of("f(1)\ng(2)\n"))
    found = tree.matches("(call function: (_) @function arguments: (_) @arguments)")
    assert [{name: tree.text(nodes[0]) for name, nodes in captures.items()} for _, captures in found] == [
        {"function": "f", "arguments": "(1)"},
        {"function": "g", "arguments": "(2)"},
    ]
    second = found[1][1]["arguments"][0]
    assert [tree.text(node) for node in tree.captures("(integer) @i", second)["i"]] == ["2"]


def test_walking_is_in_document_order_parents_first():
    root = parse_text("python", "f(a)\n").root_node
    assert [node.type for node in walk(root) if node.is_named] == [
        *("module", "expression_statement", "call", "identifier", "argument_list", "identifier"),
    ]
    call = root.named_child(0).named_child(0)
    assert [node.type for node in walk(call) if node.is_named] == ["call", "identifier", "argument_list", "identifier"]
    assert [node.type for node in ancestors(call)] == ["expression_statement", "module"]


@pytest.mark.parametrize("language", ["python", "javascript", "java", "csharp", "go"])
def test_deep_nesting_is_walked_without_recursion(language):
    tree = parse(unit_of("x = " + "(" * 5_000 + "1" + ")" * 5_000 + "\n", language))
    assert sum(1 for node in walk(tree.root)) > 5_000


def test_a_tree_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(syntax, "_MOST_SECONDS", 0.0)
    unit = unit_of("x = «1»\n" * 4000)
    tree = parse(unit)
    assert tree.given_up
    assert tree.has_error
    assert is_broken(unit)
    assert not tree.captures("(identifier) @name")
    report = analyze(unit, ("checks", "dataflow"))
    assert [(notice.engine, notice.message) for notice in report.notices] == [
        ("checks", "a part that takes too long to parse was checked for hidden characters only"),
        ("dataflow", "a part that takes too long to parse was not followed"),
    ]


def test_a_small_tree_is_never_given_up(monkeypatch):
    monkeypatch.setattr(syntax, "_MOST_SECONDS", 0.0)
    assert not parse(unit_of("é = 1\n" * 1000)).given_up


def test_a_large_tree_is_the_same_as_in_one_piece():
    text = "".join(f"größe_{number} = [{number}]\n" for number in range(9000))
    tree = parse(unit_of(text))
    assert not tree.given_up
    assert str(tree.root) == str(parse_text("python", text).root_node)
    assert tree.text(tree.of_kinds("identifier")[-1]) == "größe_8999"
