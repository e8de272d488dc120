"""The editor's settings: pulled where the client can, taken from the notification where it cannot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

logger = logging.getLogger(__name__)

SECTION = "leery"


class Configuration:
    """Brings the client's ``leery.*`` settings to the session.

    Args:
        server: whose settings they are.
        sets_log_level: whether ``leery.logLevel`` holds; not when the command line has said how much to log.
    """

    def __init__(self, server: LeeryServer, *, sets_log_level: bool) -> None:
        self._server = server
        self._sets_log_level = sets_log_level
        server.on(types.WORKSPACE_DID_CHANGE_CONFIGURATION, self.did_change)

    async def did_change(self, params: types.DidChangeConfigurationParams) -> None:
        """Settings have changed: ask for them, or take them as they come."""
        if self._can_pull():
            await self.pull()
            return
        settings: Any = params.settings
        if isinstance(settings, dict) and isinstance(settings.get(SECTION), dict):
            self._take(settings[SECTION])

    async def pull(self) -> None:
        """Ask the client for its settings, if it can be asked."""
        if not self._can_pull():
            return
        request = types.ConfigurationParams(items=[types.ConfigurationItem(section=SECTION)])
        try:
            answer = await self._server.protocol.send_request_async("workspace/configuration", request)
        except Exception as error:  # noqa: BLE001 - whatever the client answers, defaults hold
            logger.warning("the client did not give its settings: %s", type(error).__name__)
            return
        self._take(answer[0] if answer and isinstance(answer[0], dict) else {})

    def follow_log_level(self) -> None:
        """Log as much as the settings want."""
        if self._sets_log_level:
            logging.getLogger().setLevel(self._server.session.config.log_level.upper())

    def _take(self, settings: dict[str, Any]) -> None:
        self._server.session.configure(settings)
        self.follow_log_level()

    def _can_pull(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        return bool(workspace and workspace.configuration)
