"""A web server started in debug mode.

The debugger of Flask and its kin runs any Python that a visitor types into it, and shows source and settings with every
error. Code that starts it unconditionally does so in production, too.

Left alone: a mode that depends on a setting, and other things called ``debug`` (``asyncio.run``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.defaults import is_on_unless_set
from leery_analyzers.checks.values import pairs, value_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FRAMEWORKS = lazy_regex(
    r"\b(flask|quart|dash|bottle|fastapi|starlette|flask_socketio|sanic|aiohttp|werkzeug|tornado|falcon|"
    r"pyramid|cherrypy|litestar)\b",
    re.IGNORECASE,
)
_APPLICATION = lazy_regex(r"(?i)(^|[._])(app|application|server|socketio|api)$")
_OTHERS = frozenset({"asyncio", "trio", "anyio", "subprocess", "uvloop", "unittest", "pytest", "logging"})
_CLASSES = frozenset({"FastAPI", "Starlette", "Flask", "Sanic", "Quart", "Litestar"})
_SETTINGS = lazy_regex(r"(?i)_?(?:app_?)?(?:settings|config|conf|options|opts|flags|kwargs|params)")
_MESSAGE = (
    "Debug mode is on whatever the environment: with an error, visitors see source and settings, and the debugger runs "
    "what they type."
)
_MESSAGE_UNSET = (
    "Debug mode is on wherever nobody switches it off: with an error, visitors see source and settings, and the "
    "debugger runs what they type."
)


class DebugMode(Check):
    """Finds debug mode switched on by a constant."""

    summary = "A web server started in debug mode"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-489", "CWE-94")
    owasp = ("A02:2025",)
    languages = PYTHON
    query = """
    (keyword_argument name: (identifier) @key value: (true) @value
      (#any-of? @key "debug" "use_debugger" "evalex")) @argument
    (keyword_argument name: (identifier) @key value: [(call) (comparison_operator) (boolean_operator)] @unset
      (#eq? @key "debug")) @argument
    (keyword_argument name: (identifier) @key value: (integer) @value
      (#eq? @key "debug") (#eq? @value "1")) @argument
    (pair key: (string) @key value: (true) @value (#any-of? @key "'debug'" "\\"debug\\"")) @pair
    (assignment left: (subscript value: (identifier) @name subscript: (string) @key) right: (true) @value
      (#any-of? @key "'debug'" "\\"debug\\"")) @setting
    (call function: (attribute object: (_) @object attribute: (identifier) @attribute)
      arguments: (argument_list (dictionary_splat (identifier) @table)) (#any-of? @attribute "run" "run_server")) @call
    (assignment left: (attribute object: (identifier) @object attribute: (identifier) @attribute) right: (true) @value
      (#eq? @attribute "debug")) @assignment
    (assignment left: (subscript value: (attribute object: (identifier) @object attribute: (identifier) @attribute)
      subscript: (string) @entry) right: (true) @value (#eq? @attribute "config")) @assignment
    """

    VALID = (
        'import os\n\napp.run(debug=os.getenv("FLASK_DEBUG") == "1")\napp.run(host="größe")\n',
        "import asyncio\n\nasyncio.run(main(), debug=True)\n",
        "solver.run(problem, debug=True)\n",
        "options = {'debug': True, 'größe': 1}\nshow(**options)\n",
        'app.config["TESTING"] = True\nlogger.debug = True\n',
    )
    INVALID = (
        Invalid(
            code='# Größe\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", debug=True)  # lokal\n',
            at="debug=True",
            message=_MESSAGE,
            fixed=('# Größe\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", debug=False)  # lokal\n',),
        ),
        Invalid(
            code='import os\n\napp.run(host="größe", debug=os.environ.get("FLASK_DEBUG", "1") == "1")\n',
            at='debug=os.environ.get("FLASK_DEBUG", "1") == "1"',
            message=_MESSAGE_UNSET,
        ),
        Invalid(
            code="from fastapi import FastAPI\n\nservice = FastAPI(debug=True)\n",
            at="debug=True",
            message=_MESSAGE,
            fixed=("from fastapi import FastAPI\n\nservice = FastAPI(debug=False)\n",),
        ),
        Invalid(
            code="import tornado.web\n\nsettings = dict(größe=1, debug=True)\n",
            at="debug=True",
            message=_MESSAGE,
            fixed=("import tornado.web\n\nsettings = dict(größe=1, debug=False)\n",),
        ),
        Invalid(
            code='import quart\n\nSETTINGS = {"größe": 1, "debug": True}\n',
            at='"debug": True',
            message=_MESSAGE,
            fixed=('import quart\n\nSETTINGS = {"größe": 1, "debug": False}\n',),
        ),
        Invalid(
            code='app.config["DEBUG"] = True\n',
            at='app.config["DEBUG"] = True',
            message=_MESSAGE,
            fixed=('app.config["DEBUG"] = False\n',),
        ),
        Invalid(
            code="from werkzeug.serving import run_simple\n\nrun_simple(host, 80, größe, use_debugger=True)\n",
            at="use_debugger=True",
            message=_MESSAGE,
            fixed=("from werkzeug.serving import run_simple\n\nrun_simple(host, 80, größe, use_debugger=False)\n",),
        ),
        Invalid(
            code="def main():\n    größe = {'port': 80, 'debug': True}\n    app.run(**größe)\n",
            at="'debug': True",
            message=_MESSAGE,
            fixed=("def main():\n    größe = {'port': 80, 'debug': False}\n    app.run(**größe)\n",),
        ),
        Invalid(
            code="app.debug = True\n",
            at="app.debug = True",
            message=_MESSAGE,
            fixed=("app.debug = False\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (call := found.get("call")) is not None:
            yield from _spread(code, call, found["table"])
            return
        if (unset := found.get("unset")) is not None:
            yield from _unless_set(code, found["argument"], unset)
            return
        fix = Fix("Switch debug mode off", "review", (code.replace(found["value"], "False"),))
        if (argument := found.get("argument")) is not None:
            call = argument.parent.parent if argument.parent is not None else None
            if call is not None and call.type == "call" and (_starts_server(code, call) or _is_table(code, call)):
                yield Problem(argument, _MESSAGE, fixes=(fix,))
            return
        if (pair := found.get("pair")) is not None:
            if pair.parent is not None and _is_table(code, pair.parent):
                yield Problem(pair, _MESSAGE, fixes=(fix,))
            return
        if (setting := found.get("setting")) is not None:
            if _SETTINGS.fullmatch(code.text(found["name"])) and _FRAMEWORKS.search(code.import_lines):
                yield Problem(setting, _MESSAGE, fixes=(fix,))
            return
        entry = code.text(found.get("entry")).strip("\"'")
        if entry in {"", "DEBUG"} and _APPLICATION.search(code.text(found["object"])):
            yield Problem(found["assignment"], _MESSAGE, fixes=(fix,))


def _spread(code: Code, call: Node, table: Node) -> Iterator[Problem]:
    """A server that is started with the settings of a table."""
    debug = pairs(code, table).get("debug")
    given = value_of(debug)
    if debug is not None and given is not None and given.type == "true" and _starts_server(code, call):
        fix = Fix("Switch debug mode off", "review", (code.replace(given, "False"),))
        yield Problem(debug, _MESSAGE, fixes=(fix,))


def _unless_set(code: Code, argument: Node, value: Node) -> Iterator[Problem]:
    """A mode that is taken from the environment, and on where that says nothing."""
    call = argument.parent.parent if argument.parent is not None else None
    starts = call is not None and call.type == "call" and _starts_server(code, call)
    if starts and is_on_unless_set(code.text(value)):
        yield Problem(argument, _MESSAGE_UNSET)


def _is_table(code: Code, table: Node) -> bool:
    """Whether a table holds the settings of a web application, by its name and by what is imported."""
    holder = table.parent
    if table.type not in {"dictionary", "call"} or holder is None or holder.type != "assignment":
        return False
    if table.type == "call" and code.callee(table) != "dict":
        return False
    named = _SETTINGS.fullmatch(code.text(holder.child_by_field_name("left"))) is not None
    return named and _FRAMEWORKS.search(code.import_lines) is not None


def _starts_server(code: Code, call: Node) -> bool:
    name, method = code.callee(call), code.method(call)
    if name.partition(".")[0] in _OTHERS:
        return False
    if method in _CLASSES or method == "DebuggedApplication" or name in {"tornado.web.Application", "web.Application"}:
        return True
    if method not in {"run", "run_server", "run_simple"}:
        return False
    function = call.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    known = _FRAMEWORKS.search(code.import_lines) is not None
    return known or _APPLICATION.search(code.text(receiver)) is not None
