"""A package that the list of names does not hold.

Assistants invent packages, and the same ones again and again. Whoever registers such a name has their code installed
on every machine that follows the advice. Names are compared with the lists that come with Leery, offline; nothing is
asked on a network. The list of PyPI is close to complete on its day, that of npm holds what is downloaded at all, and
both age: the finding is a reason to look the package up, not a proof.

Looked at are imports, install commands in scripts, Dockerfiles, code blocks of a README and code, requirements files,
pyproject.toml and package.json.

Left alone: the standard library, modules that a host program brings, imports with a fallback, names with which projects
call their own modules, packages from an address, a path or another index, and scopes of npm that nobody knows. What the
workspace has, declares or has installed is left out as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import Check, Invalid, Problem, Valid
from leery_analyzers.checks.package_places import LANGUAGES, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.package_places import Place
    from leery_analyzers.model import Level


_REASON = "the package may be invented, and whoever registers the name is trusted. Look it up first."
_PYPI = f"was not on PyPI in November 2026: {_REASON}"
_NPM = f"was not among the npm packages in use in November 2026: {_REASON}"


class UnknownPackage(Check):
    """Finds names that are on no list and near none that is."""

    summary = "A package that the list of known names does not hold"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1357", "CWE-829")
    owasp = ("A03:2025", "LLM03:2025", "LLM09:2025")
    references = ("https://packaging.python.org/en/latest/specifications/name-normalization/",)
    languages = LANGUAGES

    VALID = (
        "import os\nimport cv2\nfrom PIL import Image\nimport google.cloud.storage\nimport requests as größe\n",
        "try:\n    import ujson_speedup_extension\nexcept ImportError:\n    ujson_speedup_extension = None\n",
        "from . import flask_secure_uploads_validator\nfrom my_flask_helpers import x\nfrom app_settings import y\n",
        "import sys\n\nsys.path.insert(0, path)\nimport torch_bench_local_helpers\n",
        'raise ImportError("pip install <name>, or pip install $NAME, größer")\n',
        Valid("import x from './größe';\nimport y from '@/lib/y';\nimport fs from 'node:fs';\n", "javascript"),
        Valid("import Button from 'components/Button';\nimport a from '@acme-corp/unheard-of';\n", "typescript"),
        Valid("let größe;\ntry { größe = require('express-unheard-of-zz'); } catch { größe = null; }\n", "javascript"),
        Valid("import 'https://esm.sh/react-größe';\nconst q = require(`x-${name}`);\n", "javascript"),
        Valid("flask>=3  # größer\n./local\ngit+https://a.example/zzz-unheard-of\n-r more.txt\n", "pip-requirements"),
        Valid("pip install --index-url https://pypi.example.org/ zzz-unheard-of-zzz\n", "shellscript"),
        Valid('{"name": "größe", "dependencies": {"zzz-unheard-of-zzz": "workspace:*"}}\n', "json"),
        Valid('[tool.poetry.dependencies]\npython = "^3.10"\nzzz-unheard-of = { path = "../größe" }\n', "toml"),
    )
    INVALID = (
        Invalid(
            code="import flask\nimport flask_secure_uploads_validator\n\nprint(größe)\n",
            at="import «flask_secure_uploads_validator»",
            message=f"'flask_secure_uploads_validator' {_PYPI}",
        ),
        Invalid(
            code="def check():\n    from huggingface_dataset_guard.tools import größe\n",
            at="huggingface_dataset_guard",
            message=f"'huggingface_dataset_guard' {_PYPI}",
        ),
        Invalid(
            code='subprocess.run([sys.executable, "-m", "pip", "install", "openai-größe", "openai-agent-vault-kit"])\n',
            at="openai-agent-vault-kit",
            message=f"'openai-agent-vault-kit' {_PYPI}",
        ),
        Invalid(
            code="import { sanitize } from 'express-mongoose-request-guardian/größe';\n",
            at="express-mongoose-request-guardian",
            message=f"'express-mongoose-request-guardian' {_NPM}",
            language="typescript",
        ),
        Invalid(
            code="flask==3.1  # größer\ndjango-login-rate-shield>=1.2 ; python_version > '3.9'\n",
            at="django-login-rate-shield",
            message=f"'django-login-rate-shield' {_PYPI}",
            language="pip-requirements",
        ),
        Invalid(
            code="FROM python:3.13  # größer\nRUN pip install -U flask \\\n    django-login-rate-shield==1.0\n",
            at="django-login-rate-shield",
            message=f"'django-login-rate-shield' {_PYPI}",
            language="dockerfile",
        ),
        Invalid(
            code="# Größe\n\n```sh\n$ npm install --save express-mongoose-request-guardian@2\n```\n",
            at="express-mongoose-request-guardian",
            message=f"'express-mongoose-request-guardian' {_NPM}",
            language="markdown",
        ),
        Invalid(
            code='{"name": "größe", "dependencies": {"react": "^19", "react-safe-markdown-shield": "^1.0.0"}}\n',
            at="react-safe-markdown-shield",
            message=f"'react-safe-markdown-shield' {_NPM}",
            language="json",
        ),
        Invalid(
            code='[project]\nname = "größe"\ndependencies = [\n  "flask[async]>=3",\n'
            '  "django-login-rate-shield",\n]\n',
            at="django-login-rate-shield",
            message=f"'django-login-rate-shield' {_PYPI}",
            language="toml",
        ),
        Invalid(
            code="#!/bin/sh\n# größer\nuv add 'django-login-rate-shield>=1' && echo done\n",
            at="django-login-rate-shield",
            message=f"'django-login-rate-shield' {_PYPI}",
            language="shellscript",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        for place in places(code):
            if place.verdict.kind == "unknown":
                yield Problem(place.range, _message(place), confidence=place.verdict.confidence)


def _message(place: Place) -> str:
    month = place.verdict.month
    where = f"on PyPI in {month}" if place.ecosystem == "pypi" else f"among the npm packages in use in {month}"
    return f"'{place.name}' was not {where}: {_REASON}"
