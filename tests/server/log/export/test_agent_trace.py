"""Agent Trace: valid by the fields that its README gives."""

from __future__ import annotations

import json

import jsonschema
import pytest
from tests.server.log.export.forms import COMMIT, NOW, TEXT, attributed, exactly, of_commit

from leery.log.body import LoggedOrigin
from leery.log.export import agent_trace
from leery.log.reader import LogReader

# The fields of a trace record and their types, as the README of Agent Trace 0.1.0 gives them; stricter, in that nothing
# else may stand in it.
LINE = {"type": "integer", "minimum": 1}


CONTRIBUTOR = exactly(
    ["type"], type={"enum": ["human", "ai", "mixed", "unknown"]}, model_id={"type": "string", "maxLength": 250}
)
TRACE = exactly(
    ["version", "id", "timestamp", "files"],
    version={"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
    id={"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    timestamp={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"},
    vcs=exactly(["type", "revision"], type={"enum": ["git", "jj", "hg", "svn"]}, revision=TEXT),
    tool=exactly(name=TEXT, version=TEXT),
    files={
        "type": "array",
        "items": exactly(
            ["path", "conversations"],
            path=TEXT,
            conversations={
                "type": "array",
                "items": exactly(
                    ["ranges"],
                    contributor=CONTRIBUTOR,
                    ranges={
                        "type": "array",
                        "items": exactly(["start_line", "end_line"], start_line=LINE, end_line=LINE),
                    },
                ),
            },
        ),
    },
    metadata={"type": "object", "propertyNames": {"pattern": r"^[a-z]+(\.[a-z]+)+$"}},
)


def test_agent_trace_has_a_record_for_each_insertion(log, hostile):
    for path in (log, hostile):
        lines = list(agent_trace.export(LogReader(path)))
        for line in lines:
            assert line.isascii()
            jsonschema.validate(json.loads(line), TRACE)
    first, second, *_ = (json.loads(line) for line in agent_trace.export(LogReader(log)))
    assert first["version"] == "0.1.0"
    (file,) = first["files"]
    assert file["path"] == "a.py"
    assert file["conversations"] == [
        {"contributor": {"type": "ai", "model_id": "m-1"}, "ranges": [{"start_line": 1, "end_line": 1}]}
    ]
    assert "vcs" not in first, "lines are those after the edit, which are of no revision"
    about = first["metadata"]["io.github.leery"]
    assert (about["assistant"], about["block"], about["entry"]) == ("claude-code", "b1", 1)
    assert about["checkedOut"] == "a" * 40
    assert second["files"][0]["conversations"][0]["ranges"] == [{"start_line": 3, "end_line": 4}]
    assert "eval" not in json.dumps(first)


@pytest.mark.parametrize(("kind", "contributor"), [("paste", "unknown"), ("disk", "unknown"), ("typed", "human")])
def test_agent_trace_credits_nobody_with_what_is_not_known(kind, contributor):
    origin = LoggedOrigin(kind=kind, evidence="observed", model="m")
    found = json.loads(agent_trace.of_commit(of_commit(attributed(origin=origin)), NOW))
    jsonschema.validate(found, TRACE)
    assert found["files"][0]["conversations"][0]["contributor"] == {"type": contributor}


def test_agent_trace_of_a_commit_has_its_revision():
    found = json.loads(agent_trace.of_commit(of_commit(attributed(), attributed("b.py", "b2")), NOW))
    jsonschema.validate(found, TRACE)
    assert found["vcs"] == {"type": "git", "revision": COMMIT}
    assert [file["path"] for file in found["files"]] == ["src/a.py", "b.py"]
    assert found["files"][0]["conversations"][0]["ranges"][1] == {"start_line": 9, "end_line": 9}
