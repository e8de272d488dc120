"""Protection against forged requests switched off.

A page elsewhere can make a visitor's browser send requests with the visitor's cookies. The token that such a page
cannot know is all that tells them from wanted ones.

Left alone: settings of tests. Views named after webhooks and the like, which are called by programs that sign their
requests, have low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python
from leery_analyzers.fixes.arguments import remove_item, whole_lines
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PYTHON = """
(decorator (_) @exempt (#match? @exempt "csrf_exempt|csrf\\\\.exempt|csrf_protect\\\\.exempt")) @decorator
(assignment left: (identifier) @name right: (false) @value
  (#any-of? @name "WTF_CSRF_ENABLED" "WTF_CSRF_CHECK_DEFAULT" "CSRF_ENABLED" "csrf")) @setting
(assignment left: (subscript subscript: (string) @name) right: (false) @value
  (#match? @name "CSRF")) @setting
(keyword_argument name: (identifier) @name value: (false) @value
  (#any-of? @name "csrf_enabled" "WTF_CSRF_ENABLED" "csrf" "xsrf_cookies" "require_csrf" "csrf_protect")) @setting
(pair key: (string) @name value: (false) @value
  (#match? @name "(?i)^.(csrf|xsrf_cookies|require_csrf|WTF_CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT).$")) @setting
"""
_SCRIPT = """
(pair key: (_) @name value: (false) @value
  (#any-of? @name "csrf" "csrfProtection" "enableCsrf" "csrfPrevention" "xsrfCookieName" "checkOrigin")) @setting
"""
_MACHINES = re.compile(
    r"(?i)hook|callback|stripe|paypal|github|gitlab|slack|ipn|api|health|metrics|graphql|notify|telegram"
)
_ANSWER = re.compile(r"return\s+(?:\w+\.)*\w*(?:[Rr]esponse\w*|jsonify)\(\s*[^()]*\)|return\s+[\"'{\[][^()]*")
"""A statement that answers with what is written in it."""
_TEST = re.compile(r"\bTESTING\b|\btest_client\b|pytest|[Tt]est\w*Config|Config\w*Test")
_MESSAGE = "Without this protection a page elsewhere can send requests in the name of a visitor."
_KNOWN = frozenset(
    {"WTF_CSRF_ENABLED", "WTF_CSRF_CHECK_DEFAULT", "CSRF_ENABLED", "csrf_enabled", "xsrf_cookies", "require_csrf"}
)


class CsrfProtectionOff(Check):
    """Finds forms and views without a token."""

    summary = "Protection against forged requests switched off"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {"python": _PYTHON, **dict.fromkeys(JAVASCRIPT, _SCRIPT)}

    VALID = (
        "@csrf_protect\ndef größe(request):\n    return render(request)\n",
        "@csrf_exempt\ndef größe(request):\n    return JsonResponse({'größe': True})\n",
        'app.config["TESTING"] = True\napp.config["WTF_CSRF_ENABLED"] = False\n',
        "WTF_CSRF_ENABLED = True\ncsrf = CSRFProtect(app)\n",
        "class TestConfig:\n    WTF_CSRF_ENABLED = False\n",
        Valid("app.use(lusca({ csrf: true, größe: 1 }));\nconst form = { csrf: token };\n", "javascript"),
        Valid("const options = { csrf: enabled, checkOrigin: true };\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="@csrf_exempt\n@login_required\ndef größe(request):\n    request.user.delete()\n",
            at="@csrf_exempt",
            message=_MESSAGE,
            fixed=("@login_required\ndef größe(request):\n    request.user.delete()\n",),
        ),
        Invalid(
            code='app.config["WTF_CSRF_ENABLED"] = False  # größe\n',
            at='app.config["WTF_CSRF_ENABLED"] = False',
            message=_MESSAGE,
            fixed=('app.config["WTF_CSRF_ENABLED"] = True  # größe\n',),
        ),
        Invalid(
            code="form = UploadForm(request.form, csrf_enabled=False)\n",
            at="csrf_enabled=False",
            message=_MESSAGE,
            fixed=("form = UploadForm(request.form)\n",),
        ),
        Invalid(
            code='import tornado.web\n\nsettings = {"größe": 1, "xsrf_cookies": False}\n',
            at='"xsrf_cookies": False',
            message=_MESSAGE,
            fixed=('import tornado.web\n\nsettings = {"größe": 1, "xsrf_cookies": True}\n',),
        ),
        Invalid(
            code="@view_config(route_name='größe', require_csrf=False)\ndef edit(request):\n    request.user.save()\n",
            at="require_csrf=False",
            message=_MESSAGE,
            fixed=("@view_config(route_name='größe')\ndef edit(request):\n    request.user.save()\n",),
        ),
        Invalid(
            code='class Form(FlaskForm):\n    class Meta:\n        csrf = False\n        name = "größe"\n',
            at="csrf = False",
            message=_MESSAGE,
            fixed=('class Form(FlaskForm):\n    class Meta:\n        csrf = True\n        name = "größe"\n',),
        ),
        Invalid(
            code="app.use(lusca({ csrf: false, xframe: größe }));\n",
            at="csrf: false",
            message=_MESSAGE,
            fixed=("app.use(lusca({ csrf: true, xframe: größe }));\n",),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one decorator or setting."""
        if _TEST.search(code.source) or "test" in code.unit.name.lower():
            return
        if (decorator := found.get("decorator")) is not None:
            if _does_nothing(code, decorator):
                return
            place = code.range(decorator)
            edit = whole_lines(code.unit.text, TextEdit(place.start, place.end, ""))
            machine = _MACHINES.search(code.text(decorator.parent)[:300]) is not None
            fix = Fix("Require the token", "review", (edit,))
            yield Problem(decorator, _MESSAGE, fixes=(fix,), confidence="low" if machine else None)
            return
        setting, value = found["setting"], found["value"]
        name = code.text(found["name"]).strip("\"'")
        form = re.search(
            r"(?i)form|flask|lusca|csrf_?protect|session|fastify|sveltekit|sveltejs|apollo",
            code.source + code.import_lines,
        )
        if name not in _KNOWN and form is None:
            return
        if setting.type == "keyword_argument":
            edit = remove_item(code, setting)
        else:
            edit = code.replace(value, "True" if is_python(code) else "true")
        if _asks_no_form(code, setting):
            return
        yield Problem(setting, _MESSAGE, fixes=(Fix("Switch the protection on", "review", (edit,)),))


def _does_nothing(code: Code, decorator: Node) -> bool:
    """Whether a view only answers: it is one statement that asks neither the request nor anything else."""
    holder = decorator.parent
    view = holder.child_by_field_name("definition") if holder is not None else None
    body, given = (view.child_by_field_name(name) if view is not None else None for name in ("body", "parameters"))
    if body is None or given is None or view is None or view.type != "function_definition":
        return False
    statements = [one for one in body.named_children if one.type != "comment"]
    if len(statements) != 1 or statements[0].type != "return_statement":
        return False
    names = re.findall(r"\w+", code.text(given))
    text = code.text(statements[0])
    return _ANSWER.fullmatch(text) is not None and not any(re.search(rf"\b{name}\b", text) for name in names)


def _asks_no_form(code: Code, setting: Node) -> bool:
    """Whether a setting belongs to a view that machines call, or that changes nothing."""
    call = setting.parent.parent if setting.parent is not None else None
    holder = call.parent if call is not None else None
    if holder is None or holder.type != "decorator":
        return False
    return _MACHINES.search(code.text(holder.parent)[:300]) is not None or "GET" in code.text(holder)
