"""A header that protects a site's visitors, switched off.

Helmet and Flask-Talisman send headers that keep browsers from running foreign scripts, from showing the site in
frames of others and from going back to plain HTTP. Each is switched off by one word here.

Left alone: headers with options of their own, and those that helmet itself has given up (``xssFilter``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_false, is_nothing, is_python, named_values, value_of
from leery_analyzers.fixes.arguments import remove_item
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WHAT = {
    "contentSecurityPolicy": "scripts from elsewhere run in its pages",
    "content_security_policy": "scripts from elsewhere run in its pages",
    "frameguard": "other sites can show it in a frame and lure visitors into clicking there",
    "xFrameOptions": "other sites can show it in a frame and lure visitors into clicking there",
    "frame_options": "other sites can show it in a frame and lure visitors into clicking there",
    "hsts": "browsers may be led back to plain HTTP",
    "strictTransportSecurity": "browsers may be led back to plain HTTP",
    "strict_transport_security": "browsers may be led back to plain HTTP",
    "force_https": "requests over plain HTTP are answered",
    "noSniff": "browsers may take an upload for a script",
    "xContentTypeOptions": "browsers may take an upload for a script",
    "x_content_type_options": "browsers may take an upload for a script",
    "session_cookie_secure": "its cookies go over plain HTTP too",
}
_CALLS = frozenset({"helmet", "fastify-helmet", "@fastify/helmet", "koa-helmet", ".Talisman"})


class SecurityHeaderOff(Check):
    """Finds protective headers that are switched off."""

    summary = "A protective header switched off"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-693", "CWE-1021")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = _CALLS

    VALID = (
        "from flask_talisman import Talisman\n\nTalisman(app, content_security_policy=größe)\n",
        "Talisman(app)\nbuild(frame_options=None)\n",
        Valid('import helmet from "helmet";\n\napp.use(helmet({ xssFilter: false, größe: 1 }));\n', "javascript"),
        Valid("const look = { hsts: false, noSniff: false };\n", "typescript"),
        Valid('import helmet from "helmet";\n\nhelmet({ contentSecurityPolicy: { directives } });\n', "javascript"),
    )
    INVALID = (
        Invalid(
            code='import helmet from "helmet";\n\napp.use(helmet({ contentSecurityPolicy: false, größe: 1 }));\n',
            at="contentSecurityPolicy: false",
            message="With this off, scripts from elsewhere run in its pages.",
            fixed=('import helmet from "helmet";\n\napp.use(helmet({ contentSecurityPolicy: true, größe: 1 }));\n',),
            language="javascript",
        ),
        Invalid(
            code='const helmet = require("helmet");\n\napp.use(helmet({ hsts: false }));\n',
            at="hsts: false",
            message="With this off, browsers may be led back to plain HTTP.",
            fixed=('const helmet = require("helmet");\n\napp.use(helmet({ hsts: true }));\n',),
            language="javascript",
        ),
        Invalid(
            code="from flask_talisman import Talisman\n\nTalisman(größe, content_security_policy=None)\n",
            at="content_security_policy=None",
            message="With this off, scripts from elsewhere run in its pages.",
            fixed=("from flask_talisman import Talisman\n\nTalisman(größe)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        if is_python(code) != (code.method(call) == "Talisman"):
            return
        for name, pair in named_values(code, call).items():
            value = value_of(pair)
            if name in _WHAT and value is not None and (is_false(code, value) or is_nothing(value)):
                edit = remove_item(code, pair) if is_python(code) else code.replace(value, "true")
                fix = Fix("Leave it on", "review", (edit,))
                yield Problem(pair, f"With this off, {_WHAT[name]}.", fixes=(fix,))
