"""Pulled diagnostics, hover, code lenses and the status notification."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    PASTE,
    PATIENCE,
    SHELL,
    SHELL_AT,
    YAML,
    YAML_AT,
    fresh,
    session,
)
from tests.processes import descendants

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUEST_CANCELLED = -32800


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("pull"), options=FAST) as editor:
        yield editor


async def opened(editor, *samples):
    page = editor.page("# 𐍈\n" + IMPORTS)
    page.insert(len(page.text), "\n\n".join(fresh(sample) for sample in samples), COMPLETION)
    return page, await page.diagnostics()


async def workspace_report(editor, previous=(), token=None):
    params = types.WorkspaceDiagnosticParams(
        [types.PreviousResultId(uri, result) for uri, result in previous], partial_result_token=token
    )
    return await editor.ask(types.WORKSPACE_DIAGNOSTIC, params)


async def test_a_diagnostic_in_full(editor):
    page, [found] = await opened(editor, SHELL)
    [block] = await page.blocks()
    data = found.pop("data")
    path = [(item["location"]["range"], item["message"]) for item in found.pop("relatedInformation")]
    function = page.text.partition("def ")[2].partition("(")[0]
    assert path == [
        (page.place("name"), f"`name` is a parameter of `{function}`"),
        (page.place(SHELL_AT), "reaches the command that a shell runs here"),
    ]
    assert found == {
        "range": page.place(SHELL_AT),
        "severity": 1,
        "code": "shell-command-injection",
        "codeDescription": {"href": "https://cwe.mitre.org/data/definitions/78.html"},
        "source": "leery",
        "message": (
            "Whatever is passed as `name` reaches the command that a shell runs, and nothing here limits it. "
            "A `;` or `$( )` in it runs another command.\n"
            f"Path: {path[0][1]} → {path[1][1]}.\n"
            "Origin: completion by copilot (gpt-5-mini), reported."
        ),
    }
    assert (data["cwe"], data["engines"], data["block"]) == (["CWE-78"], ["bandit", "checks", "dataflow"], block["id"])


async def test_result_ids(editor):
    page, _ = await opened(editor, SHELL)
    first = await page.pull()
    assert first["kind"] == "full"
    assert await page.pull(first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    page.type(len(page.text), "# below\n")
    assert (await page.pull(first["resultId"]))["kind"] == "unchanged"
    page.type(0, "# above\n")
    moved = await page.pull(first["resultId"])
    assert moved["kind"] == "full"
    assert moved["resultId"] != first["resultId"]
    assert [item["range"] for item in moved["items"]] == [page.place(SHELL_AT)]
    assert (await page.pull("never given"))["kind"] == "full"


async def test_a_pull_waits_for_the_newest_version(editor):
    page, _ = await opened(editor, SHELL)
    page.insert(4, "\n" + fresh(YAML), PASTE)
    assert [page.excerpt(item["range"]) for item in await page.diagnostics()] == [YAML_AT, SHELL_AT]


async def test_pulling_what_is_not_open(editor):
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(editor.uri()))
    answer = await editor.ask(types.TEXT_DOCUMENT_DIAGNOSTIC, params)
    assert (answer["kind"], answer["items"]) == ("full", [])


async def test_code_that_does_not_parse_is_said(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), "def broken(:\n    return eval(x\n", COMPLETION)
    notices = [item for item in await page.diagnostics() if item["code"] == "analysis-parse"]
    assert notices != []
    for notice in notices:
        assert (notice["source"], notice["severity"], notice["data"]["cwe"]) == ("leery", 3, [])
        assert "codeDescription" not in notice


async def test_workspace_diagnostics(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page, [shell] = await opened(editor, SHELL)
        other, [yaml] = await opened(editor, YAML)
        typed = editor.page(IMPORTS)
        report = await workspace_report(editor)
        items = {item["uri"]: item for item in report["items"]}
        assert items[page.uri]["items"] == [shell]
        assert items[page.uri]["version"] == page.version
        assert items[other.uri]["items"] == [yaml]
        assert items.get(typed.uri, {"items": []})["items"] == []
        assert items[page.uri]["resultId"] == (await page.pull())["resultId"]

        previous = [(uri, item["resultId"]) for uri, item in items.items()]
        again = await workspace_report(editor, previous)
        assert {item["kind"] for item in again["items"]} == {"unchanged"}

        gone = (editor.folder / "gone.py").as_uri()
        again = await workspace_report(editor, [*previous, (gone, "earlier")])
        [report] = [item for item in again["items"] if item["uri"] == gone]
        assert (report["kind"], report["items"]) == ("full", [])

        start = len(editor.said)
        final = await workspace_report(editor, token="partial-1")
        assert final["items"] == []
        parts = editor.heard_of("$/progress", since=start)
        assert {part["token"] for part in parts} == {"partial-1"}
        reported = {item["uri"]: item for part in parts for item in part["value"]["items"]}
        assert reported == items


async def test_workspace_diagnostics_of_files_with_blocks_that_are_closed(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page, [found] = await opened(editor, SHELL)
        path = editor.folder / page.uri.rpartition("/")[2]
        path.write_text(page.text, encoding="utf-8", newline="")
        page.save()
        page.close()
        await page.until_pushed(lambda items: not items)
        report = await workspace_report(editor)
        items = {item["uri"]: item for item in report["items"]}
        assert [item["range"] for item in items[page.uri]["items"]] == [found["range"]]
        assert items[page.uri]["items"][0]["data"]["block"] == found["data"]["block"]


async def test_a_pending_pull_can_be_cancelled(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page, _ = await opened(editor, SHELL)
        workers = descendants(editor.pid, "leery_analyzers.worker")
        assert workers != []
        for worker in workers:
            worker.suspend()
        try:
            page.insert(len(page.text), "\n\n" + fresh(YAML), COMPLETION)
            params = types.DocumentDiagnosticParams(page.identifier)
            pull = asyncio.ensure_future(
                editor.protocol.send_request_async(types.TEXT_DOCUMENT_DIAGNOSTIC, params, msg_id="pull-1")
            )
            assert await page.blocks() != []  # other requests are answered meanwhile
            assert "pull-1" not in editor.answers
            editor.protocol.notify("$/cancelRequest", types.CancelParams("pull-1"))
            with pytest.raises(JsonRpcException) as cancelled:
                await asyncio.wait_for(pull, PATIENCE)
            assert cancelled.value.code == REQUEST_CANCELLED
        finally:
            for worker in workers:
                worker.resume()
        found = await page.diagnostics()
        assert [page.excerpt(item["range"]) for item in found] == [SHELL_AT, YAML_AT]


async def test_hover_over_a_finding(editor):
    page, [found] = await opened(editor, SHELL)
    hover = await page.hover(page.position(page.at(SHELL_AT) + 2))
    assert hover["range"] == found["range"]
    assert hover["contents"]["kind"] == "markdown"
    value = hover["contents"]["value"]
    assert value.startswith("**shell\\-command\\-injection** · high severity, high confidence")
    assert "[CWE-78](https://cwe.mitre.org/data/definitions/78.html)" in value
    assert "reaches the command that a shell runs, and nothing here limits it" in value
    assert "Found by bandit, checks, dataflow." in value
    assert "Fix: Run the program without a shell (review)." in value
    assert value.rpartition("\n\n---\n\n")[2] == (
        "completion by copilot \\(gpt\\-5\\-mini\\), reported · unreviewed · 100% unchanged · 1 open finding"
    )


async def test_hover_over_a_block_without_a_finding(editor):
    page, _ = await opened(editor, SHELL)
    [block] = await page.blocks()
    hover = await page.hover(page.position(page.at("def ") + 1))
    assert hover["range"] == block["ranges"][0]
    assert hover["contents"]["value"].startswith("completion by copilot")


async def test_hover_elsewhere(editor):
    page, _ = await opened(editor, SHELL)
    assert await page.hover({"line": 0, "character": 1}) is None
    assert await page.hover({"line": 9999, "character": 9}) is None
    typed = editor.page(IMPORTS)
    assert await typed.hover({"line": 0, "character": 3}) is None


async def test_hover_shows_hostile_names_as_they_are(editor):
    page = editor.page(IMPORTS)
    origin = {**COMPLETION, "assistant": "[x](command:evil) <img src=x>"}
    page.insert(len(page.text), fresh(SHELL), origin)
    await page.pull()
    hover = await page.hover(page.position(page.at("def ")))
    assert "\\[x\\]\\(command:evil\\) \\<img src=x\\>" in hover["contents"]["value"]


async def lenses(page):
    return await page.editor.ask(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(page.identifier))


async def test_code_lenses(editor):
    page, _ = await opened(editor, SHELL)
    [block] = await page.blocks()
    start = page.place("def ")["start"]
    argument = {"uri": page.uri, "block": block["id"]}
    origin = "completion by copilot (gpt-5-mini), reported"
    assert await lenses(page) == [
        {
            "range": {"start": start, "end": start},
            "command": {
                "title": f"{origin} · 1 finding · unreviewed",
                "command": "leery.showProvenance",
                "arguments": [argument],
            },
        },
        {
            "range": {"start": start, "end": start},
            "command": {
                "title": "Mark reviewed",
                "command": "leery.review",
                "arguments": [{**argument, "decision": "approved"}],
            },
        },
    ]
    since = len(editor.said)
    [review] = [lens for lens in await lenses(page) if lens["command"]["command"] == "leery.review"]
    await editor.command("leery.review", *review["command"]["arguments"])
    await editor.until(
        lambda: any(m["method"] == "workspace/codeLens/refresh" for m in editor.said[since:]), "a refresh of the lenses"
    )
    [shown] = await lenses(page)
    assert shown["command"]["title"] == f"{origin} · 1 finding · reviewed"


async def test_lenses_of_typed_text(editor):
    assert await lenses(editor.page(IMPORTS)) == []


async def test_the_status_counts(tmp_path):
    async with session(tmp_path, options=FAST) as editor:

        def last():
            return (editor.heard_of("leery/status") or [None])[-1]

        page, _ = await opened(editor, SHELL, YAML)
        wanted = {
            "engines": [
                {"name": "checks", "state": "ready", "message": ""},
                {"name": "dataflow", "state": "ready", "message": ""},
                {"name": "bandit", "state": "ready", "message": ""},
                {"name": "semgrep", "state": "disabled", "message": ""},
            ],
            "unreviewed": 1,
            "findings": 2,
            "analysing": False,
        }
        await editor.until(lambda: last() == wanted, "the status with two findings")
        [block] = await page.blocks()
        await editor.command("leery.review", {"uri": page.uri, "block": block["id"], "decision": "approved"})
        await editor.until(lambda: last() == {**wanted, "unreviewed": 0}, "the status after the review")
        page.close()
        await editor.until(lambda: last() == {**wanted, "unreviewed": 0, "findings": 0}, "the status after closing")
        sent = editor.heard_of("leery/status")
        assert all(one != other for one, other in pairwise(sent))


async def test_semgrep_takes_part_and_says_how_it_is(tmp_path):
    pytest.importorskip("semgrep", exc_type=ImportError)
    async with session(tmp_path) as editor:
        page = editor.page("from flask import Flask, request\n\napp = Flask(__name__)\n")
        sample = fresh(
            'def size():\n    with open("data/" + request.args["name"]) as file:\n        return file.read()\n'
        )
        page.insert(len(page.text), '\n\n@app.get("/size")\n' + sample, COMPLETION)
        found = [item for item in await page.diagnostics() if "semgrep" in item["data"]["engines"]]
        assert [(item["code"], item["data"]["cwe"]) for item in found] == [("path-traversal", ["CWE-22"])]
        assert page.text.splitlines()[found[0]["range"]["start"]["line"]].startswith("    with open(")

        def state():
            engines = editor.heard_of("leery/status")[-1]["engines"]
            return next(engine["state"] for engine in engines if engine["name"] == "semgrep")

        await editor.until(lambda: state() == "ready", "that semgrep is ready")
