"""The JSON form of a scan, version 1. Fields are added, never changed or removed, within a version.

::

    {"version": 1,
     "tool": {"name": "leery", "version": "…"},
     "engines": {"bandit": "…", …},
     "summary": {"files": 12, "findings": {"low": 0, "medium": 1, "high": 2}, "suppressed": 0, "refuted": 0,
                 "notices": 0},
     "findings": [{"file", "uri", "rule", "message", "severity", "confidence", "cwe": ["CWE-89"], "engines": [],
                   "fingerprint", "range", "path": [{"range", "message"}],
                   "fixes": [{"title", "applicability", "edits": [{"range", "text"}]}],
                   "suppressed": null | {"reason"}}],
     "refuted": [{"file", "uri", "rule", "message", "cwe", "engine", "range", "reason"}],
     "explanations": [{"file", "uri", "rule", "range", "source", "guard", "reason", "certain"}],
     "notices": [{"file": null | "…", "engine", "kind", "message", "range": null | …}],
     "problems": ["what is wrong with the configuration"]}

``refuted`` is what one engine reports and dataflow proves wrong; ``explanations``, filled on request only, is where
data from outside arrives and why it does no harm: the places of the sink, of the source and of the guard.

A range is ``{"start": {"line", "column"}, "end": {"line", "column"}}``: from 1, columns in code points, the end
exclusive. ``uri`` is the file as a URI reference relative to the folder the scan was started in; it alone is exact for
names that are not valid Unicode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import leery
from leery.cli.formats.places import place_of
from leery.output import json_text, uri_reference
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery.batch.result import FileResult, ScanResult
    from leery_analyzers.judge import Explanation, Refuted
    from leery_analyzers.model import Finding, Notice
    from leery_analyzers.text import Text


def write(result: ScanResult, stream: TextIO) -> None:
    """Write the whole result as one JSON object."""
    stream.write(json_text(_document(result)))


def _document(result: ScanResult) -> dict[str, Any]:
    return {
        "version": 1,
        "tool": {"name": "leery", "version": leery.__version__},
        "engines": result.engines,
        "summary": {
            "files": result.scanned,
            "findings": result.counts,
            "suppressed": result.suppressed,
            "refuted": result.refuted,
            "notices": len(result.all_notices),
        },
        "findings": [finding for file in result.files for finding in _findings(file)],
        "refuted": [_refuted(file, item) for file in result.files for item in file.refuted],
        "explanations": [_explanation(file, item) for file in result.files for item in file.explanations],
        "notices": [_notice(file, notice) for file, notice in result.all_notices],
        "problems": list(result.problems),
    }


def _findings(file: FileResult) -> list[dict[str, Any]]:
    found = [_finding(file, finding, None) for finding in file.findings]
    return found + [_finding(file, item.finding, item.reason) for item in file.suppressed]


def _finding(file: FileResult, finding: Finding, reason: str | None) -> dict[str, Any]:
    text = file.text
    return {
        **_owner(file),
        "rule": finding.rule,
        "message": finding.message,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "cwe": list(finding.cwe),
        "engines": list(finding.engines),
        "fingerprint": finding.fingerprint,
        "range": _range(text, finding.range),
        "path": [{"range": _range(text, step.range), "message": step.message} for step in finding.path],
        "fixes": [
            {
                "title": fix.title,
                "applicability": fix.applicability,
                "edits": [
                    {"range": _range(text, TextRange(edit.start, edit.end)), "text": edit.text} for edit in fix.edits
                ],
            }
            for fix in finding.fixes
        ],
        "suppressed": None if reason is None else {"reason": reason},
    }


def _refuted(file: FileResult, item: Refuted) -> dict[str, Any]:
    finding = item.finding
    return {
        **_owner(file),
        "rule": finding.rule,
        "message": finding.message,
        "cwe": list(finding.cwe),
        "engine": finding.engines[0],
        "range": _range(file.text, finding.range),
        "reason": item.reason,
    }


def _explanation(file: FileResult, item: Explanation) -> dict[str, Any]:
    return {
        **_owner(file),
        "rule": item.rule,
        "range": _range(file.text, item.range),
        "source": _range(file.text, item.source),
        "guard": _range(file.text, item.guard),
        "reason": item.reason,
        "certain": item.certain,
    }


def _owner(file: FileResult) -> dict[str, str]:
    return {"file": file.source.name, "uri": uri_reference(file.source.name)}


def _notice(file: FileResult | None, notice: Notice) -> dict[str, Any]:
    return {
        "file": file.source.name if file is not None else None,
        "engine": notice.engine,
        "kind": notice.kind,
        "message": notice.message,
        "range": _range(file.text, notice.range) if file is not None and notice.range is not None else None,
    }


def _range(text: Text, where: TextRange) -> dict[str, dict[str, int]]:
    place = place_of(text, where)
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
