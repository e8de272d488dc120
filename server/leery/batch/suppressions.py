"""Which findings of a scan people have suppressed, as the logs of their workspaces say. Never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.log.body import Suppression
from leery.log.reader import LogReader, LogUnreadableError
from leery.paths import log_path, relative_name
from leery_analyzers.model import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from leery_analyzers.model import Finding


class Suppressions:
    """The suppressions that hold in some workspaces; each log is read once, when it is first needed."""

    def __init__(self) -> None:
        self._reasons: dict[Path, dict[tuple[str, str], str]] = {}
        self.notices: list[Notice] = []

    def reason(self, workspace: Path, path: Path, finding: Finding) -> str | None:
        """Why a finding is suppressed, or None when it is not; an erased reason is empty."""
        if workspace not in self._reasons:
            self._reasons[workspace] = self._read(workspace)
        reasons = self._reasons[workspace]
        name = relative_name(workspace, path) if reasons else None
        return None if name is None else reasons.get((name, finding.fingerprint))

    def _read(self, workspace: Path) -> dict[tuple[str, str], str]:
        try:
            held = [decision.body for decision in LogReader(log_path(workspace)).active_suppressions()]
        except LogUnreadableError as error:
            # Not suppressing is the safe side, so the scan goes on.
            self.notices.append(Notice("leery", "limit", f"Suppressions are not applied: {error}."))
            return {}
        return {(body.file, body.fingerprint): body.reason or "" for body in held if isinstance(body, Suppression)}
