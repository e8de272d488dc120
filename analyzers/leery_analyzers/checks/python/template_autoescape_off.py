"""Templates that put values into pages as they are.

Jinja2 escapes nothing unless told to: ``Environment()`` without ``autoescape`` makes every value that a visitor can
choose a way to run scripts in other visitors' browsers.

Left alone: ``select_autoescape``, values that come from elsewhere. Environments without any sign of the web near by,
which often write code or configuration, have low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import is_false
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGE = "These templates escape nothing, so a value with markup in it becomes part of the page."
_WEB = re.compile(
    r"(?i)html|flask|django|fastapi|starlette|aiohttp|tornado|bottle|sanic|quart|request|response|web|page"
)
_SELECT = "from jinja2 import select_autoescape"


class TemplateAutoescapeOff(Check):
    """Finds template environments without escaping."""

    summary = "Templates that escape nothing"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79", "CWE-116")
    owasp = ("A05:2025",)
    languages = PYTHON
    calls = frozenset(
        {
            "jinja2.Environment",
            "jinja2.environment.Environment",
            "jinja2.Template",
            "jinja2.sandbox.SandboxedEnvironment",
        }
        | {"Environment", "mako.template.Template", "tornado.template.Loader", "tornado.template.Template"}
    )

    VALID = (
        "from jinja2 import Environment, select_autoescape\n\nenv = Environment(autoescape=select_autoescape())\n",
        "import jinja2\n\nenv = jinja2.Environment(autoescape=größe)\nother = jinja2.Environment(**options)\n",
        "from simpy import Environment\n\nenv = Environment()\nhtml = env.run()\n",
        'from tornado.template import Template\n\nt = Template("größe")\n',
    )
    INVALID = (
        Invalid(
            code="from flask import request\nfrom jinja2 import Environment\n\nenv = Environment(loader=größe)\n",
            at="Environment(loader=größe)",
            message=_MESSAGE,
            fixed=(
                (
                    "from flask import request\nfrom jinja2 import Environment\n"
                    "from jinja2 import select_autoescape\n\n"
                    "env = Environment(loader=größe, autoescape=select_autoescape())\n"
                ),
            ),
        ),
        Invalid(
            code="import jinja2\n\nenv = jinja2.Environment(\n    autoescape=False,\n)\n"
            'page = env.get_template("a.html")\n',
            at="autoescape=False",
            message=_MESSAGE,
            fixed=(
                (
                    "import jinja2\n\nenv = jinja2.Environment(\n    autoescape=True,\n)\n"
                    'page = env.get_template("a.html")\n'
                ),
            ),
        ),
        Invalid(
            code="import jinja2\n\nwriter = jinja2.Environment(trim_blocks=True)\n",
            at="jinja2.Environment(trim_blocks=True)",
            message=_MESSAGE,
            fixed=(
                (
                    "import jinja2\nfrom jinja2 import select_autoescape\n\n"
                    "writer = jinja2.Environment(trim_blocks=True, autoescape=select_autoescape())\n"
                ),
            ),
        ),
        Invalid(
            code="from tornado.template import Loader\n\nloader = Loader(folder, autoescape=None)\n",
            at="autoescape=None",
            message=_MESSAGE,
            fixed=('from tornado.template import Loader\n\nloader = Loader(folder, autoescape="xhtml_escape")\n',),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name, arguments = code.callee(call), code.arguments(call)
        own = arguments.nodes.get("autoescape")
        value = arguments.named.get("autoescape")
        web: Level | None = None if _WEB.search(code.source + " ".join(code.unit.imports)) else "low"
        if own is not None and value is not None:
            none = value.type == "none" and name.startswith("tornado")
            if none or is_false(code, value):
                edit = code.replace(value, '"xhtml_escape"' if none else "True")
                yield Problem(own, _MESSAGE, fixes=(Fix("Escape", "review", (edit,)),), confidence=web)
            return
        if arguments.spread or not name.endswith("Environment"):
            return
        if name == "Environment" and "jinja2" not in code.import_lines:
            return
        added = append_argument(code, call, "autoescape=select_autoescape()")
        fixes = (Fix("Escape in pages", "review", (added,), (_SELECT,)),) if added is not None else ()
        yield Problem(call, _MESSAGE, fixes=fixes, confidence=web)
