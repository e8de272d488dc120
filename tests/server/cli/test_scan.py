"""`leery scan` as a person runs it: real processes, real engines, real git."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from tests.server.cli.samples import Repository, check_sarif, utf16_slice

from leery.cli import main

SCRIPT = Path(sysconfig.get_path("scripts")) / ("leery.exe" if sys.platform == "win32" else "leery")
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and links")
_HANGUP = getattr(signal, "SIGHUP", 0)  # Windows has none

SHELL = 'import subprocess\n\n\ndef run(name):\n    subprocess.call("ls " + name, shell=True)\n'
CLEAN = "def add(one, two):\n    return one + two\n"
BROWSER = "const cp = require('child_process');\nfunction list(name) { cp.exec('ls ' + name); }\n"


@pytest.fixture
def home(tmp_path):
    """An environment whose user has no settings, no state and no caches."""
    folder = tmp_path / "home"
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "XDG_", "PYTHON"))}
    names = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")
    return {**kept, **dict.fromkeys(names, str(folder)), "COLUMNS": "80"}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def leery(*arguments, cwd, env, module=False):
    program = [sys.executable, "-m", "leery"] if module else [str(SCRIPT)]
    command = [*program, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture
def scan(monkeypatch, capsys, home):
    """``leery scan`` in this process, for what does not depend on how it was started: that is most of a small scan."""
    for name, value in home.items():
        monkeypatch.setenv(name, value)

    def run(*arguments, cwd):
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["leery", "scan", "--jobs", "1", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, ended.value.code, said.out, said.err)

    return run


def found(done, *, suppressed=False):
    """File, first line and rule of every finding of a JSON result."""
    items = json.loads(done.stdout)["findings"]
    return [
        (item["file"], item["range"]["start"]["line"], item["rule"])
        for item in items
        if (item["suppressed"] is not None) == suppressed
    ]


def test_what_all_engines_find_comes_out_merged_and_in_order(tree, home):
    (tree / "b.py").write_text("# ä😀\n" + SHELL)
    (tree / "a.js").write_text(BROWSER)
    (tree / "ok.py").write_text(CLEAN)
    done = leery("scan", ".", "--format", "json", cwd=tree, env=home)
    assert done.returncode == 1
    assert done.stderr == ""
    data = json.loads(done.stdout)
    assert set(data["engines"]) == {"bandit", "checks", "dataflow", "semgrep"}
    assert data["summary"]["files"] == 3
    shell = next(item for item in data["findings"] if item["file"] == "b.py" and item["severity"] == "high")
    assert shell["cwe"] == ["CWE-78"]
    assert {"bandit", "checks"} <= set(shell["engines"])
    assert shell["range"]["start"]["line"] == 6
    script = next(item for item in data["findings"] if item["file"] == "a.js")
    assert {"checks", "semgrep"} <= set(script["engines"])
    assert [item["file"] for item in data["findings"]] == sorted(item["file"] for item in data["findings"])


@pytest.mark.slow
def test_sarif_of_a_real_scan_is_valid_and_its_columns_are_utf16(tree, sarif_schema, scan):
    code = 'import subprocess\n\n\ndef run(name):\n    "😀ä"; subprocess.call("ls " + name, shell=True)\n'
    (tree / "näme.py").write_text(code, encoding="utf-8")
    (tree / "broken.py").write_text("def broken(:\n")
    output = tree / "out.sarif"
    done = scan(".", "--format", "sarif", "--output", output, cwd=tree)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "2 files scanned: 1 high" in done.stderr
    log = json.loads(output.read_text(encoding="utf-8"))
    check_sarif(sarif_schema, log)
    (run,) = log["runs"]
    item = next(item for item in run["results"] if item["level"] == "error")
    location = item["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "n%C3%A4me.py", "uriBaseId": "SRCROOT"}
    assert utf16_slice(code, location["region"]) in {'"ls " + name', 'subprocess.call("ls " + name, shell=True)'}
    rule = run["tool"]["driver"]["rules"][item["ruleIndex"]]
    assert rule["id"] == item["ruleId"]
    assert rule["properties"]["cwe"] == item["properties"]["cwe"] == ["CWE-78"]
    assert len(rule["help"]["text"]) > 40
    assert item["fixes"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert any(note["descriptor"]["id"] == "bandit/parse" for note in notes)


@pytest.mark.slow
def test_exit_codes(tree, scan):
    (tree / "empty").mkdir()
    (tree / "ok.py").write_text(CLEAN)
    (tree / "low.py").write_text("import requests\n\nrequests.get('https://example.org/')\n")
    (tree / "high.py").write_text(SHELL)
    codes = {
        ("ok.py",): 0,
        ("low.py",): 1,
        ("low.py", "--fail-on", "medium"): 0,
        ("high.py", "--fail-on", "high"): 1,
        ("high.py", "--fail-on", "never"): 0,
        ("gone.py",): 2,
        (): 2,
        ("ok.py", "--jobs", "0"): 2,
        ("ok.py", "--output", str(tree / "no" / "folder")): 2,
        ("empty", "--diff", "HEAD"): 2,
    }
    only_checks = [word for engine in ("bandit", "dataflow", "semgrep") for word in ("--without", engine)]
    given = {arguments: scan(*arguments, *only_checks, cwd=tree).returncode for arguments in codes}
    assert given == codes


def test_a_faulty_setting_is_told_and_the_rest_applies(tree, home, scan):
    (tree / "ok.py").write_text(CLEAN)
    (tree / "skip.py").write_text(SHELL)
    settings = Path(home["XDG_CONFIG_HOME"]) / "leery" / "leery.toml"
    settings.parent.mkdir()
    settings.write_text('exclude = ["skip.*"]\nscoope = "all"\n')
    done = scan(".", "--without", "semgrep", cwd=tree)
    assert done.returncode == 2
    assert "1 file scanned: no findings" in done.stdout
    assert f"configuration {settings}:2: scoope is not a setting; did you mean scope?" in done.stdout


@pytest.mark.slow
def test_the_workspace_sets_nothing_unless_it_is_trusted(tree, scan):
    (tree / "a.py").write_text(SHELL)
    (tree / "leery.toml").write_text('exclude = ["**"]\n')
    done = scan(".", "--without", "semgrep", cwd=tree)
    assert done.returncode == 1
    assert "leery.toml of the workspace is not read" in done.stdout
    done = scan(".", "--without", "semgrep", "--trusted", cwd=tree)
    assert (done.returncode, done.stdout) == (0, "0 files scanned: no findings.\n")


@pytest.mark.slow
def test_excluded_names_are_relative_to_the_workspace_wherever_the_scan_starts(tree, scan):
    for name in ("gen/a.py", "sub/gen/b.py"):
        (tree / name).parent.mkdir(parents=True)
        (tree / name).write_text(SHELL)
    (tree / "leery.toml").write_text('exclude = ["sub/gen/**"]\n')
    done = scan("..", "--trusted", "--without", "semgrep", "--format", "json", cwd=tree / "sub")
    assert {file for file, _, _ in found(done)} == {(tree / "gen" / "a.py").as_posix()}
    done = scan(".", "--trusted", "--without", "semgrep", "--format", "json", cwd=tree / "sub")
    assert found(done) == []


def test_named_files_of_unknown_kinds_and_junk_are_told(tree, scan):
    (tree / "notes.txt").write_text("text")
    (tree / "junk.py").write_bytes(b"\x7fELF\0\0\xff")
    (tree / "latin.py").write_bytes(b"# caf\xe9\nimport telnetlib\n")
    (tree / "empty.py").write_bytes(b"")
    done = scan("notes.txt", ".", "--without", "semgrep", "--format", "json", cwd=tree)
    assert done.returncode == 1
    notices = {item["file"]: item["message"] for item in json.loads(done.stdout)["notices"]}
    assert notices == {
        "notes.txt": "No analyzer knows this kind of file: not analysed.",
        "junk.py": "The file is not text: not analysed.",
        "latin.py": "The file is not valid UTF-8: read as Latin-1.",
    }
    assert [item for item in found(done) if item[0] == "latin.py"] == [("latin.py", 2, "B401")]


@pytest.mark.slow
def test_diff_shows_only_new_lines(repository, scan):
    repository.write("old.py", SHELL)
    repository.write("sub/touched.py", "import subprocess\n\n\nsubprocess.call('ls', shell=True)\n")
    repository.commit()
    repository.write("sub/touched.py", "import subprocess\n\n\nsubprocess.call('ls', shell=True)\neval(input())\n")
    repository.write("new.py", SHELL)
    arguments = ("--diff", "HEAD", "--without", "semgrep", "--format", "json")
    done = scan(".", *arguments, cwd=repository.folder)
    lines = {(file, line) for file, line, _ in found(done)}
    assert lines == {("new.py", 5), ("sub/touched.py", 5)}
    done = scan("sub", "old.py", *arguments, cwd=repository.folder)
    assert {(file, line) for file, line, _ in found(done)} == {("sub/touched.py", 5)}
    done = scan(".", "--diff", "nonsense", cwd=repository.folder)
    assert done.returncode == 2
    assert "--diff: 'nonsense' names no commit" in done.stderr


@pytest.mark.slow
def test_diff_compares_a_submodule_with_the_commit_that_the_revision_has_of_it(repository, scan, tmp_path):
    library = Repository(tmp_path / "library")
    library.write("lib.py", "x = 1\n")
    library.commit()
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.folder), "lib")
    repository.git(*add)
    base = repository.commit()
    repository.git("branch", "base")
    inside = Repository.__new__(Repository)
    inside.folder = repository.folder / "lib"
    inside.git("branch", "base")
    inside.write("lib.py", f"x = 1\n{SHELL}")
    inside.git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-am", "It came later")
    inside.git("branch", "--force", "base")  # a branch of the same name that already has it
    repository.commit()
    for revision in (base, "base"):
        done = scan(".", "--diff", revision, "--without", "semgrep", "--format", "json", cwd=repository.folder)
        assert {(file, line) for file, line, _ in found(done)} == {("lib/lib.py", 6)}
    done = scan(".", "--diff", "HEAD", "--without", "semgrep", "--format", "json", cwd=repository.folder)
    assert found(done) == []


@posix
def test_links_out_of_the_tree_are_not_followed(tree, tmp_path, scan):
    (tmp_path / "secret.py").write_text(SHELL)
    (tree / "link.py").symlink_to(tmp_path / "secret.py")
    (tree / "folder").symlink_to(tmp_path)
    done = scan(".", "--without", "semgrep", "--format", "json", cwd=tree)
    assert found(done) == []
    assert [item["message"] for item in json.loads(done.stdout)["notices"]] == ["1 symbolic link was not followed."]


PLANTED = (
    *(
        "conftest",
        "sitecustomize",
        "usercustomize",
        "json",
        "click",
        "rich",
        "asyncio",
        "subprocess",
        "multiprocessing",
    ),
    *("bandit", "tree_sitter", "tree_sitter_python", "yaml", "encodings", "signal", "tempfile", "leery_analyzers"),
)


@pytest.mark.parametrize("module", [False, True], ids=["script", "module"])
def test_nothing_planted_in_the_workspace_is_executed(tree, tmp_path, home, module):
    marker = tmp_path / "executed"
    for name in PLANTED:
        (tree / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write({name!r})\nimport telnetlib\n")
    (tree / "pyproject.toml").write_text('[tool.leery]\nexclude = ["**"]\n')
    (tree / "pyvenv.cfg").write_text("home = .\n")
    (tree / ".semgrep").mkdir()
    (tree / ".semgrep" / "rules.yml").write_text("rules: []\n")
    (tree / ".bandit").write_text("[bandit]\nskips = B401\n")
    done = leery("scan", ".", "--format", "json", cwd=tree, env=home, module=module)
    assert not marker.exists()
    assert done.returncode == 1, done.stderr
    assert {file for file, _, rule in found(done) if rule == "B401"} == {f"{name}.py" for name in PLANTED}


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (_HANGUP, 129)])
def test_an_interrupted_scan_ends_at_once_and_leaves_nothing_behind(tree, tmp_path, home, number, code):
    for index in range(60):
        body = "".join(f"def f{n}_{index}(x):\n    return eval(x) + {n}\n\n\n" for n in range(200))
        (tree / f"f{index}.py").write_text("import subprocess\n" + body)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = {**home, "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [str(SCRIPT), "scan", "."],
        cwd=tree,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell starts what is in its background with SIGINT ignored, `nohup` with SIGHUP, and children inherit that.
        preexec_fn=partial(signal.signal, number, signal.SIG_DFL),  # noqa: PLW1509 - nothing here has threads
    )
    deadline = time.monotonic() + 60
    while not any(temporary.glob("leery-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert output == b""
    assert b"Traceback" not in errors
    wait_for_group_to_end(process.pid)
    assert list(temporary.iterdir()) == []


def wait_for_group_to_end(group):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a child process was left behind")


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(tree, home):
    for index in range(10):  # more than a pipe holds: 80 KB
        (tree / f"f{index}.py").write_text(SHELL * 20)
    command = [str(SCRIPT), "scan", ".", "--without", "semgrep", "--without", "dataflow"]
    with subprocess.Popen(command, cwd=tree, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""
    assert process.returncode in {1, 141}


@posix
def test_the_progress_bar_is_for_terminals(tree, home):
    pty = pytest.importorskip("pty")
    (tree / "a.py").write_text(SHELL)
    master, slave = pty.openpty()
    shown = bytearray()

    def look():  # all the time: what a terminal does not take in holds the program up
        with contextlib.suppress(OSError):  # the other end was closed
            while data := os.read(master, 4096):
                shown.extend(data)

    looking = threading.Thread(target=look)
    looking.start()
    command = [str(SCRIPT), "scan", ".", "--without", "semgrep", "--format", "json"]
    with subprocess.Popen(
        command, cwd=tree, env={**home, "TERM": "xterm"}, stdout=subprocess.PIPE, stderr=slave
    ) as run:
        os.close(slave)
        output = run.stdout.read()
    looking.join()
    os.close(master)
    assert b"Scanning" in shown
    assert json.loads(output)["summary"]["files"] == 1


@pytest.mark.slow
def test_a_users_own_models_count(tree, tmp_path, scan):
    rules = tmp_path / "rules"
    rules.mkdir()
    sink = 'language = "python"\n\n[[sinks]]\ncall = ["flask.run_ours"]\nargument = [0]\nrule = "code-eval"\n'
    (rules / "ours.toml").write_text(sink)
    (rules / "wrong.toml").write_text('language = "python"\n\n[[sink]]\n')
    (tree / "a.py").write_text("import flask\n\nflask.run_ours(input())\n")
    (tree / "leery.toml").write_text(f"[rules]\nfolders = [{str(rules)!r}]\n")
    arguments = ("a.py", "--without", "semgrep", "--format", "json")
    assert found(scan(*arguments, cwd=tree)) == []
    done = scan(*arguments, "--trusted", cwd=tree)
    assert found(done) == [("a.py", 3, "code-eval")]
    problems = json.loads(done.stdout)["problems"]
    assert problems == ["the model wrong.toml is left out: wrong.toml: there is no table 'sink'"]
    assert done.returncode == 2
