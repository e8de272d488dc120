"""``leery log report`` as a person or a script runs it; what the page shows is tried in a browser elsewhere."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner
from tests.server.log.story import STORY, write

from leery.cli.log import command
from leery.log.body import Gap, Insertion
from leery.log.writer import LogWriter
from leery.paths import log_path


@pytest.fixture
def log(workspace):
    path = log_path(workspace)
    write(path)
    return path


def run(*arguments, code=0):
    result = CliRunner().invoke(command, ["report", *arguments])
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize(
    ("arguments", "name"),
    [([], "leery-report.html"), (["--html"], "leery-report.html"), (["--html", "r.html"], "r.html")],
)
@pytest.mark.usefixtures("log")
def test_where_the_page_goes(workspace, arguments, name):
    assert f"the report is in {name}" in run(*arguments).stderr
    assert [path.name for path in workspace.iterdir() if path.suffix != ".toml"] == [name]
    assert "<!doctype html>" in (workspace / name).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are not those of Windows")
@pytest.mark.usefixtures("log")
def test_only_its_owner_can_read_the_page(workspace):
    old = os.umask(0)
    try:
        run("--html", "r.html")
    finally:
        os.umask(old)
    assert stat.S_IMODE((workspace / "r.html").stat().st_mode) == 0o600


@pytest.mark.usefixtures("log")
@pytest.mark.slow
def test_standard_output():
    command = [sys.executable, "-c", "from leery.cli import main; main()", "log", "report", "--html", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.rstrip().endswith(b"</html>")
    assert done.stderr == b""


@pytest.mark.portable
@pytest.mark.usefixtures("log")
def test_the_policy_names_the_page_s_own_code_only():
    page = run("--html", "-").stdout
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert re.findall(r"""\s(on\w+|style|src)=""", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)) == []


@pytest.mark.portable
@pytest.mark.usefixtures("log")
def test_fewer_blocks():
    page = run("--html", "-", "--blocks", "1").stdout
    assert "Here are 1 of 4 blocks" in page
    assert '"id":["a2"]' in page


@pytest.mark.portable
@pytest.mark.usefixtures("workspace")
def test_of_one_file(log):
    assert "holds nothing on this file" in run("--html", "-", "--file", "none.py").stdout
    with LogWriter(log) as writer:
        writer.append(Gap(what="log-unwritable", detail="of no file"))
    page = run("--html", "-", "--file", "src/b.py").stdout
    assert "<h1>src/b.py</h1>" in page
    assert "What came into this file of work from" in page
    assert "<h2>The log holds</h2>" in page
    ids = re.search(r'"id":\[([^]]*)\]', page)[1]
    assert sorted(re.findall(r'"(\w+)"', ids)) == sorted(
        {body.block for _, body in STORY if isinstance(body, Insertion) and body.file == "src/b.py"}
    )
    assert "src/a.py" not in page
    assert "web/c.js" not in page
    gaps = page.partition('<section id="gaps">')[2].partition("</section>")[0]
    assert re.findall(r'class="date">[^<]*</td><td>(.*?)</td><td>', gaps) == [
        "the log could not be written", "the client was off",
    ]  # fmt: skip
    assert "lies outside the workspace" in run("--file", "../elsewhere.py", code=2).stderr


@pytest.mark.usefixtures("workspace")
def test_of_one_file_what_can_be_read_of_a_damaged_log(log):
    with closing(sqlite3.connect(log)) as connection, connection:
        (last,) = connection.execute("SELECT max(idx) FROM entries").fetchone()
        leaf = '{"file": "src/b.py", "größe": 1}'
        connection.execute("INSERT INTO entries (idx, leaf) VALUES (?, ?)", (last + 1, leaf))
    page = run("--html", "-", "--file", "src/b.py", code=1).stdout
    assert f"entry {last + 1} is damaged" in page
    ids = re.search(r'"id":\[([^]]*)\]', page)[1]
    assert sorted(re.findall(r'"(\w+)"', ids)) == sorted(
        {body.block for _, body in STORY if isinstance(body, Insertion) and body.file == "src/b.py"}
    )


@pytest.mark.slow
def test_a_checkpoint_that_was_kept(log, workspace):
    note = CliRunner().invoke(command, ["checkpoint"]).stdout
    (workspace / "kept.txt").write_text(note, encoding="utf-8")
    assert "1 of them kept outside of the log" in run("--html", "-", "--checkpoint", "kept.txt").stdout
    log.unlink()
    for suffix in ("-wal", "-shm"):
        log.with_name(log.name + suffix).unlink(missing_ok=True)
    write(log, STORY[:2])
    assert run("--html", "r.html", "--checkpoint", "kept.txt", code=1).stderr.startswith(
        "the report is in r.html\nthe log does not hold: "
    )
    assert "<h2>The log does not hold</h2>" in (workspace / "r.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("log")
@pytest.mark.slow
def test_what_cannot_be_done_is_said(workspace):
    assert "is neither a file nor a git revision" in run("--checkpoint", "nothing", code=2).stderr
    assert "cannot be written" in run("--html", str(workspace / "missing" / "r.html"), code=2).stderr
    assert sorted(path.name for path in workspace.iterdir()) == ["leery.toml"]


@pytest.mark.usefixtures("workspace")
def test_no_log():
    assert "has no provenance log yet" in run(code=2).stderr
