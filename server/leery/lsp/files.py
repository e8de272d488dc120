"""What happens to files outside of texts: watched changes, renames, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

_EVERYTHING = "**/*"


class Files:
    """Handlers for watched files and renames."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        server.on(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.did_change_watched)
        files = types.FileOperationFilter(pattern=types.FileOperationPattern(glob=_EVERYTHING))
        options = types.FileOperationRegistrationOptions(filters=[files])
        server.on(types.WORKSPACE_DID_RENAME_FILES, self.did_rename, options)

    def did_change_watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        """The client's watcher saw something; the session's own may have seen it too."""
        self._server.session.files_changed([change.uri for change in params.changes])

    def did_rename(self, params: types.RenameFilesParams) -> None:
        """Provenance goes along with the file."""
        for file in params.files:
            self._server.session.rename(file.old_uri, file.new_uri)

    def complete_capabilities(self, capabilities: types.ServerCapabilities) -> None:
        """Announce workspace folders and their changes."""
        capabilities.workspace = capabilities.workspace or types.WorkspaceOptions()
        capabilities.workspace.workspace_folders = types.WorkspaceFoldersServerCapabilities(
            supported=True, change_notifications=True
        )

    def register(self) -> None:
        """Ask for file events and configuration changes where the client wants to be asked."""
        workspace = self._server.client_capabilities.workspace
        registrations = []
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions(
                watchers=[types.FileSystemWatcher(glob_pattern=_EVERYTHING)]
            )
            registrations.append(types.Registration("leery-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
        changed = workspace.did_change_configuration if workspace else None
        if changed and changed.dynamic_registration:
            section = types.DidChangeConfigurationRegistrationOptions(section="leery")
            registrations.append(
                types.Registration("leery-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section)
            )
        if registrations:
            self._server.protocol.send_request(
                types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(registrations=registrations)
            )
