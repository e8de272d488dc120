"""Finds checks by their files: one class derived from `Check` in each, its id the file's name with hyphens.

Checks of one language lie in that language's folder, so that those of the others need not be loaded for its texts.

Only files of this package are found by themselves. A file named explicitly by a person can be loaded too; a file of a
workspace must never be, since loading runs it.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from leery_analyzers.checks import common, csharp, go, java, javascript, python
from leery_analyzers.checks.base import CSHARP, GO, JAVA, JAVASCRIPT, PYTHON, Check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

FOLDERS = (common, python, javascript, java, csharp, go)
_OF_LANGUAGE: Mapping[str, ModuleType] = {
    **dict.fromkeys(PYTHON, python),
    **dict.fromkeys(JAVASCRIPT, javascript),
    **dict.fromkeys(JAVA, java),
    **dict.fromkeys(CSHARP, csharp),
    **dict.fromkeys(GO, go),
}


class CheckFileError(Exception):
    """A file does not hold exactly one check in the form that `base` describes."""


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of this package, sorted by id."""
    return _sorted(*FOLDERS)


@cache
def checks_for(language: str) -> tuple[Check, ...]:
    """The checks that look at texts of a language id, sorted by id."""
    own = _OF_LANGUAGE.get(language)
    found = _sorted(common) if own is None else _sorted(common, own)
    return tuple(check for check in found if check.applies_to(language))


def _sorted(*folders: ModuleType) -> tuple[Check, ...]:
    return tuple(sorted((check for folder in folders for check in _loaded(folder)), key=lambda check: check.id))


@cache
def _loaded(folder: ModuleType) -> tuple[Check, ...]:
    names = [f"{folder.__name__}.{module.name}" for module in pkgutil.iter_modules(folder.__path__)]
    return tuple(check_of(importlib.import_module(name)) for name in names)


def check_of(module: ModuleType) -> Check:
    """The one check that a module defines.

    Raises:
        CheckFileError: there is none, there are several, or a field is missing.
    """
    own = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Check) and value.__module__ == module.__name__
    ]
    if len(own) != 1:
        raise CheckFileError(f"{module.__file__}: defines {len(own)} checks, expected one")
    kind = own[0]
    kind.id = module.__name__.rpartition(".")[2].replace("_", "-")
    kind.page = inspect.cleandoc(module.__doc__ or "")
    missing = [name for name in ("summary", "severity", "cwe", "languages") if not hasattr(kind, name)]
    if missing or not kind.page:
        raise CheckFileError(f"{module.__file__}: lacks {', '.join(missing) or 'a docstring'}")
    return kind()


def load_check(path: Path) -> Check:
    """The check of a file that a person named. This runs the file.

    Raises:
        CheckFileError: it cannot be run, or does not hold one check.
    """
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise CheckFileError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CheckFileError(f"{path}: {type(error).__name__}: {error}") from error
    return check_of(module)
