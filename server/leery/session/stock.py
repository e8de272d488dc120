"""Keeps what is known of the workspaces' own, declared and installed packages, for the findings that depend on it.

A workspace is looked at in a thread, once a finding asks for it, and again when files or packages have come or gone.
Until then such findings are held back. Must not know how findings are made or shown.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leery.inventory import PACKAGE_RULES, Inventory, take_inventory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from leery.session.session import Session
    from leery.session.workspace import Workspace
    from leery_analyzers.model import Finding
    from leery_analyzers.text import Text

_PATIENCE = 0.2
"""Seconds in which changes of files are gathered."""


class Stock:
    """Owner of the inventories.

    Args:
        session: has the workspaces and the views.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._inventories: dict[Path, Inventory] = {}
        self._looking: dict[Path, asyncio.Task[None]] = {}
        self._changed: dict[Path, set[Path]] = {}

    def leaves_out(self, workspace: Workspace, finding: Finding, language: str, text: Text) -> bool | None:
        """Whether the workspace knows better than a finding; None while that is being found out.

        Args:
            workspace: of the document.
            finding: in the coordinates of `text`.
            language: language id of the document.
            text: the document.
        """
        if finding.rule not in PACKAGE_RULES:
            return False
        inventory = self._inventories.get(workspace.root)
        if inventory is None:
            self._look(workspace)
            return None
        return inventory.leaves_out(finding, language, text)

    async def ready(self, workspace: Workspace, findings: Iterable[Finding]) -> None:
        """Wait until findings can be answered for."""
        if any(finding.rule in PACKAGE_RULES for finding in findings) and workspace.root not in self._inventories:
            await asyncio.shield(self._look(workspace))

    def changed(self, paths: Iterable[Path]) -> None:
        """Files came, changed or went."""
        for path in paths:
            for root, workspace in self._session.workspaces.items():
                if root in self._inventories and path.is_relative_to(root):
                    self._changed.setdefault(root, set()).add(path)
                    self._look(workspace)

    def check(self, workspace: Workspace) -> None:
        """See whether packages were installed or removed, which nobody tells."""
        if workspace.root in self._inventories:
            self._look(workspace)

    def _look(self, workspace: Workspace) -> asyncio.Task[None]:
        task = self._looking.get(workspace.root)
        if task is None or task.done():
            task = self._looking[workspace.root] = self._session.background(self._run(workspace))
        return task

    async def _run(self, workspace: Workspace) -> None:
        root, known = workspace.root, self._inventories.get(workspace.root)
        while True:
            if known is not None:
                await asyncio.sleep(_PATIENCE)
            found = await asyncio.to_thread(_again, root, known, self._changed.pop(root, set()))
            if found != known:
                self._inventories[root] = known = found
                for target in {
                    self._session.documents.target_of(b.uri) for b in self._session.documents.of_workspace(workspace)
                }:
                    self._session.viewer.refresh(target)
            if root not in self._changed:
                return


def _again(root: Path, known: Inventory | None, changed: set[Path]) -> Inventory:
    """What holds now; blocks."""
    if known is not None and known.is_current() and not known.is_outdated_by(changed):
        return known
    return take_inventory(root)
