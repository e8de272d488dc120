"""What a person does to findings and blocks: take a fix, suppress, review, correct an origin, look into the log.

Must not know LSP. What is acknowledged here is on disk.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leery.document import uri_to_path
from leery.log.body import Suppression
from leery.log.export import jsonl
from leery.log.query import Query
from leery.log.writer import LogUnavailableError
from leery.paths import private_file
from leery.session.errors import NotFoundError
from leery.session.fixes import Fixes, combine, safe_fixes
from leery.session.reports import SUFFIX, write_report
from leery.session.workspace import Held
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery.session.documents import Buffer
    from leery.session.session import Session
    from leery.session.views import Shown, View
    from leery.session.workspace import Workspace
    from leery_analyzers.model import Finding, Fix
    from leery_analyzers.text import Text

Json = dict[str, Any]
Edits = dict[str, tuple[TextEdit, ...]]

_OFFERED = 32
_PATIENCE = 5.0
"""Seconds that a question about the log waits for what is being written to it."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """Edits a client was given, known again by the text that they make."""

    result: int
    taken: tuple[tuple[Shown, Fix], ...]
    places: tuple[TextRange, ...]


class Actions:
    """Carries out what a person decides.

    Args:
        session: has documents, views and logs.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._fixes = Fixes(session.scheduler)
        self._offers: dict[str, list[_Offer]] = {}

    async def proven(self, uri: str, fingerprint: str, index: int) -> bool:
        """Whether a shown finding's fix has been proven on the present text."""
        found = self._in_target(uri, fingerprint)
        if found is None or index >= len(found[1].fixes):
            return False
        target, finding = found
        language = self._session.documents.buffers[uri].language
        return await self._fixes.proven(target, finding, language, index)

    def fix_edits(self, uri: str, fingerprint: str, index: int) -> Edits | None:
        """The edits of one fix with the imports it needs, by document; None when the finding is gone."""
        found = self._in_target(uri, fingerprint)
        view = self._session.view(uri)
        if found is None or view is None or index >= len(found[1].fixes):
            return None
        shown = next((item for item in view.findings if item.finding.fingerprint == fingerprint), None)
        if shown is None:
            return None
        target, finding = found
        return self._edits(target, uri, [(shown, finding.fixes[index])])

    async def fix_all_edits(self, uri: str, rule: str | None) -> Edits | None:
        """The edits of every proven safe fix, or of every proven fix of one rule; None when there is none."""
        view = self._session.view(uri)
        if view is None:
            return None
        taken: list[tuple[Shown, Fix]] = []
        target = self._session.documents.target_of(uri)
        for shown, index in safe_fixes(view, rule):
            found = self._in_target(uri, shown.finding.fingerprint)
            if found is not None and await self.proven(uri, shown.finding.fingerprint, index):
                taken.append((shown, found[1].fixes[index]))
        return self._edits(target, uri, taken) if taken else None

    def note_fix(self, buffer: Buffer) -> None:
        """A document has changed: log the fixes whose outcome it is now."""
        offers = self._offers.get(buffer.uri, [])
        if not offers:
            return
        result = buffer.text.fingerprint
        for offer in offers:
            if offer.result == result:
                for shown, fix in offer.taken:
                    self._session.keeper.recorder.fix_applied(buffer, shown, fix)
                self._session.keeper.fixed(buffer, offer.places)
                del self._offers[buffer.uri]
                return

    async def suppress(self, uri: str, fingerprint: str, reason: str, expires: str | None) -> None:
        """Hide a finding or a notice, with a reason, perhaps until a day; done once it is in the log.

        Raises:
            NotFoundError: there is no such finding.
            ValueError: `expires` is no date.
        """
        if expires is not None:
            _check_day(expires)
        await self._session.keeper.ready(uri)
        buffer = self._buffer(uri)
        rule, block, place = self._suppressible(uri, fingerprint)
        workspace = buffer.workspace
        by = await asyncio.to_thread(workspace.author)
        content = self._session.keeper.digest(uri, block) if block is not None else _digest(buffer.text, place)
        entry = Suppression(
            fingerprint=fingerprint,
            rule=rule,
            file=buffer.name,
            block=block,
            expires=expires,
            reason=reason,
            by=by,
            content=content,
        )
        self._session.keeper.recorder.flush(uri)
        receipt = await asyncio.wrap_future(workspace.log.append(entry))
        workspace.suppressions[buffer.name, fingerprint] = Held(receipt.id, block, expires)
        self._session.keeper.recorder.will_close(buffer, fingerprint, "suppressed")
        self._session.viewer.refresh(self._session.documents.target_of(uri))

    async def review(self, uri: str, block: str, decision: str, note: str | None) -> None:
        """Attest that a person looked at a block; done once it is in the log.

        Raises:
            NotFoundError: there is no such block.
        """
        await self._session.keeper.ready(uri)
        await self._session.keeper.review(self._buffer(uri), block, decision, note)
        self._session.listener.blocks_changed(uri)
        self._session.listener.status_changed()

    async def set_origin(self, uri: str, block: str, origin: Json) -> None:
        """Correct where a block came from; done once it is in the log.

        Raises:
            NotFoundError: there is no such block.
            ValueError: kind or evidence is none we know.
        """
        await self._session.keeper.ready(uri)
        await self._session.keeper.set_origin(self._buffer(uri), block, origin)

    async def history(self, uri: str, block: str | None) -> list[Json]:
        """The log's entries on a block or a document, oldest first."""
        workspace = self._session.workspace_for(uri)
        await self._written(workspace)
        buffer = self._session.documents.buffers.get(uri)
        name = buffer.name if buffer is not None else workspace.name_of(uri_to_path(uri), uri)
        query = Query(block=block) if block else Query(file=name)
        return await asyncio.to_thread(lambda: [record.to_json() for record in workspace.reader.records(query)])

    async def export_log(self, uri: str | None, path: str | None, *, of_file: bool = False) -> Json:
        """A workspace's log as JSON Lines, written to `path` or returned as text; to ``….html`` goes the report of it.

        Args:
            uri: a document of the workspace; None for the first folder's.
            path: an absolute path, or None.
            of_file: only what is about the document.

        Raises:
            OSError: it cannot be written there.
            NotFoundError: no file is named, of which alone it is to be; or there is nothing to report of.
        """
        of = uri_to_path(uri) if uri is not None else None
        if of_file and of is None:
            raise NotFoundError("only of a file on disk the log tells alone")
        if uri is None:
            workspace = self._session.workspace_at(next(iter(self._session.folders), Path.home()))
        else:
            workspace = self._session.workspace_for(uri)
        await self._written(workspace)
        if path is not None and path.lower().endswith(SUFFIX):
            await write_report(workspace.root, path, of if of_file else None)
            return {"path": path}
        query = Query(file=workspace.name_of(of, uri or "")) if of_file else None

        def export() -> Json:
            text = "".join(jsonl.export(workspace.reader.records(query)))
            if path is None:
                return {"text": text}
            with private_file(Path(path)) as file:
                file.write(text)
            return {"path": path}

        return await asyncio.to_thread(export)

    async def _written(self, workspace: Workspace) -> None:
        """Have all that is known by now in the log; what hinders it is told by the log's writer."""
        for buffer in list(self._session.documents.buffers.values()):
            if buffer.workspace is workspace:
                await self._session.keeper.ready(buffer.uri)
                self._session.keeper.recorder.flush(buffer.uri)
        with suppress(LogUnavailableError):
            await asyncio.to_thread(workspace.log.flush, _PATIENCE)

    def _edits(self, target: str, uri: str, taken: list[tuple[Shown, Fix]]) -> Edits | None:
        analysis = self._session.viewer.analysis(target)
        text = self._session.scheduler.text(target)
        buffer = self._session.documents.buffers[uri]
        if analysis is None or text is None:
            return None
        edits = combine(text, buffer.language, [fix for _, fix in taken])
        if edits is None:
            return None
        located = self._session.documents.split_edits(target, edits)
        for member, mine in located.items():
            offers = self._offers.setdefault(member, [])
            result = self._session.documents.buffers[member].text.apply(mine).fingerprint
            offers.append(_Offer(result, tuple(taken) if member == uri else (), _places(mine)))
            del offers[:-_OFFERED]
        return located

    def _in_target(self, uri: str, fingerprint: str) -> tuple[str, Finding] | None:
        """A finding in the coordinates of its target."""
        target = self._session.documents.target_of(uri)
        analysis = self._session.viewer.analysis(target)
        for finding in analysis.findings if analysis is not None else ():
            if finding.fingerprint == fingerprint:
                return target, finding
        return None

    def _buffer(self, uri: str) -> Buffer:
        buffer = self._session.documents.buffers.get(uri)
        if buffer is None:
            raise NotFoundError("the document is not open")
        return buffer

    def _suppressible(self, uri: str, fingerprint: str) -> tuple[str, str | None, TextRange]:
        """The rule, the block and the place of a finding or notice that is shown."""
        view: View | None = self._session.view(uri)
        for shown in view.findings if view is not None else ():
            if shown.finding.fingerprint == fingerprint:
                return shown.finding.rule, shown.block, shown.finding.range
        for remark in view.remarks if view is not None else ():
            if remark.fingerprint == fingerprint:
                return remark.rule, None, remark.range
        raise NotFoundError("there is no such finding in the document")


def _digest(text: Text, place: TextRange) -> str:
    """What tells later whether the lines are still those of the decision; never the text, which may be a secret."""
    end = text.line_range(text.line_of(place.end)).end
    lines = text.slice(text.line_start(text.line_of(place.start)), end)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _check_day(value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is no date like 2027-01-31") from None


def _places(edits: Sequence[TextEdit]) -> tuple[TextRange, ...]:
    """Where the texts of simultaneous edits stand afterwards."""
    places, by = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = edit.start + by
        if edit.text:
            places.append(TextRange(start, start + len(edit.text)))
        by += len(edit.text) - (edit.end - edit.start)
    return tuple(places)
