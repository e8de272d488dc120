"""What a session writes into the log, as ``leery log show`` tells it."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio
from lsprotocol import types
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    SHELL,
    YAML,
    fresh,
    log_entries,
    session,
    until_logged,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NOTHING = {"assistant": None, "model": None, "session": None, "prompt": None}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("log"), options=FAST) as editor:
        yield editor


def name_of(page):
    return page.uri.rpartition("/")[2]


async def logged(page, *kinds, count=1):
    """The page's entries of some types, once there are as many."""

    def mine(entries):
        return [e for e in entries if e.get("file") == name_of(page) and e["type"] in kinds]

    what = f"{count} of {kinds} for {page.uri}"
    folder = page.editor.folder
    return mine(await until_logged(page.editor, folder, lambda entries: len(mine(entries)) >= count, what))


async def test_an_insertion(editor):
    page = editor.page("# größe 𐍈\n" + IMPORTS)
    start = len(page.text)
    sample = fresh("def show(name):\n    '''𐍈'''\n    return name\n")
    page.insert(start, sample, {**COMPLETION, "session": "s-1", "prompt": "p-1"})
    [block] = await page.blocks()
    [entry] = await logged(page, "insertion")
    expected = {
        "type": "insertion",
        "file": name_of(page),
        "block": block["id"],
        "origin": {**COMPLETION, "session": "s-1", "prompt": "p-1"},
        "language": "python",
        "ranges": [[start, start + len(sample)]],
        "lines": [[5, 7]],
        "length": len(sample),
        "amends": None,
        "replaces": [],
        "code": sample,
        "prompt": None,
    }
    assert {name: entry[name] for name in expected} == expected
    assert TIME.fullmatch(entry["time"])


async def test_an_insertion_tells_what_it_rewrites(editor):
    page = editor.page(IMPORTS)
    sample = fresh(SHELL)
    start = len(page.text)
    page.insert(start, sample, COMPLETION)
    await logged(page, "insertion")
    other = start + len(sample)
    page.insert(other, fresh(YAML), COMPLETION)
    [first, beside] = await logged(page, "insertion", count=2)
    page.replace(start + 4, start + len(sample) // 2, fresh(YAML))
    [_, _, rewrite] = await logged(page, "insertion", count=3)
    assert [first["replaces"], beside["replaces"], rewrite["replaces"]] == [[], [], [first["block"]]]


async def test_an_insertion_without_a_hint_is_logged_once_no_hint_can_come(editor):
    page = editor.page(IMPORTS)
    page.replace(len(page.text), len(page.text), fresh(SHELL))
    await page.pull()
    [insertion, opened] = await logged(page, "insertion", "finding-opened", count=2)
    assert (insertion["type"], insertion["origin"]) == (
        "insertion",
        {**NOTHING, "kind": "unknown", "evidence": "inferred"},
    )
    assert (opened["type"], opened["block"]) == ("finding-opened", insertion["block"])


async def test_a_hint_after_the_change_leaves_one_insertion(editor):
    page = editor.page(IMPORTS)
    sample = fresh(SHELL)
    page.replace(len(page.text), len(page.text), sample)
    await page.pull()
    page.hint(page, [page.place(sample)], sample, COMPLETION)
    await page.pull()
    await logged(page, "finding-opened")
    [insertion] = await logged(page, "insertion")
    assert insertion["origin"] == {**NOTHING, **COMPLETION}


async def test_a_finding_opens(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    [found] = await page.diagnostics()
    [entry] = await logged(page, "finding-opened")
    expected = {
        "fingerprint": found["data"]["fingerprint"],
        "rule": "shell-command-injection",
        "cwe": ["CWE-78"],
        "engines": ["bandit", "checks", "dataflow"],
        "severity": "high",
        "confidence": "high",
        "line": found["range"]["start"]["line"] + 1,
        "endLine": found["range"]["end"]["line"] + 1,
        "block": found["data"]["block"],
        "message": found["message"],
    }
    assert {name: entry[name] for name in expected} == expected
    assert set(entry["versions"]) == {"bandit", "checks", "dataflow"}


async def test_a_finding_that_moves_is_logged_once(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    await page.pull()
    await logged(page, "finding-opened")
    page.type(0, "# typed\n")
    await page.pull()
    page.close()
    page = editor.page(page.text, page.uri)
    await page.pull()
    page.insert(len(page.text), "\n\n" + fresh(YAML), COMPLETION)
    await page.pull()
    entries = await logged(page, "finding-opened", "finding-closed", count=2)
    assert [(e["type"], e["rule"]) for e in entries] == [
        ("finding-opened", "shell-command-injection"),
        ("finding-opened", "unsafe-deserialization"),
    ]


@pytest.mark.parametrize(
    ("how", "whole"), [("removed", True), ("edited", False)], ids=["with its block", "within its block"]
)
async def test_a_finding_closes(editor, how, whole):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    [found] = await page.diagnostics()
    await logged(page, "finding-opened")
    start = len(IMPORTS) if whole else page.at("subprocess.call")
    page.replace(start, len(page.text), "" if whole else "name\n")
    assert await page.diagnostics() == []
    [entry] = await logged(page, "finding-closed")
    assert (entry["fingerprint"], entry["how"], entry["block"]) == (
        found["data"]["fingerprint"],
        how,
        found["data"]["block"],
    )


async def test_a_finding_hidden_by_settings_closes_so(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page = editor.page(IMPORTS)
        page.insert(len(page.text), fresh("def f(debug):\n    app.run(debug=True)\n"), COMPLETION)
        [found] = await page.diagnostics()
        assert found["data"]["severity"] == "medium"
        await logged(page, "finding-opened")
        settings = {"leery": {**FAST, "minimumSeverity": "high"}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await page.until_pushed(lambda items: not items)
        [entry] = await logged(page, "finding-closed")
        assert entry["how"] == "settings"


async def test_secrets_are_redacted(editor):
    page = editor.page("\n")
    secret = "AKIA" + "Q7ZP2M4X9K8L3N5R"
    page.insert(0, f'key = "{secret}"\n' * 3, COMPLETION)
    [entry] = await logged(page, "insertion")
    assert secret not in str(entry)
    assert entry["redacted"] == 3


async def test_the_order_of_entries(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    await page.pull()
    await logged(page, "finding-opened")
    entries = log_entries(editor.home, editor.folder)
    assert [entry["index"] for entry in entries] == list(range(len(entries)))
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert [entry["index"] for entry in entries if entry["type"] == "key"] == [0]
    assert [entry["time"] for entry in entries] == sorted(entry["time"] for entry in entries)
    opened = {}
    for entry in entries:  # nothing is said of a block before it was there
        if entry["type"] == "insertion":
            opened[entry["block"]] = entry
        elif entry.get("block") is not None:
            assert entry["block"] in opened, entry


async def test_showing_a_part(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    await page.pull()
    [block] = await page.blocks()
    await logged(page, "finding-opened")
    every = log_entries(editor.home, editor.folder)
    path = editor.folder / name_of(page)
    assert log_entries(editor.home, editor.folder, "--file", str(path)) == [
        entry for entry in every if entry.get("file") == name_of(page)
    ]
    assert log_entries(editor.home, editor.folder, "--block", block["id"], "--type", "insertion") == [
        entry for entry in every if entry.get("block") == block["id"] and entry["type"] == "insertion"
    ]
    newest = log_entries(editor.home, editor.folder, "--limit", "2")
    every = log_entries(editor.home, editor.folder)  # the server may have written since
    assert newest == every[newest[0]["index"] : newest[-1]["index"] + 1]
    assert len(newest) == 2
