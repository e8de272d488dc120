"""The child process that hosts analyzers: mirrors documents, finds the units in question, reports on them.

Speaks length-prefixed JSON (4 bytes big-endian, then UTF-8) on its standard streams; `leery.workers` is the other end.
Must not read files, know origins or keep anything on disk. It ends by itself when its input ends, even in mid-analysis,
so it never outlives the server. One without engines of its own, which nobody waits for at the keyboard, goes behind.

Requests are objects ``{"id", "op", …}``; the answer is ``{"id", "result"}`` or ``{"id", "error"}``. Ops:

- ``open {doc, language, text}``, ``edit {doc, edits, then}``, ``close {doc}``: keep the mirror; no answer. An edit may
  bring along the ``analyze`` that follows it, as `then`: ``{id, version, ranges, known}``.
- ``analyze {doc, version, ranges, known}``: units that meet the ranges (null: all), reports for keys not in `known`.
- ``flows {doc, ranges}``: what dataflow says of units that meet the ranges (null: all), in the document's coordinates:
  ``{flows}``; ``{later}`` if another request came in between: ask again; ``{unsupported}`` for an unknown language.
- ``models {models}``: the user's own models for dataflow from now on; no answer.
- ``around {doc, ranges, flows}``: units and reports as ``analyze`` gives them, for the proof of a fix, and what
  dataflow says of the units that meet the ranges in `flows`; null: nothing is asked of it.
- ``preview {doc, edits, ranges, flows}``: the same for a copy with simultaneous edits applied, and whether it parses.
- ``units {engine, units}``: reports of one engine for units sent whole, by key.
- ``ping``: answers at once.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Report, report_to_json
from leery_analyzers.priority import lower_priority
from leery_analyzers.registry import analyze, flow_documents
from leery_analyzers.syntax import is_broken
from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.wire import frame, read_frame, unit_from_json, unit_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from leery_analyzers.dataflow.document import FlowDocuments
    from leery_analyzers.mirror import Mirror

Json = dict[str, Any]

_FIRST = Unit("python", "statements", "", 0, 0, "import warm_up_zz\n")
_KEPT_REPORTS = 4096
OBJECTS_BETWEEN_COLLECTIONS = 400_000
"""More than the analysis of a file of 3,000 lines leaves: what it makes is looked through while nobody waits."""
_OBJECTS_WORTH_A_COLLECTION = 5_000
_SWITCH = 0.0005
"""Seconds after which what is computed must let the reader in, so that a newer edit is seen; the default is 5 ms."""


class Worker:
    """Answers requests one at a time, in order; a later edit of the same document makes an analysis moot.

    Args:
        engines: names of the engines whose reports an ``analyze`` gives.
        pending: requests that have arrived but not been taken, newest last; looked at, never taken from.
    """

    def __init__(self, engines: Sequence[str], pending: Callable[[], Iterable[Json]] = tuple) -> None:
        self._engines = tuple(engines)
        self._pending = pending
        self._mirrors: dict[str, Mirror] = {}
        self._reports: dict[str, Report] = {}
        self._models: list[list[str]] = []
        self._flows: FlowDocuments | None = None

    def handle(self, request: Json) -> Json | None:
        """The result of a request, or None for one that has none."""
        handler: Callable[[Json], Json | None] = getattr(self, f"_op_{request['op']}")
        return handler(request)

    def _op_ping(self, _request: Json) -> Json:
        return {}

    def _op_open(self, request: Json) -> None:
        self._mirrors[request["doc"]] = _mirror(request["language"], request["text"])

    def _op_edit(self, request: Json) -> None:
        self._mirrors[request["doc"]].edit(_edits(request["edits"]))

    def _op_close(self, request: Json) -> None:
        self._mirrors.pop(request["doc"], None)

    def _op_analyze(self, request: Json) -> Json:
        if any(later["op"] == "edit" and later["doc"] == request["doc"] for later in self._pending()):
            return {"stale": True}
        return self._answer(self._mirrors[request["doc"]], request)

    def _op_preview(self, request: Json) -> Json:
        mirror = self._mirrors[request["doc"]]
        edits = sorted(_edits(request["edits"]), key=lambda edit: (edit.start, edit.end))
        inverse = mirror.edit(edits[::-1])  # from the end: each then speaks of the first text
        try:
            answer = self._proof(mirror, request)
            answer["broken"] = any(is_broken(unit_from_json(f["unit"])) for f in answer["fresh"].values())
            return answer
        finally:
            mirror.edit(inverse)

    def _op_flows(self, request: Json) -> Json:
        mirror, documents = self._mirrors[request["doc"]], self._documents()
        if mirror.segmenter.language not in documents.languages:
            return {"unsupported": True}
        flows = documents.follow(mirror.entries(), _ranges(request["ranges"]), lambda: bool(self._pending()))
        return {"later": True} if flows is None else {"flows": flows.to_json()}

    def _op_models(self, request: Json) -> None:
        self._models, self._flows = request["models"], None

    def _op_around(self, request: Json) -> Json:
        return self._proof(self._mirrors[request["doc"]], request)

    def _proof(self, mirror: Mirror, request: Json) -> Json:
        answer = self._answer(mirror, {**request, "known": []})
        if request["flows"] is not None:
            flows = self._documents().follow(mirror.entries(), _ranges(request["flows"]))
            answer["flows"] = flows.to_json() if flows is not None else None
        return answer

    def _documents(self) -> FlowDocuments:
        if self._flows is None:
            self._flows = flow_documents(self._models)
        return self._flows

    def _op_units(self, request: Json) -> Json:
        reports = {}
        for data in request["units"]:
            unit = unit_from_json(data)
            reports[unit.key] = report_to_json(analyze(unit, (request["engine"],)))
        return {"reports": reports}

    def _answer(self, mirror: Mirror, request: Json) -> Json:
        known = set(request["known"])
        listed, fresh = [], {}
        for start, line, key, unit in mirror.listed(request["ranges"]):
            listed.append([start, line, key])
            if key not in known:
                known.add(key)
                fresh[key] = {"unit": unit_to_json(unit), "report": report_to_json(self._report(unit, key))}
        notices = Report(notices=tuple(mirror.segmenter.notices))
        return {"units": listed, "fresh": fresh, "notices": report_to_json(notices)["notices"]}

    def _report(self, unit: Unit, key: str) -> Report:
        report = self._reports.get(key)
        if report is None:
            report = analyze(unit, self._engines)
            if len(self._reports) >= _KEPT_REPORTS:
                self._reports.pop(next(iter(self._reports)))
            self._reports[key] = report
        return report


def _mirror(language: str, text: str) -> Mirror:
    from leery_analyzers.mirror import Mirror  # noqa: PLC0415 - a worker that is sent single units needs none

    return Mirror(language, Text(text))


def _warm_up(engines: Sequence[str]) -> None:
    """Load what the first requests need, while the server is still being imported."""
    if engines:
        analyze(_FIRST, engines)
        _mirror(_FIRST.language, _FIRST.text)


def _where(error: Exception) -> str:
    """An error's kind and place in the code, without its message, which may quote a document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119
    return type(error).__name__ + place


def _ranges(data: list[list[int]] | None) -> list[TextRange] | None:
    return None if data is None else [TextRange(start, end) for start, end in data]


def _edits(data: list[list[Any]]) -> list[TextEdit]:
    return [TextEdit(start, end, text) for start, end, text in data]


def _parts(request: Json) -> Iterator[Json]:
    """A request, and the one it brings along."""
    yield request
    then = request.get("then")
    if then is not None:
        yield {"op": "analyze", "doc": request["doc"], **then}


def _tidy() -> None:
    """Look for garbage while nobody waits: each analysis leaves a syntax tree, which is garbage in cycles."""
    if gc.get_count()[0] > _OBJECTS_WORTH_A_COLLECTION:
        gc.collect(1)


def _read_all(stream: BinaryIO, inbox: queue.SimpleQueue[None], waiting: list[Json]) -> None:
    try:
        while (message := read_frame(stream)) is not None:
            waiting.append(message)
            inbox.put(None)
    finally:
        os._exit(0)  # the server is gone: nobody waits for what is being computed


def main(engines: Sequence[str]) -> None:
    """Serve requests on the standard streams until input ends."""
    warnings.simplefilter("ignore")  # parsers quote source lines in warnings; nothing of a document goes to stderr
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not break the stream
    inbox: queue.SimpleQueue[None] = queue.SimpleQueue()
    waiting: list[Json] = []
    worker = Worker(engines, pending=lambda: tuple(waiting))
    if not engines:
        lower_priority(os.getpid())
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    sys.setswitchinterval(_SWITCH)
    threading.Thread(target=_read_all, args=(sys.stdin.buffer, inbox, waiting), daemon=True).start()
    _warm_up(engines)
    gc.freeze()  # what was loaded stays: looking through it for garbage would hold up the first requests
    while True:
        inbox.get()
        for request in _parts(waiting.pop(0)):
            try:
                result = worker.handle(request)
            except Exception as error:  # noqa: BLE001 - the server decides; the worker must live on
                answer: Json = {"id": request.get("id"), "error": _where(error)}
            else:
                if result is None:
                    continue
                answer = {"id": request["id"], "result": result}
            output.write(frame(answer))
            output.flush()
            if "error" in answer:
                break  # what was brought along would speak of a text that is out of step
        if not waiting:
            _tidy()


if __name__ == "__main__":
    main(sys.argv[1:])
