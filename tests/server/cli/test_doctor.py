import json
import sys

import pytest
from click.testing import CliRunner

from leery import git
from leery.cli import doctor, group
from leery.log.body import Gap
from leery.log.writer import LogWriter
from leery.paths import log_key_path, log_path, private_folder, state_path, user_config_path
from leery.provenance.attribution import Attribution
from leery.provenance.store import Store
from leery.provenance.workspace import Snapshot
from leery_analyzers.model import Report
from leery_analyzers.text import Text


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = (tmp_path / "workspace").resolve()
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def quick(monkeypatch):
    """Leaves the engines out, which other tests try."""
    fine = doctor.Diagnosis("engine", "ok", "not tried here")
    for name in ("_checks", "_bandit", "_semgrep"):
        monkeypatch.setattr(doctor, name, lambda _config: fine)


def examine(*arguments):
    done = CliRunner().invoke(group, ["doctor", "--format", "json", *arguments])
    data = json.loads(done.stdout)
    return done.exit_code, {check["name"]: check for check in data["checks"]}, data["settings"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries that bandit loads
def test_a_sound_installation(workspace):
    code, checks, settings = examine()
    assert code == 0
    assert {check["state"] for check in checks.values()} == {"ok"}
    assert "finds what it must" in checks["checks"]["detail"]
    assert checks["bandit"]["detail"].startswith("1.")
    assert "semgrep-core" in checks["semgrep"]["detail"]
    assert "typescriptreact" in checks["grammars"]["detail"]
    assert checks["state folder"]["detail"].startswith(str(state_path(workspace)))
    assert {item["source"] for item in settings} == {"default"}


@pytest.mark.usefixtures("workspace")
def test_a_missing_semgrep_fails_unless_it_is_switched_off(monkeypatch):
    import leery_analyzers.semgrep  # noqa: PLC0415 - the module whose function is replaced

    monkeypatch.setattr(leery_analyzers.semgrep, "find_core", lambda: None)
    monkeypatch.setattr(doctor, "_bandit", lambda _config: doctor.Diagnosis("bandit", "ok", "not tried here"))
    code, checks, _ = examine()
    assert code == 3
    assert (checks["semgrep"]["state"], checks["semgrep"]["detail"]) == ("failed", "not installed")
    assert "pip install 'leery[semgrep]'" in checks["semgrep"]["mend"]
    user_config_path().parent.mkdir(parents=True)
    user_config_path().write_text("[engines]\nsemgrep = false\n")
    code, checks, settings = examine()
    assert code == 0
    assert checks["semgrep"]["state"] == "off"
    (setting,) = [item for item in settings if item["name"] == "engines.semgrep"]
    assert setting == {"name": "engines.semgrep", "value": False, "source": str(user_config_path())}


@pytest.mark.usefixtures("workspace", "quick")
def test_an_engine_that_cannot_be_loaded_is_told(monkeypatch):
    def broken(_config):
        raise ImportError("no such library")

    monkeypatch.setattr(doctor, "_bandit", broken)
    code, checks, _ = examine()
    assert code == 3
    assert checks["bandit"]["state"] == "failed"
    assert checks["bandit"]["detail"] == "ImportError: no such library"
    assert checks["bandit"]["mend"].startswith(sys.executable)


def test_an_engine_that_finds_nothing_is_told():
    class Blind:
        def analyze(self, _unit):
            return Report()

    verdict = doctor._canary("checks", Blind(), "16 rules", "mend it")
    assert (verdict.state, verdict.detail) == ("failed", "it does not find what it must")


@pytest.mark.usefixtures("workspace", "quick")
def test_without_git_it_is_a_warning(monkeypatch):
    monkeypatch.setattr(git, "executable", lambda: None)
    code, checks, _ = examine()
    assert code == 0
    assert checks["git"]["state"] == "warning"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
@pytest.mark.usefixtures("quick")
def test_folders_that_are_not_private_are_told(workspace, tmp_path):
    folder = private_folder(state_path(workspace))
    folder.chmod(0o755)
    code, checks, _ = examine()
    assert code == 0
    assert checks["state folder"]["state"] == "warning"
    assert checks["state folder"]["mend"] == f"chmod 700 {folder}"
    folder.rmdir()
    folder.symlink_to(tmp_path)
    code, checks, _ = examine()
    assert code == 3
    assert "is a symbolic link" in checks["state folder"]["detail"]


@pytest.mark.usefixtures("quick")
def test_a_log_that_cannot_be_read_is_told(workspace):
    private_folder(state_path(workspace))
    log_path(workspace).write_bytes(b"this is no database" * 100)
    code, checks, _ = examine()
    assert code == 3
    assert checks["log"]["state"] == "failed"
    assert str(log_path(workspace)) in checks["log"]["mend"]


@pytest.mark.usefixtures("quick")
def test_a_log_that_is_gone_is_told(workspace):
    with LogWriter(log_path(workspace)) as log:
        log.append(Gap(what="test")).result(60)
    assert examine()[1]["log"]["detail"] == f"2 entries in {log_path(workspace)}"
    for path in state_path(workspace).glob("log.db*"):
        if path != log_key_path(log_path(workspace)):
            path.unlink()
    told = "there is no log, but its key is there: the log is gone"
    code, checks, _ = examine()
    assert (code, checks["log"]["state"], checks["log"]["detail"]) == (3, "failed", told)
    done = CliRunner().invoke(group, ["log", "verify"])
    assert (done.exit_code, told in done.stdout + done.stderr) == (1, True)


@pytest.mark.usefixtures("quick")
def test_the_trackers_database_is_looked_at_and_left_alone(workspace):
    path = private_folder(state_path(workspace)) / "tracker.db"
    assert examine()[1]["tracker"]["detail"] == "nothing recorded yet"
    assert not path.exists()
    store = Store(path.parent, workspace, pytest.fail)
    store.save(Snapshot("file:///x.py", Text("x"), Attribution.of(1, "typed"), ()), 0)
    store.close()
    code, checks, _ = examine()
    assert (code, checks["tracker"]["state"]) == (0, "ok")
    assert checks["tracker"]["detail"] == f"documents: 1, in {path}"
    for damage in (b"this is no database" * 100, path.read_bytes()[:4096] + b"x" * 8192):
        path.write_bytes(damage)
        code, checks, _ = examine()
        assert (code, checks["tracker"]["state"]) == (3, "failed")
        assert checks["tracker"]["detail"].startswith(f"{path} is damaged: ")
        assert path.read_bytes() == damage
    path.unlink()
    path.mkdir()
    code, checks, _ = examine()
    assert (code, checks["tracker"]["state"]) == (3, "failed")
    assert checks["tracker"]["detail"].startswith(f"{path} cannot be opened: ")


@pytest.mark.usefixtures("quick")
def test_a_trackers_database_that_was_set_aside_is_told(workspace):
    folder = private_folder(state_path(workspace))
    (folder / "tracker.db").write_bytes(b"this is no database" * 100)
    told = []
    store = Store(folder, workspace, told.append)
    assert store.load("file:///x.py") is None
    store.close()
    assert [notice.kind for notice in told] == ["corrupt"]
    code, checks, _ = examine()
    assert (code, checks["tracker"]["state"]) == (0, "warning")
    assert checks["tracker"]["detail"].startswith(f"{folder / 'tracker.db.damaged-1'} was damaged and set aside")


@pytest.mark.usefixtures("quick")
def test_wrong_models_and_folders_that_are_not_there_are_told(workspace):
    rules = workspace / "rules"
    (workspace / "leery.toml").write_text('rules.folders = ["rules"]\n')
    _, checks, _ = examine("--trusted")
    told = f"no model is taken from {rules}, which rules.folders names: No such file or directory"
    assert (checks["models"]["state"], checks["models"]["detail"]) == ("warning", told)
    assert "settings" not in checks
    rules.mkdir()
    (rules / "m.toml").write_text('language = "python"\n')
    _, checks, _ = examine("--trusted")
    assert (checks["models"]["state"], checks["models"]["detail"]) == ("ok", "1 of your own")
    (rules / "m.toml").write_text('language = "python"\nsinks = [3]\n')
    _, checks, _ = examine("--trusted")
    told = "the model m.toml is left out: m.toml: entry 1 of sinks: it must be a table, not 3"
    assert (checks["models"]["state"], checks["models"]["detail"]) == ("warning", told)


@pytest.mark.usefixtures("quick")
def test_settings_of_the_workspace_need_trust(workspace):
    (workspace / "leery.toml").write_text('scope = "all"\nscoope = 1\n')
    _, checks, settings = examine()
    assert "is not read, because the workspace is not trusted" in checks["settings"]["detail"]
    code, checks, settings = examine("--trusted")
    assert code == 0
    assert checks["settings"]["state"] == "warning"
    assert f"{workspace / 'leery.toml'}:2: scoope is not a setting" in checks["settings"]["detail"]
    (setting,) = [item for item in settings if item["name"] == "scope"]
    assert setting == {"name": "scope", "value": "all", "source": str(workspace / "leery.toml")}


@pytest.mark.usefixtures("workspace", "quick")
def test_the_text_form_says_what_mends(monkeypatch):
    monkeypatch.setattr(git, "executable", lambda: None)
    done = CliRunner().invoke(group, ["doctor", "."])
    assert done.exit_code == 0
    assert "→ Install git and put it on PATH." in done.stdout
    assert 'scope = "blocks"  (default)' in done.stdout


@pytest.mark.usefixtures("workspace")
def test_what_is_no_folder_is_wrong_use():
    assert CliRunner().invoke(group, ["doctor", "nowhere"]).exit_code == 2


@pytest.mark.usefixtures("workspace", "quick")
def test_that_no_engine_is_left_is_told():
    user_config_path().parent.mkdir(parents=True)
    user_config_path().write_text("[engines]\nchecks = false\nbandit = false\nsemgrep = false\n")
    assert "engines" not in examine()[1]
    user_config_path().write_text("[engines]\nchecks = false\ndataflow = false\nbandit = false\nsemgrep = false\n")
    _, checks, _ = examine()
    assert (checks["engines"]["state"], checks["checks"]["state"]) == ("warning", "off")
