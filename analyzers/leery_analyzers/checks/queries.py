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

_PYTHON_VALUES = "[(true) (false) (none) (integer) (string) (list) (tuple)]"
_SCRIPT_VALUES = "[(true) (false) (null) (number) (string) (template_string) (array)]"
_PYTHON = f"""
(assignment left: (identifier) @name right: {_PYTHON_VALUES} @value) @setting
(assignment left: (attribute attribute: (identifier) @name) right: {_PYTHON_VALUES} @value) @setting
(assignment left: (subscript subscript: (string) @name) right: {_PYTHON_VALUES} @value) @setting
(keyword_argument name: (identifier) @name value: {_PYTHON_VALUES} @value) @setting
(default_parameter name: (identifier) @name value: {_PYTHON_VALUES} @value) @setting
(typed_default_parameter name: (identifier) @name value: {_PYTHON_VALUES} @value) @setting
(pair key: (string) @name value: {_PYTHON_VALUES} @value) @setting
"""
_SCRIPT = f"""
(variable_declarator name: (identifier) @name value: {_SCRIPT_VALUES} @value) @setting
(assignment_expression left: (identifier) @name right: {_SCRIPT_VALUES} @value) @setting
(assignment_expression left: (member_expression property: (_) @name) right: {_SCRIPT_VALUES} @value) @setting
(assignment_pattern left: (identifier) @name right: {_SCRIPT_VALUES} @value) @setting
(pair key: (_) @name value: {_SCRIPT_VALUES} @value) @setting
"""
_FIELD = f"(field_definition property: (_) @name value: {_SCRIPT_VALUES} @value) @setting\n"
_TYPED_FIELD = f"""
(public_field_definition name: (_) @name value: {_SCRIPT_VALUES} @value) @setting
(required_parameter pattern: (identifier) @name value: {_SCRIPT_VALUES} @value) @setting
"""
SETTINGS: Mapping[str, str] = {
    "python": _PYTHON,
    **{name: _SCRIPT + (_TYPED_FIELD if name.startswith("typescript") else _FIELD) for name in JAVASCRIPT},
}
"""By language: matches of ``setting`` with its ``name`` and its ``value``."""


def setting_name(code: Code, found: Mapping[str, Node]) -> str:
    """The name of the setting that a match of `SETTINGS` is about, without quotes."""
    return code.text(found["name"]).strip("\"'`")
