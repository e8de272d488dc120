"""Blocks as editors get them: the exact form, when it changes, hints before and after their change."""

from __future__ import annotations

import pytest
import pytest_asyncio
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    PASTE,
    SHELL,
    SHELL_AT,
    YAML,
    fresh,
    log_entries,
    session,
    until_logged,
)
from tests.e2e.wire import Document, text_hash

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("blocks"), options=FAST) as editor:
        yield editor


async def test_the_exact_form(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    said = {**COMPLETION, "session": "s-1", "prompt": "p-7"}
    page.insert(len(page.text), shell, said)
    [found] = await page.diagnostics()
    [block] = await page.blocks()
    identity = block.pop("id")
    assert isinstance(identity, str)
    assert identity
    assert block == {
        "ranges": [page.place(shell)],
        "origin": said,
        "state": "unreviewed",
        "survived": 1.0,
        "findings": [found["data"]["fingerprint"]],
    }
    assert found["data"] == {
        "fingerprint": block["findings"][0],
        "cwe": ["CWE-78"],
        "engines": ["bandit", "checks", "dataflow"],
        "severity": "high",
        "confidence": "high",
        "block": identity,
    }


async def test_blocks_of_a_document_that_is_not_open(editor):
    assert await editor.blocks(editor.uri()) == []


async def test_ranges_are_sorted_and_survival_is_counted(editor):
    page = editor.page(IMPORTS)
    first, second = fresh(SHELL), fresh(YAML)
    page.insert(len(page.text), first, COMPLETION)
    page.insert(len(IMPORTS), second, PASTE)
    assert [block["ranges"] for block in await page.blocks()] == [[page.place(second)], [page.place(first)]]
    page.replace(page.at(SHELL_AT), page.at(SHELL_AT) + len(SHELL_AT), "42")
    found = await page.diagnostics()
    blocks = await page.blocks()
    head, tail = first.split(SHELL_AT)
    assert blocks[1]["ranges"] == [page.place(head), page.place(tail, page.text.count(tail) - 1)]
    assert blocks[1]["survived"] == pytest.approx(1 - len(SHELL_AT) / len(first))
    assert blocks[0]["survived"] == 1.0
    shown = [(item["data"]["block"], item["data"]["fingerprint"]) for item in found]
    assert [(block["id"], name) for block in blocks for name in block["findings"]] == shown


async def test_changes_of_blocks_are_announced(editor):
    page = editor.page(IMPORTS)

    def announced(since):
        return [item for item in editor.heard_of("leery/blocksChanged", since=since) if item == {"uri": page.uri}]

    start = len(editor.said)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    await editor.until(lambda: announced(start), "the announcement of a new block")
    await page.diagnostics()
    [block] = await page.blocks()
    assert block["findings"] != []

    for change in (
        lambda: editor.command("leery.review", {"uri": page.uri, "block": block["id"], "decision": "approved"}),
        lambda: editor.command("leery.setOrigin", {"uri": page.uri, "block": block["id"], "origin": PASTE}),
    ):
        start = len(editor.said)
        await change()
        await editor.until(lambda start=start: announced(start), "the announcement of a change of the block")

    start = len(editor.said)
    page.replace(len(IMPORTS), len(page.text), "")
    await editor.until(lambda: announced(start), "the announcement that the block is gone")
    assert await page.blocks() == []


async def test_typing_announces_nothing(editor):
    page = editor.page(IMPORTS)
    start = len(editor.said)
    page.type(0, "# typed\n")
    await page.pull()
    # What happened last to another page may still be told.
    assert {"uri": page.uri} not in editor.heard_of("leery/blocksChanged", since=start)


async def test_a_hint_for_several_ranges(editor):
    page = editor.page("one\ntwo\n")
    page.replace(4, 4, "first inserted\n")
    page.replace(len(page.text), len(page.text), "second inserted\n")
    ranges = [page.place("second inserted\n"), page.place("first inserted\n")]
    page.hint(page, ranges, "first inserted\nsecond inserted\n", COMPLETION)
    [block] = await page.blocks()
    assert block["ranges"] == [page.place("first inserted\n"), page.place("second inserted\n")]
    assert block["origin"]["assistant"] == "copilot"


async def test_a_hint_before_its_change_counts_in_the_text_after_it(editor):
    page = editor.page("# größe 𐍈\n" + IMPORTS)
    shell = fresh("def show(name):\n    '''𐍈'''\n    return 1\n")
    page.insert(len(page.text), shell, COMPLETION, ahead=True)
    [block] = await page.blocks()
    assert (block["ranges"], block["origin"]["kind"]) == ([page.place(shell)], "completion")


async def test_a_hint_after_a_later_edit(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    start = len(page.text)
    page.replace(start, start, shell)
    then = Document(page.uri, page.language, page.version, page.text, page.encoding)
    page.type(0, "# typed in between\n")
    page.hint(then, [then.range(start, start + len(shell))], shell, COMPLETION)
    [block] = await page.blocks()
    assert (block["ranges"], block["origin"]["kind"]) == ([page.place(shell)], "completion")


async def test_a_hint_whose_hash_is_another_matches_nothing(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.replace(len(page.text), len(page.text), shell)
    page.hint(page, [page.place(shell)], "another text", COMPLETION)
    [block] = await page.blocks()
    assert block["origin"]["kind"] == "unknown"


async def test_a_hint_that_finds_no_change_is_logged_and_applied_to_nothing(editor):
    page = editor.page(IMPORTS)
    text = "text that never comes\n"
    after = Document(page.uri, page.language, 2, IMPORTS + text, page.encoding)
    page.hint(after, [after.range(len(IMPORTS), len(after.text))], text, COMPLETION)
    name = page.uri.rpartition("/")[2]

    def unmatched(entries):
        return [entry for entry in entries if entry["type"] == "hint-unmatched" and entry["file"] == name]

    entries = await until_logged(editor, editor.folder, unmatched, "an unmatched hint")
    [entry] = unmatched(entries)
    assert entry["origin"] == {**COMPLETION, "session": None, "prompt": None}
    assert entry["textHash"] == text_hash(text)
    assert await page.blocks() == []

    # The same text, coming too late: it is of unknown origin, if it is large enough to be a block at all.
    page.replace(len(page.text), len(page.text), fresh(SHELL))
    assert [block["origin"]["kind"] for block in await page.blocks()] == ["unknown"]


@pytest.mark.parametrize("end", [{"line": 5, "character": 0}, {"line": 1, "character": 40}])
async def test_a_hint_without_hash_whose_place_the_text_does_not_have_takes_no_other_edit(editor, end):
    page = editor.page("import os\n")
    params = {
        "textDocument": {"uri": page.uri, "version": 2},
        "ranges": [{"start": {"line": 1, "character": 0}, "end": end}],
        **COMPLETION,
    }
    editor.protocol.notify("leery/insertion", params)
    page.replace(len(page.text), len(page.text), "q")
    name = page.uri.rpartition("/")[2]
    await until_logged(
        editor,
        editor.folder,
        lambda entries: any(e["type"] == "hint-unmatched" and e["file"] == name for e in entries),
        "an unmatched hint",
    )
    assert await page.blocks() == []


async def test_a_hint_that_still_waits_when_its_document_closes_is_logged(editor):
    page = editor.page(IMPORTS)
    text = "text that never comes either\n"
    after = Document(page.uri, page.language, 2, IMPORTS + text, page.encoding)
    page.hint(after, [after.range(len(IMPORTS), len(after.text))], text, COMPLETION)
    page.close()
    name = page.uri.rpartition("/")[2]
    await until_logged(
        editor,
        editor.folder,
        lambda entries: any(e["type"] == "hint-unmatched" and e["file"] == name for e in entries),
        "an unmatched hint",
    )


async def test_a_hint_for_a_document_that_is_not_open_is_logged(editor):
    uri = editor.uri("never-opened.py")
    params = {
        "textDocument": {"uri": uri, "version": 1},
        "ranges": [{"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}],
        **PASTE,
    }
    editor.protocol.notify("leery/insertion", params)
    entries = await until_logged(
        editor,
        editor.folder,
        lambda entries: any(e["type"] == "hint-unmatched" and e["file"].endswith("never-opened.py") for e in entries),
        "an unmatched hint",
    )
    [entry] = [e for e in entries if e["type"] == "hint-unmatched" and e["file"].endswith("never-opened.py")]
    assert entry["file"] == "never-opened.py"


async def test_text_cut_and_pasted_keeps_its_origin_across_files(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    [before] = await page.blocks()
    page.replace(len(IMPORTS), len(page.text), "")
    other = editor.page(IMPORTS)
    other.insert(len(other.text), shell, PASTE)
    [after] = await other.blocks()
    assert (after["id"], after["origin"], after["ranges"]) == (before["id"], before["origin"], [other.place(shell)])
    [found] = await other.diagnostics()
    assert found["data"]["block"] == before["id"]
    assert await page.blocks() == []


async def test_undo_restores_the_block(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    [before] = await page.blocks()
    await page.diagnostics()
    page.replace(len(IMPORTS), len(page.text), "")
    assert await page.blocks() == []
    page.replace(len(IMPORTS), len(IMPORTS), shell)
    [after] = await page.blocks()
    assert (after["id"], after["ranges"], after["origin"]) == (before["id"], before["ranges"], before["origin"])
    assert [page.excerpt(item["range"]) for item in await page.diagnostics()] == [SHELL_AT]


async def test_a_formatter_keeps_authorship(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    [before] = await page.blocks()
    formatted = shell.replace("(name)", "( name )").replace("    return", "        return")
    page.replace(len(IMPORTS), len(page.text), formatted)
    [after] = await page.blocks()
    assert (after["id"], after["ranges"]) == (before["id"], [page.place(formatted)])


async def test_the_log_is_readable_while_the_server_writes(editor):
    indices = [entry["index"] for entry in log_entries(editor.home, editor.folder)]
    assert indices == list(range(len(indices)))
