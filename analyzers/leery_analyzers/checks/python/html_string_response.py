"""HTML put together from text and values.

What a visitor sends and a page shows without escaping runs as a script in the browsers of all who see it. A template
escapes by itself; in a string every value has to be escaped by hand. A template that is itself put together from values
runs on the server.

Left alone: escaped values, numbers, constants, and responses that are not HTML.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.templates import Template
    from leery_analyzers.model import Level

_MARKERS = frozenset(
    {"markupsafe.Markup", "flask.Markup", "jinja2.Markup", "Markup", "mark_safe", "SafeString"}
    | {"django.utils.safestring.mark_safe", "django.utils.safestring.SafeString"}
)
_RESPONSES = frozenset(
    {"fastapi.responses.HTMLResponse", "starlette.responses.HTMLResponse", "HTMLResponse", "django.http.HttpResponse"}
    | {"HttpResponse", "flask.make_response", "make_response", "flask.Response", "Response"}
)
_TEMPLATES = frozenset(
    {"flask.render_template_string", "render_template_string", "flask.templating.render_template_string"}
)
_SAFE = frozenset(
    {"html.escape", "markupsafe.escape", "flask.escape", "escape", "django.utils.html.escape", "cgi.escape"}
    | {"bleach.clean", "nh3.clean", "flask.url_for", "url_for", "urllib.parse.quote", "urllib.parse.urlencode"}
    | {"django.utils.html.format_html", "format_html", "flask.render_template", "render_template", "range", ".escape"}
)
_TAG = re.compile(r"<[a-zA-Z/!]")
_NO_PAGE = re.compile(r"""(?i)["']content-type["']\s*:\s*["'](?![^"']*(?:html|xml|svg))""")
_DRAWN = re.compile(r"(?:uuid\.)?uuid[1-8]\(.*\)(?:\.hex)?|(?:secrets\.)?token_(?:hex|urlsafe)\(.*\)")
"""Values of a form that no browser takes for a tag."""


class HtmlStringResponse(Check):
    """Finds values put into HTML text."""

    summary = "HTML put together from text and values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79", "CWE-80")
    owasp = ("A05:2025",)
    languages = PYTHON
    refutable = True
    calls = _MARKERS | _RESPONSES | _TEMPLATES
    query = "(return_statement) @return"

    VALID = (
        (
            "from flask import Flask, render_template\n\n\n@app.route('/')\ndef größe():\n"
            "    return render_template('x.html', name=name)\n"
        ),
        "from markupsafe import escape\n\n\n@app.route('/<name>')\ndef hi(name):\n    return f'<p>{escape(name)}'\n",
        "@app.route('/item/<int:item>')\ndef show(item):\n    return f'<p>{item}</p>'\n",
        "@app.get('/x')\ndef show(name):\n    return f'hello {name}'\n",
        "def show(name):\n    return f'<p>{name}</p>'\n",
        "HttpResponse(f'id {name}', content_type='text/plain')\n",
        "@app.route('/x')\ndef show():\n    return {'name': f'<b>{name}</b>'}\n",
        "render_template_string('<p>{{ name }}</p>', name=name)\n",
    )
    INVALID = (
        Invalid(
            code="from flask import Flask, request\n\n\n@app.route('/ß')\ndef hi():\n"
            "    name = request.args.get('name')\n    return f'<h1>Grüß dich, {name}!</h1>'\n",
            at="f'<h1>Grüß dich, {name}!</h1>'",
            message="The value of `name` is written into HTML without escaping, so a script in it runs in the browser.",
            fixed=(
                (
                    "from flask import Flask, request\nfrom markupsafe import escape\n\n\n@app.route('/ß')\ndef hi():\n"
                    "    name = request.args.get('name')\n    return f'<h1>Grüß dich, {escape(name)}!</h1>'\n"
                ),
            ),
        ),
        Invalid(
            code="from flask import render_template_string\n\n\ndef hello(name):\n"
            "    return render_template_string('<p>' + name + '</p>')\n",
            at="'<p>' + name + '</p>'",
            message="The value of `name` becomes a part of the template, so template code in it runs on the server.",
        ),
        Invalid(
            code="from django.utils.safestring import mark_safe\n\nlabel = mark_safe('<b>%s</b>' % name)\n",
            at="'<b>%s</b>' % name",
            message="The value of `name` is written into HTML without escaping, so a script in it runs in the browser.",
            fixed=(
                (
                    "from django.utils.html import escape\nfrom django.utils.safestring import mark_safe\n\n"
                    "label = mark_safe('<b>%s</b>' % escape(name))\n"
                ),
            ),
        ),
        Invalid(
            code="from flask import request\n\n\n@app.route('/q')\ndef search():\n"
            "    return '<p>' + request.args['ß'] + '</p>', 200\n",
            at="'<p>' + request.args['ß'] + '</p>'",
            message="The value of `request.args['ß']` is written into HTML without escaping, so a script in it runs in "
            "the browser.",
            fixed=(
                (
                    "from flask import request\nfrom markupsafe import escape\n\n\n@app.route('/q')\ndef search():\n"
                    "    return '<p>' + str(escape(request.args['ß'])) + '</p>', 200\n"
                ),
            ),
        ),
        Invalid(
            code="from fastapi.responses import HTMLResponse\n\n\ndef page(q):\n"
            '    body = f"<p>{q}</p>"\n    return HTMLResponse(content=body)\n',
            at="content=«body»",
            message="The value of `q` is written into HTML without escaping, so a script in it runs in the browser.",
            fixed=(
                (
                    "from html import escape\n\nfrom fastapi.responses import HTMLResponse\n\n\ndef page(q):\n"
                    '    body = f"<p>{escape(q)}</p>"\n    return HTMLResponse(content=body)\n'
                ),
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (statement := found.get("return")) is not None:
            yield from self._returned(code, statement)
            return
        call = found["call"]
        name = code.callee(call)
        arguments = code.arguments(call)
        body = arguments.get(0, "content") or arguments.named.get("response") or arguments.named.get("source")
        if body is None:
            return
        template = code.template(body, _SAFE)
        if template.constant or template.opaque:
            return
        if name in _TEMPLATES:
            yield Problem(body, _message(code, template, server=True), path=_path(code, body, template))
        elif _TAG.search(template.text) and not _other_type(code, call):
            yield self._problem(code, body, template)

    def _returned(self, code: Code, statement: Node) -> Iterator[Problem]:
        """A text that a Flask view returns is HTML, whatever is in it."""
        value = next((child for child in statement.named_children if child.type != "comment"), None)
        if value is not None and value.type in {"expression_list", "tuple"} and value.named_children:
            if _NO_PAGE.search(code.text(value)):
                return
            value = value.named_children[0]
        if value is None or value.type in {"call", "dictionary", "list"}:
            return
        route = _route(code, statement)
        if route is None:
            return
        template = code.template(value, _SAFE)
        numbers = re.findall(r"<(?:int|float|uuid):(\w+)>", code.text(route))
        names = {code.text(hole.node) for hole in template.holes}
        names = {name for name in names if _DRAWN.fullmatch(name) is None}
        if not template.constant and not template.opaque and not names <= set(numbers):
            yield self._problem(code, value, template)

    def _problem(self, code: Code, body: Node, template: Template) -> Problem:
        statement = _escape_import(code)
        edits = [code.replace(hole.node, _escaped(code, hole.node, statement)) for hole in template.holes]
        distinct = len(set(edits)) == len(edits)
        fix = Fix("Escape the value", "review", tuple(edits), (statement,))
        return Problem(
            body,
            _message(code, template),
            path=_path(code, body, template),
            fixes=(fix,) if distinct else (),
            confidence="low" if template.only_numbers else None,
        )


def _message(code: Code, template: Template, *, server: bool = False) -> str:
    names = [f"`{name}`" for name in dict.fromkeys(short(code.text(hole.node)) for hole in template.holes)]
    many = len(names) > 1
    shown = f"{', '.join(names[:-1][:3])} and {names[-1]}" if many else names[0]
    head = f"The values of {shown}" if many else f"The value of {shown}"
    them = "them" if many else "it"
    if server:
        verb = "become parts" if many else "becomes a part"
        return f"{head} {verb} of the template, so template code in {them} runs on the server."
    verb = "are" if many else "is"
    return f"{head} {verb} written into HTML without escaping, so a script in {them} runs in the browser."


def _path(code: Code, body: Node, template: Template) -> tuple[tuple[Node, str], ...]:
    if body.type not in code.identifiers:
        return ()
    return tuple((hole.node, "goes into the text here") for hole in template.holes)


def _route(code: Code, statement: Node) -> Node | None:
    """The decorator that makes the function around a statement a Flask view."""
    function = next(
        (node for node in islice(ancestors(statement), 60) if node.type in {"function_definition", "lambda"}), None
    )
    decorated = function.parent if function is not None else None
    if decorated is None or decorated.type != "decorated_definition":
        return None
    flask = any(re.search(r"\b(flask|quart)\b", line) for line in (*code.unit.imports, code.source))
    for child in decorated.named_children:
        if child.type == "decorator":
            found = re.match(r"@[\w.]+\.(route|get|post|put|patch|delete)\(", code.text(child))
            if found is not None and (found.group(1) == "route" or flask):
                return child
    return None


def _other_type(code: Code, call: Node) -> bool:
    """Whether a response says that it is something else than HTML."""
    named = code.arguments(call).named
    kind = next((code.text(named[key]) for key in ("content_type", "mimetype", "media_type") if key in named), "html")
    return "html" not in kind


def _escaped(code: Code, value: Node, statement: str) -> str:
    """A call of ``escape``. MarkupSafe's result escapes any text that is added to it, so there it is made plain."""
    call = f"escape({code.text(value)})"
    around = value.parent
    added = around is not None and code.text(around.child_by_field_name("operator")) == "+"
    return f"str({call})" if added and "markupsafe" in statement else call


def _escape_import(code: Code) -> str:
    lines = "\n".join((*code.unit.imports, code.source))
    if re.search(r"\b(import|from)\s+django", lines):
        return "from django.utils.html import escape"
    if re.search(r"\b(import|from)\s+(flask|markupsafe|jinja2|quart)", lines):
        return "from markupsafe import escape"
    return "from html import escape"
