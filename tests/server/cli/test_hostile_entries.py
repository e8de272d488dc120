"""Entries whose members are of the wrong types: every command that reads the log says so or takes them for nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing

import pytest
from click.testing import CliRunner
from tests.server.cli.samples import Repository
from tests.server.log.collector import Collector

from leery.cli import group
from leery.log.body import BODIES, PUBLIC_FIELDS, Gap
from leery.log.entry import new_id
from leery.log.writer import LogWriter
from leery.paths import log_path

WRONG = (
    None, True, -1, 2**53 - 1, 0.5, "", "\x1b[31m", [None], ["x"], [7], [[1, 2]], [["a", "b"]], [[[]]], {}, {"x": []},
    {"kind": "agent", "evidence": "reported"},
)  # fmt: skip
"""Of every type that JSON has; each is right somewhere and wrong elsewhere."""
RIGHT = {
    "file": "a.py", "block": "b", "origin": {"kind": "agent", "evidence": "reported"}, "lines": [[1, 2]],
    "ranges": [[0, 9]], "length": 9, "replaces": [], "why": "x", "fingerprint": "f", "rule": "r", "cwe": ["CWE-89"],
    "engines": ["checks"], "severity": "high", "confidence": "high", "line": 1, "endLine": 2, "pathBlocks": [],
    "versions": {}, "how": "edited", "applicability": "safe", "expires": None, "decision": "approved", "subject": "s",
    "of": "review", "what": "client-off", "since": None, "until": None, "count": 1, "action": "created",
    "algorithm": "ed25519", "name": "n", "public": "AAAA", "selector": "id", "entries": [[0, 0]],
}  # fmt: skip
BESIDES = ("v", "run", "commitments", "withheld", "redacted", "clipped")


def hostile():
    """A leaf for each member of each type and each wrong value, all else being right."""
    for kind in (*BODIES, "of-tomorrow", ""):
        names = [name for _, name in PUBLIC_FIELDS.get(kind, ())]
        right = {name: RIGHT.get(name) for name in names}
        for name in (*names, *(BESIDES if kind in {"insertion", "of-tomorrow"} else ())):
            for value in WRONG:
                yield {"v": 2, "run": "r", "time": "2026-11-20T10:00:00.000000Z", "commitments": {}, "withheld": [],
                       "redacted": 0, "clipped": False, **right, name: value, "id": new_id(), "type": kind}  # fmt: skip
    for time in ("", "yesterday", "9999-99-99T99:99:99Z", "0001-01-01T00:00:00.000000Z", "2026-11-20"):
        yield {"id": new_id(), "type": "insertion", "time": time, **RIGHT}


def put(path, leaves):
    with closing(sqlite3.connect(path)) as connection, connection:
        (first,) = connection.execute("SELECT max(idx) + 1 FROM entries").fetchone()
        rows = [(first + place, json.dumps(leaf)) for place, leaf in enumerate(leaves)]
        connection.executemany("INSERT INTO entries (idx, leaf) VALUES (?, ?)", rows)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A repository with one commit, whose log holds all of `hostile`."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder / "home"))
        made = Repository((folder / "work").resolve())
        made.write("a.py", "x = 1\n")
        made.commit()
        with LogWriter(log_path(made.folder)) as writer:
            writer.append(Gap(what="client-off"))
        put(log_path(made.folder), hostile())
        patch.chdir(made.folder)
        yield made


def run(*arguments):
    """What a command says; an exception that it does not handle is raised here."""
    done = CliRunner().invoke(group, [str(part) for part in arguments], catch_exceptions=False)
    assert done.exit_code in {0, 1, 2}
    return done.output


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "show"),
        ("log", "show", "--format", "json"),
        ("log", "show", "--state", "approved", "--format", "json"),
        ("log", "show", "--state", "unreviewed", "--rule", "r"),
        ("log", "show", "--cwe", "89", "--assistant", "x", "--author", "x"),
        ("log", "verify"),
        ("log", "report", "--html", "-"),
        ("log", "report", "--file", "a.py", "--html", "-"),
        ("stats", "--since", "2000-01-01"),
        ("stats", "--since", "2000-01-01", "--format", "json"),
        ("review", "--list"),
        ("blame", "a.py"),
        ("log", "erase", "--block", "b"),
        ("log", "erase", "--before", "2027-01-01"),
        *(
            ("log", "export", "--format", form)
            for form in ("jsonl", "csv", "sarif", "agent-trace", "git-ai", "in-toto")
        ),
    ],
)
def test_no_command_fails_over_them(arguments):
    run(*arguments)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("form", ["parquet", "bundle"])
def test_no_folder_fails_over_them(form, tmp_path):
    run("log", "export", "--format", form, "--output", tmp_path / form)


@pytest.mark.usefixtures("repository")
def test_no_collector_gets_what_it_cannot_read():
    with Collector() as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        sent = run("log", "send", "--endpoint", collector.address)
        collector.shutdown()
    assert "entries sent" in sent
    assert sum(len(scope.log_records) for logs in collector.logs for scope in logs.resource_logs[0].scope_logs) > 1_000


@pytest.mark.usefixtures("repository")
def test_what_is_left_out_is_named():
    for form in ("agent-trace", "sarif"):
        assert "not what their type says, and left out: entries" in run("log", "export", "--format", form)
    told = run("log", "export", "--format", "agent-trace")
    assert "left out: entries 2, 3, 4, 5, 6, 9, 10, " in told, "those whose file is no text"


DEEP = (
    '{"id": "i", "time": "2026-11-20T10:00:00.000000Z", "type": "suppression", "line": ' + 900 * "[" + 900 * "]" + "}"
)


@pytest.mark.parametrize(
    ("leaf", "why"),
    [
        ("[]", "is an object with id, time and type"),
        ('{"id": 7, "time": [], "type": {}}', "is an object with id, time and type"),
        (DEEP, "does not nest that deep"),
    ],
)
def test_what_is_no_entry_at_all_is_named(leaf, why, tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "leery.toml").touch()
    monkeypatch.chdir(tmp_path)
    with LogWriter(log_path(tmp_path)) as writer:
        writer.append(Gap(what="client-off"))
    with closing(sqlite3.connect(log_path(tmp_path))) as connection, connection:
        connection.execute("INSERT INTO entries (idx, leaf) VALUES (2, ?)", (leaf,))
    for arguments in (
        ("show",),
        ("export",),
        ("export", "--format", "csv"),
        ("send", "--endpoint", "http://127.0.0.1:1"),
    ):
        assert f"entry 2 is damaged: an entry of the log {why}" in run("log", *arguments)
    for arguments in (("export", "--format", "parquet"), ("export", "--format", "bundle")):
        run("log", *arguments, "--output", tmp_path / arguments[-1])
    for arguments in (
        ("export", "--format", "sarif"),
        ("export", "--format", "agent-trace"),
        ("report", "--html", "-"),
    ):
        run("log", *arguments)
    run("stats", "--since", "2000-01-01")
    assert "the log does not hold" in run("log", "verify")
