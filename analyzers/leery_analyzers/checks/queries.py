"""Queries that several rules ask, written once so that they are matched once.

A setting is a name that is given a value that is written out: an assignment, an entry of a configuration, a keyword
argument, a pair of a table, a default of a parameter. Holds no rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.checks.base import JAVASCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_PYTHON_VALUES = "[(true) (false) (string) (list)]"
_SCRIPT_VALUES = "[(true) (false) (string) (template_string)]"
_TELLING = (
    '(#match? @name "(?i)pass|pwd|secret|token|key|salt|credential|authorization|cookie|secure|http_?only|^.?(DEBUG|'
    'ALLOWED_HOSTS|[A-Z_]+_(REDIRECT|NOSNIFF|OPTIONS|SERIALIZER|HASHERS)).?$|pepper|pwd")'
)
"""What the names of settings hold that a rule asks for: looking at it here is cheaper than in each of them."""
_PYTHON = f"""
(assignment left: (identifier) @name right: {_PYTHON_VALUES} @value {_TELLING}) @setting
(assignment left: (attribute attribute: (identifier) @name) right: {_PYTHON_VALUES} @value {_TELLING}) @setting
(assignment left: (subscript subscript: (string) @name) right: {_PYTHON_VALUES} @value {_TELLING}) @setting
(keyword_argument name: (identifier) @name value: {_PYTHON_VALUES} @value {_TELLING}) @setting
(default_parameter name: (identifier) @name value: {_PYTHON_VALUES} @value {_TELLING}) @setting
(typed_default_parameter name: (identifier) @name value: {_PYTHON_VALUES} @value {_TELLING}) @setting
(pair key: (string) @name value: {_PYTHON_VALUES} @value {_TELLING}) @setting
"""
_SCRIPT = f"""
(variable_declarator name: (identifier) @name value: {_SCRIPT_VALUES} @value {_TELLING}) @setting
(assignment_expression left: (identifier) @name right: {_SCRIPT_VALUES} @value {_TELLING}) @setting
(assignment_expression left: (member_expression property: (_) @name) right: {_SCRIPT_VALUES} @value {_TELLING}) @setting
(assignment_pattern left: (identifier) @name right: {_SCRIPT_VALUES} @value {_TELLING}) @setting
(pair key: (_) @name value: {_SCRIPT_VALUES} @value {_TELLING}) @setting
"""
_FIELD = f"(field_definition property: (_) @name value: {_SCRIPT_VALUES} @value {_TELLING}) @setting\n"
_TYPED_FIELD = f"""
(public_field_definition name: (_) @name value: {_SCRIPT_VALUES} @value {_TELLING}) @setting
(required_parameter pattern: (identifier) @name value: {_SCRIPT_VALUES} @value {_TELLING}) @setting
"""
SETTINGS: Mapping[str, str] = {
    "python": _PYTHON,
    **{name: _SCRIPT + (_TYPED_FIELD if name.startswith("typescript") else _FIELD) for name in JAVASCRIPT},
}
"""By language: matches of ``setting`` with its ``name`` and its ``value``."""

COMPARISONS: Mapping[str, str] = {
    "python": '(comparison_operator . (_) @left . ["==" "!="] @operator . (_) @right .) @comparison',
    **dict.fromkeys(
        JAVASCRIPT,
        '(binary_expression left: (_) @left operator: ["==" "===" "!=" "!=="] @operator right: (_) @right) @comparison',
    ),
}
"""By language: comparisons for equality with their sides."""


def setting_name(code: Code, found: Mapping[str, Node]) -> str:
    """The name of the setting that a match of `SETTINGS` is about, without quotes."""
    return code.text(found["name"]).strip("\"'`")
