"""pygls's protocol with our own document synchronisation and no detour for the messages that come with every key.

Must not hold features. pygls keeps a second copy of every document and edits it in time proportional to the file, with
line rules that are not the LSP's; here its workspace stays empty, and texts live in the session alone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
)
from pygls.protocol import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    LanguageServerProtocol,
    default_converter,
    lsp_method,
)

from leery.lsp.convert import choose_encoding
from leery.lsp.transport import BadFrameError
from leery_analyzers.text import BuiltText
from leery_analyzers.wire import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from leery.lsp.app import LeeryServer
    from leery_analyzers.text import Encoding

logger = logging.getLogger(__name__)

_NO_MESSAGES = "a message was not understood"
_LONG = 8_192
"""Characters from which on a text is taken apart by the thread that reads it."""


def converter() -> Any:
    """The one of pygls, but messages of our own stay plain JSON: it would define a class for each that comes."""
    made = default_converter()  # type: ignore[no-untyped-call]
    for kind in (JsonRPCNotification, JsonRPCRequestMessage):
        made.register_structure_hook(kind, lambda data, kind: kind(**data))
    return made


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A message for pygls.

    Attributes:
        given: as it came.
        value: in pygls's types; None when its parameters do not fit.
    """

    given: dict[str, Any]
    value: Any


def _encoding(params: types.InitializeParams) -> Encoding:
    general = params.capabilities.general
    return choose_encoding(general.position_encodings if general else None)


def _build_changes(params: Any) -> None:
    """Build the long texts of ``didChange``; what is wrong in it, who handles it finds out."""
    changes = params.get("contentChanges") if isinstance(params, dict) else None
    for change in changes if isinstance(changes, list) else ():
        if isinstance(change, dict) and isinstance(change.get("text"), str):
            change["text"] = _built(change["text"])


def _built(text: str) -> str:
    return BuiltText(text) if len(text) > _LONG else text


class LeeryProtocol(LanguageServerProtocol):
    """Receives plain JSON values; some methods are handled as such, the rest goes through pygls."""

    _server: LeeryServer

    def __init__(self, server: LeeryServer, converter: Any) -> None:
        super().__init__(server, converter)
        self.direct: dict[str, Callable[[dict[str, Any]], None]] = {}
        self.heard = 0
        """Counts what the client has said."""

    def prepare(self, message: Any) -> Any:
        """A message in the form that costs `receive` least; called on the thread that reads, never raises."""
        if isinstance(message, list):
            return [self._prepare_one(item) for item in message]
        return self._prepare_one(message)

    def _prepare_one(self, message: Any) -> Any:
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return message
        if self._direct_handler(message):
            _build_changes(message.get("params"))
            return message
        try:
            value = self.structure_message(message)
            if isinstance(value, types.DidOpenTextDocumentNotification):
                value.params.text_document.text = _built(value.params.text_document.text)
            elif isinstance(value, types.InitializeRequest):
                self._serialize_message(self._result(value.params))  # cattrs writes functions for what it has not seen
            return _Prepared(message, value)
        except Exception:  # noqa: BLE001 - whatever cattrs makes of a hostile message
            return _Prepared(message, None)

    def _direct_handler(self, message: dict[str, Any]) -> Callable[[dict[str, Any]], None] | None:
        return self.direct.get(str(message.get("method"))) if "id" not in message else None

    def receive(self, message: Any) -> None:
        """Take one message, as `prepare` gives it; never raises."""
        self.heard += 1
        if message is None:
            self._server.stop(code=1)  # the client is gone without a word
        elif isinstance(message, BadFrameError):
            self._refuse(None, JsonRpcParseError(_NO_MESSAGES))
        elif isinstance(message, list):
            for item in message:
                self._receive_one(item)
        else:
            self._receive_one(message)

    def _receive_one(self, message: Any) -> None:
        if isinstance(message, _Prepared):
            self._receive_prepared(message)
        elif not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            identity = message.get("id") if isinstance(message, dict) else None
            self._refuse(identity, JsonRpcInvalidRequest(_NO_MESSAGES))
        elif (handler := self._direct_handler(message)) is not None and not self._shutdown:
            self._call_direct(handler, message)

    def _receive_prepared(self, message: _Prepared) -> None:
        given = message.given
        if message.value is None:
            logger.warning("cannot read the parameters of %r", given.get("method"))
            if "id" in given and "method" in given:
                error = JsonRpcInvalidParams("the parameters do not fit the method").to_response_error()
                self._send_response(given["id"], error=error)
            return
        try:
            self.handle_message(message.value)
        except Exception:
            logger.exception("cannot handle %r", given.get("method"))

    def _refuse(self, identity: Any, error: JsonRpcException) -> None:
        """Answer what is no message; pygls leaves out an id of null, which JSON-RPC 2.0 demands here."""
        self.send_json({"id": identity, "error": {"code": error.code, "message": error.message}})

    def _call_direct(self, handler: Callable[[dict[str, Any]], None], message: dict[str, Any]) -> None:
        try:
            handler(message.get("params") or {})
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            logger.exception("cannot handle %r", message["method"])
            self._server.report_server_error(error, JsonRpcInternalError)

    def handle_message(self, message: Any) -> None:
        """As pygls does it, but a request after shutdown is answered with an error instead of silence."""
        method = getattr(message, "method", None)
        if self._shutdown and method is not None and method != types.EXIT and hasattr(message, "id"):
            self._send_response(
                message.id, error=JsonRpcInvalidRequest("the server is shutting down").to_response_error()
            )
            return
        super().handle_message(message)

    def _send_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:
        """Answer a request; pygls would take a result apart that is plain JSON already, as ours are."""
        if error is not None:
            super()._send_response(msg_id, error=error)
            return
        self._result_types.pop(msg_id, None)
        self.send_json({"id": msg_id, "result": result})

    def send_json(self, message: dict[str, Any]) -> None:
        """Send a message that is plain JSON already, without pygls's converter."""
        self._send_data({"jsonrpc": "2.0", **message})

    def _send_data(self, data: Any) -> None:
        """Send a message; pygls's own form logs it whole, and with it a document's text."""
        if self.writer is not None and data is not None:
            body = dumps(data, self._serialize_message)
            self.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """As pygls does it, with our choice of encoding and an empty workspace."""
        self._server.process_id = params.process_id
        self.client_capabilities = params.capabilities
        self._server.encoding = _encoding(params)
        if (handler := self.fm.features.get(types.INITIALIZE)) is not None:
            yield handler, (params,), None
        result = self._result(params)
        self.server_capabilities = result.capabilities
        self._server.complete_capabilities(self.server_capabilities)
        return result

    def _result(self, params: types.InitializeParams) -> types.InitializeResult:
        """What pygls derives from the features; on any thread."""
        capabilities = ServerCapabilitiesBuilder(
            params.capabilities,
            {*self.fm.features, *self.fm.builtin_features},
            self.fm.feature_options,
            list(self.fm.commands),
            types.TextDocumentSyncKind.Incremental,
            self._server.notebook_sync,
            types.PositionEncodingKind(_encoding(params)),
        ).build()  # type: ignore[no-untyped-call]
        return types.InitializeResult(capabilities=capabilities, server_info=self.server_info)

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_args: Any) -> None:  # type: ignore[override]
        """Stop; 0 only after a shutdown request."""
        self._server.stop(code=0 if self._shutdown else 1)

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Pass folders on to the session; pygls's workspace is not used."""
        for folder in params.event.removed:
            self._server.session.remove_folder(folder.uri)
        for folder in params.event.added:
            self._server.session.add_folder(folder.uri)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Handled by `leery.lsp.documents`."""
        self._server.documents.did_open(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Handled by `leery.lsp.documents`, normally directly from JSON."""
        self._server.documents.did_change(self._converter.unstructure(params))

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Handled by `leery.lsp.documents`."""
        self._server.documents.did_close(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Handled by `leery.lsp.notebooks`."""
        self._server.notebooks.did_open(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        """Handled by `leery.lsp.notebooks`."""
        self._server.notebooks.did_change(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        """Handled by `leery.lsp.notebooks`."""
        self._server.notebooks.did_close(params)

    def unstructure(self, value: Any) -> Any:
        """A pygls value as plain JSON."""
        return self._converter.unstructure(value)
