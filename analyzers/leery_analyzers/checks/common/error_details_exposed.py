"""An answer that tells a visitor how the program failed.

A stack trace names files, versions, queries and settings: what an attacker would have to find out otherwise. Write it
to the log and answer with a number to find it by.

Left alone: logs, and errors that are answered by a fixed text. The message alone, without the trace, has low
confidence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python
from leery_analyzers.dataflow.python.errors import level_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ANSWERS = frozenset(
    {"jsonify", "Response", "make_response", "JsonResponse", "HttpResponse", "JSONResponse", "HTMLResponse", "abort"}
    | {"PlainTextResponse", "HttpResponseServerError", "HttpResponseBadRequest", "HTTPException", "json_response"}
    | {"render_template", "web.Response", "render"}
)
_SENDS = frozenset({"send", "json", "end", "write", "render", "jsonp", "NextResponse.json", "Response.json"})
_RECEIVER = lazy_regex(r"(?i)^(res|resp|response|reply|ctx|c|NextResponse|Response)\b")
_ROUTE = lazy_regex(r"@[\w.]*\.?(route|get|post|put|delete|patch|api_view|errorhandler|exception_handler|websocket)\b")
_VIEW = lazy_regex(r"def \w+\(\s*(self,\s*)?(request|req)\b|@(csrf_exempt|require_\w+|login_required)")
_HANDLES = lazy_regex(r"except|catch|errorhandler|req\b")
_PART = '(#any-of? @part "stack" "message" "toString")) @shown\n'
_SCRIPT = f"(member_expression object: (identifier) @error property: (property_identifier) @part {_PART}"
_TYPED = (
    "(member_expression object: (parenthesized_expression (as_expression . (identifier) @error)) "
    f"property: (property_identifier) @part {_PART}"
)
_DEVELOPMENT = lazy_regex(
    r"(?i)NODE_ENV|\bis_?(prod|dev|debug|local)|\b_*(dev(elopment)?|prod(uction)?|debug)(Mode)?_*\b"
)
_WRITERS = frozenset({"toString", "String", "inspect", "stringify"})
_TRACE = "The trace tells whoever causes an error about files, versions and settings of this program."
_TEXT = "The message of the error may tell whoever causes it about queries, files or settings of this program."


class ErrorDetailsExposed(Check):
    """Finds traces and messages of errors in answers."""

    summary = "An answer that tells how the program failed"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-209",)
    owasp = ("A10:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset({"traceback.format_exc", "traceback.format_exception", "traceback.format_tb", "str", "repr"}) | {
        ".send",
        ".json",
        ".end",
    }
    query: ClassVar[Mapping[str, str]] = {
        "python": "(interpolation expression: (identifier) @error) @shown",
        **{name: _SCRIPT + (_TYPED if name.startswith("typescript") else "") for name in JAVASCRIPT},
    }

    VALID = (
        "import traceback\n\n\ndef größe():\n    log.error(traceback.format_exc())\n",
        (
            '@app.route("/")\ndef view():\n    try:\n        return run()\n    except ValueError as e:\n'
            '        log.warning("größe %s", str(e))\n        return jsonify(error="failed"), 500\n'
        ),
        "def tool():\n    try:\n        run()\n    except OSError as e:\n        return str(e)\n",
        Valid("try { run(); } catch (e) { console.error(e.stack); res.sendStatus(500); }\n", "javascript"),
        Valid('app.use((err, req, res, next) => { res.status(500).json({ error: "größe" }); });\n', "typescript"),
        Valid("res.send(user.message);\nres.json({ stack: card.stack });\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code='import traceback\n\n\n@app.route("/größe")\ndef view():\n    try:\n        return run()\n'
            "    except Exception:\n        return traceback.format_exc(), 500\n",
            at="traceback.format_exc()",
            message=_TRACE,
            fixed=(
                (
                    'import traceback\n\n\n@app.route("/größe")\ndef view():\n    try:\n        return run()\n'
                    '    except Exception:\n        return "Internal error", 500\n'
                ),
            ),
        ),
        Invalid(
            code='@app.post("/x")\ndef view():\n    try:\n        return run()\n    except Exception as e:\n'
            '        return jsonify({"größe": str(e)}), 500\n',
            at="str(e)",
            message=_TEXT,
            fixed=(
                (
                    '@app.post("/x")\ndef view():\n    try:\n        return run()\n    except Exception as e:\n'
                    '        return jsonify({"größe": "Internal error"}), 500\n'
                ),
            ),
        ),
        Invalid(
            code="app.use((err, req, res, next) => {\n  res.status(500).send(err.stack); // größe\n});\n",
            at="err.stack",
            message=_TRACE,
            fixed=('app.use((err, req, res, next) => {\n  res.status(500).send("Internal error"); // größe\n});\n',),
            language="javascript",
        ),
        Invalid(
            code="try {\n  größe();\n} catch (error) {\n  res.status(500).send(error.toString());\n}\n",
            at="error.toString()",
            message=_TEXT,
            fixed=('try {\n  größe();\n} catch (error) {\n  res.status(500).send("Internal error");\n}\n',),
            language="javascript",
        ),
        Invalid(
            code="run().catch((err) => res.json(err)); // größe\n",
            at="json(«err»)",
            message=_TEXT,
            fixed=('run().catch((err) => res.json("Internal error")); // größe\n',),
            language="typescript",
        ),
        Invalid(
            code="try {\n  run();\n} catch (error) {\n  res.json({ error: error.message });\n}\n",
            at="error.message",
            message=_TEXT,
            fixed=('try {\n  run();\n} catch (error) {\n  res.json({ error: "Internal error" });\n}\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or value."""
        if (call := found.get("call")) is not None:
            name = code.callee(call)
            trace = name.startswith("traceback.")
            value = code.arguments(call).get(0)
            if not is_python(code):
                function = code.text(call.child_by_field_name("function"))
                if value is not None and _RECEIVER.match(function) and _is_error(code, value):
                    yield _problem(code, value, trace=False)
                return
            if is_python(code) and (trace or (value is not None and _is_error(code, value))) and _answers(code, call):
                yield _problem(code, call, trace=trace)
        elif is_python(code):
            if _is_error(code, found["error"]) and _answers(code, found["shown"]):
                yield Problem(found["error"], _TEXT, confidence="low")
        elif _is_error(code, found["error"]) and _sent(code, found["shown"]):
            part, around = code.text(found["part"]), found["shown"].parent
            called = part == "toString" and around is not None
            yield _problem(code, around if called and around is not None else found["shown"], trace=part == "stack")


def _problem(code: Code, place: Node, *, trace: bool) -> Problem:
    fix = Fix("Answer with a fixed text", "review", (code.replace(place, '"Internal error"'),))
    return Problem(place, _TRACE if trace else _TEXT, fixes=(fix,), confidence=None if trace else "low")


@lru_cache(maxsize=16)
def _handles(source: str) -> bool:
    return _HANDLES.search(source) is not None


def _is_error(code: Code, node: Node) -> bool:
    """Whether a name is bound by ``except … as`` or ``catch``, or is the first parameter of an error handler."""
    if node.type != "identifier":
        return False
    bound = code.scopes.lookup(code.text(node), node.start_byte)
    if not any(binding.kind in {"other", "parameter"} for binding in bound) or not _handles(code.source):
        return False
    name = re.escape(code.text(node))
    if is_python(code):
        caught = re.search(rf"\bexcept\b([^\n]*)\bas\s+{name}\s*:", code.source)
        handed = re.search(rf"errorhandler\(([^\n]*)\)\n\s*(?:async )?def \w+\(\s*{name}\b", code.source)
        found = caught or handed
        return found is not None and level_of(found[1]) is not None
    handler = (
        rf"\bcatch\s*\(\s*{name}\b|\(\s*{name}(:\s*\w+)?\s*,\s*_?req\w*|"
        rf"\.catch\(\s*(async\s*)?\(?\s*{name}\b|\(\s*{name}\s*,\s*\w+\)\s*=>"
    )
    return re.search(handler, code.source) is not None


def _answers(code: Code, node: Node) -> bool:
    """Whether a Python value goes into an answer to a request."""
    web = False
    for around in islice(ancestors(node), 12):
        if around.type == "call":
            if code.method(around) in _ANSWERS or code.callee(around) in _ANSWERS:
                return True
            if code.method(around) in {"error", "exception", "warning", "info", "debug", "print", "log", "critical"}:
                return False
        elif around.type == "return_statement":
            web = True
        elif around.type.endswith("statement") or around.type in {"block", "assignment"}:
            break
    return web and (_ROUTE.search(code.source) or _VIEW.search(code.source)) is not None


def _sent_later(code: Code, holder: Node) -> bool:
    """Whether a variable goes into an answer further down."""
    name = re.escape(code.text(holder.child_by_field_name("name")))
    sends = r"\b(?:res|resp|response|reply|ctx|c|NextResponse|Response)\b[\w.()]*\.(?:send|json|end|write|jsonp)"
    return re.fullmatch(r"\w+", name) is not None and (
        re.search(rf"{sends}\((?:String\()?\s*(?:\{{[^{{}}]*)?\b{name}\b", code.source) is not None
    )


def _for_developers(code: Code, node: Node) -> bool:
    """Whether a condition around a value lets it out where the program is developed only."""
    inner = node
    for around in islice(ancestors(node), 20):
        held = around.child_by_field_name("condition") or around.child_by_field_name("left")
        tested = around.type in {"ternary_expression", "if_statement", "binary_expression"}
        if tested and held is not None and held != inner and _DEVELOPMENT.search(code.text(held)):
            return True
        if around.type.endswith(("function", "function_declaration", "method_definition")):
            return False
        inner = around
    return False


def _sent(code: Code, node: Node) -> bool:
    """Whether a JavaScript value goes into an answer to a request."""
    if _for_developers(code, node):
        return False
    for around in islice(ancestors(node), 12):
        if around.type == "call_expression" and code.method(around) not in _WRITERS:
            method = code.method(around)
            function = code.text(around.child_by_field_name("function"))
            return method in _SENDS and _RECEIVER.match(function) is not None
        if around.type == "variable_declarator":
            return _sent_later(code, around)
        if around.type == "assignment_expression":
            return code.text(around.child_by_field_name("left")) in {"ctx.body", "res.body", "context.body"}
        if around.type.endswith("statement") or around.type == "statement_block":
            return False
    return False
