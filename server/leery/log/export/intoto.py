"""in-toto Statements v1 about a commit, each in a DSSE envelope, signed with the log's key; one envelope a line.

The first statement says where the commit's lines came from (a predicate of our own: no vetted one covers that), the
second, a Test Result v0.1, what the scanners say of the files that it touched. Formats: in-toto Attestation Framework
v1, DSSE v1.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import leery
from leery.log.body import Review
from leery.log.checkpoint import key_id
from leery.output import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from leery.log.checkpoint import Note
    from leery.log.export.attribution import CommitAttribution
    from leery.log.export.findings import OpenFinding
    from leery.log.reader import Decision

NAME = "in-toto"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://github.com/leery/leery/attestation/code-origin/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
PAYLOAD = "application/vnd.in-toto+json"
_OWN = frozenset({"checks", "dataflow"})


def statements(
    attribution: CommitAttribution,
    findings: Iterable[OpenFinding],
    reviews: Mapping[str, Decision],
    head: Note,
    time: str,
) -> list[dict[str, Any]]:
    """The statements about a commit.

    Args:
        attribution: its lines.
        findings: what is open or suppressed in any file.
        reviews: the last decision that holds about a block, by the block's id.
        head: the signed head of the log that all this was read from.
        time: when it is made, RFC 3339.
    """
    files = set(attribution.files)
    here: list[OpenFinding] = []
    lost: list[OpenFinding] = []
    for finding in findings:
        name = finding.body.file
        if attribution.moved.get(name, name) in files:
            here.append(finding)
        elif finding.suppression is None and attribution.is_lost(name):
            lost.append(finding)
    subject = [{"digest": {"gitCommit": attribution.commit}}]
    point = head.checkpoint
    origin = {
        "made": time,
        "tool": {"name": "leery", "version": leery.__version__},
        "log": {"origin": point.origin, "size": point.size, "sha256": point.root.hex(), "checkpoint": _noted(head)},
        "blocks": _blocks(attribution, reviews),
        "findings": [*map(_finding, here), *({**_finding(finding), "state": "lost"} for finding in lost)],
    }
    return [
        {"_type": STATEMENT, "subject": subject, "predicateType": PREDICATE, "predicate": origin},
        {"_type": STATEMENT, "subject": subject, "predicateType": TEST_RESULT, "predicate": _test_result(here, lost)},
    ]


def envelope(statement: Mapping[str, Any], name: str, sign: Callable[[bytes], tuple[bytes, bytes]]) -> str:
    """A statement in its envelope, with its line feed.

    Args:
        statement: the statement.
        name: the name that the log signs with.
        sign: gives the raw public key and its signature over a message.
    """
    payload = json_text(statement).rstrip("\n").encode("ascii")
    public, signature = sign(pre_authentication(PAYLOAD, payload))
    return json_text({
        "payload": base64.b64encode(payload).decode("ascii"),
        "payloadType": PAYLOAD,
        "signatures": [
            {"keyid": f"{name}+{key_id(name, public).hex()}", "sig": base64.b64encode(signature).decode("ascii")}
        ],
    })  # fmt: skip


def pre_authentication(kind: str, payload: bytes) -> bytes:
    """What a DSSE signature is over. It can never be the text of a checkpoint, whose first line is the log's name."""
    return b"DSSEv1 %d %s %d %s" % (len(kind.encode()), kind.encode(), len(payload), payload)


def _noted(head: Note) -> str:
    lines = (
        f"\u2014 {item.name} {base64.b64encode(item.key_id + item.data).decode('ascii')}\n" for item in head.signatures
    )
    return f"{head.text}\n{''.join(lines)}"


def _blocks(attribution: CommitAttribution, reviews: Mapping[str, Decision]) -> list[dict[str, Any]]:
    return [
        {
            "file": item.file,
            "lines": [list(run) for run in item.lines],
            "block": item.block,
            "origin": {name: getattr(item.origin, name) for name in item.origin.__dataclass_fields__},
            "review": _review(reviews.get(item.block)),
        }
        for item in attribution.blocks
    ]


def _review(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None or not isinstance(decision.body, Review):
        return None
    return {"decision": decision.body.decision, "time": decision.record.time, "entry": decision.record.id}


def _finding(finding: OpenFinding) -> dict[str, Any]:
    body = finding.body
    return {
        "rule": body.rule,
        "cwe": list(body.cwe),
        "severity": body.severity,
        "confidence": body.confidence,
        "file": body.file,
        "line": body.line,
        "block": body.block,
        "fingerprint": body.fingerprint,
        "state": "open" if finding.suppression is None else "suppressed",
        "entry": finding.record.id,
    }


def _test_result(findings: list[OpenFinding], lost: list[OpenFinding]) -> dict[str, Any]:
    """FAILED with an open finding of medium or high severity, WARNED with any other; suppressed ones are warnings.

    What is open in a file that is lost may be in the commit, so it is a warning, too.
    """
    failed = {item.body.rule for item in findings if item.suppression is None and item.body.severity != "low"}
    warned = {item.body.rule for item in (*findings, *lost)} - failed
    engines = {name: version for item in (*findings, *lost) for name, version in item.body.versions.items()}
    return {
        "result": "FAILED" if failed else "WARNED" if warned else "PASSED",
        "configuration": [_engine(name, version) for name, version in sorted({"leery": "", **engines}.items())],
        "warnedTests": sorted(warned),
        "failedTests": sorted(failed),
    }


def _engine(name: str, version: str) -> dict[str, str]:
    if name in _OWN or name == "leery" or not version:
        return {"name": name, "uri": f"pkg:pypi/leery@{leery.__version__}"}
    return {"name": name, "uri": f"pkg:pypi/{name}@{version}"}
