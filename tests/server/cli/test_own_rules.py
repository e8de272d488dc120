"""Folders of the user's own rules and models at the command line: what cannot be used is told, the rest counts."""

import json

import pytest
from click.testing import CliRunner

from leery.cli import group
from leery.paths import user_config_path

GOOD = 'language = "python"\n\n[[sinks]]\ncall = ["ours.run"]\nargument = [0]\nrule = "code-eval"\n'
CODE = "import ours\n\nours.run(input())\n"


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A folder that the user's settings name; the current one holds a file to scan."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = (tmp_path / "rules").resolve()
    user_config_path().parent.mkdir(parents=True)
    user_config_path().write_text(f"rules.folders = [{json.dumps(str(folder))}]\n", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    (work / "a.py").write_text(CODE, encoding="utf-8")
    monkeypatch.chdir(work)
    return folder


def scan():
    switches = [word for name in ("checks", "bandit", "semgrep") for word in ("--without", name)]
    done = CliRunner().invoke(group, ["scan", "a.py", "--format", "json", "--jobs", "1", *switches])
    data = json.loads(done.stdout)
    found = [(item["rule"], item["range"]["start"]) for item in data["findings"]]
    return done.exit_code, found, data["problems"]


def test_a_folder_that_is_not_there_is_told(rules):
    told = f"no model is taken from {rules}, which rules.folders names: "
    assert scan() == (2, [], [f"{told}No such file or directory"])
    rules.write_text("no folder")
    assert scan() == (2, [], [f"{told}Not a directory"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sinks = [3]\n", "entry 1 of sinks: it must be a table, not 3"),
        ('[[sanitizers]]\ncall = ["f"]\nreason = 7\n', "entry 1 of sanitizers: reason must be a text, not 7"),
        (
            '[[sinks]]\ncall = ["f"]\nargument = [0]\nrule = "code-eval"\nconfidence = "nope"\n',
            "entry 1 of sinks: confidence must be one of low, medium, high, not 'nope'",
        ),
    ],
)
def test_a_wrong_model_is_told_and_the_good_one_counts(rules, text, told):
    rules.mkdir()
    (rules / "good.toml").write_text(GOOD)
    (rules / "wrong.toml").write_text(f'language = "python"\n{text}')
    problem = f"the model wrong.toml is left out: wrong.toml: {told}"
    assert scan() == (2, [("code-eval", {"line": 3, "column": 10})], [problem])
