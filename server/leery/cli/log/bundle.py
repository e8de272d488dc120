"""Verifies a bundle for ``leery log verify --bundle`` and tells the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console

from leery.cli.log.common import LogError
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
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if verdict.fault is not None or verdict.head is None:
        console.print(f"the bundle does not hold: {printable(str(verdict.fault))}", style="bold red")
        return
    point = verdict.head.checkpoint
    if verdict.disclosed is None:
        what = f"the bundle holds: all {point.size} entries"
    else:
        what = f"the bundle holds: {len(verdict.disclosed)} entries of {point.size}"
    console.print(f"{what}, root {point.root.hex()}", style="bold green")
    for name in verdict.checked:
        console.print(f"  agrees with {printable(name)}")
    for remark in verdict.chain.remarks:
        console.print(f"  note: {printable(remark)}", style="yellow")
    console.print(f"  the log's first key: {printable(str(verdict.first_key))}")
    if not verdict.outside:
        console.print(
            "  no checkpoint from elsewhere was given: whoever has the key could have made it anew", style="dim"
        )
