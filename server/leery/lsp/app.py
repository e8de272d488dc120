"""The server object: joins the protocol, the session and one object per LSP feature, and runs until told to stop.

Must not hold logic of its own.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from leery import __version__
from leery.lsp.blocks import Blocks
from leery.lsp.code_actions import CodeActions
from leery.lsp.code_lens import CodeLenses
from leery.lsp.commands import Commands
from leery.lsp.configuration import Configuration
from leery.lsp.diagnostics import Diagnostics
from leery.lsp.documents import Documents
from leery.lsp.files import Files
from leery.lsp.hover import Hover
from leery.lsp.notebooks import NOTEBOOK_SYNC, Notebooks
from leery.lsp.protocol import LeeryProtocol, converter
from leery.lsp.status import Status
from leery.lsp.transport import Transport
from leery.lsp.workspace_scan import WorkspaceScan
from leery.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery.workers import Workers
    from leery_analyzers.text import Encoding

logger = logging.getLogger(__name__)

_CLOSE_TIMEOUT = 4.0
_SILENCE = 1.0
_WORTH_A_COLLECTION = 2_000
"""Young objects; ten times as many take a millisecond."""


class LeeryServer(LanguageServer):
    """One client, one session.

    Args:
        loop: the one it runs in.
        workers: the processes that analyse.
        sets_log_level: whether the setting ``leery.logLevel`` holds.
    """

    protocol: LeeryProtocol

    def __init__(self, loop: asyncio.AbstractEventLoop, workers: Workers, *, sets_log_level: bool = True) -> None:
        super().__init__("leery", __version__, protocol_cls=LeeryProtocol, converter_factory=converter)
        self.encoding: Encoding = "utf-16"
        self.notebook_sync = NOTEBOOK_SYNC
        self.session = Session(self, workers)
        self.diagnostics = Diagnostics(self)
        self.documents = Documents(self)
        self.notebooks = Notebooks(self)
        self.blocks = Blocks(self)
        self.hover = Hover(self)
        self.lenses = CodeLenses(self)
        self.actions = CodeActions(self)
        self.commands = Commands(self)
        self.files = Files(self)
        self.configuration = Configuration(self, sets_log_level=sets_log_level)
        self.status = Status(self)
        self.scan = WorkspaceScan(self)
        self._stopped: asyncio.Future[int] = loop.create_future()
        self.on(types.INITIALIZE, self._initialize)
        self.on(types.INITIALIZED, self._initialized)

    # What the session tells its listener.

    def view_changed(self, uri: str) -> None:
        """The findings of a document are others, or stand elsewhere."""
        self.diagnostics.push(uri)

    def document_closed(self, uri: str) -> None:
        """A document is not shown any more."""
        self.diagnostics.forget(uri)

    def blocks_changed(self, uri: str) -> None:
        """The blocks of a document, their state or their findings are others."""
        self.blocks.changed(uri)
        self.lenses.refresh_soon()

    def status_changed(self) -> None:
        """Counts or an engine's health are others."""
        self.status.send_soon()

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say something to the person, once for each message."""
        self._tell_once(message, error)

    @functools.lru_cache(maxsize=256)  # noqa: B019 - one server a process
    def _tell_once(self, message: str, error: bool) -> None:
        params = {"type": 1 if error else 2, "message": f"Leery: {message}"}
        self.protocol.send_json({"method": "window/showMessage", "params": params})

    # Registration: pygls marks functions, and a bound method cannot be marked.

    def on(self, method: str, handler: Callable[[Any], Any], options: Any = None) -> None:
        """Have a method of the protocol handled."""
        self.feature(method, options)(_function(handler))

    def on_command(self, name: str, handler: Callable[..., Any]) -> None:
        """Have a command carried out; its arguments come as plain JSON."""
        self.command(name)(_function(handler))

    # What pygls and the transport call.

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log the kind of error only: messages may quote documents, and a person cannot act on a trace."""
        logger.error("%s while handling a message (%s)", type(error).__name__, getattr(source, "__name__", source))

    def complete_capabilities(self, capabilities: types.ServerCapabilities) -> None:
        """Capabilities that pygls's builder does not know how to derive."""
        self.files.complete_capabilities(capabilities)
        diagnostics = self.client_capabilities.text_document and self.client_capabilities.text_document.diagnostic
        if not diagnostics or not self.session.config.answers_pulls:
            capabilities.diagnostic_provider = None

    def stop(self, code: int) -> None:
        """End the main loop with an exit status."""
        if not self._stopped.done():
            self._stopped.set_result(code)

    def _initialize(self, params: types.InitializeParams) -> None:
        options = params.initialization_options if isinstance(params.initialization_options, dict) else {}
        folders = [folder.uri for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        trusted = options.get("trusted") is True
        self.session.initialize(folders, trusted, {k: v for k, v in options.items() if k != "trusted"})
        self.configuration.follow_log_level()
        words = (__version__, len(folders), "trusted" if trusted else "not trusted")
        logger.info("leery %s, workspace folders: %d, %s", *words)

    async def _initialized(self, _params: types.InitializedParams) -> None:
        self.files.register()
        await self.configuration.pull()

    async def _tidy(self) -> None:
        """Look for garbage among what is young, while the client is silent."""
        while True:
            heard = self.protocol.heard
            await asyncio.sleep(_SILENCE)
            if heard == self.protocol.heard and gc.get_count()[0] > _WORTH_A_COLLECTION:
                gc.collect(0)

    async def run(self, source: BinaryIO, sink: BinaryIO) -> int:
        """Serve until the client says exit or goes away; the exit status."""
        transport = Transport(source, sink, asyncio.get_running_loop(), self.protocol.receive, self.protocol.prepare)
        self.protocol.set_writer(transport)
        self.session.now = transport.now
        self.session.start()
        self.session.background(self._tidy())
        transport.start()
        code = await self._stopped
        try:
            await asyncio.wait_for(self.session.close(), _CLOSE_TIMEOUT)
        except asyncio.TimeoutError:
            logger.error("some work did not end in time and was left")  # noqa: TRY400 - no trace needed
        transport.close()
        logger.info("ended with status %d", code)
        return code


def _function(handler: Callable[..., Any]) -> Callable[..., Any]:
    async def call_async(*arguments: Any) -> Any:
        return await handler(*arguments)

    def call(*arguments: Any) -> Any:
        return handler(*arguments)

    function = call_async if asyncio.iscoroutinefunction(handler) else call
    function.__annotations__.clear()  # pygls takes them for classes, which `Any` is not before Python 3.11
    return function
