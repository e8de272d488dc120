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
from leery_analyzers.packages.names import package_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.package_places import Place
    from leery_analyzers.model import Level

_PYPI = f"was not on PyPI in {package_names('pypi').month}" if False else ""  # noqa: SIM210
