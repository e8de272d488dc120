"""What a person decides: suppress, review, correct an origin, look into the log; wrong arguments are refused."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
import pytest_asyncio
from pygls.exceptions import JsonRpcException
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    PASTE,
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

INVALID_PARAMS = -32602
AGENT = {"kind": "agent", "evidence": "reported", "assistant": "claude", "model": None, "session": "s", "prompt": None}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("decisions"), options=FAST) as editor:
        yield editor


async def opened(editor, *samples, uri=None):
    page = editor.page(IMPORTS, uri)
    page.insert(len(page.text), "\n\n".join(fresh(sample) for sample in samples), COMPLETION)
    return page, await page.diagnostics()


def name_of(page):
    return page.uri.rpartition("/")[2]


def of_page(page, entries, *kinds):
    return [e for e in entries if e.get("file") == name_of(page) and (not kinds or e["type"] in kinds)]


async def logged(page, *kinds, count=1):
    """The page's entries of some types, once there are as many."""
    entries = await until_logged(
        page.editor,
        page.editor.folder,
        lambda entries: len(of_page(page, entries, *kinds)) >= count,
        f"{count} of {kinds} for {page.uri}",
    )
    return of_page(page, entries, *kinds)


def suppression(page, found, reason="the name is checked before", **more):
    return {"uri": page.uri, "fingerprint": found["data"]["fingerprint"], "reason": reason, **more}


async def refused(editor, command, *arguments):
    with pytest.raises(JsonRpcException) as error:
        await editor.command(command, *arguments)
    return error.value


async def test_suppressing_hides_one_finding_and_is_logged(editor):
    page, found = await opened(editor, SHELL, YAML)
    shell, yaml = found
    assert await editor.command("leery.suppress", suppression(page, shell)) == {}
    await page.until_pushed(lambda items: items == [yaml])
    assert await page.diagnostics() == [yaml]
    entries = await logged(page, "suppression", "finding-closed", count=2)
    assert [e["type"] for e in entries] == ["suppression", "finding-closed"]
    assert all(e["fingerprint"] == shell["data"]["fingerprint"] for e in entries)
    assert entries[0]["reason"] == "the name is checked before"
    assert entries[0]["block"] == shell["data"]["block"]
    assert entries[0]["expires"] is None
    assert entries[1]["how"] == "suppressed"
    [block] = await page.blocks()
    assert block["findings"] == [yaml["data"]["fingerprint"]]


async def test_a_suppression_is_acknowledged_once_it_is_on_disk(editor):
    page, [found] = await opened(editor, SHELL)
    await editor.command("leery.suppress", suppression(page, found, "on disk"))
    entries = of_page(page, log_entries(editor.home, editor.folder), "suppression")
    assert [entry["reason"] for entry in entries] == ["on disk"]


async def test_a_suppression_keeps_a_digest_and_never_the_text(editor):
    page, [found] = await opened(editor, 'PASSWORD = "hunter2secret99"\n')
    assert page.excerpt(found["range"]) == '"hunter2secret99"'
    await editor.command("leery.suppress", suppression(page, found))
    [entry] = await logged(page, "suppression")
    assert re.fullmatch("[0-9a-f]{64}", entry["content"])
    assert "hunter2" not in json.dumps(entry)


async def test_a_suppressed_finding_stays_hidden_when_it_moves_and_when_reopened(editor):
    page, [found] = await opened(editor, SHELL)
    await editor.command("leery.suppress", suppression(page, found))
    page.type(0, "# moved\n")
    assert await page.diagnostics() == []
    page.close()
    page = editor.page(page.text, page.uri)
    assert await page.diagnostics() == []


async def test_a_suppression_of_one_of_two_twins(editor):
    page = editor.page(IMPORTS)
    body = "    subprocess.call(command, shell=True)\n"
    page.insert(len(page.text), fresh("def run(command):\n" + body + body), COMPLETION)
    first, second = await page.diagnostics()
    assert first["data"]["fingerprint"] != second["data"]["fingerprint"]
    await editor.command("leery.suppress", suppression(page, second))
    assert await page.diagnostics() == [first]


async def test_a_notice_can_be_suppressed_with_a_reason_too(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), "def broken(:\n    return eval(x\n", COMPLETION)
    notice = next(item for item in await page.diagnostics() if item["code"] == "analysis-parse")
    [action] = [
        action
        for action in await page.actions(notice["range"])
        if action["title"] == "Suppress analysis-parse here, with a reason…" and action["diagnostics"] == [notice]
    ]
    [argument] = action["command"]["arguments"]
    assert argument == {"uri": page.uri, "fingerprint": notice["data"]["fingerprint"]}
    await editor.command("leery.suppress", {**argument, "reason": "a sketch"})
    assert notice not in await page.diagnostics()
    [entry] = await logged(page, "suppression")
    assert (entry["rule"], entry["reason"], entry["block"]) == ("analysis-parse", "a sketch", None)


async def test_a_suppression_with_a_date(editor):
    page, [found] = await opened(editor, SHELL)
    today = dt.datetime.now(dt.timezone.utc).date()
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    yesterday = (today - dt.timedelta(days=2)).isoformat()
    await editor.command("leery.suppress", suppression(page, found, expires=tomorrow))
    assert await page.diagnostics() == []
    [entry] = await logged(page, "suppression")
    assert entry["expires"] == tomorrow

    page, [found] = await opened(editor, SHELL)
    await editor.command("leery.suppress", suppression(page, found, expires=yesterday))
    assert [item["range"] for item in await page.diagnostics()] == [found["range"]]


async def test_a_suppression_lapses_when_an_assistant_rewrites_the_lines(editor):
    page, [found] = await opened(editor, SHELL)
    await editor.command("leery.suppress", suppression(page, found))
    assert await page.diagnostics() == []
    [held] = await logged(page, "suppression")
    text = page.text[len(IMPORTS) :]
    page.replace(len(IMPORTS), len(page.text), "")
    await page.pull()
    # The very same lines, written again by somebody else: who allowed the first did not see these.
    page.replace(len(IMPORTS), len(IMPORTS), text.replace("def ", "def g"))
    place = page.range(len(IMPORTS), len(page.text))
    page.hint(page, [place], page.text[len(IMPORTS) :], AGENT)
    [again] = await page.diagnostics()
    assert again["data"]["fingerprint"] == found["data"]["fingerprint"]
    assert again["data"]["block"] != found["data"]["block"]
    [lapse] = await logged(page, "lapse")
    assert (lapse["subject"], lapse["of"], lapse["why"]) == (held["id"], "suppression", "rewritten")


async def test_reviewing_a_block_and_its_lapse(editor):
    page, [found] = await opened(editor, SHELL)
    [block] = await page.blocks()
    argument = {"uri": page.uri, "block": block["id"], "decision": "approved", "note": "read twice"}
    assert await editor.command("leery.review", argument) == {}
    [after] = await page.blocks()
    assert after == {**block, "state": "reviewed"}
    [entry] = of_page(page, log_entries(editor.home, editor.folder), "review")
    assert (entry["block"], entry["decision"], entry["note"]) == (block["id"], "approved", "read twice")
    assert [item["range"] for item in await page.diagnostics()] == [found["range"]]

    # An assistant rewrites a line of it.
    start = page.at("    return")
    page.replace(start, len(page.text), '    return subprocess.run("cat " + name, shell=True, check=True)\n')
    page.hint(page, [page.range(start, len(page.text))], page.text[start:], AGENT)
    await page.pull()
    states = {block["id"]: block["state"] for block in await page.blocks()}
    assert states.pop(block["id"]) == "lapsed"
    assert list(states.values()) == ["unreviewed"]
    [lapse] = await logged(page, "lapse")
    assert (lapse["subject"], lapse["of"], lapse["why"], lapse["block"]) == (
        entry["id"],
        "review",
        "rewritten",
        block["id"],
    )


async def test_a_rejected_block_is_reviewed_too(editor):
    page, _ = await opened(editor, SHELL)
    [block] = await page.blocks()
    await editor.command("leery.review", {"uri": page.uri, "block": block["id"], "decision": "rejected"})
    [entry] = await logged(page, "review")
    assert (entry["decision"], entry["note"]) == ("rejected", None)


async def test_correcting_an_origin(editor):
    page, [found] = await opened(editor, SHELL)
    [block] = await page.blocks()
    [first] = await logged(page, "insertion")
    assert await editor.command("leery.setOrigin", {"uri": page.uri, "block": block["id"], "origin": AGENT}) == {}
    [after] = await page.blocks()
    assert (after["id"], after["origin"]) == (block["id"], AGENT)
    [item] = await page.diagnostics()
    assert item["message"].endswith("\nOrigin: agent by claude, reported.")
    entries = of_page(page, log_entries(editor.home, editor.folder), "insertion")
    assert [(e["block"], e["origin"], e["amends"]) for e in entries] == [
        (block["id"], first["origin"], None),
        (block["id"], AGENT, first["id"]),
    ]
    assert item["range"] == found["range"]


async def test_an_origin_corrected_to_typed_is_quiet(editor):
    page, _ = await opened(editor, SHELL)
    [block] = await page.blocks()
    origin = {"kind": "typed", "evidence": "reported"}
    await editor.command("leery.setOrigin", {"uri": page.uri, "block": block["id"], "origin": origin})
    assert await page.diagnostics() == []


async def test_showing_provenance(editor):
    page, [found] = await opened(editor, SHELL)
    other, _ = await opened(editor, YAML)
    [block] = await page.blocks()
    await logged(page, "finding-opened")
    argument = {"uri": page.uri, "block": block["id"]}
    shown = await editor.command("leery.showProvenance", argument)
    assert [(e["type"], e["block"], e["file"]) for e in shown] == [
        ("insertion", block["id"], name_of(page)),
        ("finding-opened", block["id"], name_of(page)),
    ]
    assert shown == [e for e in log_entries(editor.home, editor.folder) if e.get("block") == block["id"]]
    assert shown[1]["fingerprint"] == found["data"]["fingerprint"]
    assert await editor.command("leery.showProvenance", {"uri": page.uri}) == shown
    await logged(other, "finding-opened")
    assert {e["file"] for e in await editor.command("leery.showProvenance", {"uri": other.uri})} == {name_of(other)}
    assert await editor.command("leery.showProvenance", {"uri": page.uri, "block": "none"}) == []


async def test_what_was_just_seen_is_in_what_is_asked_of_the_log(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(YAML), PASTE)
    entries = await editor.command("leery.showProvenance", {"uri": page.uri})
    assert entries[0]["type"] == "insertion"
    assert entries[0]["code"] == page.text[len(IMPORTS) :]


async def test_a_report_of_nothing_and_of_what_was_just_seen(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        argument = {"path": str(tmp_path / "report.html")}
        error = await refused(editor, "leery.exportLog", argument)
        assert error.code == INVALID_PARAMS
        assert error.message.endswith("has no provenance log yet")
        page = editor.page(IMPORTS)
        page.insert(len(page.text), fresh(YAML), PASTE)
        assert await editor.command("leery.exportLog", argument) == argument
    assert f'"{name_of(page)}"' in (tmp_path / "report.html").read_text(encoding="utf-8")


async def test_exporting_the_log(editor):
    page, _ = await opened(editor, SHELL)
    await logged(page, "finding-opened")
    answer = await editor.command("leery.exportLog", {"uri": page.uri})
    lines = [json.loads(line) for line in answer["text"].splitlines()]
    shown = log_entries(editor.home, editor.folder)
    assert lines == shown[: len(lines)]
    assert of_page(page, lines, "finding-opened") != []
    path = editor.folder.parent / "log.jsonl"
    assert await editor.command("leery.exportLog", {"path": str(path)}) == {"path": str(path)}
    exported = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert exported[: len(lines)] == lines
    assert (await editor.command("leery.exportLog"))["text"].splitlines()[: len(lines)] == answer["text"].splitlines()


async def test_the_report(editor):
    page, _ = await opened(editor, SHELL)
    await logged(page, "finding-opened")
    path = editor.folder.parent / "report.html"
    assert await editor.command("leery.exportLog", {"uri": page.uri, "path": str(path)}) == {"path": str(path)}
    written = path.read_text(encoding="utf-8")
    assert "<h2>The log holds</h2>" in written
    assert f'"{name_of(page)}"' in written


async def test_what_is_about_one_file_alone(editor):
    page, _ = await opened(editor, SHELL)
    other, _ = await opened(editor, SHELL)
    await logged(page, "finding-opened")
    await logged(other, "finding-opened")
    path = editor.folder.parent / "one.html"
    await editor.command("leery.exportLog", {"uri": page.uri, "path": str(path), "scope": "file"})
    written = path.read_text(encoding="utf-8")
    assert f"<h1>{name_of(page)}</h1>" in written
    assert name_of(other) not in written
    answer = await editor.command("leery.exportLog", {"uri": page.uri, "scope": "file"})
    assert {json.loads(line)["file"] for line in answer["text"].splitlines()} == {name_of(page)}
    for wrong in ({"scope": "block", "uri": page.uri}, {"scope": "file"}, {"scope": "file", "uri": "untitled:one"}):
        assert (await refused(editor, "leery.exportLog", wrong)).code == INVALID_PARAMS


@pytest.mark.parametrize("name", ["log.jsonl", "report.html"])
async def test_exporting_to_a_place_that_is_none(editor, name):
    error = await refused(editor, "leery.exportLog", {"path": str(editor.folder / "missing" / name)})
    assert error.code == INVALID_PARAMS
    assert "missing" in error.message


@pytest.mark.parametrize(
    "change",
    [
        {"reason": None},
        {"reason": ""},
        {"reason": "  "},
        {"reason": 5},
        {"fingerprint": "0" * 32},
        {"fingerprint": None},
        {"uri": None},
        {"uri": "file:///not/open.py"},
        {"expires": "soon"},
        {"expires": "2026-13-01"},
        {"expires": 5},
    ],
    ids=str,
)
async def test_a_suppression_is_refused(editor, change):
    page, [found] = await opened(editor, SHELL)
    argument = {name: value for name, value in (suppression(page, found) | change).items() if value is not None}
    assert (await refused(editor, "leery.suppress", argument)).code == INVALID_PARAMS
    assert await page.diagnostics() == [found]
    shown = await editor.command("leery.showProvenance", {"uri": page.uri})
    assert [entry for entry in shown if entry["type"] == "suppression"] == []


@pytest.mark.parametrize(
    ("command", "change"),
    [
        ("leery.review", {"block": "none"}),
        ("leery.review", {"block": None}),
        ("leery.review", {"decision": "maybe"}),
        ("leery.review", {"decision": None}),
        ("leery.review", {"uri": "file:///not/open.py"}),
        ("leery.review", {"note": 5}),
        ("leery.setOrigin", {"block": "none"}),
        ("leery.setOrigin", {"origin": None}),
        ("leery.setOrigin", {"origin": {"kind": "magic", "evidence": "observed"}}),
        ("leery.setOrigin", {"origin": {"kind": "paste"}}),
        ("leery.setOrigin", {"origin": "paste"}),
        ("leery.setOrigin", {"origin": {**PASTE, "assistant": 5}}),
        ("leery.setOrigin", {"uri": "file:///not/open.py"}),
        ("leery.showProvenance", {"uri": None}),
        ("leery.showProvenance", {"block": 5}),
        ("leery.exportLog", {"path": 5}),
    ],
    ids=str,
)
async def test_wrong_arguments_are_refused(editor, command, change):
    page, [found] = await opened(editor, YAML)
    blocks = await page.blocks()
    right = {"uri": page.uri, "block": blocks[0]["id"], "decision": "approved", "origin": PASTE} | change
    argument = {name: value for name, value in right.items() if value is not None}
    error = await refused(editor, command, argument)
    assert error.code == INVALID_PARAMS
    assert error.message
    assert await page.blocks() == blocks
    assert await page.diagnostics() == [found]
    assert page.excerpt(found["range"]) == YAML_AT


@pytest.mark.parametrize("command", ["leery.review", "leery.suppress", "leery.setOrigin", "leery.showProvenance"])
@pytest.mark.parametrize("arguments", [(), ("text",), (None,), ({}, {})], ids=str)
async def test_commands_take_one_object(editor, command, arguments):
    assert (await refused(editor, command, *arguments)).code == INVALID_PARAMS


async def test_an_unknown_command(editor):
    assert (await refused(editor, "leery.nothing", {})).code == INVALID_PARAMS


async def test_decisions_hold_after_a_restart(tmp_path):
    async with session(tmp_path, options=FAST) as editor:
        page, found = await opened(editor, SHELL, YAML, uri=editor.uri("kept.py"))
        shell, yaml = found
        [block] = await page.blocks()
        await editor.command("leery.suppress", suppression(page, shell, "checked"))
        await editor.command("leery.review", {"uri": page.uri, "block": block["id"], "decision": "approved"})
        [before] = await page.blocks()
        text, uri = page.text, page.uri
        (editor.folder / "kept.py").write_text(text, encoding="utf-8", newline="")
        page.save()
    async with session(tmp_path, options=FAST) as editor:
        page = editor.page(text, uri)
        assert await page.diagnostics() == [yaml]
        assert await page.blocks() == [before]
        assert before["state"] == "reviewed"
        assert page.excerpt(shell["range"]) == SHELL_AT

        # What was closed or opened before is not logged again.
        entries = of_page(page, log_entries(editor.home, editor.folder))
        assert [e["type"] for e in entries].count("finding-opened") == 2
        assert [e["type"] for e in entries].count("finding-closed") == 1
