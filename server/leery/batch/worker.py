"""The child process of a scan: reads one file after the other and reports on it.

The frames are those of `leery_analyzers.worker`. The first request is ``{"engines": [name, …], "limit": bytes,
"explain": bool, "models": [[name, language, text], …]}``; every other is ``{"path", "language", "found"}`` and is
answered, in order, by ``{"report", "digest", "units", "bodies", "proofs", "judgements", "explanations"}``: `units` the
start and the key of every unit, `bodies` those units, and those of the copies that proofs speak of, that this child has
not sent before. A file the child cannot read is a notice, with an empty `digest` and nothing else, never an error; a
child that dies takes one file with it.
"""

from __future__ import annotations

import errno
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
from leery_analyzers.judge import Flows, adjudicate
from leery_analyzers.merge import merge
from leery_analyzers.mirror import Mirror
from leery_analyzers.model import Notice, NoticeKind, Report, report_to_json
from leery_analyzers.registry import analyze, flow_documents
from leery_analyzers.text import Text
from leery_analyzers.wire import frame, read_frame, unit_to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.model import Finding
    from leery_analyzers.proof import Said
    from leery_analyzers.text import TextRange

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
    except OSError as error:
        kind: NoticeKind = "limit" if error.errno in (errno.ENOENT, errno.ELOOP) else "crash"
        return Notice(ENGINE, kind, f"Cannot be read ({error.strerror}): not analysed.")
    except ValueError:
        return Notice(ENGINE, "limit", "Cannot be read (not a file name): not analysed.")
    if len(data) > limit:
        return Notice(ENGINE, "limit", f"Larger than {limit:,} bytes: not analysed.")
    return data


class Reporter:
    """Analyses files one after the other. Equal units are analysed once, since a report depends on `Unit.key` alone.

    Args:
        engines: names of the engines to ask.
        explain: whether to say what makes flows harmless.
        models: the user's own models for dataflow.
    """

    def __init__(self, engines: Sequence[str], *, explain: bool = False, models: Sequence[Sequence[str]] = ()) -> None:
        self._explain = explain
        self._engines = tuple(name for name in engines if name != "dataflow")
        self._documents = flow_documents(models) if "dataflow" in engines else None
        self._known: dict[str, Report] = {}
        self._sent: set[str] = set()
        self._since_collection = 0

    def answer(self, data: bytes, language: str) -> dict[str, Any]:
        """What the engines find in a file's bytes, in the coordinates of the decoded text, and its units."""
        decoded = decode(data, language)
        if decoded.text is None:
            return _refusal(Notice(ENGINE, "limit", f"The file {decoded.remark}: not analysed."))
        mirror = Mirror(language, Text(decoded.text))
        found: Said = [(entry.start, self._report(entry.unit, entry.key)) for entry in mirror.entries()]
        flows = self._flows(mirror)
        report = sum((report.shift(start) for start, report in found), start=flows.report)
        notices = [Notice(ENGINE, "parse", f"The file {decoded.remark}.")] if decoded.remark else []
        prover = Prover(mirror, self._report, self._flows)
        stands, _ = adjudicate(report.findings, flows.judgements)
        proofs = self._proofs(prover, merge(stands, mirror.text), notices)
        report = Report(report.findings, (*notices, *report.notices, *mirror.segmenter.notices))
        return {
            "report": report_to_json(report),
            "judgements": Flows(judgements=flows.judgements).to_json(),
            "digest": digest(data),
            "units": [(entry.start, entry.key) for entry in mirror.entries()],
            "bodies": self._new([*(entry.unit for entry in mirror.entries()), *prover.units.values()]),
            "proofs": [proof.to_json() for proof in proofs],
            "explanations": self._explanations(mirror),
        }

    def _explanations(self, mirror: Mirror) -> list[Any]:
        if self._documents is None or not self._explain:
            return []
        return [explanation.to_json() for explanation in self._documents.explanations(mirror.entries())]

    def _flows(self, mirror: Mirror, places: Sequence[TextRange] | None = None) -> Flows:
        if self._documents is None:
            return Flows()
        return self._documents.follow(mirror.entries(), places) or Flows()

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

    def _report(self, unit: Unit, key: str) -> Report:
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
    return {"report": report_to_json(Report(notices=(notice,))), "digest": ""}


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
    reporter = Reporter(setup["engines"], explain=setup["explain"], models=setup["models"])
    while (request := read_frame(requests)) is not None:
        output.write(frame(_answer(request, setup["limit"], reporter)))
        output.flush()
