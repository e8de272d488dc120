"""HTML written into a page from a value.

``innerHTML``, ``document.write`` and ``dangerouslySetInnerHTML`` read their text as HTML: a value with markup in it
brings its own elements and scripts. ``textContent`` and JSX show text as text.

Left alone: constants, and values that a sanitizer or an escaping function returned. A value that comes in whole is
reported with low confidence, since it may have been cleaned before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.templates import Template
    from leery_analyzers.model import Level

_SETTERS = """
(assignment_expression left: (member_expression property: (_) @property) right: (_) @value
  (#any-of? @property "innerHTML" "outerHTML")) @set
(augmented_assignment_expression left: (member_expression property: (_) @property) right: (_) @value
  (#any-of? @property "innerHTML" "outerHTML"))
"""
_JSX = """
(jsx_attribute (property_identifier) @attribute (jsx_expression (object (pair key: (_) @key value: (_) @value)))
  (#eq? @attribute "dangerouslySetInnerHTML"))
"""
_SAFE = frozenset(
    {".sanitize", ".escape", ".escapeHtml", ".escapeHTML", ".createHTML", ".encode", "escapeHtml", "escapeHTML"}
    | {"sanitizeHtml", "sanitize-html", "sanitize", "escape-html", "encodeURIComponent", "encodeURI", "escape"}
    | {"lodash.escape", "_.escape", "isomorphic-dompurify.sanitize", "dompurify.sanitize", "html-entities.encode"}
    | {".renderToString", ".renderToStaticMarkup", "JSON.stringify"}
)


class InnerHtml(Check):
    """Finds values written as HTML."""

    summary = "HTML written into a page from a value"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79", "CWE-80")
    owasp = ("A05:2025", "LLM05:2025")
    languages = JAVASCRIPT
    refutable = True
    calls = frozenset(
        {".insertAdjacentHTML", ".write", ".writeln", ".html", ".append", ".prepend", ".createContextualFragment"}
    )
    query: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(JAVASCRIPT, _SETTERS + _JSX),
        "typescript": _SETTERS,
    }

    VALID = (
        'list.innerHTML = "";\nlist.innerHTML = "<p>größe</p>";\nlist.textContent = name;\n',
        "box.innerHTML = DOMPurify.sanitize(dirty);\n",
        "import escape from 'escape-html';\n\nbox.innerHTML = `<b>${escape(name)}</b> ${items.length}`;\n",
        "stream.write(name);\nfile.append(`${a}`);\nparams.append('<b>', name);\n",
        Valid(
            "const page = <p dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />;\n", "javascriptreact"
        ),
        "if (box.innerHTML === html) done();\n",
    )
    INVALID = (
        Invalid(
            code="größe.innerHTML = name; // größe\n",
            at="name",
            message="`name` is read as HTML, so markup and scripts in it become a part of the page.",
            fixed=("größe.textContent = name; // größe\n",),
        ),
        Invalid(
            code="box.innerHTML += `<li>${item.title}</li>`;\n",
            at="`<li>${item.title}</li>`",
            message="The value of `item.title` is read as HTML, so markup and scripts in it become a part of the page.",
        ),
        Invalid(
            code='document.write("<p>" + location.hash + "</p>");\n',
            at='"<p>" + location.hash + "</p>"',
            message="The value of `location.hash` is read as HTML, so markup and scripts in it become a part of the "
            "page.",
        ),
        Invalid(
            code="const page = <p dangerouslySetInnerHTML={{ __html: größe }} />;\n",
            at="größe",
            message="`größe` is read as HTML, so markup and scripts in it become a part of the page.",
            language="typescriptreact",
        ),
        Invalid(
            code='$("#out").html("Hello " + user);\n',
            at='"Hello " + user',
            message="The value of `user` is read as HTML, so markup and scripts in it become a part of the page.",
            fixed=('$("#out").text("Hello " + user);\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (call := found.get("call")) is not None:
            function = call.child_by_field_name("function")
            receiver = function.child_by_field_name("object") if function is not None else None
            method = function.child_by_field_name("property") if function is not None else None
            if receiver is not None and method is not None:
                yield from self._call(code, call, receiver, method)
            return
        if "key" in found and code.text(found["key"]).strip("\"'") != "__html":
            return
        changed = found["property"] if "set" in found else None
        yield from self._value(code, found["value"], changed, "textContent")

    def _call(self, code: Code, call: Node, receiver: Node, method: Node) -> Iterator[Problem]:
        name = code.text(method)
        arguments = code.arguments(call).positional
        jquery = code.text(receiver).startswith(("$", "jQuery"))
        if name in {"write", "writeln"} and code.text(receiver).rpartition(".")[2] == "document":
            for value in arguments:
                yield from self._value(code, value, None, "")
        elif name == "insertAdjacentHTML" and len(arguments) == 2:
            yield from self._value(code, arguments[1], None, "")
        elif name == "createContextualFragment" and arguments:
            yield from self._value(code, arguments[0], None, "")
        elif jquery and name in {"html", "append", "prepend"} and len(arguments) == 1:
            value = arguments[0]
            template = code.template(value, _SAFE)
            if name == "html" or "<" in template.text:
                yield from self._value(code, value, method if name == "html" else None, "text")

    def _value(self, code: Code, value: Node, changed: Node | None, to: str) -> Iterator[Problem]:
        template = code.template(value, _SAFE)
        if template.constant:
            return
        fixes: tuple[Fix, ...] = ()
        if changed is not None and "<" not in template.text and to and code.text(changed) != "outerHTML":
            fixes = (Fix("Show it as text", "review", (code.replace(changed, to),)),)
        low = template.opaque or template.only_numbers
        yield Problem(
            value,
            _message(code, template),
            path=()
            if value.type not in code.identifiers
            else tuple((hole.node, "goes into the HTML here") for hole in template.holes if hole.node != value),
            fixes=fixes,
            confidence="low" if low else None,
        )


def _message(code: Code, template: Template) -> str:
    names = [f"`{name}`" for name in dict.fromkeys(short(code.text(hole.node)) for hole in template.holes)]
    if template.opaque:
        return f"{names[0]} is read as HTML, so markup and scripts in it become a part of the page."
    if len(names) == 1:
        return f"The value of {names[0]} is read as HTML, so markup and scripts in it become a part of the page."
    shown = f"{', '.join(names[:-1][:3])} and {names[-1]}"
    return f"The values of {shown} are read as HTML, so markup and scripts in them become a part of the page."
