"""What a scan does when the ground moves: an engine is missing or fails, a file changes meanwhile, rules are faulty."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from leery.batch import run, semgrep
from leery.cli import group
from leery.paths import user_config_path

CODE = "def run(x):\n    return eval(x)\n"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = (tmp_path / "workspace").resolve()
    folder.mkdir()
    (folder / "a.py").write_text(CODE)
    monkeypatch.chdir(folder)
    return folder


def scan(*arguments):
    done = CliRunner().invoke(group, ["scan", ".", "--without", "bandit", "--format", "json", *arguments])
    return done.exit_code, json.loads(done.stdout)


def notices(data):
    return [(item["file"], item["engine"], item["kind"]) for item in data["notices"]]


@pytest.mark.usefixtures("workspace")
def test_a_missing_semgrep_is_no_clean_bill(monkeypatch):
    monkeypatch.setattr(semgrep, "find_core", lambda: None)
    code, data = scan()
    assert code == 3
    assert notices(data) == [(None, "semgrep", "missing")]
    assert [item["rule"] for item in data["findings"]] == ["code-eval"]
    assert scan("--without", "semgrep")[0] == 1


@pytest.mark.usefixtures("workspace")
def test_a_semgrep_that_does_not_run_is_told(monkeypatch, tmp_path):
    fake = tmp_path / "semgrep-core"
    fake.write_text("#!/bin/sh\nexit 9\n")
    fake.chmod(0o755)
    monkeypatch.setattr(semgrep, "find_core", lambda: fake)
    code, data = scan()
    assert code == 3
    assert ("a.py", "semgrep", "crash") in notices(data)


@pytest.mark.usefixtures("workspace")
def test_an_unforeseen_failure_of_semgrep_is_told(monkeypatch):
    def broken(_folders):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(semgrep, "load_rules", broken)
    code, data = scan()
    assert code == 3
    assert [item["message"] for item in data["notices"]] == ["semgrep could not be run: RuntimeError."]


@pytest.mark.slow
def test_rules_of_the_users_are_applied_and_faulty_ones_told(workspace, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    rule = "  - {id: %s, languages: [python], severity: ERROR, message: M, pattern: %s, metadata: {cwe: CWE-20}}\n"
    (rules / "mine.yaml").write_text("rules:\n" + rule % ("my-rule", "forbidden(...)"))
    user_config_path().parent.mkdir(parents=True)
    user_config_path().write_text(f"[rules]\nfolders = [{json.dumps(str(rules))}]\n")
    (workspace / "b.py").write_text("\n\nforbidden(1)\n")
    code, data = scan()
    assert code == 1
    assert [
        (item["file"], item["range"]["start"]["line"]) for item in data["findings"] if item["rule"] == "my-rule"
    ] == [("b.py", 3)]
    (rules / "faulty.yaml").write_text("rules:\n" + rule % ("broken-rule", "'def ('"))
    code, data = scan()
    assert code == 2
    assert any("broken-rule" in problem for problem in data["problems"])
    assert any(item["rule"] == "my-rule" for item in data["findings"])


def test_a_file_that_changes_meanwhile_is_told(workspace, monkeypatch):
    original = run.read_file

    def late(path, limit, *, found):
        Path(path).write_text("# another\n" + CODE)
        return original(path, limit, found=found)

    monkeypatch.setattr(run, "read_file", late)
    code, data = scan("--without", "semgrep")
    assert code == 3
    assert data["findings"] == []
    assert [item["message"] for item in data["notices"]] == ["The file changed while it was scanned: scan it again."]
    assert (workspace / "a.py").read_text() == "# another\n" + CODE


def test_the_least_severity_of_the_settings_holds(workspace):
    (workspace / "leery.toml").write_text('minimumSeverity = "high"\n')
    (workspace / "a.py").write_text("import requests\n\nrequests.get('https://example.org/')\neval(input())\n")
    done = CliRunner().invoke(group, ["scan", ".", "--trusted", "--without", "semgrep", "--format", "json"])
    assert {item["severity"] for item in json.loads(done.stdout)["findings"]} == {"high"}
    done = CliRunner().invoke(group, ["scan", ".", "--without", "semgrep", "--format", "json"])
    assert {item["severity"] for item in json.loads(done.stdout)["findings"]} == {"low", "high"}
