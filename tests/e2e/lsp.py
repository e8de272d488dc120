"""pytest-lsp's client with what an editor keeps beside it: open pages, everything the server said, hints, edits.

Every message goes through lsprotocol's types, so that one of a wrong shape fails; the JSON as it came is kept too.
"""

from __future__ import annotations

import asyncio
import bisect
import contextlib
import itertools
import json
import re
import time
import typing
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features
from pytest_lsp.protocol import LanguageClientProtocol
from tests.e2e.client import LEERY
from tests.e2e.wire import Document, Json, private_environment, text_hash

from leery.cli.log import command as log

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from pathlib import Path

PATIENCE = 60.0
FAST = {"engines": {"semgrep": False}}
"""Settings for what does not depend on semgrep, whose start takes seconds."""

COMPLETION = {"kind": "completion", "evidence": "reported", "assistant": "copilot", "model": "gpt-5-mini"}
PASTE = {"kind": "paste", "evidence": "observed"}

_NUMBERS = itertools.count(1)
_LINE_END = re.compile(r"\r\n|\r|\n")


SHELL = 'def show(name):\n    return subprocess.call("ls " + name, shell=True)\n'
SHELL_AT = '"ls " + name'
"""What Leery marks in `SHELL`."""
YAML = "def load(stream):\n    return yaml.load(stream.read(), Loader=yaml.Loader)\n"
YAML_AT = "stream.read()"
EVAL = "def run(text):\n    return eval(text.strip())\n"
EVAL_AT = "text.strip()"
IMPORTS = "import subprocess\n\nimport yaml\n"
"""What the samples need, without a finding of its own unless it is in a block."""


def fresh(sample: str) -> str:
    """A sample whose function has a name not used before: text that is known already keeps the origin it has."""
    return sample.replace("def ", f"def f{next(_NUMBERS)}_")


def _converter() -> Any:
    """pygls's converter, which cannot read a notebook selector by cells (lsprotocol 2025.0.0), taught to."""
    converter = default_converter()
    hints = typing.get_type_hints(types.NotebookDocumentFilterWithCells, vars(types))
    converter.register_structure_hook(hints["notebook"], lambda value, _kind: value)
    return converter


class _Protocol(LanguageClientProtocol):
    """Keeps every message as it came."""

    def structure_message(self, data: Json) -> Any:
        if "jsonrpc" in data:
            self._server.heard(dict(data))  # what follows replaces the parameters
        return super().structure_message(data)


class Editor(LanguageClient):
    """A client with one server.

    Attributes:
        home: private folder for state, cache and configuration.
        folder: the first workspace folder.
        said: every notification and request of the server, as JSON, in order.
        answers: every response, as JSON, by request id.
        encoding: as negotiated.
        settings: answer to ``workspace/configuration`` for the section ``leery``.
    """

    def __init__(self, home: Path, folder: Path) -> None:
        super().__init__(protocol_cls=_Protocol, converter_factory=_converter)
        self.home = home
        self.folder = folder
        self.said: list[Json] = []
        self.answers: dict[Any, Json] = {}
        self.encoding = "utf-16"
        self.settings: Any = None
        own = {
            types.WORKSPACE_CONFIGURATION: lambda params: [self.settings for _ in params.items],
            types.CLIENT_REGISTER_CAPABILITY: lambda _params: None,
            types.WORKSPACE_CODE_LENS_REFRESH: lambda _params: None,
            types.WINDOW_WORK_DONE_PROGRESS_CREATE: lambda _params: None,
            types.PROGRESS: lambda _params: None,
            "leery/blocksChanged": lambda _params: None,
            "leery/status": lambda _params: None,
        }
        register_lsp_features(self, {**DEFAULT_CLIENT_FEATURES, **own})

    def heard(self, message: Json) -> None:
        """Keep a message of the server."""
        if "method" in message:
            self.said.append(message)
        else:
            self.answers[message["id"]] = message

    # Waiting.

    async def until(self, ready: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
        """Wait until something holds; its value."""
        deadline = time.monotonic() + patience
        while not (value := ready()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} within {patience} s; last: {json.dumps(self.said[-3:])[:2000]}")
            await asyncio.sleep(0.01)
        return value

    def heard_of(self, method: str, *, since: int = 0) -> list[Json]:
        """The parameters of every message of one method from an index of `said` on."""
        return [message.get("params") for message in self.said[since:] if message["method"] == method]

    def published(self, uri: str, *, since: int = 0) -> list[Json]:
        """Every publish of a document's diagnostics."""
        return [item for item in self.heard_of("textDocument/publishDiagnostics", since=since) if item["uri"] == uri]

    # Asking.

    async def ask(self, method: str, params: Any) -> Any:
        """Send a request; its result as it came, after lsprotocol has read it.

        Raises:
            JsonRpcException: the server answered with an error.
        """
        number = f"test-{next(_NUMBERS)}"
        await asyncio.wait_for(self.protocol.send_request_async(method, params, msg_id=number), PATIENCE)
        return self.answers[number]["result"]

    async def command(self, name: str, *arguments: Any) -> Any:
        """Execute a command of the server; its result."""
        params = types.ExecuteCommandParams(name, arguments=list(arguments))
        return await self.ask(types.WORKSPACE_EXECUTE_COMMAND, params)

    async def blocks(self, uri: str) -> list[Json]:
        """The answer to ``leery/blocks``."""
        found: list[Json] = await self.ask("leery/blocks", {"textDocument": {"uri": uri}})
        return found

    def uri(self, name: str | None = None) -> str:
        """The URI of a file of the workspace, one not used before unless named."""
        return (self.folder / (name or f"file{next(_NUMBERS)}.py")).as_uri()

    def page(self, text: str = "", uri: str | None = None, language: str = "python", version: int = 1) -> Page:
        """Open a document, a new one unless named."""
        uri = uri or self.uri()
        page = Page(self, uri, text, language, version)
        item = types.TextDocumentItem(uri, language, version, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return page

    # The process.

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._server is not None
        return self._server.pid

    async def leave(self) -> int:
        """Shut the server down in order; its exit status."""
        server = self._server
        assert server is not None
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.shutdown_session(), PATIENCE)
        return await self.kill()

    async def kill(self) -> int:
        """End the server if it still runs; its exit status."""
        server = self._server
        assert server is not None
        if server.returncode is None:
            server.kill()
        await self.stop()
        status = server.returncode
        assert status is not None
        return status


class Page(Document):
    """One open document as the editor has it; all offsets are code points."""

    def __init__(self, editor: Editor, uri: str, text: str, language: str, version: int) -> None:
        super().__init__(uri, language, version, text, editor.encoding)
        self.editor = editor
        self.since = len(editor.said)
        self.history = {version: text}

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        """How the protocol names it."""
        return types.TextDocumentIdentifier(self.uri)

    # Places.

    def at(self, needle: str, nth: int = 0) -> int:
        """Where a text stands."""
        found = -1
        for _ in range(nth + 1):
            found = self.text.index(needle, found + 1)
        return found

    def place(self, needle: str, nth: int = 0) -> Json:
        """The range of a text as JSON."""
        start = self.at(needle, nth)
        return self.range(start, start + len(needle))

    def typed_range(self, start: int, end: int) -> types.Range:
        """A range in lsprotocol's form."""
        return types.Range(*(types.Position(**self.position(offset)) for offset in (start, end)))

    def offset(self, position: Json) -> int:
        """The code point of a position."""
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text)), len(self.text) + 1]
        first, end = starts[position["line"]], starts[position["line"] + 1]
        columns = [self.position(offset)["character"] for offset in range(first, end)]
        return first + bisect.bisect_left(columns, position["character"])

    def excerpt(self, place: Json) -> str:
        """The text of a range."""
        return self.text[self.offset(place["start"]) : self.offset(place["end"])]

    # Changing.

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a range, without a word about where the text comes from."""
        place = self.typed_range(start, end)
        self.text = self.text[:start] + text + self.text[end:]
        self.version += 1
        self.change([types.TextDocumentContentChangePartial(place, text)])

    def change(self, changes: Sequence[Any]) -> None:
        """Send content changes that led to the present version."""
        self.history[self.version] = self.text
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.editor.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))

    def type(self, offset: int, text: str) -> None:
        """Insert a text key by key."""
        for at, char in enumerate(text, offset):
            self.replace(at, at, char)

    def insert(self, offset: int, text: str, origin: Json, *, ahead: bool = False) -> None:
        """Insert a text and say where it comes from, before or after the change."""
        if ahead:
            new = self.text[:offset] + text + self.text[offset:]
            after = Document(self.uri, self.language, self.version + 1, new, self.encoding)
            self.hint(after, [after.range(offset, offset + len(text))], text, origin)
        self.replace(offset, offset, text)
        if not ahead:
            self.hint(self, [self.range(offset, offset + len(text))], text, origin)

    def hint(self, after: Document, ranges: list[Json], text: str, origin: Json) -> None:
        """Send ``leery/insertion``."""
        named = {"uri": after.uri, "version": after.version}
        params = {"textDocument": named, "ranges": ranges, "textHash": text_hash(text), **origin}
        self.editor.protocol.notify("leery/insertion", params)

    def apply(self, edit: Json) -> None:
        """Apply the part of a workspace edit that concerns this document, as one change."""
        for document in edit["documentChanges"]:
            if document["textDocument"]["uri"] == self.uri:
                assert document["textDocument"]["version"] == self.version
                self.apply_edits(document["edits"])

    def apply_edits(self, edits: Iterable[Json]) -> None:
        """Apply simultaneous text edits as one change, last one first."""
        placed = [(self.offset(e["range"]["start"]), self.offset(e["range"]["end"]), e["newText"]) for e in edits]
        changes = []
        for start, end, text in sorted(placed, reverse=True):
            changes.append(types.TextDocumentContentChangePartial(self.typed_range(start, end), text))
            self.text = self.text[:start] + text + self.text[end:]
        self.version += 1
        self.change(changes)

    def save(self) -> None:
        """Say that it was saved."""
        self.editor.text_document_did_save(types.DidSaveTextDocumentParams(self.identifier))

    def close(self) -> None:
        """Close it."""
        self.editor.text_document_did_close(types.DidCloseTextDocumentParams(self.identifier))

    # Asking.

    async def pull(self, previous: str | None = None) -> Json:
        """The answer to ``textDocument/diagnostic``."""
        params = types.DocumentDiagnosticParams(self.identifier, previous_result_id=previous)
        answer: Json = await self.editor.ask(types.TEXT_DOCUMENT_DIAGNOSTIC, params)
        return answer

    async def diagnostics(self) -> list[Json]:
        """What is shown once every engine is done."""
        items: list[Json] = (await self.pull())["items"]
        return items

    async def blocks(self) -> list[Json]:
        """Its blocks."""
        return await self.editor.blocks(self.uri)

    def pushed(self) -> list[Json]:
        """What was published last, or an empty list."""
        publishes = self.editor.published(self.uri, since=self.since)
        items: list[Json] = publishes[-1]["diagnostics"] if publishes else []
        return items

    def excerpts_pushed(self) -> list[tuple[int, list[str]]]:
        """Every publish that names a version, with what it marks in that version's text."""
        found = []
        for publish in self.editor.published(self.uri, since=self.since):
            if "version" in publish:
                text = self.history[publish["version"]]
                then = Page(self.editor, self.uri, text, self.language, publish["version"])
                found.append((publish["version"], [then.excerpt(item["range"]) for item in publish["diagnostics"]]))
        return found

    async def until_pushed(self, wanted: Callable[[list[Json]], Any], what: str = "diagnostics") -> list[Json]:
        """Wait until the last publish, or that there was none, is as wanted; its diagnostics."""
        await self.editor.until(lambda: wanted(self.pushed()), f"{what} of {self.uri}")
        return self.pushed()

    async def actions(self, place: Json, only: Sequence[str] | None = None) -> list[Json]:
        """The code actions for a range."""
        start, end = (types.Position(**place[edge]) for edge in ("start", "end"))
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(self.identifier, types.Range(start, end), context)
        found: list[Json] = await self.editor.ask(types.TEXT_DOCUMENT_CODE_ACTION, params)
        return found

    async def resolve(self, action: Json) -> Json:
        """The edit of a code action."""
        kind = action.get("kind")
        typed = types.CodeAction(action["title"], kind=kind, data=action.get("data"))
        answer: Json = await self.editor.ask(types.CODE_ACTION_RESOLVE, typed)
        return answer

    async def hover(self, position: Json) -> Json | None:
        """The answer to ``textDocument/hover``."""
        params = types.HoverParams(self.identifier, types.Position(**position))
        found: Json | None = await self.editor.ask(types.TEXT_DOCUMENT_HOVER, params)
        return found


def capabilities(encodings: Sequence[str] = ("utf-16",), *, settings: bool = False) -> types.ClientCapabilities:
    """What an able editor can do."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings)),
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            configuration=settings,
            workspace_folders=True,
            did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
            file_operations=types.FileOperationClientCapabilities(did_rename=True),
        ),
        text_document=types.TextDocumentClientCapabilities(
            synchronization=types.TextDocumentSyncClientCapabilities(did_save=True),
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True, version_support=True, code_description_support=True, data_support=True
            ),
            diagnostic=types.DiagnosticClientCapabilities(),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            code_lens=types.CodeLensClientCapabilities(),
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions(
                        [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
                    )
                ),
                is_preferred_support=True,
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            ),
        ),
        window=types.WindowClientCapabilities(work_done_progress=True),
        notebook_document=types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities()),
    )


async def connect(
    home: Path,
    folder: Path,
    *,
    options: Json | None = None,
    encodings: Sequence[str] = ("utf-16",),
    settings: Any = None,
) -> Editor:
    """Start a server and initialize it.

    Args:
        home: private folder for state, cache and configuration.
        folder: the only workspace folder.
        options: `initializationOptions`.
        encodings: position encodings, the client's favourite first.
        settings: answer to ``workspace/configuration``; None: the client cannot be asked.
    """
    await asyncio.to_thread(home.mkdir, exist_ok=True)
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    editor = Editor(home, folder)
    await editor.start_io(*LEERY, env=private_environment(home), cwd=home)
    editor.settings = settings
    params = types.InitializeParams(
        capabilities=capabilities(encodings, settings=settings is not None),
        root_uri=folder.as_uri(),
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        initialization_options=options,
    )
    result = await asyncio.wait_for(editor.initialize_session(params), PATIENCE)
    editor.encoding = str(
        getattr(result.capabilities.position_encoding, "value", result.capabilities.position_encoding)
    )
    return editor


@contextlib.asynccontextmanager
async def session(parent: Path, **how: Any) -> AsyncIterator[Editor]:
    """A server for as long as the context lasts; see `connect`. It must end in order."""
    parent = await asyncio.to_thread(parent.resolve)
    editor = await connect(parent / "home", parent / "workspace", **how)
    try:
        yield editor
    except BaseException:
        await editor.kill()
        raise
    assert await editor.leave() == 0


def log_entries(home: Path, place: Path, *options: str) -> list[Json]:
    """What ``leery log show`` says of a workspace, oldest first. In this process: to start one takes longer."""
    arguments = ["show", "--format", "json", "--workspace", str(place), *options]
    shown = CliRunner(env=private_environment(home)).invoke(log, arguments, catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    entries: list[Json] = json.loads(shown.stdout)
    return entries


async def until_logged(
    editor: Editor, place: Path, ready: Callable[[list[Json]], Any], what: str, patience: float = PATIENCE
) -> list[Json]:
    """Wait until the log is as wanted; its entries."""
    deadline = time.monotonic() + patience
    while True:
        entries = log_entries(editor.home, place)
        if ready(entries):
            return entries
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} within {patience} s; entries: {json.dumps(entries)[:4000]}")
        await asyncio.sleep(0.1)
