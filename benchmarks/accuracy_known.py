"""The cases that Leery is known to judge wrongly, each with the reason, in ``tests/corpus/known.toml``.

The list is written by ``make accuracy ACCEPT=1``, which keeps the reasons of the cases that stay on it, and is
reviewed like code: a case that is new on it has no reason until somebody has written one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import tomli
from benchmarks.accuracy_cases import CORPUS
from benchmarks.accuracy_count import judge
from benchmarks.accuracy_tools import ToolError, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.accuracy_cases import Case

KNOWN = CORPUS / "known.toml"
SECTIONS = ("missed", "false")
_HEAD = """\
# What `leery scan` misses and wrongly reports of this corpus, and why. Written by `make accuracy ACCEPT=1`, which keeps
# the reasons; a case without one is new and wants a look.
"""


def load(path: Path = KNOWN) -> dict[str, dict[str, str]]:
    """Reasons by case, under ``missed`` and ``false``."""
    if not path.exists():
        return {section: {} for section in SECTIONS}
    with path.open("rb") as file:
        table = tomli.load(file)
    return {section: dict(table.get(section, {})) for section in SECTIONS}


def measured(cases: Sequence[Case]) -> dict[str, set[str]]:
    """Names of the cases that Leery judges wrongly now.

    Raises:
        ToolError: it could not look at all of them.
    """
    answer = run(["leery"], cases)["leery"]
    if answer.faults:
        raise ToolError("; ".join(answer.faults))
    wrong = [verdict.case for verdict in judge(cases, answer.hits) if not verdict.right]
    return {
        "missed": {case.name for case in wrong if case.vulnerable},
        "false": {case.name for case in wrong if not case.vulnerable},
    }


def accept(cases: Sequence[Case], path: Path = KNOWN) -> dict[str, set[str]]:
    """Write what is judged wrongly now, and give back the cases that are new on the list."""
    reasons, now = load(path), measured(cases)
    lines = [_HEAD]
    for section in SECTIONS:
        lines.append(f"[{section}]")
        lines += [f"{json.dumps(name)} = {json.dumps(reasons[section].get(name, ''))}" for name in sorted(now[section])]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return {section: now[section] - reasons[section].keys() for section in SECTIONS}
