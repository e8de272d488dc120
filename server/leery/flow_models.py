"""The user's own models for dataflow: TOML files in the folders of the setting `rules.folders`.

Reads and checks them; whoever calls it decides whether a folder is to be trusted. Must not follow flows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.models import ModelError, UserModel, check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST_BYTES = 1_000_000


def read(folders: Iterable[Path]) -> tuple[tuple[UserModel, ...], list[str]]:
    """The files that are models, and what is wrong with the others.

    Args:
        folders: absolute; one that is not there has no files.
    """
    models: list[UserModel] = []
    problems: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                if path.stat().st_size > _MOST_BYTES:
                    raise ModelError(f"{path.name}: larger than {_MOST_BYTES:,} bytes")
                models.append(check(path.name, path.read_text(encoding="utf-8")))
            except (OSError, ValueError) as error:
                problems.append(f"the model {path.name} is left out: {error}")
    return tuple(models), problems
