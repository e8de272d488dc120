"""A Django or Flask setting that takes a protection away.

``ALLOWED_HOSTS = ["*"]`` lets a request choose the host that links and password mails name. ``DEBUG = True`` shows
source and settings with every error. The ``SECURE_`` settings switch on what browsers do for the protection of a
site.

Left alone: values that depend on something, and settings within tests. ``DEBUG`` alone has low confidence, since
other programs have a variable of that name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.defaults import is_on_unless_set
from leery_analyzers.checks.queries import SETTINGS, setting_name
from leery_analyzers.checks.values import literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_HOSTS = "Every host name is accepted, so a request can choose the one that links and password mails name."
_DEBUG = "Debug mode is on whatever the environment: with an error, visitors see source and settings."
_DEBUG_UNSET = "Debug mode is on wherever nobody switches it off: with an error, visitors see source and settings."
_DJANGO = re.compile(
    r"ALLOWED_HOSTS|INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|SECRET_KEY|TEMPLATES|DATABASES|\bdjango\b|BASE_DIR"
)
_OFF = {
    "SECURE_SSL_REDIRECT": "Requests over plain HTTP are answered.",
    "SECURE_CONTENT_TYPE_NOSNIFF": "Browsers may take an upload for a script.",
    "SESSION_SERIALIZER": "Whoever learns the secret key can run code: sessions are pickles.",
    "X_FRAME_OPTIONS": "Any site may show these pages in a frame and lure visitors into clicking there.",
    "PASSWORD_HASHERS": "The first hasher of this list is too fast for passwords.",
}
_FAST = re.compile(r"(MD5|SHA1|Crypt|UnsaltedMD5|UnsaltedSHA1)PasswordHasher")


class DjangoSettingInsecure(Check):
    """Finds settings that take a protection away."""

    summary = "A framework setting that takes a protection away"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-16", "CWE-489", "CWE-644")
    owasp = ("A02:2025",)
    languages = PYTHON
    query: ClassVar[Mapping[str, str]] = {
        "python": SETTINGS["python"]
        + """
        (module (expression_statement (assignment left: (identifier) @name
          right: [(call) (comparison_operator) (boolean_operator)] @value (#eq? @name "DEBUG")) @setting))
        """
    }

    VALID = (
        'DEBUG = os.environ.get("DEBUG", "False") == "True"\nALLOWED_HOSTS = ["größe.example"]\n',
        'DEBUG = os.environ.get("DEBUG", "1") == "0"\nDEBUG = config("DEBUG", default=False)\nBASE_DIR = "größe"\n',
        'ALLOWED_HOSTS = ["größe.example"]\nDEBUG = env.bool("DEBUG", False)\n',
        'ALLOWED_HOSTS = [] if DEBUG else HOSTS\nSECURE_SSL_REDIRECT = True\nX_FRAME_OPTIONS = "DENY"\n',
        'hosts = ["*"]\nparser.ALLOWED = ["*"]\n',
        'SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"\n',
    )
    INVALID = (
        Invalid(
            code='# Größe\nALLOWED_HOSTS = ["*"]\n',
            at='ALLOWED_HOSTS = ["*"]',
            message=_HOSTS,
            fixed=('# Größe\nALLOWED_HOSTS = ["example.com"]\n',),
        ),
        Invalid(
            code='DEBUG = True\nALLOWED_HOSTS = ["größe.example"]\n',
            at="DEBUG = True",
            message=_DEBUG,
            fixed=('import os\n\nDEBUG = os.environ.get("DEBUG") == "1"\nALLOWED_HOSTS = ["größe.example"]\n',),
        ),
        Invalid(
            code='DEBUG = os.environ.get("DJANGO_DEBUG", "True") == "True"\nALLOWED_HOSTS = ["größe.example"]\n',
            at='DEBUG = os.environ.get("DJANGO_DEBUG", "True") == "True"',
            message=_DEBUG_UNSET,
        ),
        Invalid(
            code='DEBUG = env.bool("DEBUG", default=True)\nALLOWED_HOSTS = ["größe.example"]\n',
            at='DEBUG = env.bool("DEBUG", default=True)',
            message=_DEBUG_UNSET,
        ),
        Invalid(
            code="SECURE_SSL_REDIRECT = False\n",
            at="SECURE_SSL_REDIRECT = False",
            message="Requests over plain HTTP are answered.",
            fixed=("SECURE_SSL_REDIRECT = True\n",),
        ),
        Invalid(
            code='SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"\n',
            at='SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"',
            message="Whoever learns the secret key can run code: sessions are pickles.",
            fixed=('SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"\n',),
        ),
        Invalid(
            code='X_FRAME_OPTIONS = "ALLOWALL"\n',
            at='X_FRAME_OPTIONS = "ALLOWALL"',
            message="Any site may show these pages in a frame and lure visitors into clicking there.",
            fixed=('X_FRAME_OPTIONS = "DENY"\n',),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one setting."""
        name = setting_name(code, found)
        if not name.isupper():
            return
        setting, value = found["setting"], found["value"]
        if setting.type != "assignment" or "TESTING" in code.source or "test" in code.unit.name.lower():
            return
        text = literal_text(code, value) or ""
        if name == "ALLOWED_HOSTS" and value.type in {"list", "tuple"}:
            star = next((item for item in value.named_children if literal_text(code, item) == "*"), None)
            if star is not None:
                fix = Fix("Name the hosts", "manual", (code.replace(star, '"example.com"'),))
                yield Problem(setting, _HOSTS, fixes=(fix,))
        elif name == "DEBUG" and value.type == "true" and found["name"].type == "identifier":
            settings = _DJANGO.search(code.source) is not None
            edit = code.replace(value, 'os.environ.get("DEBUG") == "1"')
            fix = Fix("Take it from the environment", "review", (edit,), ("import os",))
            yield Problem(setting, _DEBUG, fixes=(fix,), confidence=None if settings else "low")
        elif name == "DEBUG" and found["name"].type == "identifier" and is_on_unless_set(code.text(value)):
            if _DJANGO.search(code.source) is not None:
                yield Problem(setting, _DEBUG_UNSET)
        elif name == "PASSWORD_HASHERS" and value.named_children and _FAST.search(code.text(value.named_children[0])):
            yield Problem(setting, _OFF[name])
        else:
            yield from _switched(code, name, setting, value, text)


def _switched(code: Code, name: str, setting: Node, value: Node, text: str) -> Iterator[Problem]:
    new = ""
    if name in {"SECURE_SSL_REDIRECT", "SECURE_CONTENT_TYPE_NOSNIFF"} and value.type == "false":
        new = "True"
    elif name == "X_FRAME_OPTIONS" and text.upper() in {"ALLOWALL", "ALLOW", "ALLOW-ALL"}:
        new = '"DENY"'
    elif name == "SESSION_SERIALIZER" and text.endswith("PickleSerializer"):
        new = code.text(value).replace("PickleSerializer", "JSONSerializer")
    if new:
        fix = Fix("Switch the protection on", "review", (code.replace(value, new),))
        low: Level | None = "low" if name.startswith("SECURE") else None
        yield Problem(setting, _OFF[name], fixes=(fix,), severity=low)
