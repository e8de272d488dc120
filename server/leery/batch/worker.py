"""The child process of a scan: reads one file after the other and reports on it.

The frames are those of `leery_analyzers.worker`. The first request is ``{"engines": [name, …], "limit": bytes}``; every
other is ``{"path", "language", "found"}`` and is answered by ``{"report", "digest"}``, in order. A file the child cannot
read is a notice, never an error; a child that dies takes one file with it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import sys
import warnings
from typing import Any

from leery.batch.decode import decode
from leery_analyzers.model import Notice, Report, report_to_json
from leery_analyzers.registry import analyze
from leery_analyzers.text import Text
from leery_analyzers.units import Segmenter
from leery_analyzers.worker import frame, read_frame

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


def report_on(data: bytes, language: str, engines: list[str]) -> Report:
    """What the engines find in a file's bytes, in the coordinates of the decoded text."""
    decoded = decode(data, language)
    if decoded.text is None:
        return Report(notices=(Notice(ENGINE, "limit", f"The file {decoded.remark}: not analysed."),))
    remarks = (Notice(ENGINE, "parse", f"The file {decoded.remark}."),) if decoded.remark else ()
    segmenter = Segmenter(language)
    segmenter.reset(Text(decoded.text))
    units = segmenter.units(None)
    total = Report(notices=(*remarks, *segmenter.notices))
    findings, notices = list(total.findings), list(total.notices)
    for unit in units:
        report = analyze(unit, engines).shift(unit.start)
        findings += report.findings
        notices += report.notices
    return Report(tuple(findings), tuple(notices))


def _answer(request: dict[str, Any], limit: int, engines: list[str]) -> dict[str, Any]:
    data = read_file(request["path"], limit, found=request["found"])
    if isinstance(data, Notice):
        return {"report": report_to_json(Report(notices=(data,))), "digest": ""}
    language = request["language"]
    report = report_on(data, language, engines)
    return {"report": report_to_json(report), "digest": digest(data)}


def main() -> None:
    """Serve requests on the standard streams until input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    warnings.simplefilter("ignore")  # parsers quote source lines in warnings
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not break the stream
    requests = sys.stdin.buffer
    setup = read_frame(requests)
    while setup is not None and (request := read_frame(requests)) is not None:
        output.write(frame(_answer(request, setup["limit"], setup["engines"])))
        output.flush()
