"""SARIF 2.1.0: the findings that are open in the log, each with where its code came from and who judged it.

Places are lines, since the log has no columns. Suppressed findings say why. Of a result's properties ``entry`` and
``block`` lead into the log, ``origin`` is that of the block, ``review`` the last decision about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leery.log.body import Review, Suppression
from leery.log.export.findings import OpenFindings
from leery.output import json_text, uri_reference, well_formed
from leery.sarif import BASE, LEVELS, SCHEMA, driver
from leery_analyzers.model import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery.log.body import FindingOpened
    from leery.log.export.findings import OpenFinding
    from leery.log.reader import Decision, LogReader
    from leery_analyzers.model import Level

NAME = "sarif"
_END = "]}]}\n"


def export(reader: LogReader, rules: Mapping[str, Rule], *, private: bool = True) -> Iterator[str]:
    """One SARIF log, piece by piece.

    Args:
        reader: the log.
        rules: the catalogue, by id; a rule that it lacks is described by what the log knows of it.
        private: whether to give messages, reasons and names.
    """
    findings = OpenFindings(reader)
    described = [rules.get(name) or _rule(body) for name, body in sorted(findings.rules.items())]
    places = {rule.id: place for place, rule in enumerate(described)}
    run = {
        "tool": {"driver": driver(described)},
        "automationDetails": {"id": "leery/log/"},
        "originalUriBaseIds": {BASE: {"description": {"text": "The workspace of the log."}}},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    head = json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    yield head.removesuffix(_END)
    separator = ""
    for finding in findings:
        yield separator + json_text(_result(finding, places, described, private=private)).rstrip("\n")
        separator = ",\n"
    yield _END


def _rule(body: FindingOpened) -> Rule:
    engine = body.engines[0] if body.engines else "leery"
    return Rule(body.rule, body.rule, body.rule, _level(body.severity), _level(body.confidence), body.cwe, engine, ())


def _level(text: str) -> Level:
    return next((level for level in LEVELS if level == text), "medium")


def _result(finding: OpenFinding, places: Mapping[str, int], rules: list[Rule], *, private: bool) -> dict[str, Any]:
    body, place = finding.body, places[finding.body.rule]
    result: dict[str, Any] = {
        "ruleId": body.rule,
        "ruleIndex": place,
        "level": LEVELS[_level(body.severity)],
        "message": {"text": (private and body.message) or rules[place].summary},
        "locations": [{"physicalLocation": _physical(body)}],
        "partialFingerprints": {"leery/v1": body.fingerprint},
        "provenance": {"firstDetectionTimeUtc": finding.record.time},
        "properties": _properties(finding),
    }
    if finding.suppression is not None:
        result["suppressions"] = [_suppression(finding.suppression, private=private)]
    return result


def _physical(body: FindingOpened) -> dict[str, Any]:
    first = max(body.line, 1)
    return {
        "artifactLocation": {"uri": _uri(body.file), "uriBaseId": BASE},
        "region": {"startLine": first, "endLine": max(body.end_line or first, first)},
    }


def _uri(name: str) -> str:
    try:
        return uri_reference(name)
    except UnicodeEncodeError:  # half of a surrogate pair, which no file name holds
        return uri_reference(well_formed(name))


def _properties(finding: OpenFinding) -> dict[str, Any]:
    body = finding.body
    found: dict[str, Any] = {
        "cwe": list(body.cwe),
        "engines": list(body.engines),
        "severity": body.severity,
        "confidence": body.confidence,
        "versions": body.versions,
        "entry": finding.record.id,
        "block": body.block,
    }
    if finding.origin is not None:
        origin = finding.origin.origin
        found["origin"] = {name: getattr(origin, name) for name in origin.__dataclass_fields__}
        found["insertion"] = finding.origin.entry
    if finding.review is not None and isinstance(finding.review.body, Review):
        record = finding.review.record
        found["review"] = {"decision": finding.review.body.decision, "time": record.time, "entry": record.id}
    return found


def _suppression(decision: Decision, *, private: bool) -> dict[str, Any]:
    body = decision.body
    assert isinstance(body, Suppression)
    said: dict[str, Any] = {
        "kind": "external",
        "status": "accepted",
        "properties": {"entry": decision.record.id, "time": decision.record.time, "expires": body.expires},
    }
    if private and body.reason is not None:
        said["justification"] = body.reason
    if private and body.by is not None:
        said["properties"]["by"] = body.by
    return said
