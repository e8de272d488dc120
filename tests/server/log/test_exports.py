"""Exports to the formats of others: each is valid by that format's own schema, and nothing hostile in the log acts."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import sys
import tracemalloc
from datetime import datetime, timezone

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.server.log.samples import BODIES, EVIL, ORIGIN, append, eventful

from leery.log.body import FindingClosed, FindingOpened, Insertion, Lapse, LoggedOrigin, Suppression
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import Entry, new_id, parse_leaf, seal
from leery.log.export import agent_trace, csv_, git_ai, intoto, jsonl, parquet, sarif
from leery.log.export.attribution import Attributed, CommitAttribution
from leery.log.export.findings import OpenFindings
from leery.log.merkle import Frontier, leaf_hash
from leery.log.reader import LogReader

COMMIT = "c" * 40
NOW = "2026-11-22T12:00:00.000000Z"
HOSTILE = (EVIL, "\ud800\udc80", "=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r\n=1", "\uff1d1", '"', "a,b", "\x00")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def log(tmp_path):
    return eventful(tmp_path / "state" / "log.db")


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile" / "log.db"
    bodies = []
    for text in HOSTILE:
        origin = LoggedOrigin(kind="agent", evidence="reported", assistant=text, model=text, session=text)
        bodies += [
            Insertion(file=text, block=text, origin=origin, lines=((1, 1),), code=text, prompt=text),
            FindingOpened(
                fingerprint=text, rule=text, cwe=(text,), engines=(text,), severity=text, confidence=text, file=text,
                line=-1, block=text, message=text, versions={text: text},
            ),
            Suppression(fingerprint=text, rule=text, file=text, reason=text, by=text),
        ]  # fmt: skip
    append(path, *bodies)
    return path


def attributed(file="src/a.py", block="b1", origin=ORIGIN, lines=((1, 4), (9, 9))):
    return Attributed(file, block, origin, lines)


def of_commit(*blocks):
    return CommitAttribution(COMMIT, tuple(sorted({item.file for item in blocks})), blocks)


def test_json_lines_are_json_and_inert(hostile):
    lines = list(jsonl.export(LogReader(hostile).records()))
    assert len(lines) == 3 * len(HOSTILE) + 1
    for line in lines:
        assert line.isascii()
        assert line.endswith("\n")
        assert not STEERING.search(line)
        assert json.loads(line)["type"]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_column_for_every_field(log):
    found = rows("".join(csv_.export(LogReader(log).records())))
    assert len(found) == 12
    assert [row["type"] for row in found[:4]] == ["key", "insertion", "finding-opened", "insertion"]
    first = found[1]
    assert (first["index"], first["file"], first["origin.assistant"], first["code"]) == (
        "1", "a.py", "claude-code", "eval(x)\n",
    )  # fmt: skip
    assert (first["lines"], first["cwe"], found[2]["cwe"]) == ("[[1,1]]", "", '["CWE-95"]')
    assert found[3]["file"] == 'ü "q",\n.py'
    assert {row["other"] for row in found} == {""}
    bones = rows("".join(csv_.export(LogReader(log).records(), private=False)))
    assert "code" not in bones[0]
    assert "eval(x)" not in str(bones)


def test_no_cell_of_csv_is_a_formula_or_steers_a_terminal(hostile):
    text = "".join(csv_.export(LogReader(hostile).records()))
    assert not STEERING.search(text.replace("\r\n", "\n"))
    for row in rows(text):
        assert row.pop("line") in {"", "-1"}, "a number is no formula"
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")), (name, cell)
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")), (name, cell)
    assert "'=1+1" in text


def test_an_entry_of_a_later_version_keeps_all_that_it_says():
    class Later:
        raw = b""

        def to_json(self, *, private):
            return {"index": 1, "id": "x", "time": NOW, "type": "later", "v": 9, "news": {"a": private}}

    (row,) = rows("".join(csv_.export([Later()])))
    assert json.loads(row["other"]) == {"news": {"a": True}}


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


# The fields of a trace record and their types, as the README of Agent Trace 0.1.0 gives them; stricter, in that nothing
# else may stand in it.
TEXT = {"type": "string"}
LINE = {"type": "integer", "minimum": 1}


def exactly(required=(), **properties):
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


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


def duck(sql):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def table(folder):
    return f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"


def write_parquet(log, folder, repository="example.org/team/app", **options):
    records = LogReader(log).records()
    origin = next(record.leaf["name"] for record in records if record.type == "key")
    return parquet.export(LogReader(log), folder, repository=repository, origin=origin, **options)


def test_parquet_of_several_logs_is_one_table(log, hostile, tmp_path):
    folder = tmp_path / "all"
    write_parquet(log, folder)
    write_parquet(hostile, folder, repository="other: 100%=bad/../x")
    today = datetime.now(timezone.utc).date().isoformat()
    assert {path.parent.parent.name for path in folder.rglob("*.parquet")} == {f"date={today}"}
    found = duck(f"SELECT repository, count(*), count(DISTINCT log) FROM {table(folder)} GROUP BY 1 ORDER BY 1")
    assert found == [("example.org/team/app", 12, 1), ("other: 100%=bad/../x", 3 * len(HOSTILE) + 1, 1)]
    assert duck(
        f"SELECT rule, cwe[1], origin_assistant, file, line, code FROM {table(folder)} WHERE index IN (1, 2)"
        " AND repository LIKE 'example%' ORDER BY index"
    ) == [(None, None, "claude-code", "a.py", None, "eval(x)\n"), ("dangerous-eval", "CWE-95", None, "a.py", 1, None)]
    assert duck(f"SELECT firstLine, lastLine FROM {table(folder)} WHERE block = 'b2'") == [(3, 4)]


def test_parquet_rows_can_be_held_against_a_checkpoint(log, tmp_path):
    write_parquet(log, tmp_path / "all")
    frontier = Frontier()
    for index, leaf in duck(f"SELECT index, leaf FROM {table(tmp_path / 'all')} ORDER BY index"):
        assert index == frontier.size
        frontier.append(leaf_hash(leaf))
        assert parse_leaf(leaf)["id"]
    database = LogDatabase(log, new_id())
    assert parse(database.hand_out()).checkpoint.root == frontier.root()
    database.close()


def test_parquet_again_replaces_and_a_clock_that_jumps_does_no_harm(tmp_path):
    path = tmp_path / "state" / "log.db"
    days = ["2026-11-20", "2026-11-22", "2026-11-20", "2026-11-21"]
    append_at(path, [f"{day}T10:00:00.000000Z" for day in days])
    for _ in range(2):
        written = write_parquet(path, tmp_path / "all")
    assert written.entries == 5
    dated = duck(
        f"SELECT date, list(index ORDER BY index) FROM {table(tmp_path / 'all')} WHERE type = 'insertion' GROUP BY 1"
    )
    assert sorted((str(date), indices) for date, indices in dated) == [
        ("2026-11-20", [1, 3]), ("2026-11-21", [4]), ("2026-11-22", [2]),
    ]  # fmt: skip
    assert not list((tmp_path / "all").rglob(".*"))


def append_at(path, times):
    database = LogDatabase(path, new_id())
    database.append([seal(Entry(new_id(), "r", time, BODIES[0])) for time in times])
    database.close()


def test_parquet_without_texts_and_without_pyarrow(log, tmp_path, monkeypatch):
    write_parquet(log, tmp_path / "bones", private=False)
    kept = "code IS NOT NULL OR reason IS NOT NULL OR prompt IS NOT NULL"
    assert duck(f"SELECT count(*) FROM {table(tmp_path / 'bones')} WHERE {kept}") == [(0,)]
    assert b"eval(x)" not in b"".join(path.read_bytes() for path in (tmp_path / "bones").rglob("*.parquet"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(parquet.ParquetMissingError, match=r"leery\[parquet\]"):
        write_parquet(log, tmp_path / "none")


@pytest.mark.parametrize("make", [
    lambda reader, _: jsonl.export(reader.records()),
    lambda reader, _: csv_.export(reader.records()),
    lambda reader, _: agent_trace.export(reader),
    lambda reader, folder: [write_parquet_of(reader, folder)],
], ids=["jsonl", "csv", "agent-trace", "parquet"])  # fmt: skip
def test_exports_stream(tmp_path, make):
    path = tmp_path / "state" / "log.db"
    append(path, *(
        Insertion(file="a", block=f"b{number}", origin=ORIGIN, code="x" * 300_000) for number in range(200)
    ))  # fmt: skip
    tracemalloc.start()
    try:
        for _ in make(LogReader(path), tmp_path / "out"):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000, "of 60 million characters"


def write_parquet_of(reader, folder):
    return parquet.export(reader, folder, repository="r", origin="o")
