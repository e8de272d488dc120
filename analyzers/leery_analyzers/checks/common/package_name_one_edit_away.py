"""A package whose name is one edit away from that of a popular one.

Attackers register names that people mistype: a letter left out, doubled, exchanged or replaced, a hyphen too many. A
name that nobody knows and that is so near to a popular one is a slip or a trap. A name that exists and is rarely used
gives less reason and is reported with low confidence.

Looked at is what `unknown-package` looks at. Left alone are names of popular packages themselves, names that differ in
a version's digits, short names, and what the workspace has of its own or has installed; a declaration is not enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import Check, Invalid, Problem, Valid
from leery_analyzers.checks.package_places import LANGUAGES, places
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.package_places import Place
    from leery_analyzers.model import Level


class PackageNameOneEditAway(Check):
    """Finds names that somebody may have mistyped, or been led to."""

    summary = "A package whose name is one edit away from that of a popular one"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1357", "CWE-829")
    owasp = ("A03:2025", "LLM03:2025")
    languages = LANGUAGES

    VALID = (
        "import requests\nimport numpy as größe\nimport sklearn\nfrom dateutil import parser\nimport tomli\n",
        "import flask_secure_uploads_validator  # größer\n",
        Valid("import preact from 'preact';\nimport { größe } from 'lodash-es';\n", "javascript"),
        Valid("python_dateutil\nPyYAML  # größer\nopencv-python-headless\n", "pip-requirements"),
    )
    INVALID = (
        Invalid(
            code="import sys\n\nimport reqeusts\n\nprint(größe)\n",
            at="reqeusts",
            message="'reqeusts' is one edit away from the popular 'requests', and was not on PyPI in November 2026: "
            "check which one is meant.",
            fixed=("import sys\n\nimport requests\n\nprint(größe)\n",),
        ),
        Invalid(
            code="from skleran.linear_model import Größe\n",
            at="skleran",
            message="'skleran' is one edit away from the popular 'sklearn', and was not on PyPI in November 2026: "
            "check which one is meant.",
            fixed=("from sklearn.linear_model import Größe\n",),
        ),
        Invalid(
            code="const größe = require('lodahs/fp');\n",
            at="lodahs",
            message="'lodahs' is one edit away from the popular 'lodash', and was not among the npm packages in use in "
            "November 2026: check which one is meant.",
            fixed=("const größe = require('lodash/fp');\n",),
            language="javascript",
        ),
        Invalid(
            code="# größer\nflask\npythondateutil==2.9\n",
            at="pythondateutil",
            message="'pythondateutil' is one edit away from the popular 'python-dateutil', and was not on PyPI in "
            "November 2026: check which one is meant.",
            fixed=("# größer\nflask\npython-dateutil==2.9\n",),
            language="pip-requirements",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        for place in places(code):
            if place.verdict.kind == "near":
                yield Problem(place.range, _message(place), fixes=(_fix(place),), confidence=place.verdict.confidence)


def _message(place: Place) -> str:
    verdict = place.verdict
    where = "on PyPI" if place.ecosystem == "pypi" else "among the npm packages in use"
    reason = "but rarely used" if verdict.listed else f"and was not {where} in {verdict.month}"
    return f"'{place.name}' is one edit away from the popular '{verdict.near}', {reason}: check which one is meant."


def _fix(place: Place) -> Fix:
    edit = TextEdit(place.range.start, place.range.end, place.verdict.near)
    return Fix(f"Write {place.verdict.near}", "manual", (edit,))
