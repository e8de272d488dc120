"""What of the shown findings goes into the log: opened, closed and how, fix applied.

Writes for one workspace; must not decide what is shown. A finding is logged once the view is complete, so that what
flickers while somebody types is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery.log.body import FindingClosed, FindingOpened, FixApplied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from leery.log.body import Body, ClosedHow
    from leery.session.views import Shown, View
    from leery_analyzers.model import Fix


@dataclass(frozen=True, slots=True)
class _Open:
    rule: str
    block: str | None


@dataclass(slots=True)
class _File:
    """The findings of one document that the log has as open, and how those that go next were closed."""

    open: dict[str, _Open] = field(default_factory=dict)
    closing: dict[str, ClosedHow] = field(default_factory=dict)


class Journal:
    """Keeps the log's account of findings in step with what is shown.

    Args:
        append: puts an entry into the log, without waiting.
        versions: version of each engine by name, at the time of asking.
    """

    def __init__(self, append: Callable[[Body], object], versions: Callable[[], dict[str, str]]) -> None:
        self._append = append
        self._versions = versions
        self._files: dict[str, _File] = {}

    def resume(self, uri: str, findings: Iterable[tuple[str, str, str | None]]) -> None:
        """Take over findings that an earlier run opened and never closed, as (fingerprint, rule, block)."""
        file = self._files.setdefault(uri, _File())
        for fingerprint, rule, block in findings:
            file.open.setdefault(fingerprint, _Open(rule, block))

    def will_close(self, uri: str, fingerprint: str, how: ClosedHow) -> None:
        """Say why a finding is about to go."""
        self._files.setdefault(uri, _File()).closing[fingerprint] = how

    def fix_applied(self, uri: str, name: str, shown: Shown, fix: Fix) -> None:
        """A fix that was offered stands in the document now."""
        finding = shown.finding
        self._append(
            FixApplied(
                fingerprint=finding.fingerprint,
                rule=finding.rule,
                applicability=fix.applicability,
                file=name,
                block=shown.block,
                title=fix.title,
            )
        )
        self.will_close(uri, finding.fingerprint, "fixed")

    def update(self, uri: str, name: str, view: View, blocks: Iterable[str]) -> None:
        """Log what a complete view shows for the first time and what it shows no more.

        Args:
            uri: the document.
            name: its path inside the workspace.
            view: complete.
            blocks: ids of the blocks that are still in the document.
        """
        file = self._files.setdefault(uri, _File())
        present = set(blocks)
        shown = {item.finding.fingerprint: item for item in view.findings}
        for fingerprint in file.open.keys() - shown.keys():
            was = file.open.pop(fingerprint)
            gone: ClosedHow = "edited" if was.block is None or was.block in present else "removed"
            how = file.closing.pop(fingerprint, gone)
            self._append(FindingClosed(fingerprint=fingerprint, rule=was.rule, how=how, file=name, block=was.block))
        for fingerprint, item in shown.items():
            if fingerprint not in file.open:
                file.open[fingerprint] = _Open(item.finding.rule, item.block)
                self._append(self._opened(name, view, item))
        file.closing.clear()

    def forget(self, uri: str) -> None:
        """The document is closed; its findings stay open in the log."""
        self._files.pop(uri, None)

    def rename(self, old: str, new: str) -> None:
        """A document goes by another URI."""
        if old in self._files:
            self._files[new] = self._files.pop(old)

    def _opened(self, name: str, view: View, item: Shown) -> FindingOpened:
        finding = item.finding
        versions = self._versions()
        return FindingOpened(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            cwe=finding.cwe,
            engines=finding.engines,
            severity=finding.severity,
            confidence=finding.confidence,
            file=name,
            line=view.text.line_of(finding.range.start) + 1,
            end_line=view.text.line_of(finding.range.end) + 1,
            block=item.block,
            versions={engine: versions[engine] for engine in finding.engines if engine in versions},
            message=item.message,
        )
