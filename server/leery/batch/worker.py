"""The child process of a scan: reads one file after the other and reports on it.

The frames are those of `leery_analyzers.worker`. The first request is ``{"engines": [name, …], "limit": bytes}``;
every other is ``{"path", "language", "found"}`` and is answered, in order, by ``{"report", "digest", "units",
"bodies", "proofs"}``: `units` the start and the key of every unit, `bodies` those units, and those of the copies that
proofs speak of, that this child has not sent before. A file the child cannot read is a notice, never an error; a child
that dies takes one file with it.
"""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import stat
import sys
import warnings
from typing import TYPE_CHECKING, Any

from leery.batch.decode import decode
from leery.batch.proof import MOST_FIXES, Proof, Prover
from leery_analyzers.merge import merge
from leery_analyzers.model import Notice, Report, report_to_json
from leery_analyzers.registry import analyze
from leery_analyzers.text import Text
from leery_analyzers.units import Segmenter
from leery_analyzers.wire import frame, read_frame, unit_to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.model import Finding

_KEPT_REPORTS = 8192
_CHARACTERS_BETWEEN_COLLECTIONS = 300_000  # their trees take some 60 MB

ENGINE = "leery"
"""Named in notices about a file that no analyzer got to see."""


def digest(data: bytes) -> str:
    """Names the content of a file, so that a change between two reads is seen."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read_file(path: str, limit: int, *, found: bool) -> bytes | Notice:
    """The bytes of a regular file, or why not.

    Args:
        path: absolute.
        limit: most bytes.
        found: whether a walk found it, so that a symbolic link put there since is not followed.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | (getattr(os, "O_NOFOLLOW", 0) if found else 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return Notice(ENGINE, "limit", "Not a regular file: not analysed.")
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        return Notice(ENGINE, "limit", f"Cannot be read ({reason}): not analysed.")
    if len(data) > limit:
        return Notice(ENGINE, "limit", f"Larger than {limit:,} bytes: not analysed.")
    return data


class Reporter:
    """Analyses files one after the other. Equal units are analysed once, since a report depends on `Unit.key` alone.

    Args:
        engines: names of the engines to ask.
    """

    def __init__(self, engines: Sequence[str]) -> None:
        self._engines = tuple(engines)
        self._known: dict[str, Report] = {}
        self._sent: set[str] = set()
        self._since_collection = 0

    def answer(self, data: bytes, language: str) -> dict[str, Any]:
        """What the engines find in a file's bytes, in the coordinates of the decoded text, and its units."""
        decoded = decode(data, language)
        if decoded.text is None:
            return _refusal(Notice(ENGINE, "limit", f"The file {decoded.remark}: not analysed."))
        text = Text(decoded.text)
        segmenter = Segmenter(language)
        segmenter.reset(text)
        findings: list[Finding] = []
        notices = [Notice(ENGINE, "parse", f"The file {decoded.remark}.")] if decoded.remark else []
        units = list(segmenter.units(None))
        for unit in units:
            report = self._report(unit).shift(unit.start)
            findings += report.findings
            notices += report.notices
        prover = Prover(segmenter, text, language, self._report)
        proofs = self._proofs(prover, merge(findings, text), notices)
        report = Report(tuple(findings), (*notices, *segmenter.notices))
        return {
            "report": report_to_json(report),
            "digest": digest(data),
            "units": [(unit.start, unit.key) for unit in units],
            "bodies": self._new([*units, *prover.units.values()]),
            "proofs": [proof.to_json() for proof in proofs],
        }

    @staticmethod
    def _proofs(prover: Prover, findings: Sequence[Finding], notices: list[Notice]) -> list[Proof]:
        offered = [(finding, fix) for finding in findings for fix in finding.fixes]
        if len(offered) > MOST_FIXES:
            text = f"{len(offered)} fixes were found; only the first {MOST_FIXES} were tried, the others are left out."
            notices.append(Notice(ENGINE, "limit", text))
        proofs = (prover.prove(finding, fix) for finding, fix in offered[:MOST_FIXES])
        return [proof for proof in proofs if proof is not None]

    def _new(self, units: Sequence[Unit]) -> list[dict[str, Any]]:
        """Those units that were not sent before."""
        fresh = {unit.key: unit for unit in units if unit.key not in self._sent}
        self._sent |= fresh.keys()
        return [unit_to_json(unit) for unit in fresh.values()]

    def _report(self, unit: Unit) -> Report:
        key = unit.key
        report = self._known.get(key)
        if report is None:
            report = analyze(unit, self._engines)
            if len(self._known) >= _KEPT_REPORTS:
                self._known.pop(next(iter(self._known)))
            self._known[key] = report
            self._collect(len(unit.text))
        return report

    def _collect(self, characters: int) -> None:
        """Syntax trees are garbage in cycles; to look for it every few hundred nodes costs a fifth of the time."""
        self._since_collection += characters
        if self._since_collection > _CHARACTERS_BETWEEN_COLLECTIONS:
            self._since_collection = 0
            gc.collect()


def _answer(request: dict[str, Any], limit: int, reporter: Reporter) -> dict[str, Any]:
    data = read_file(request["path"], limit, found=request["found"])
    if isinstance(data, Notice):
        return _refusal(data)
    return reporter.answer(data, request["language"])


def _refusal(notice: Notice) -> dict[str, Any]:
    return {"report": report_to_json(Report(notices=(notice,))), "digest": "", "units": [], "bodies": [], "proofs": []}


def main() -> None:
    """Serve requests on the standard streams until input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    warnings.simplefilter("ignore")  # parsers quote source lines in warnings
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not break the stream
    requests = sys.stdin.buffer
    setup = read_frame(requests)
    if setup is None:
        return
    gc.disable()  # see Reporter
    reporter = Reporter(setup["engines"])
    while (request := read_frame(requests)) is not None:
        output.write(frame(_answer(request, setup["limit"], reporter)))
        output.flush()
