"""The workspace: folders, settings, watched files, renames and the scan with its progress."""

from __future__ import annotations

import asyncio
import os

import pytest
import pytest_asyncio
from lsprotocol import types
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    SHELL,
    SHELL_AT,
    YAML,
    YAML_AT,
    fresh,
    log_entries,
    session,
    until_logged,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("workspace"), options=FAST) as editor:
        yield editor


async def opened(editor, *samples, uri=None):
    page = editor.page(IMPORTS, uri)
    page.insert(len(page.text), "\n\n".join(fresh(sample) for sample in samples), COMPLETION)
    return page, await page.diagnostics()


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def excerpts(page, found):
    return [page.excerpt(item["range"]) for item in found]


# Settings.


async def test_scope_all_from_the_start(tmp_path):
    async with session(tmp_path, options={**FAST, "scope": "all"}) as editor:
        page = editor.page(IMPORTS + SHELL)
        found = [item for item in await page.diagnostics() if page.excerpt(item["range"]) == SHELL_AT]
        [shell] = found
        assert shell["data"]["block"] is None
        assert "Origin" not in shell["message"]
        page.type(len(page.text), fresh(YAML))
        assert YAML_AT in excerpts(page, await page.diagnostics())


async def test_settings_are_pulled_and_followed(tmp_path):
    settings = {**FAST, "scope": "blocks", "nonsense": 1, "unknownTreshold": 10}
    async with session(tmp_path, settings=settings) as editor:
        page = editor.page(IMPORTS + SHELL)
        assert await page.diagnostics() == []

        def told():
            return [item["message"] for item in editor.heard_of("window/showMessage")]

        await editor.until(lambda: len(told()) == 2, "two messages about the settings")
        assert any("nonsense" in message for message in told())
        assert any("unknownTreshold" in message and "unknownThreshold" in message for message in told())

        async def settle(change, wanted):
            editor.settings = change
            editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
            await page.until_pushed(
                lambda items: [i["code"] for i in items if i["severity"] == 1] == wanted, str(change)
            )

        await settle({**settings, "scope": "all"}, ["shell-command-injection"])
        await settle(
            {
                **settings,
                "scope": "all",
                "engines": {"checks": False, "dataflow": False, "bandit": False, "semgrep": False},
            },
            [],
        )
        await settle(
            {**settings, "scope": "all", "engines": {"checks": False, "dataflow": False, "semgrep": False}}, ["B602"]
        )
        await settle({**settings, "scope": "all"}, ["shell-command-injection"])
        await settle(settings, [])
        # A setting that is taken away has its default again, and so has everything once nothing is set.
        await settle({**settings, "scope": "all"}, ["shell-command-injection"])
        await settle(FAST, [])
        await settle({**FAST, "scope": "all"}, ["shell-command-injection"])
        await settle(None, [])
        assert len(told()) == 2, told()


async def test_settings_in_the_notification(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page = editor.page(IMPORTS + SHELL)
        assert await page.diagnostics() == []

        def configure(settings):
            editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings={"leery": settings}))

        configure({"scope": "all", "minimumSeverity": "high"})
        await page.until_pushed(lambda items: excerpts(page, items) == [SHELL_AT])
        configure({"scope": "all", "minimumSeverity": "very"})
        await editor.until(lambda: editor.heard_of("window/showMessage"), "a message about the severity")
        [message] = editor.heard_of("window/showMessage")
        assert "minimumSeverity" in message["message"]
        assert "very" in message["message"]


async def test_a_smaller_threshold(tmp_path):
    async with session(tmp_path, options={**FAST, "unknownThreshold": 5}) as editor:
        page = editor.page("\n")
        page.replace(0, 0, "abcde")
        assert [block["origin"]["kind"] for block in await page.blocks()] == ["unknown"]


async def test_what_is_registered(editor):
    [registered] = await editor.until(lambda: editor.heard_of("client/registerCapability"), "registrations")
    methods = {item["method"]: item.get("registerOptions") for item in registered["registrations"]}
    assert methods["workspace/didChangeConfiguration"] == {"section": "leery"}
    assert "workspace/didChangeWatchedFiles" in methods


@pytest.mark.parametrize("mode", ["push", "pull"])
async def test_only_one_way_of_diagnostics(tmp_path, mode):
    async with session(tmp_path, options={**FAST, "diagnostics": {"mode": mode}}) as editor:
        announced = next(a["result"] for a in editor.answers.values() if "capabilities" in (a.get("result") or {}))
        assert ("diagnosticProvider" in announced["capabilities"]) == (mode == "pull")
        page = editor.page(IMPORTS)
        page.insert(len(page.text), fresh(SHELL), COMPLETION)
        if mode == "push":
            await page.until_pushed(lambda items: excerpts(page, items) == [SHELL_AT])
        else:
            assert excerpts(page, await page.diagnostics()) == [SHELL_AT]
            assert editor.heard_of("textDocument/publishDiagnostics") == []


# Folders.


async def scan(editor):
    return await editor.command("leery.scanWorkspace")


async def test_folders_come_and_go(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        other = tmp_path.resolve() / "other"
        write(editor.folder, "first.py", IMPORTS + SHELL)
        path = write(other, "second.py", IMPORTS + YAML)
        assert (await scan(editor))["files"] == 1
        folder = types.WorkspaceFolder(other.as_uri(), "other")
        event = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        assert (await scan(editor))["files"] == 2
        assert YAML_AT in {
            path.read_text(encoding="utf-8").splitlines()[d["range"]["start"]["line"]][
                d["range"]["start"]["character"] : d["range"]["end"]["character"]
            ]
            for d in editor.published(path.as_uri())[-1]["diagnostics"]
        }

        page, _ = await opened(editor, SHELL, uri=(other / "open.py").as_uri())
        page_log = await until_logged(
            editor, other, lambda entries: [e for e in entries if e["type"] == "finding-opened"], "a finding"
        )
        assert page_log[0]["type"] == "key"
        assert {entry["file"] for entry in page_log[1:]} == {"open.py"}
        assert all(entry.get("file") != "open.py" for entry in log_entries(editor.home, editor.folder))

        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        assert (await scan(editor))["files"] == 1
        assert excerpts(page, await page.diagnostics()) == [SHELL_AT]  # what is open stays open


# The scan.


async def test_a_scan_with_progress(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        path = write(editor.folder, "deep/er/shell.py", IMPORTS + SHELL)
        write(editor.folder, "clean.py", "x = 1\n")
        write(editor.folder, ".venv/lib/left_out.py", IMPORTS + SHELL)
        write(editor.folder, "notes.txt", "subprocess.call(x, shell=True)\n")
        answer = await scan(editor)
        assert (answer["files"], answer["completed"]) == (2, True)
        published = editor.published(path.as_uri())[-1]["diagnostics"]
        assert answer["findings"] == len(published)
        lines = (IMPORTS + SHELL).splitlines()
        marked = [
            (d["code"], lines[d["range"]["start"]["line"]][d["range"]["start"]["character"] :]) for d in published
        ]
        assert ("shell-command-injection", '"ls " + name, shell=True)') in marked
        assert {uri["uri"] for uri in editor.heard_of("textDocument/publishDiagnostics")} == {path.as_uri()}
        [created] = editor.heard_of("window/workDoneProgress/create")
        progress = editor.heard_of("$/progress")
        assert {item["token"] for item in progress} == {created["token"]}
        assert [item["value"]["kind"] for item in progress][:: len(progress) - 1] == ["begin", "end"]
        assert progress[0]["value"]["cancellable"] is True
        shares = [item["value"]["percentage"] for item in progress[1:-1]]
        assert shares == sorted(shares)
        assert shares[-1] == 100

        # Once the file is clean, another scan takes back what the first one showed.
        path.write_text("x = 1\n", encoding="utf-8")
        assert (await scan(editor))["findings"] == 0
        assert editor.published(path.as_uri())[-1]["diagnostics"] == []


async def test_a_scan_tells_what_it_did_not_look_at(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        (editor.folder / "no_text.py").write_bytes(b"eval(x)\0\x01\x02")
        (editor.folder / "big.py").write_bytes(b"x = 1\n" * 400_000)
        (editor.folder / "link.py").symlink_to("big.py")
        await scan(editor)
        folder = editor.folder
        [said] = [item["message"] for item in editor.heard_of("window/showMessage") if "analysed" in item["message"]]
        assert said == (
            "Leery: not everything was analysed. 1 symbolic link was not followed. "
            f"Too big, no text or not to be read: {folder / 'big.py'}, {folder / 'no_text.py'}."
        )


async def test_a_scan_can_be_cancelled(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        for number in range(200):
            write(editor.folder, f"file{number}.py", IMPORTS + SHELL.replace("show", f"show{number}"))
        running = asyncio.ensure_future(scan(editor))
        await editor.until(
            lambda: [p for p in editor.heard_of("$/progress") if p["value"]["kind"] == "report"], "a report of progress"
        )
        token = editor.heard_of("$/progress")[0]["token"]
        editor.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        answer = await running
        assert answer["completed"] is False
        assert 0 < answer["files"] < 200
        assert editor.heard_of("$/progress")[-1]["value"]["kind"] == "end"
        assert (await scan(editor))["completed"] is True


# Files.


def rename(editor, old, new):
    editor.workspace_did_rename_files(types.RenameFilesParams([types.FileRename(old, new)]))


@pytest.mark.parametrize("order", ["rename first", "rename between", "rename last"])
async def test_a_renamed_file_keeps_its_blocks(editor, order):
    """Editors send the rename before, amid or after closing the old document and opening the new one."""
    page, [found] = await opened(editor, SHELL)
    [before] = await page.blocks()
    new = editor.uri()
    if order == "rename first":
        rename(editor, page.uri, new)
    page.close()
    if order == "rename between":
        rename(editor, page.uri, new)
    other = editor.page(page.text, new)
    if order == "rename last":
        rename(editor, page.uri, new)
    await other.until_pushed(bool, "the finding under the new name")
    assert [item["range"] for item in await other.diagnostics()] == [found["range"]]
    [after] = await other.blocks()
    assert after == before
    assert editor.published(page.uri)[-1]["diagnostics"] == []
    assert await editor.blocks(page.uri) == []
    other.type(0, "# it goes on\n")
    assert [item["range"] for item in await other.diagnostics()] == [other.place(SHELL_AT)]


async def test_a_renamed_folder_keeps_its_blocks(editor):
    page, _ = await opened(editor, SHELL, uri=editor.uri("old/deep/a.py"))
    [before] = await page.blocks()
    page.close()
    rename(editor, editor.uri("old"), editor.uri("new"))
    page = editor.page(page.text, editor.uri("new/deep/a.py"))
    assert excerpts(page, await page.diagnostics()) == [SHELL_AT]
    assert [block["id"] for block in await page.blocks()] == [before["id"]]


async def test_a_renamed_file_is_logged_by_its_new_name(editor):
    page, _ = await opened(editor, SHELL)
    new = editor.uri()
    page.close()
    rename(editor, page.uri, new)
    page = editor.page(page.text, new)
    page.insert(len(page.text), "\n\n" + fresh(YAML), COMPLETION)
    await page.pull()
    name = new.rpartition("/")[2]
    await until_logged(
        editor,
        editor.folder,
        lambda entries: any(e["type"] == "insertion" and e["file"] == name for e in entries),
        "an insertion by the new name",
    )


async def test_a_file_written_from_outside_while_open(editor):
    """What the editor reloads is what somebody else wrote: `disk`."""
    path = write(editor.folder, "outside.py", IMPORTS)
    page = editor.page(IMPORTS, path.as_uri())
    page.save()
    await page.pull()
    sample = fresh(SHELL)
    path.write_text(IMPORTS + sample, encoding="utf-8", newline="")
    changes = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed)]
    editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    page.replace(len(IMPORTS), len(IMPORTS), sample)
    assert excerpts(page, await page.diagnostics()) == [SHELL_AT]

    kinds = []
    for _ in range(600):
        kinds = [block["origin"]["kind"] for block in await page.blocks()]
        if kinds == ["disk"]:
            break
        await asyncio.sleep(0.05)
    assert kinds == ["disk"]


async def test_a_file_written_while_closed(editor):
    page, _ = await opened(editor, SHELL)
    path = write(editor.folder, page.uri.rpartition("/")[2], page.text)
    page.save()
    page.close()
    sample = fresh(YAML)
    path.write_text(page.text + "\n\n" + sample, encoding="utf-8", newline="")
    os.utime(path)
    changes = [types.FileEvent(page.uri, types.FileChangeType.Changed)]
    editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    page = editor.page(path.read_text(encoding="utf-8"), page.uri)
    await page.pull()
    found = await page.diagnostics()
    assert excerpts(page, found) == [SHELL_AT, YAML_AT]
    assert [item["message"].rpartition("\n")[2] for item in found] == [
        "Origin: completion by copilot (gpt-5-mini), reported.",
        "Origin: disk, observed.",
    ]
