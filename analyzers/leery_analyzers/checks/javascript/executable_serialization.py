"""Data that is turned back into functions by running what it says.

``node-serialize`` and its kin run functions that the data holds; ``js-yaml`` with its full schema builds them.
Whoever can write the data can run code. JSON holds values only.

Left alone: ``JSON.parse``, ``js-yaml`` with its own schema, and methods of other libraries that have such names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, literal_text, named_values, value_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code
    from leery_analyzers.model import Level

_READERS = frozenset(
    {"node-serialize.unserialize", "serialize-to-js.deserialize", "funcster.deepDeserialize", "cryo.parse"}
    | {"serialijse.deserialize", "serialize.unserialize", "v8.deserialize", "un-eval"}
)
_YAML = frozenset({"js-yaml.load", "yaml.load", "js-yaml.loadAll", "jsyaml.load"})
_FULL = re.compile(r"FULL_SCHEMA|js-yaml-js-types|unsafe", re.IGNORECASE)


_DATA_ONLY = re.compile(r"\.extend\(\s*\[?\s*(?:[\w.]+\.(?:undefined|regexp)\s*,?\s*)+\]?\s*\)")
"""Types beyond JSON's that hold no functions."""


class ExecutableSerialization(Check):
    """Finds readers that run what the data says."""

    summary = "Data turned into functions by running what it says"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-502",)
    owasp = ("A08:2025",)
    languages = JAVASCRIPT
    refutable = True
    calls = _READERS | _YAML

    VALID = (
        'import yaml from "js-yaml";\n\nconst größe = yaml.load(text);\nconst data = JSON.parse(text);\n',
        'import yaml from "js-yaml";\n\nyaml.load(text, { schema: yaml.JSON_SCHEMA });\n',
        (
            'const yaml = require("js-yaml");\nconst types = require("js-yaml-js-types");\n\n'
            "const GRÖSSE = yaml.DEFAULT_SCHEMA.extend([types.undefined, types.regexp]);\n"
            "yaml.load(text, { schema: GRÖSSE });\n"
        ),
        "const value = cache.unserialize(text);\n",
        Valid("model.deserialize(größe);\nform.load(text, { schema: FULL_SCHEMA });\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='const serialize = require("node-serialize");\n\n'
            "const größe = serialize.unserialize(req.cookies.profile);\n",
            at="serialize.unserialize",
            message="`serialize.unserialize` runs functions that the data holds: whoever can write it can "
            "run code here.",
            fixed=('const serialize = require("node-serialize");\n\nconst größe = JSON.parse(req.cookies.profile);\n',),
        ),
        Invalid(
            code='import yaml from "js-yaml";\n\nyaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });\n',
            at="schema: yaml.DEFAULT_FULL_SCHEMA",
            message="With this schema the text can hold functions: whoever can write it can run code here.",
            fixed=('import yaml from "js-yaml";\n\nyaml.load(text, { schema: yaml.DEFAULT_SCHEMA });\n',),
            language="typescript",
        ),
        Invalid(
            code='import { deserialize } from "serialize-to-js";\n\nconst value = deserialize(größe);\n',
            at="= «deserialize»(",
            message="`deserialize` runs functions that the data holds: whoever can write it can run code here.",
            fixed=('import { deserialize } from "serialize-to-js";\n\nconst value = JSON.parse(größe);\n',),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name, arguments = code.callee(call), code.arguments(call)
        function = call.child_by_field_name("function")
        if function is None or not arguments.positional:
            return
        if name in _YAML:
            schema = named_values(code, call).get("schema")
            value = value_of(schema)
            if schema is None:
                schema, value = _shorthand(code, arguments)
            if schema is not None and value is not None and _is_full(code, value):
                last = value.child_by_field_name("property") if _FULL.search(code.text(value)) else None
                edit = code.replace(last, "DEFAULT_SCHEMA") if last is not None else None
                fixes = (Fix("Use the plain schema", "review", (edit,)),) if edit is not None else ()
                message = "With this schema the text can hold functions: whoever can write it can run code here."
                seen = value.type not in code.identifiers or followed(code, value) != value
                yield Problem(schema if seen else function, message, fixes=fixes)
            return
        if literal_text(code, arguments.positional[0]) is not None:
            return
        message = f"`{code.text(function)}` runs functions that the data holds: whoever can write it can run code here."
        fix = Fix("Read JSON only", "review", (code.replace(function, "JSON.parse"),))
        yield Problem(function, message, fixes=(fix,), confidence="low" if name == "v8.deserialize" else None)


def _is_full(code: Code, value: Node) -> bool:
    """Whether a schema makes functions, as written or under a name that the file gives it."""
    text = code.text(followed(code, value))
    if _FULL.search(text):
        return True
    given = re.search(rf"\b{re.escape(text)}\s*=\s*([^;\n]*)", f"{code.source}\n{code.import_lines}")
    if _DATA_ONLY.search(given.group(1) if given is not None else text):
        return False
    return "js-yaml-js-types" in code.import_lines and (given is None or ".extend(" in given.group(1))


def _shorthand(code: Code, arguments: Arguments) -> tuple[Node | None, Node | None]:
    """``{ schema }`` as an option."""
    for argument in arguments.positional[1:]:
        for part in argument.named_children:
            if part.type == "shorthand_property_identifier" and code.text(part) == "schema":
                return part, part
    return None, None
