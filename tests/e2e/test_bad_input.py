"""What no server may die of: texts, files, folders and processes that are broken or hostile.

After each, the server must answer within two seconds, still find what is insecure elsewhere, and say what it could not
do, once.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
import sys

import psutil
import pytest
from tests.e2e.client import LEERY, Client
from tests.e2e.wire import ServerError
from tests.processes import descendants

ANSWER = 60.0  # seconds; a time-out, no measure
INSECURE = 'import subprocess\n\n\ndef run(name):\n    return subprocess.call("ls " + name, shell=True)\n'
SHELL = {"start": {"line": 4, "character": 27}, "end": {"line": 4, "character": 39}}

BAD_TEXTS = {
    "10 MB on one line": "x = '" + "a" * 10_000_000 + "'\n",
    "10 MB of statements on one line": "a=1;" * 2_500_000 + "\n",
    "5,000 nested brackets": "x = " + "(" * 5000 + "1" + ")" * 5000 + "\n",
    "5,000 open brackets": "[" * 5000 + "\n",
    "5,000 nested calls": "f(" * 5000 + ")" * 5000 + "\n",
    "5,000 operators": "x = " + "-" * 5000 + "1\n",
    "1,000 nested blocks": "".join(" " * depth + "if x:\n" for depth in range(1000)) + " " * 1000 + "pass\n",
    "200,000 letters": "D" * 200_000,
    "binary junk": random.Random(1).randbytes(20_000).decode("latin-1"),
    "NUL bytes": "x = 1\0\0\n" * 100,
    "lone surrogates": "x = '\ud800'\ny = '\udfff\ud800'\n",
    "broken syntax": "def (:\n  class ]\n'''\n" * 50,
    "unfinished string": 'x = """\n' + "text\n" * 1000,
    "odd line ends": "a = 1\rb = 2\r\nc = 3\x0bd\x0ce\u2028f\u2029g\x85h\n\r\r\n" * 200,
    "200,000 empty lines": "\n" * 200_000,
}
JUNK = ("5,000 nested brackets", "200,000 letters", "binary junk", "broken syntax", "lone surrogates")
LANGUAGES = ("python", "javascript", "typescriptreact", "java", "csharp", "go", "plaintext", "no-such-language")


def told(client):
    """What was said to the person."""
    return [m.params["message"] for m in client.messages if m.method == "window/showMessage"]


def answers(client):
    """The server answers something trivial at once."""
    client.request("leery/blocks", {"textDocument": {"uri": "file:///not/open.py"}}, timeout=ANSWER)


def paste(client, path, text=INSECURE, language="python"):
    """Insert a text into an empty document the way an editor does after a completion."""
    document = client.open(path.as_uri(), "", language)
    client.insertion(document, 0, text, ahead=True, assistant="test")
    client.change(document, 0, 0, text)
    return document


def shows_shell(diagnostics):
    """The command that the shell gets is marked, and bandit agrees."""
    return any(d["range"] == SHELL and "bandit" in d["data"]["engines"] for d in diagnostics)


def works(client, path):
    """The server still finds what is insecure in another document."""
    document = paste(client, path)
    client.wait_for_diagnostics(document.uri, document.version, shows_shell)
    return document


@contextlib.contextmanager
def shared(folder, *, strict):
    """A server for several tests, which ends well after all of them."""
    (folder / "workspace").mkdir()
    client = Client(folder / "home", LEERY, cwd=folder / "workspace", env={}, strict=strict)
    client.initialize(folder / "workspace")
    try:
        yield client
        assert client.close() == 0
    finally:
        client.kill()


@pytest.fixture(scope="module")
def survivor(tmp_path_factory):
    """One server that gets one bad thing after the other."""
    with shared(tmp_path_factory.mktemp("survivor").resolve(), strict=True) as client:
        yield client


@pytest.fixture(scope="module")
def outspoken(tmp_path_factory):
    """One server for bad things that it says something of."""
    with shared(tmp_path_factory.mktemp("outspoken").resolve(), strict=False) as client:
        yield client


@pytest.fixture
def corner(tmp_path):
    """A folder for the files of a shared server that no other test uses."""
    return tmp_path.resolve()


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_bad_text(survivor, corner, name):
    text = BAD_TEXTS[name]
    document = paste(survivor, corner / "bad.py", text)
    answers(survivor)
    survivor.change(document, len(text), len(text), "\nx = 1\n")
    survivor.change(document, 0, 1, "")
    answers(survivor)
    works(survivor, corner / "good.py")
    survivor.close_document(document)
    answers(survivor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_junk_in_any_language(survivor, corner, language):
    for number, name in enumerate(JUNK):
        paste(survivor, corner / f"bad{number}", BAD_TEXTS[name], language)
        answers(survivor)
    works(survivor, corner / "good.py")


def test_what_cannot_be_parsed_is_said(outspoken, corner):
    document = paste(outspoken, corner / "bad.py", "def broken(:\n    return eval(x\n")
    found = outspoken.wait_for_diagnostics(document.uri, document.version, bool).params["diagnostics"]
    assert any(d["code"] == "analysis-parse" or d["data"]["engines"] != [] for d in found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sure! Here is the function you asked for:\n\n```python\n", "```\n\nIt's safe, don't worry.\n"),
        ("Here you go:\n\n", "\nHope this helps!\n"),
    ],
)
def test_prose_around_code(survivor, corner, before, after):
    document = paste(survivor, corner / "chat.py", before + INSECURE + after)
    line = (before + INSECURE).count("\n") - 1
    survivor.wait_for_diagnostics(
        document.uri, document.version, lambda shown: any(d["range"]["start"]["line"] == line for d in shown)
    )


def test_a_file_that_vanishes(start, workspace):
    client = start(strict=True)
    path = workspace / "gone.py"
    path.write_text(INSECURE, encoding="utf-8")
    document = works(client, path)
    path.unlink()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 3}]})
    client.save(document)
    client.change(document, 0, 0, "# gone\n")
    moved = {name: {**place, "line": place["line"] + 1} for name, place in SHELL.items()}
    client.wait_for_diagnostics(document.uri, document.version, lambda shown: any(d["range"] == moved for d in shown))
    shutil.rmtree(workspace)
    answers(client)
    works(client, workspace / "other.py")


def test_a_state_folder_that_cannot_be_made(start, workspace, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    client = start(env={"XDG_STATE_HOME": str(blocked), "XDG_CACHE_HOME": str(blocked)})
    works(client, workspace / "a.py")
    works(client, workspace / "b.py")
    client.wait_for_method("window/showMessage")
    said = told(client)
    assert len(said) == len(set(said))
    assert any("log" in message or "state" in message or "folder" in message for message in said)


@pytest.mark.skipif(sys.platform == "win32", reason="needs ulimit")
def test_a_full_disk(start, workspace):
    # No file may grow beyond 64 blocks of 512 or 1,024 bytes: writing fails as it does on a full disk.
    command = ("/bin/sh", "-c", 'ulimit -f 64; exec "$@"', "sh", *LEERY)
    client = start(command=command)
    for number in range(30):
        works(client, workspace / f"file{number}.py")
        answers(client)
    client.wait_for_method("window/showMessage")
    assert len(told(client)) == len(set(told(client)))


def databases(home):
    return [path for path in home.rglob("*") if path.is_file() and path.suffix in {".db", ".sqlite", ".sqlite3"}]


@pytest.fixture(scope="module")
def worn(tmp_path_factory):
    """A folder with a workspace and the home of a server that has worked in it."""
    folder = tmp_path_factory.mktemp("worn").resolve()
    (folder / "workspace").mkdir()
    with Client(folder / "kept", LEERY, cwd=folder / "workspace", env={}) as client:
        client.initialize(folder / "workspace")
        works(client, folder / "workspace" / "a.py")
    return folder


@pytest.mark.parametrize("damage", ["junk", "truncated", "empty", "wrong-table"])
def test_corrupt_databases(worn, damage):
    home = worn / damage
    shutil.copytree(worn / "kept", home)
    found = databases(home / "state") + databases(home / "cache")
    assert found, list(home.rglob("*"))
    for path in found:
        data = path.read_bytes()
        for companion in path.parent.glob(path.name + "-*"):
            companion.unlink()
        if damage == "junk":
            path.write_bytes(random.Random(2).randbytes(len(data)))
        elif damage == "truncated":
            path.write_bytes(data[: len(data) // 3])
        elif damage == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
            with sqlite3.connect(path) as connection:
                connection.execute("CREATE TABLE surprise (x)")
            connection.close()
    with Client(home, LEERY, cwd=worn / "workspace", env={}, strict=False) as client:
        client.initialize(worn / "workspace")
        works(client, worn / "workspace" / "b.py")
        said = told(client)
    assert len(said) == len(set(said))


def kill(client, part):
    """Kill the children of the server whose command line contains a text."""
    for child in descendants(client.process.pid, part):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


def test_workers_that_die(start, workspace):
    client = start(strict=True)
    works(client, workspace / "a.py")
    for number in range(2):
        kill(client, "leery_analyzers.worker")
        works(client, workspace / f"b{number}.py")


def test_a_worker_that_dies_again_and_again(start, workspace):
    client = start()
    works(client, workspace / "a.py")
    for number in range(8):
        kill(client, "leery_analyzers.worker")
        paste(client, workspace / f"b{number}.py")
        answers(client)
        client.settle(0.3)
    client.wait_for_method("window/showMessage")
    assert len(told(client)) == len(set(told(client)))


FETCH = (
    "import requests\nfrom flask import request\n\n\n"
    "def view():\n    return requests.get(request.args['url'], timeout=5).text\n"
)


def test_semgrep_killed_in_mid_scan(start, workspace):
    pytest.importorskip("semgrep", exc_type=ImportError)
    client = start()

    def shows_semgrep(shown):
        return any("semgrep" in d["data"]["engines"] and d["range"]["start"]["line"] == 5 for d in shown)

    document = paste(client, workspace / "a.py", FETCH)
    client.wait_for_diagnostics(document.uri, document.version, shows_semgrep)
    for number in range(2):
        document = paste(client, workspace / f"b{number}.py", FETCH)
        kill(client, "osemgrep lsp")
        client.wait_for_diagnostics(document.uri, document.version, shows_semgrep)
        answers(client)


JUNK_FRAMES = {
    "no JSON": b"Content-Length: 9\r\n\r\n{not json",
    "no object": b"Content-Length: 2\r\n\r\n42",
    "null": b"Content-Length: 4\r\n\r\nnull",
    "empty batch": b"Content-Length: 2\r\n\r\n[]",
    "no version": b'Content-Length: 15\r\n\r\n{"method": "x"}',
    "bad UTF-8": b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
    "deep nesting": b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000,
    "bad length": b"Content-Length: many\r\n\r\n",
    "negative length": b"Content-Length: -5\r\n\r\n",
    "no header": b"hello\r\n\r\n",
    "long header": b"X" * 100_000 + b": 1\r\n\r\n",
}


@pytest.mark.parametrize("name", JUNK_FRAMES)
def test_malformed_frames(survivor, corner, name):
    since = len(survivor.messages)
    survivor.send_bytes(JUNK_FRAMES[name])
    answers(survivor)
    refused = [m.message for m in survivor.messages[since:] if "error" in m.message]
    assert all(message["id"] is None and -32700 <= message["error"]["code"] <= -32600 for message in refused), refused
    has_message = not JUNK_FRAMES[name].endswith((b"\r\n\r\n", b"[]"))
    assert len(refused) == has_message
    works(survivor, corner / "a.py")


ODD_MESSAGES = [
    {"method": "no/suchNotification", "params": {}},
    {"method": "$/noSuch", "params": None},
    {"method": "textDocument/didChange"},
    {"method": "textDocument/didChange", "params": []},
    {"method": "textDocument/didChange", "params": {"textDocument": None, "contentChanges": None}},
    {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": 5}}},
    {"method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///never/opened.py"}}},
    {"method": "textDocument/didSave", "params": {"textDocument": {"uri": "no uri at all"}}},
    {"method": "leery/insertion", "params": {"textDocument": {"uri": "x"}, "ranges": [{"start": -1}]}},
    {"method": "leery/insertion", "params": "text"},
    {"method": "$/cancelRequest", "params": {"id": 12345}},
    {"method": "workspace/didChangeConfiguration", "params": {"settings": {"leery": {"scope": 7, "nonsense": {}}}}},
    {"method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": "::", "type": 99}]}},
    {"method": "window/workDoneProgress/cancel", "params": {"token": "never given"}},
]
ODD_REQUESTS = [
    ("no/suchRequest", {}),
    ("textDocument/hover", {}),
    ("textDocument/hover", {"textDocument": {"uri": "file:///not/open.py"}, "position": {"line": 9, "character": 9}}),
    ("textDocument/codeAction", {"textDocument": {"uri": "file:///a.py"}}),
    ("leery/blocks", {}),
    ("leery/blocks", None),
    ("leery/blocks", [1, 2]),
    ("workspace/executeCommand", {"command": "rm -rf", "arguments": []}),
    ("workspace/executeCommand", {"command": "leery.suppress", "arguments": [{"uri": 1, "fingerprint": None}]}),
    ("workspace/executeCommand", {"command": "leery.review", "arguments": "all"}),
]


def test_unknown_and_malformed_messages(outspoken, corner):
    for message in ODD_MESSAGES:
        outspoken.send(message)
        answers(outspoken)
    for method, params in ODD_REQUESTS:
        try:
            outspoken.request(method, params, timeout=ANSWER)
        except ServerError as error:
            assert -32999 <= error.code <= -32000, (method, params, error)  # noqa: PT017 - the request may succeed too
            assert method != "leery/blocks" or error.code == -32602, (params, error)  # noqa: PT017
        else:
            assert method != "leery/blocks", params
    works(outspoken, corner / "a.py")


@pytest.mark.parametrize("uri", ["http://[", "file:///nowhere/caf%E9.py", "untitled:\ud800"])
def test_documents_with_names_that_are_none(survivor, uri):
    document = survivor.open(uri, "")
    survivor.insertion(document, 0, INSECURE, ahead=True, assistant="test")
    survivor.change(document, 0, 0, INSECURE)
    survivor.wait_for_diagnostics(uri, document.version, shows_shell)
    far = {"line": float("inf"), "character": 0}
    change = {"range": {"start": far, "end": far}, "text": "x"}
    params = {"textDocument": {"uri": uri, "version": 9}, "contentChanges": [change]}
    survivor.notify("textDocument/didChange", params)
    assert len(survivor.request("leery/blocks", {"textDocument": {"uri": uri}})) == 1
    assert "Exception in callback" not in survivor.stderr
    assert not [message for message in told(survivor) if "damaged" in message]


def test_a_document_that_is_opened_twice_begins_anew(survivor, corner):
    first = survivor.open((corner / "a.py").as_uri(), "x = 1\n" * 9)
    second = survivor.open(first.uri, "", version=7)
    survivor.insertion(second, 0, INSECURE, ahead=True, assistant="test")
    survivor.change(second, 0, 0, INSECURE)
    survivor.wait_for_diagnostics(second.uri, 8, shows_shell)
    [block] = survivor.request("leery/blocks", {"textDocument": {"uri": second.uri}})
    assert block["ranges"] == [second.range(0, len(INSECURE))]
    assert block["origin"]["assistant"] == "test"
    assert "KeyError" not in survivor.stderr


def test_edits_that_do_not_fit(outspoken, corner):
    document = works(outspoken, corner / "a.py")
    far = {"start": {"line": 900, "character": 900}, "end": {"line": 901, "character": 3}}
    for place in (far, {"start": {"line": 3, "character": 9}, "end": {"line": 1, "character": 0}}):
        document.version += 1
        outspoken.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": document.uri, "version": document.version},
                "contentChanges": [{"range": place, "text": "x"}],
            },
        )
        answers(outspoken)
    works(outspoken, corner / "b.py")


def plant(workspace, mark):
    """Everything that some tool would run or obey if it trusted this folder; whatever runs leaves `mark` behind."""
    run = f"import pathlib; pathlib.Path({str(mark)!r}).write_text('executed')\n"
    modules = ("sitecustomize", "usercustomize", "conftest", "json", "leery", "bandit", "semgrep", "setup", "noxfile")
    for name in modules:
        (workspace / f"{name}.py").write_text(run, encoding="utf-8")
    for name in ("pygls", "leery_analyzers", "click"):
        (workspace / name).mkdir()
        (workspace / name / "__init__.py").write_text(run, encoding="utf-8")
    hook = f"#!/bin/sh\necho executed > '{mark}'\n"
    git = workspace / ".git"
    for folder in ("hooks", "objects", "refs/heads"):
        (git / folder).mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    script = workspace / "run.sh"
    for path in (script, git / "hooks" / "post-index-change", git / "hooks" / "reference-transaction"):
        path.write_text(hook, encoding="utf-8")
        path.chmod(0o755)
    (git / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tfsmonitor = {script}\n\tpager = {script}\n\tsshCommand = {script}\n"
        f'[diff]\n\texternal = {script}\n[filter "x"]\n\tclean = {script}\n\tsmudge = {script}\n\tprocess = {script}\n'
        f'[diff "x"]\n\ttextconv = {script}\n[alias]\n\tstatus = !{script}\n',
        encoding="utf-8",
    )
    (workspace / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    quiet = '[tool.leery]\nscope = "blocks"\nminimumSeverity = "high"\nengines.bandit = false\nengines.checks = false\n'
    (workspace / "pyproject.toml").write_text(quiet, encoding="utf-8")
    (workspace / "leery.toml").write_text('rules.folders = ["rules"]\nengines.bandit = false\n', encoding="utf-8")
    (workspace / "rules").mkdir()
    (workspace / "rules" / "planted.yaml").write_text(
        "rules:\n"
        "- {id: planted, languages: [python], severity: ERROR, message: planted, pattern: subprocess.call(...)}\n",
        encoding="utf-8",
    )
    (workspace / "rules" / "planted.py").write_text(run, encoding="utf-8")
    (workspace / ".bandit").write_text("[bandit]\nskips: B602\n", encoding="utf-8")
    (workspace / ".semgrepignore").write_text("*\n", encoding="utf-8")


def test_folders_of_rules_that_hold_no_rules(start, workspace):
    """What cannot be read is left out, and who waits for every engine gets an answer."""
    rules = workspace / "rules"
    rules.mkdir()
    for suffix in ("yaml", "toml"):
        os.mkfifo(rules / f"pipe.{suffix}")
        (rules / f"self.{suffix}").symlink_to(f"self.{suffix}")
    settings = 'rules.folders = ["rules", "~nobody-of-that-name/rules", "nu\\u0000ll"]\n'
    (workspace / "leery.toml").write_text(settings, encoding="utf-8")
    client = start(options={"trusted": True})
    document = works(client, workspace / "victim.py")
    report = client.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}}, timeout=60)
    assert shows_shell(report["items"])
    left_out = sorted(message.partition(" is left out")[0] for message in told(client) if "left out" in message)
    assert left_out == ["Leery: the model pipe.toml", "Leery: the model self.toml"]
    assert client.close() == 0


@pytest.mark.parametrize("options", [{}, {"trusted": False}])
def test_a_hostile_workspace(start, workspace, tmp_path, options):
    mark = tmp_path / "executed"
    plant(workspace, mark)
    client = start(options=options)
    document = works(client, workspace / "victim.py")
    client.save(document)
    client.request("workspace/executeCommand", {"command": "leery.scanWorkspace", "arguments": []}, timeout=60)
    client.settle(1.0)
    for name in ("leery.toml", "pyproject.toml"):
        skipped = f"Leery: {workspace / name} is not read, because the workspace is not trusted."
        assert told(client).count(skipped) == 1, name
    planted = [d for m in client.published(document.uri) for d in m.params["diagnostics"] if "planted" in json.dumps(d)]
    assert planted == []
    assert client.close() == 0
    assert not mark.exists()


def test_a_trusted_workspace_still_runs_nothing(start, workspace, tmp_path):
    mark = tmp_path / "executed"
    plant(workspace, mark)
    (workspace / "leery.toml").unlink()
    (workspace / "pyproject.toml").unlink()
    client = start(options={"trusted": True})
    works(client, workspace / "victim.py")
    assert client.close() == 0
    assert not mark.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX links")
def test_links_out_of_the_workspace(start, workspace, tmp_path):
    secret = tmp_path / "outside"
    secret.mkdir()
    (secret / "secret.py").write_text(INSECURE, encoding="utf-8")
    (workspace / "link").symlink_to(secret)
    (workspace / "file.py").symlink_to(secret / "secret.py")
    (workspace / "loop").symlink_to(workspace)
    client = start(options={"scope": "all"})
    works(client, workspace / "a.py")
    client.request("workspace/executeCommand", {"command": "leery.scanWorkspace", "arguments": []}, timeout=60)
    client.settle(0.5)
    seen = {m.params["uri"] for m in client.messages if m.method == "textDocument/publishDiagnostics"}
    assert seen == {(workspace / "a.py").as_uri()}
    assert (secret / "secret.py").read_text(encoding="utf-8") == INSECURE
