"""Template engines whose template is written in the code: whether it escapes what is put into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import Clearance, Value, all_taints, clear, derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

COMPILED = "js.Template"
"""The type of a compiled template, a function that escapes."""
UNESCAPED = "js.Template.unescaped"
"""The type of a compiled template that puts values in as they are."""
_HTML = frozenset({"cross-site-scripting"})
_BRACES = re.compile(r"\{\{\{|\{\{\s*&")
_RAW: Mapping[str, re.Pattern[str]] = {
    "ejs": re.compile(r"<%-"),
    "handlebars": _BRACES,
    "mustache": _BRACES,
    "hogan": _BRACES,
    "nunjucks": re.compile(r"\|\s*safe\b|autoescape false"),
    "pug": re.compile(r"!\{|!="),
    "jade": re.compile(r"!\{|!="),
    "eta": re.compile(r"<%~"),
    "lodash": re.compile(r"<%="),
    "underscore": re.compile(r"<%="),
    "dot": re.compile(r"\{\{="),
}
"""What puts a value in as it is, by library."""
_RENDERS = frozenset({"render", "renderString"})
_COMPILES = frozenset({"compile", "template"})


def rendered(name: str, given: Arguments, node: ir.Call) -> Value | None:
    """What rendering or compiling a template gives; None for any other function."""
    parts = name.lower().split(".")
    raw = _RAW.get(parts[0])
    if raw is None or len(parts) < 2:
        return None
    text = given.at(0)
    unescaped = text is not None and text.text is not None and raw.search(text.text) is not None
    if parts[-1] in _COMPILES:
        taints = derived(all_taints(text)) if text is not None else ()
        return Value(taints=taints, type=UNESCAPED if unescaped else COMPILED)
    if name.rpartition(".")[2] not in _RENDERS:
        return None
    data = Value(taints=derived(given.taints()))
    return data if unescaped else escaped(data, node)


def escaped(value: Value, node: ir.Call) -> Value:
    """What a template makes of values that it escapes."""
    return clear(value, Clearance(_HTML, "the template escapes it", node.start, node.end))
