"""Verifies a bundle for ``leery log verify --bundle`` and tells the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leery.cli.log.common import LogError, plain_console, tell_verified
from leery.log.bundle import BundleVerdict, NoBundleError
from leery.log.bundle import verify_bundle as verified
from leery.output import json_text, printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from leery.log.verify import Kept


def verify_bundle(folder: Path, kept: Sequence[Kept], form: str) -> int:
    """Verify and tell; gives the exit code."""
    try:
        verdict = verified(folder, kept)
    except NoBundleError as error:
        raise LogError(str(error)) from error
    if form == "json":
        click.echo(json_text(_as_json(verdict)), nl=False)
    else:
        _tell(verdict)
    return 0 if verdict.fault is None else 1


def _as_json(verdict: BundleVerdict) -> dict[str, object]:
    point = verdict.head.checkpoint if verdict.head is not None else None
    return {
        "holds": verdict.fault is None,
        "fault": verdict.fault,
        "entry": verdict.entry,
        "entries": verdict.chain.size if verdict.disclosed is None else len(verdict.disclosed),
        "disclosed": verdict.disclosed,
        "size": None if point is None else point.size,
        "root": None if point is None else point.root.hex(),
        "origin": None if point is None else point.origin,
        "key": verdict.first_key,
        "checkpoints": list(verdict.checked),
        "remarks": verdict.chain.remarks,
        "types": dict(sorted(verdict.chain.types.items())),
    }


def _tell(verdict: BundleVerdict) -> None:
    if verdict.fault is not None or verdict.head is None:
        plain_console().print(f"the bundle does not hold: {printable(str(verdict.fault))}", style="bold red")
        return
    point, disclosed = verdict.head.checkpoint, verdict.disclosed
    count = f"all {point.size} entries" if disclosed is None else f"{len(disclosed)} entries of {point.size}"
    tell_verified(
        f"the bundle holds: {count}, root {point.root.hex()}",
        verdict.checked,
        verdict.chain.remarks,
        outside=verdict.outside,
        key=str(verdict.first_key),
    )
