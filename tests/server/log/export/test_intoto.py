"""in-toto statements: valid, signed with the log's key, and of the files that a commit touched."""

from __future__ import annotations

import base64
import json

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.server.log.export.forms import COMMIT, NOW, TEXT, attributed, exactly, of_commit
from tests.server.log.samples import append

from leery.log.body import FindingOpened
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import new_id
from leery.log.export import intoto
from leery.log.export.findings import OpenFindings
from leery.log.reader import LogReader

STATEMENT = exactly(
    ["_type", "subject", "predicateType", "predicate"],
    _type={"const": "https://in-toto.io/Statement/v1"},
    subject={
        "type": "array",
        "minItems": 1,
        "items": exactly(["digest"], digest=exactly(["gitCommit"], gitCommit={"pattern": "^[0-9a-f]{40}$"})),
    },
    predicateType={"type": "string", "pattern": "^https://"},
    predicate={"type": "object"},
)
TEST_RESULT = exactly(
    ["result", "configuration"],
    result={"enum": ["PASSED", "WARNED", "FAILED"]},
    configuration={"type": "array", "items": exactly(["uri"], name=TEXT, uri=TEXT)},
    passedTests={"type": "array", "items": TEXT},
    warnedTests={"type": "array", "items": TEXT},
    failedTests={"type": "array", "items": TEXT},
)


def envelopes(log, attribution):
    reader, database = LogReader(log), LogDatabase(log, new_id())
    try:
        head = parse(database.hand_out())
        reviews = {item.body.block: item for item in reader.reviews()}
        made = intoto.statements(attribution, OpenFindings(reader), reviews, head, NOW)
        return [json.loads(intoto.envelope(item, head.checkpoint.origin, database.sign)) for item in made]
    finally:
        database.close()


def test_in_toto_statements_are_signed_with_the_logs_key(log):
    found = envelopes(log, of_commit(attributed("a.py")))
    assert [sorted(item) for item in found] == [["payload", "payloadType", "signatures"]] * 2
    keys = [record.body for record in LogReader(log).records() if record.type == "key"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[1].public))
    statements = []
    for item in found:
        assert item["payloadType"] == "application/vnd.in-toto+json"
        payload = base64.b64decode(item["payload"])
        signed = b"DSSEv1 28 application/vnd.in-toto+json " + str(len(payload)).encode() + b" " + payload
        public.verify(base64.b64decode(item["signatures"][0]["sig"]), signed)
        statements.append(json.loads(payload))
        jsonschema.validate(statements[-1], STATEMENT)
    origin, result = statements
    assert origin["subject"] == [{"digest": {"gitCommit": COMMIT}}]
    assert origin["predicate"]["blocks"][0]["lines"] == [[1, 4], [9, 9]]
    assert origin["predicate"]["blocks"][0]["review"]["decision"] == "approved"
    assert [(item["rule"], item["state"]) for item in origin["predicate"]["findings"]] == [
        ("dangerous-eval", "suppressed")
    ]
    assert parse(origin["predicate"]["log"]["checkpoint"]).checkpoint.size == origin["predicate"]["log"]["size"]
    jsonschema.validate(result["predicate"], TEST_RESULT)
    assert result["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert (result["predicate"]["result"], result["predicate"]["warnedTests"]) == ("WARNED", ["dangerous-eval"])
    assert {"name": "bandit", "uri": "pkg:pypi/bandit@1.9.4"} in result["predicate"]["configuration"]


@pytest.mark.parametrize(("severity", "file", "verdict"), [
    ("high", "a.py", "FAILED"), ("medium", "a.py", "FAILED"), ("low", "a.py", "WARNED"), ("high", "other.py", "PASSED"),
])  # fmt: skip
def test_a_test_result_is_about_the_files_of_the_commit(tmp_path, severity, file, verdict):
    path = tmp_path / "state" / "log.db"
    append(path, FindingOpened(
        fingerprint="f", rule="r", severity=severity, confidence="high", file=file, line=1,
    ))  # fmt: skip
    _, result = envelopes(path, of_commit(attributed("a.py")))
    predicate = json.loads(base64.b64decode(result["payload"]))["predicate"]
    jsonschema.validate(predicate, TEST_RESULT)
    assert predicate["result"] == verdict
