"""SARIF of the log: valid by the official schema, with what is open and nothing else."""

from __future__ import annotations

import json

import jsonschema
from tests.server.log.export.forms import HOSTILE
from tests.server.log.samples import BODIES, EVIL, append

from leery.log.body import FindingClosed, FindingOpened, Lapse, Suppression
from leery.log.export import sarif
from leery.log.reader import LogReader


def sarif_of(log, **options):
    return json.loads("".join(sarif.export(LogReader(log), {}, **options)))


def test_sarif_is_valid_and_has_where_the_code_came_from(log, sarif_schema):
    found = sarif_of(log)
    jsonschema.validate(found, sarif_schema)
    (result,) = found["runs"][0]["results"]
    assert (result["ruleId"], result["level"], result["message"]) == ("dangerous-eval", "error", {"text": "no"})
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a.py", "uriBaseId": "SRCROOT"}
    assert place["region"] == {"startLine": 1, "endLine": 1}
    properties = result["properties"]
    assert properties["cwe"] == ["CWE-95"]
    assert properties["origin"]["assistant"] == "claude-code"
    assert properties["review"]["decision"] == "approved"
    records = {record.type: record for record in LogReader(log).records()}
    assert properties["entry"] == records["finding-opened"].id
    (suppression,) = result["suppressions"]
    assert suppression["justification"] == EVIL
    assert suppression["properties"]["by"] == "A <a@b.c>"
    bones = json.dumps(sarif_of(log, private=False))
    assert "A <a@b.c>" not in bones
    assert "<script>" not in bones


def test_sarif_has_what_is_open_and_nothing_else(tmp_path, sarif_schema):
    path = tmp_path / "state" / "log.db"

    def opened(name, rule="r1"):
        return FindingOpened(
            fingerprint=name, rule=rule, severity="low", confidence="high", file="a.py", line=2, block="b1"
        )

    def closed(name, how):
        return FindingClosed(fingerprint=name, rule="r1", how=how, file="a.py")

    append(
        path, BODIES[0], opened("fixed"), opened("twice"), opened("hidden"), opened("lapsed"),
        closed("fixed", "fixed"), closed("twice", "edited"), opened("twice", "r2"), closed("hidden", "suppressed"),
        Suppression(fingerprint="hidden", rule="r1", file="a.py", reason="known"),
        Suppression(fingerprint="lapsed", rule="r1", file="a.py", reason="old", expires="2020-01-01"),
        Lapse(subject="nothing", of="suppression", why="expired", file="a.py"),
    )  # fmt: skip
    found = sarif_of(path)
    jsonschema.validate(found, sarif_schema)
    results = found["runs"][0]["results"]
    assert [(item["partialFingerprints"]["leery/v1"], "suppressions" in item) for item in results] == [
        ("hidden", True), ("lapsed", False), ("twice", False),
    ]  # fmt: skip
    rules = found["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["r1", "r2"]
    assert [item["ruleIndex"] for item in results] == [0, 0, 1]


def test_sarif_of_hostile_and_of_no_entries_is_valid(hostile, tmp_path, sarif_schema):
    text = "".join(sarif.export(LogReader(hostile), {}))
    assert text.isascii()
    jsonschema.validate(json.loads(text), sarif_schema)
    assert len(json.loads(text)["runs"][0]["results"]) == len(HOSTILE)
    jsonschema.validate(sarif_of(tmp_path / "none.db"), sarif_schema)
