"""The server's life: how it ends, what it leaves behind, what it logs of documents, and what outlives it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time

import pytest
from tests.e2e.client import LEERY, Client
from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, SHELL, YAML, fresh, log_entries
from tests.e2e.wire import ServerError, private_environment
from tests.processes import descendants, running

PATIENCE = 60.0
MARK = "very_secret_word"


def until(ready, what):
    deadline = time.monotonic() + PATIENCE
    while not (value := ready()):
        assert time.monotonic() < deadline, f"{what} within {PATIENCE} s"
        time.sleep(0.02)
    return value


def gone(processes):
    return not any(running(process) for process in processes)


def worked(start, workspace, *, options=None, name="a.py", home="home", text=SHELL, **how):
    """A server that has found something in a completion."""
    client = start(home, options=FAST if options is None else options, **how)
    document = client.open((workspace / name).as_uri(), IMPORTS)
    sample = fresh(text)
    client.change(document, len(IMPORTS), len(IMPORTS), sample)
    client.insertion(document, len(IMPORTS), sample, ahead=False, **COMPLETION)
    client.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}}, PATIENCE)
    client.wait_for_diagnostics(document.uri, document.version, bool, PATIENCE)
    return client, document


def blocks(client, document):
    return client.request("leery/blocks", {"textDocument": {"uri": document.uri}}, PATIENCE)


def test_shutdown_and_exit(start, workspace):
    client, _ = worked(start, workspace, strict=True)
    children = descendants(client.process.pid)
    assert children != []
    client.request("shutdown")
    with pytest.raises(ServerError) as refused:
        client.request("textDocument/hover", {"textDocument": {"uri": "x"}, "position": {"line": 0, "character": 0}})
    assert refused.value.code == -32600
    client.notify("exit")
    assert client.process.wait(PATIENCE) == 0
    until(lambda: gone(children), "the end of every child")
    client.check()


def test_exit_without_shutdown(start, workspace):
    client, _ = worked(start, workspace)
    children = descendants(client.process.pid)
    client.notify("exit")
    assert client.process.wait(PATIENCE) == 1
    until(lambda: gone(children), "the end of every child")


def test_exit_before_initialize(tmp_path):
    with Client(tmp_path / "home", LEERY, strict=False) as early:
        early.notify("exit")
        assert early.process.wait(PATIENCE) == 1
        early._ended = True


def test_a_client_that_goes_away(start, workspace):
    client, _ = worked(start, workspace)
    children = descendants(client.process.pid)
    client.process.stdin.close()
    assert client.process.wait(PATIENCE) == 1
    until(lambda: gone(children), "the end of every child")


@pytest.mark.parametrize("options", [FAST, {}], ids=["without semgrep", "with semgrep"])
def test_no_child_outlives_a_killed_server(start, workspace, options):
    client, _ = worked(start, workspace, options=options)
    if not options:
        pytest.importorskip("semgrep", exc_type=ImportError)
        until(lambda: descendants(client.process.pid, "osemgrep lsp"), "semgrep's process")
    children = descendants(client.process.pid)
    assert children != []
    client.process.kill()
    until(lambda: gone(children), "the end of every child")


def test_work_that_is_under_way_does_not_hold_up_the_end(start, workspace):
    client = start(options={**FAST, "scope": "all"})
    text = IMPORTS + "".join(fresh(SHELL) for _ in range(3000))
    document = client.open((workspace / "big.py").as_uri(), text)
    client.start_request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}})
    children = descendants(client.process.pid)
    assert client.close(PATIENCE) == 0
    until(lambda: gone(children), "the end of every child")


def test_nothing_of_a_document_is_in_the_servers_log(start, workspace):
    command = (*LEERY, "--log-level", "debug")
    text = f"def {MARK}(name):\n    '''{MARK}'''\n    return subprocess.call('{MARK} ' + name, shell=True)\n"
    client, document = worked(start, workspace, command=command, text=text)
    client.change(document, len(document.text), len(document.text), f"def broken(:\n    {MARK} = '\n")
    client.insertion(document, 0, MARK, ahead=True, prompt=MARK)
    place = document.range(0, len(document.text))
    params = {"textDocument": {"uri": document.uri}, "range": place, "context": {"diagnostics": []}}
    actions = client.request("textDocument/codeAction", params, PATIENCE)
    for action in actions:
        if action.get("data"):
            with contextlib.suppress(ServerError):
                client.request("codeAction/resolve", action, PATIENCE)
    with contextlib.suppress(ServerError):
        client.request("textDocument/hover", {"textDocument": {"uri": document.uri}, "position": MARK}, PATIENCE)
    argument = {"uri": document.uri, "fingerprint": "none", "reason": MARK}
    with pytest.raises(ServerError):
        client.request("workspace/executeCommand", {"command": "leery.suppress", "arguments": [argument]}, PATIENCE)
    client.notify("textDocument/didChange", {"textDocument": {"uri": document.uri}, "contentChanges": [{"text": 5}]})
    client.notify("textDocument/didOpen", {"textDocument": {"uri": document.uri, "text": MARK, "version": MARK}})
    client.notify("leery/insertion", {"textDocument": {"uri": document.uri}, "ranges": [MARK], "kind": MARK})
    blocks(client, document)
    assert client.close(PATIENCE) == 0
    assert MARK not in client.stderr
    assert "leery" in client.stderr  # it does log


def test_a_hint_outlives_the_time_that_its_change_takes_to_arrive(start, workspace):
    client = start(options=FAST)
    document = client.open((workspace / "a.py").as_uri(), IMPORTS)
    at, sample = len(IMPORTS), fresh(SHELL)
    client.insertion(document, at, sample, ahead=True, **COMPLETION)
    change = {"range": document.range(at, at), "text": sample}
    params = {"textDocument": {"uri": document.uri, "version": 2}, "contentChanges": [change]}
    body = json.dumps({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).encode()
    client.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body[:50]))
    time.sleep(3)  # more than a hint waits for a change
    client.send_bytes(body[50:])
    assert [block["origin"]["kind"] for block in blocks(client, document)] == ["completion"]


@pytest.mark.parametrize(
    ("setting", "arguments", "says"),
    [("info", (), True), ("warning", (), False), (None, (), False), ("info", ("--log-level", "error"), False)],
)
def test_how_much_is_logged_is_set_by_the_command_line_or_else_by_the_settings(start, setting, arguments, says):
    options = FAST if setting is None else {**FAST, "logLevel": setting}
    client = start(options=options, command=(*LEERY, *arguments))
    assert client.close(PATIENCE) == 0
    assert ("workspace folders: 1, not trusted" in client.stderr) is says
    assert ("ended with status 0" in client.stderr) is says


def test_blocks_outlive_kill_9(start, workspace):
    client, document = worked(start, workspace)
    client.change(document, 0, 0, "# typed\n")
    client.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}}, PATIENCE)
    before = blocks(client, document)
    assert [(block["ranges"], block["origin"]["assistant"]) for block in before] == [
        ([document.range(len(document.text) - len(sample(document)), len(document.text))], "copilot")
    ]
    time.sleep(3)  # what was typed a moment ago may be lost, blocks may not: see the next test
    client.process.kill()
    client.process.wait(PATIENCE)
    (workspace / "a.py").write_text(document.text, encoding="utf-8", newline="")

    client = start(options=FAST)
    document = client.open(document.uri, document.text)
    report = client.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}}, PATIENCE)
    assert blocks(client, document) == before
    assert [item["data"]["block"] for item in report["items"]] == [before[0]["id"]]
    opened = [e for e in log_entries(client.home, workspace) if e["type"] in {"insertion", "finding-opened"}]
    assert [(e["type"], e["block"]) for e in opened] == [
        ("insertion", before[0]["id"]),
        ("finding-opened", before[0]["id"]),
    ]


def sample(document):
    return document.text[document.text.index("def ") :]


def test_a_block_acknowledged_by_a_review_outlives_kill_9_at_once(start, workspace):
    client, document = worked(start, workspace)
    [block] = blocks(client, document)
    argument = {"uri": document.uri, "block": block["id"], "decision": "approved"}
    client.request("workspace/executeCommand", {"command": "leery.review", "arguments": [argument]}, PATIENCE)
    client.process.kill()
    client.process.wait(PATIENCE)
    assert [e["type"] for e in log_entries(client.home, workspace) if e.get("block") == block["id"]][-1] == "review"
    client = start(options=FAST)
    document = client.open(document.uri, document.text)
    assert [(b["id"], b["ranges"], b["origin"]) for b in blocks(client, document)] == [
        (block["id"], block["ranges"], block["origin"])
    ]


def test_what_changed_while_no_server_ran_is_a_gap(start, workspace):
    client, document = worked(start, workspace)
    [block] = blocks(client, document)
    assert client.close(PATIENCE) == 0
    added = fresh(YAML)
    text = document.text + "\n\n" + added
    (workspace / "a.py").write_text(text, encoding="utf-8", newline="")
    client = start(options=FAST)
    document = client.open(document.uri, text)
    report = client.request("textDocument/diagnostic", {"textDocument": {"uri": document.uri}}, PATIENCE)
    kinds = {b["id"]: b["origin"]["kind"] for b in blocks(client, document)}
    assert kinds.pop(block["id"]) == "completion"
    assert list(kinds.values()) == ["disk"]
    assert [item["message"].rpartition("Origin: ")[2] for item in report["items"]] == [
        "completion by copilot (gpt-5-mini), reported.",
        "disk, observed.",
    ]
    gaps = [e for e in log_entries(client.home, workspace) if e["type"] == "gap"]
    assert [(gap["what"], gap["file"]) for gap in gaps] == [("changed-unseen", "a.py")]


def test_two_servers_on_one_workspace(start, workspace):
    """Both write to one log and one store; what one learned of a closed file the other finds when it opens it."""
    first, document = worked(start, workspace, name="first.py")
    second, other = worked(start, workspace, name="second.py")
    before = blocks(first, document)
    (workspace / "first.py").write_text(document.text, encoding="utf-8", newline="")
    first.save(document)
    first.close_document(document)
    assert first.close(PATIENCE) == 0
    again = second.open(document.uri, document.text)
    assert [(b["id"], b["ranges"], b["origin"]) for b in blocks(second, again)] == [
        (b["id"], b["ranges"], b["origin"]) for b in before
    ]
    assert blocks(second, other) != []
    assert second.close(PATIENCE) == 0  # what it has seen is in the log then
    entries = log_entries(second.home, workspace)
    assert [entry["index"] for entry in entries] == list(range(len(entries)))
    assert [entry["index"] for entry in entries if entry["type"] == "key"] == [0]
    assert {entry["file"] for entry in entries[1:]} == {"first.py", "second.py"}
    assert len({entry["run"] for entry in entries}) == 2


def test_nothing_is_written_into_the_workspace_and_the_state_is_for_this_user_only(start, workspace):
    client, document = worked(start, workspace)
    client.request("workspace/executeCommand", {"command": "leery.scanWorkspace", "arguments": []}, PATIENCE)
    client.save(document)
    assert client.close(PATIENCE) == 0
    assert list(workspace.rglob("*")) == []
    if sys.platform == "win32":
        return
    for folder in (client.home / "state" / "leery", client.home / "cache" / "leery"):
        assert folder.stat().st_mode & 0o777 == 0o700, folder
        for path in folder.rglob("*"):
            assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["--tcp", "0.0.0.0:0"], 2), (["--tcp", "nonsense"], 2), (["--stdio", "--tcp", "127.0.0.1:0"], 2), (["--no"], 2)],
)
def test_wrong_use(tmp_path, arguments, status):
    run = subprocess.run(
        [*LEERY, *arguments],
        env=private_environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == status
    assert run.stdout == b""
    assert run.stderr != b""
    assert os.listdir(tmp_path / "state") == []  # noqa: PTH208 - names only
