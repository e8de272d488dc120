"""The user's own models for dataflow: TOML files in the folders of the setting `rules.folders`.

Reads and checks them; whoever calls it decides whether a folder is to be trusted. Must not follow flows.
"""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING

from leery.config_files import text_of
from leery_analyzers.dataflow.model_files import UserModel, check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read(folders: Iterable[Path]) -> tuple[tuple[UserModel, ...], list[str]]:
    """The files that are models, and what is wrong with the others.

    Args:
        folders: absolute; one that cannot be read is told of, too.
    """
    models: list[UserModel] = []
    problems: list[str] = []
    for folder in folders:
        try:
            files = sorted(path for path in folder.iterdir() if fnmatch(path.name, "*.toml"))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            problems.append(f"no model is taken from {folder}, which rules.folders names: {reason}")
            continue
        for path in files:
            try:
                models.append(check(path.name, text_of(path)))
            except (OSError, ValueError) as error:
                problems.append(f"the model {path.name} is left out: {error}")
    return tuple(models), problems
