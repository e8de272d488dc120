"""Commands that analyse with every engine switched off say so; they do not say that nothing was found."""

import json

import pytest
from click.testing import CliRunner

from leery.cli import group
from leery.paths import user_config_path

EVERY = ("checks", "dataflow", "bandit", "semgrep")
TOLD = "The settings switch every engine off: nothing is looked for."
COMMANDS = [("scan", "a.py"), ("review", "--list")]


@pytest.fixture
def work(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    user_config_path().parent.mkdir(parents=True)
    (tmp_path / "a.py").write_text("eval(input())\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(group, arguments)


def set_off(*engines):
    user_config_path().write_text("".join(f"engines.{engine} = false\n" for engine in engines))


def without(*engines):
    return [word for engine in engines for word in ("--without", engine)]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("command", COMMANDS)
def test_options_that_leave_no_engine_are_wrong_use(command):
    done = run(*command, *without(*EVERY))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Invalid value for --without: no engine is left\n" in done.stderr
    set_off("checks", "bandit")
    done = run(*command, *without("dataflow", "semgrep"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no engine is left (bandit, checks: by the settings)" in done.stderr


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("command", COMMANDS)
def test_settings_that_leave_no_engine_are_told(command):
    set_off(*EVERY)
    done = run(*command)
    assert done.exit_code == 3
    assert TOLD in " ".join(done.output.split())


@pytest.mark.usefixtures("work")
def test_a_scan_with_no_engine_is_no_success_in_sarif():
    set_off(*EVERY)
    done = run("scan", "a.py", "--format", "sarif")
    (invocation,) = json.loads(done.stdout)["runs"][0]["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert [item["message"]["text"] for item in invocation["toolExecutionNotifications"]] == [TOLD]


@pytest.mark.usefixtures("work")
def test_one_engine_is_enough():
    set_off("bandit", "dataflow")
    done = run("scan", "a.py", "--format", "json", *without("semgrep"))
    found = [(item["rule"], item["range"]["start"]) for item in json.loads(done.stdout)["findings"]]
    assert (done.exit_code, found) == (1, [("code-eval", {"line": 1, "column": 6})])
