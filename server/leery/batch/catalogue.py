"""What the engines of a scan are: their versions and their rules, for those who read its result."""

from __future__ import annotations

import warnings
from importlib import metadata
from typing import TYPE_CHECKING

import leery
from leery_analyzers.registry import all_rules
from leery_analyzers.semgrep import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from leery_analyzers.model import Rule


def versions(engines: Iterable[str]) -> dict[str, str]:
    """The installed version of each engine, by name; empty for one that is not installed."""
    return {name: leery.__version__ if name in {"checks", "dataflow"} else _installed(name) for name in sorted(engines)}


def rules(rule_folders: Sequence[Path]) -> dict[str, Rule]:
    """Every rule by its id, the user's semgrep rules among them; loads all engines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the libraries that bandit loads
        own = all_rules()
    return {**{rule.id: rule for rule in load_rules(rule_folders, own=False).rules()}, **own}


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
