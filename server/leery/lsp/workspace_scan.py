"""The workspace scan: a command with progress that the person can cancel."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from leery.lsp import messages

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

Json = dict[str, Any]


class WorkspaceScan:
    """Runs ``leery.scanWorkspace``."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        self._cancelled: dict[str | int, asyncio.Event] = {}
        server.on_command(messages.SCAN_WORKSPACE, self.scan_workspace)
        server.on(types.WINDOW_WORK_DONE_PROGRESS_CANCEL, self.cancel)

    async def scan_workspace(self, *_arguments: Any) -> Json:
        """Analyse every file of the workspace and publish what is found; the counts."""
        token = f"leery-scan-{uuid.uuid4()}"
        shown = await self._begin(token)
        cancelled = self._cancelled[token] = asyncio.Event()
        files = findings = 0
        done = False
        try:
            async for progress in self._server.session.scan_workspace():
                files, findings, total = progress
                if cancelled.is_set():
                    break
                if shown:
                    self._report(token, files, total)
            done = not cancelled.is_set()
        finally:
            del self._cancelled[token]
            if shown:
                self._send(token, {"kind": "end", "message": f"{findings} findings in {files} files"})
        return {"files": files, "findings": findings, "completed": done}

    def cancel(self, params: types.WorkDoneProgressCancelParams) -> None:
        """The person pressed cancel."""
        if params.token in self._cancelled:
            self._cancelled[params.token].set()

    async def _begin(self, token: str) -> bool:
        window = self._server.client_capabilities.window
        if not (window and window.work_done_progress):
            return False
        create = types.WorkDoneProgressCreateParams(token=token)
        try:
            await self._server.protocol.send_request_async(types.WINDOW_WORK_DONE_PROGRESS_CREATE, create)
        except Exception:  # noqa: BLE001 - a client that cannot show progress gets the scan all the same
            return False
        self._send(token, {"kind": "begin", "title": "Leery scans the workspace", "cancellable": True, "percentage": 0})
        return True

    def _report(self, token: str, files: int, total: int) -> None:
        share = 100 * files // max(total, 1)
        self._send(token, {"kind": "report", "message": f"{files} of {total} files", "percentage": share})

    def _send(self, token: str, value: Json) -> None:
        self._server.protocol.send_json({"method": "$/progress", "params": {"token": token, "value": value}})
