"""Turns analyses into views, and keeps the newest view of every document.

Must not start analyses or know how blocks are tracked. Offsets are code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leery.session.views import BlockView, Holders, Spot, View, remark, show
from leery_analyzers.model import Finding, Notice, level_at_least
from leery_analyzers.text import Text, TextRange, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.scheduler import Analysis
    from leery.session.documents import Buffer
    from leery.session.session import Session


class Viewer:
    """Owner of the views.

    Args:
        session: has the documents, blocks and settings.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._analyses: dict[str, Analysis] = {}
        self._views: dict[str, View] = {}
        self._shown_in: dict[str, frozenset[str]] = {}

    def view(self, uri: str) -> View | None:
        """The view of a document's present version, if there is one."""
        view = self._views.get(uri)
        buffer = self._session.documents.buffers.get(uri)
        if buffer is not None and (view is None or view.version != buffer.version):
            return None
        return view

    def analysis(self, target: str) -> Analysis | None:
        """The newest analysis of a target."""
        return self._analyses.get(target)

    def take(self, analysis: Analysis) -> None:
        """A new analysis has come: make its documents' views."""
        self._analyses[analysis.name] = analysis
        self.refresh(analysis.name)

    def refresh(self, target: str) -> None:
        """Make a target's views again, because what is wanted of them has changed.

        While the present version has no analysis there is nothing to show: places of an earlier one are wrong in it.
        """
        analysis = self._analyses.get(target)
        if analysis is None or analysis.version != self._session.documents.version_of(target):
            return
        members = self._session.documents.members(target)
        for uri in members:
            buffer = self._session.documents.buffers.get(uri)
            if buffer is not None:
                self._refresh_one(buffer, target, analysis)
        self._session.listener.status_changed()

    def show_closed(self, uri: str, view: View | None) -> None:
        """Show what a scan found in a document that is not open, or nothing any more."""
        if view is None:
            self._views.pop(uri, None)
        else:
            self._views[uri] = view
        self._session.listener.view_changed(uri)

    def forget(self, target: str) -> None:
        """A target is gone."""
        self._analyses.pop(target, None)
        self._views.pop(target, None)
        self._shown_in.pop(target, None)

    def focus(self, target: str) -> tuple[TextRange, ...] | None:
        """Where findings are wanted in a target's text; None for everywhere."""
        documents = self._session.documents
        places: list[TextRange] = []
        for uri in documents.members(target):
            buffer = documents.buffers[uri]
            if buffer.workspace.config.scope == "all":
                return None
            start = documents.start_of(uri)
            keeper = self._session.keeper
            spots = [spot for spot in keeper.spots(uri) if spot.flagged and not keeper.holds_back(spot.id)]
            places += [place.shift(start) for spot in spots for place in spot.ranges]
        return union(places)

    def blocks(self, uri: str) -> list[BlockView]:
        """A document's blocks in document order, with the findings shown in them."""
        view = self._views.get(uri)
        found: dict[str, list[str]] = {}
        for shown in view.findings if view is not None else ():
            if shown.block is not None:
                found.setdefault(shown.block, []).append(shown.finding.fingerprint)
        return self._session.keeper.blocks(uri, found)

    def status(self) -> dict[str, Any]:
        """Health and counts."""
        documents = self._session.documents
        unreviewed = sum(
            tracked.state != "reviewed" for uri in documents.buffers for tracked in self._session.keeper.tracked(uri)
        )
        findings = sum(len(view.findings) for uri, view in self._views.items() if uri in documents.buffers)
        analysing = any(analysis.pending for analysis in self._analyses.values())
        engines = self._session.engines.health()
        return {"engines": engines, "unreviewed": unreviewed, "findings": findings, "analysing": analysing}

    def build(self, buffer: Buffer, target: str, analysis: Analysis, blocks: Sequence[Spot]) -> View:
        """What an analysis shows of one document that has these blocks."""
        findings = [f for f in self._local(target, buffer, analysis.findings) if self._is_wanted(buffer, f)]
        left_out = [self._session.stock.leaves_out(buffer.workspace, f, buffer.language, buffer.text) for f in findings]
        shown, holders = [], Holders(blocks)
        for finding in (finding for finding, is_known in zip(findings, left_out, strict=True) if is_known is False):
            block = holders.of(finding)
            if not buffer.workspace.holds(buffer.name, finding.fingerprint, block.id if block else None):
                shown.append(show(finding, block, self._locator(target, buffer)))
        remarks = [remark(notice, buffer.text) for notice in self._notices(target, buffer, analysis.notices)]
        remarks = [one for one in remarks if not buffer.workspace.holds(buffer.name, one.fingerprint, None)]
        complete = not analysis.pending and None not in left_out and self._session.complete.is_set()
        return View(buffer.uri, buffer.version, buffer.text, tuple(shown), tuple(remarks), complete)

    def _refresh_one(self, buffer: Buffer, target: str, analysis: Analysis) -> None:
        view = self.build(buffer, target, analysis, self._session.keeper.spots(buffer.uri))
        self._views[buffer.uri] = view
        self._session.listener.view_changed(buffer.uri)
        shown_in = frozenset(shown.block + shown.finding.fingerprint for shown in view.findings if shown.block)
        if shown_in != self._shown_in.get(buffer.uri, frozenset()):
            self._shown_in[buffer.uri] = shown_in
            self._session.listener.blocks_changed(buffer.uri)
        if view.complete:
            self._session.keeper.recorder.viewed(buffer, view)

    def _is_wanted(self, buffer: Buffer, finding: Finding) -> bool:
        config = buffer.workspace.config
        return level_at_least(finding.severity, config.minimum_severity) and bool(
            config.engines.intersection(finding.engines)
        )

    def _local(self, target: str, buffer: Buffer, findings: Iterable[Finding]) -> list[Finding]:
        documents = self._session.documents
        if target not in documents.notebooks:
            return list(findings)
        start = documents.start_of(buffer.uri)
        local = []
        for finding in findings:
            located = documents.locate(target, finding.range)
            if located is not None and located[0] == buffer.uri:
                local.append(finding.shift(-start))
        return local

    def _locator(self, target: str, buffer: Buffer) -> _Locator:
        return _Locator(self._session, target, buffer)

    def _notices(self, target: str, buffer: Buffer, notices: Iterable[Notice]) -> tuple[Notice, ...]:
        documents = self._session.documents
        local = []
        for notice in notices:
            if target not in documents.notebooks:
                local.append(notice)
                continue
            located = documents.locate(target, notice.range or TextRange(0, 0))
            if located is not None and located[0] == buffer.uri:
                local.append(notice.shift(-documents.start_of(buffer.uri)))
        return tuple(local)


class _Locator:
    """Finds the document of a step of a path, whose place is relative to a buffer's start in its target."""

    def __init__(self, session: Session, target: str, buffer: Buffer) -> None:
        self._session = session
        self._target = target
        self._buffer = buffer

    def __call__(self, place: TextRange) -> tuple[str, Text, TextRange]:
        documents = self._session.documents
        located = documents.locate(self._target, place.shift(documents.start_of(self._buffer.uri)))
        other = documents.buffers.get(located[0]) if located is not None else None
        if located is None or other is None:
            return self._buffer.uri, self._buffer.text, TextRange(0, 0)
        return other.uri, other.text, located[1]
