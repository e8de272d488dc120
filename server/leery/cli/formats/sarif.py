"""SARIF 2.1.0 (OASIS standard, plus errata 01), one run a scan.

Columns count UTF-16 code units, as `columnKind` says. Files below the folder the scan was started in are named relative
to ``SRCROOT``; others by an absolute URI.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from leery.batch.result import FAILED_KINDS
from leery.cli.formats.places import place_of
from leery.output import json_text, uri_reference
from leery.sarif import BASE, LEVELS, SCHEMA, driver
from leery_analyzers.model import Rule
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from datetime import datetime

    from leery.batch.result import FileResult, ScanResult
    from leery_analyzers.model import Finding, Fix, Notice
    from leery_analyzers.text import Text

Json = dict[str, Any]


def write(result: ScanResult, stream: TextIO) -> None:
    """Write the whole result as one SARIF log."""
    stream.write(json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result)]}))


def _run(result: ScanResult) -> Json:
    rules = _rules(result)
    indexes = {rule.id: index for index, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": driver(rules),
            "extensions": [{"name": name, "version": version} for name, version in sorted(result.engines.items())],
        },
        "automationDetails": {"id": "leery/scan/"},
        "invocations": [_invocation(result)],
        "originalUriBaseIds": {BASE: {"uri": result.base.as_uri().rstrip("/") + "/"}},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(file, finding, indexes) for file in result.files for finding in file.findings]
        + [
            _result(file, item.finding, indexes)
            | {"suppressions": [{"kind": "external", "status": "accepted", "justification": item.reason}]}
            for file in result.files
            for item in file.suppressed
        ],
    }


def _rules(result: ScanResult) -> list[Rule]:
    """The rules of all findings, by id; one that is not in the catalogue is made out of a finding of it."""
    rules: dict[str, Rule] = {}
    for file in result.files:
        for finding in (*file.findings, *(item.finding for item in file.suppressed)):
            if finding.rule not in rules:
                rules[finding.rule] = result.rules.get(finding.rule) or _rule_of(finding)
    return [rules[name] for name in sorted(rules)]


def _rule_of(finding: Finding) -> Rule:
    engine = finding.engines[0] if finding.engines else "leery"
    return Rule(
        finding.rule, finding.message, finding.message, finding.severity, finding.confidence, finding.cwe, engine, ()
    )


def _invocation(result: ScanResult) -> Json:
    failed = any(notice.kind in FAILED_KINDS for _, notice in result.all_notices)
    return {
        "executionSuccessful": not failed,
        "exitCode": result.exit_code,
        "startTimeUtc": _time(result.started),
        "endTimeUtc": _time(result.ended),
        "toolExecutionNotifications": [_notification(file, notice) for file, notice in result.all_notices],
        "toolConfigurationNotifications": [
            {"level": "error", "message": {"text": problem}, "descriptor": {"id": "configuration"}}
            for problem in result.problems
        ],
    }


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _notification(file: FileResult | None, notice: Notice) -> Json:
    notification: Json = {
        "level": "error" if notice.kind in FAILED_KINDS else "warning",
        "message": {"text": notice.message},
        "descriptor": {"id": f"{notice.engine}/{notice.kind}"},
    }
    if file is not None:
        notification["locations"] = [{"physicalLocation": _physical(file, notice.range)}]
    return notification


def _result(file: FileResult, finding: Finding, indexes: dict[str, int]) -> Json:
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _physical(file, finding.range)}],
        "partialFingerprints": {"leery/v1": finding.fingerprint},
        "properties": {
            "cwe": list(finding.cwe),
            "engines": list(finding.engines),
            "severity": finding.severity,
            "confidence": finding.confidence,
        },
    }
    if finding.path:
        result["codeFlows"] = [{"threadFlows": [{"locations": _flow(file, finding)}]}]
    if finding.fixes:
        result["fixes"] = [_fix(file, fix) for fix in finding.fixes]
    return result


def _flow(file: FileResult, finding: Finding) -> list[Json]:
    return [
        {"location": {"physicalLocation": _physical(file, step.range), "message": {"text": step.message}}}
        for step in finding.path
    ]


def _fix(file: FileResult, fix: Fix) -> Json:
    replacements = [
        {
            "deletedRegion": _region(file.text, TextRange(edit.start, edit.end)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.applicability})"},
        "artifactChanges": [{"artifactLocation": _artifact(file), "replacements": replacements}],
    }


def _physical(file: FileResult, where: TextRange | None) -> Json:
    physical: Json = {"artifactLocation": _artifact(file)}
    if where is not None:
        physical["region"] = _region(file.text, where)
    return physical


def _artifact(file: FileResult) -> Json:
    if Path(file.source.name).is_absolute():
        return {"uri": file.source.path.as_uri()}
    return {"uri": uri_reference(file.source.name), "uriBaseId": BASE}


def _region(text: Text, where: TextRange) -> Json:
    place = place_of(text, where, "utf-16")
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
