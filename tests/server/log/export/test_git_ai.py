"""Notes of Git AI: written by the standard, and read back."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from tests.server.log.export.forms import TEXT, attributed, exactly, of_commit

from leery.log.body import LoggedOrigin
from leery.log.export import git_ai

# As the Git AI Standard v3.0.0 has it: attestations, a divider, and metadata.
AGENT = exactly(["tool", "id", "model"], tool=TEXT, id=TEXT, model=TEXT)
ATTRIBUTES = {"type": "object", "additionalProperties": TEXT}
METADATA = exactly(
    ["schema_version", "base_commit_sha", "prompts"],
    schema_version={"const": "authorship/3.0.0"},
    base_commit_sha={"type": "string", "pattern": "^[0-9a-f]{40}$"},
    prompts={"type": "object"},
    sessions={
        "type": "object",
        "propertyNames": {"pattern": "^s_[0-9a-f]{14}$"},
        "additionalProperties": exactly(["agent_id"], agent_id=AGENT, human_author=TEXT, custom_attributes=ATTRIBUTES),
    },
)
ENTRY = re.compile(r"  s_[0-9a-f]{14}::t_[0-9a-f]{14} [1-9][0-9]*(-[1-9][0-9]*)?(,[1-9][0-9]*(-[1-9][0-9]*)?)*")


def test_a_git_ai_note_follows_the_standard_and_is_read_back():
    paste = LoggedOrigin(kind="paste", evidence="observed")
    other = LoggedOrigin(kind="completion", evidence="observed", assistant="copilot")
    note = git_ai.write(
        of_commit(
            attributed(), attributed("src/my file.py", "b2", other, ((3, 3),)), attributed("p.py", "b3", paste),
            attributed('quo"te.py', "b4"), attributed("li\nne.py", "b5"), attributed("---", "b6"),
        )
    )  # fmt: skip
    section, _, metadata = note.partition("\n---\n")
    lines = section.split("\n")
    assert lines[::2] == ["src/a.py", '"src/my file.py"']
    assert all(ENTRY.fullmatch(line) for line in lines[1::2]), lines
    assert lines[1].endswith(" 1-4,9")
    jsonschema.validate(json.loads(metadata), METADATA)
    # "s_" + SHA256("<tool>:<conversation_id>")[0..14], for claude-code:s1
    assert json.loads(metadata)["sessions"]["s_054a070bf4bb1f"]["agent_id"] == {
        "tool": "claude-code", "id": "s1", "model": "m-1",
    }  # fmt: skip
    found = git_ai.read(note)
    assert found.ours
    assert [(item.file, item.lines, item.tool, item.model) for item in found.attestations] == [
        ("src/a.py", ((1, 4), (9, 9)), "claude-code", "m-1"),
        ("src/my file.py", ((3, 3),), "copilot", "unknown"),
    ]


def test_a_commit_without_an_assistant_gets_no_note():
    assert git_ai.write(of_commit()) is None
    assert git_ai.write(of_commit(attributed(origin=LoggedOrigin(kind="unknown", evidence="inferred")))) is None


FOREIGN = """src/main.rs
  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15-20
  h_31dce776f88375 42
"src/the lib.rs"
  abcd1234abcd1234 1-50
---
{"schema_version": "authorship/3.0.0", "git_ai_version": "1.4.5", "base_commit_sha": "x",
 "prompts": {"abcd1234abcd1234": {"agent_id": {"tool": "cursor", "id": "old", "model": "gpt-4"},
                                  "human_author": "D <d@e.f>"}},
 "humans": {"h_31dce776f88375": {"author": "D <d@e.f>"}},
 "sessions": {"s_c9883b05a2487d": {"agent_id": {"tool": "claude", "id": "conv", "model": "opus"}}}}
"""


def test_a_note_of_git_ai_is_understood():
    note = git_ai.read(FOREIGN)
    assert not note.ours
    assert [(item.file, item.lines, item.by, item.tool, item.model, item.person) for item in note.attestations] == [
        ("src/main.rs", ((1, 10), (15, 20)), "ai", "claude", "opus", None),
        ("src/main.rs", ((42, 42),), "human", None, None, "D <d@e.f>"),
        ("src/the lib.rs", ((1, 50),), "ai", "cursor", "gpt-4", "D <d@e.f>"),
    ]


@pytest.mark.parametrize("note", [
    "", "hello", "---\n", "---\n[]", '---\n{"schema_version": "authorship/4.0.0"}', "a\n  x 1\n---\n{}",
    FOREIGN.replace("42", "0"), FOREIGN.replace("42", "4-x"), FOREIGN.replace("h_31", "h 31"),
    "\n---\n" + "[" * 100_000,
    FOREIGN.replace("src/main.rs\n", ""), FOREIGN.replace('"humans": {', '"humans": 1, "x": {'),
])  # fmt: skip
def test_what_is_no_note_is_refused(note):
    with pytest.raises(git_ai.NoteError):
        git_ai.read(note)
