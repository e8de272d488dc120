"""Fixes as an editor takes them: offered when proven, resolved for a version, applied, and the finding is gone."""

from __future__ import annotations

import pytest
import pytest_asyncio
from pygls.exceptions import JsonRpcException
from tests.e2e.lsp import (
    COMPLETION,
    FAST,
    IMPORTS,
    SHELL,
    SHELL_AT,
    YAML,
    YAML_AT,
    fresh,
    session,
    until_logged,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONTENT_MODIFIED = -32801


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("actions"), options=FAST) as editor:
        yield editor


async def opened(editor, *samples):
    """A page with samples in one completion, and what is found in it."""
    page = editor.page("# 𐍈\n" + IMPORTS)
    page.insert(len(page.text), "\n\n".join(fresh(sample) for sample in samples), COMPLETION)
    return page, await page.diagnostics()


def fixes(actions):
    return [action for action in actions if "fix" in (action.get("data") or {})]


def titles(actions):
    return [action["title"] for action in actions]


async def test_a_safe_fix_is_preferred_and_takes_the_finding_away(editor):
    page, [found] = await opened(editor, YAML)
    [fix] = fixes(await page.actions(found["range"]))
    assert fix["kind"] == "quickfix"
    assert fix["isPreferred"] is True
    assert "edit" not in fix
    assert fix["diagnostics"] == [found]
    resolved = await page.resolve(fix)
    assert resolved["title"] == fix["title"]
    [change] = resolved["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": page.uri, "version": page.version}
    before = page.text
    page.apply(resolved["edit"])
    assert page.text == before.replace("yaml.load(stream.read(), Loader=yaml.Loader)", "yaml.safe_load(stream.read())")
    assert await page.diagnostics() == []


async def test_a_fix_to_be_reviewed_is_not_preferred(editor):
    page, [found] = await opened(editor, SHELL)
    fix, other = fixes(await page.actions(found["range"]))
    assert (fix["isPreferred"], other["isPreferred"]) == (False, False)
    assert fix["title"].endswith(" (review)")
    page.apply((await page.resolve(fix))["edit"])
    fingerprints = [item["data"]["fingerprint"] for item in await page.diagnostics()]
    assert found["data"]["fingerprint"] not in fingerprints


async def test_a_fix_brings_the_import_it_needs(editor):
    page = editor.page('"""Doc."""\n\nimport os\n')
    sample = fresh("def load(stream):\n    return load_yaml(stream, Loader=Loader)\n")
    page.insert(len(page.text), "from yaml import Loader, load as load_yaml\n\n\n" + sample, COMPLETION)
    found = [item for item in await page.diagnostics() if page.excerpt(item["range"]) == "stream"]
    [fix] = fixes(await page.actions(found[0]["range"]))
    page.apply((await page.resolve(fix))["edit"])
    assert "from yaml import safe_load\n" in page.text
    assert "return safe_load(stream)\n" in page.text
    assert [item for item in await page.diagnostics() if item["code"] == found[0]["code"]] == []


async def test_actions_anywhere_on_the_line(editor):
    page, [found] = await opened(editor, YAML)
    start = page.position(page.text.rindex("\n", 0, page.at(YAML_AT)) + 1)
    assert fixes(await page.actions({"start": start, "end": start})) == fixes(await page.actions(found["range"]))
    far = page.position(0)
    assert await page.actions({"start": far, "end": far}, only=["quickfix"]) == []


async def test_fix_all_of_a_kind_leaves_other_kinds(editor):
    page, found = await opened(editor, YAML, SHELL, YAML)
    yaml = [item for item in found if page.excerpt(item["range"]) == YAML_AT]
    assert len(yaml) == 2
    [every] = [a for a in await page.actions(yaml[0]["range"]) if a["title"].startswith("Fix all of this kind")]
    assert every["kind"] == "quickfix"
    page.apply((await page.resolve(every))["edit"])
    assert page.text.count("yaml.safe_load(stream.read())") == 2
    assert [page.excerpt(item["range"]) for item in await page.diagnostics()] == [SHELL_AT]


async def test_a_single_finding_has_no_fix_all_of_its_kind(editor):
    page, found = await opened(editor, YAML, SHELL)
    for item in found:
        assert [t for t in titles(await page.actions(item["range"])) if t.startswith("Fix all of this kind")] == []


@pytest.mark.parametrize("only", [["source.fixAll.leery"], ["source.fixAll"], ["source"]])
async def test_fix_all_on_save_takes_the_safe_ones_only(editor, only):
    page, found = await opened(editor, YAML, SHELL, YAML)
    assert len(found) == 3
    whole = page.range(0, len(page.text))
    [action] = await page.actions(whole, only=only)
    assert action["kind"] == "source.fixAll.leery"
    page.apply((await page.resolve(action))["edit"])
    assert page.text.count("yaml.safe_load(stream.read())") == 2
    assert SHELL_AT in page.text
    assert [page.excerpt(item["range"]) for item in await page.diagnostics()] == [SHELL_AT]
    assert await page.actions(page.range(0, len(page.text)), only=only) == []


async def test_only_quickfixes(editor):
    page, _ = await opened(editor, YAML, SHELL)
    actions = await page.actions(page.range(0, len(page.text)), only=["quickfix"])
    assert {action["kind"] for action in actions} == {"quickfix"}
    assert len(fixes(actions)) == 3
    assert await page.actions(page.range(0, len(page.text)), only=["refactor"]) == []
    assert await page.actions(page.range(0, len(page.text)), only=["source.organizeImports"]) == []


async def test_every_diagnostic_offers_to_suppress_it_and_every_block_its_commands(editor):
    page, found = await opened(editor, YAML, SHELL)
    [block] = await page.blocks()
    for item in found:
        actions = await page.actions(item["range"])
        commands = [action["command"] for action in actions if "command" in action]
        assert [(command["command"], command["arguments"]) for command in commands] == [
            ("leery.suppress", [{"uri": page.uri, "fingerprint": item["data"]["fingerprint"]}]),
            ("leery.review", [{"uri": page.uri, "block": block["id"], "decision": "approved"}]),
            ("leery.setOrigin", [{"uri": page.uri, "block": block["id"]}]),
        ]
        [suppress] = [a for a in actions if (a.get("command") or {}).get("command") == "leery.suppress"]
        assert suppress["diagnostics"] == [item]


async def test_a_reviewed_block_does_not_offer_its_review(editor):
    page, [found] = await opened(editor, YAML)
    [block] = await page.blocks()
    await editor.command("leery.review", {"uri": page.uri, "block": block["id"], "decision": "approved"})
    commands = [a["command"]["command"] for a in await page.actions(found["range"]) if "command" in a]
    assert commands == ["leery.suppress", "leery.setOrigin"]


async def test_typed_code_has_no_actions(editor):
    page = editor.page(IMPORTS)
    page.type(len(page.text), fresh(YAML))
    await page.pull()
    assert await page.actions(page.range(0, len(page.text))) == []


async def test_a_fix_for_an_earlier_version_is_refused(editor):
    page, [found] = await opened(editor, YAML)
    actions = await page.actions(found["range"])
    every = [action for action in actions if action["kind"] == "source.fixAll.leery"]
    page.type(0, "# typed\n")
    for action in [*fixes(actions), *every]:
        with pytest.raises(JsonRpcException) as refused:
            await page.resolve(action)
        assert refused.value.code == CONTENT_MODIFIED
    await page.pull()
    with pytest.raises(JsonRpcException):
        await page.resolve(every[0])


async def test_a_fix_for_a_closed_document_is_refused(editor):
    page, [found] = await opened(editor, YAML)
    [fix] = fixes(await page.actions(found["range"]))
    page.close()
    with pytest.raises(JsonRpcException) as refused:
        await page.resolve(fix)
    assert refused.value.code == CONTENT_MODIFIED


@pytest.mark.parametrize(
    "data",
    [{}, {"uri": "file:///none.py"}, {"uri": 5, "version": 1}, {"uri": "file:///none.py", "version": 1, "fix": "x"}],
)
async def test_a_resolve_with_other_data_is_answered(editor, data):
    page, _ = await opened(editor, YAML)
    action = {"title": "Not ours", "kind": "quickfix", "data": data}
    try:
        answer = await page.resolve(action)
    except JsonRpcException as refused:
        assert refused.code in {CONTENT_MODIFIED, -32602}  # noqa: PT017 - an answer without an edit will do too
    else:
        assert "edit" not in answer


async def test_no_other_fix_is_given_than_those_that_were_offered(editor):
    page, [found] = await opened(editor, YAML)
    [fix] = fixes(await page.actions(found["range"]))
    for other in ({"fix": -1}, {"fix": "0"}, {"fix": None}, {"fix": 7}, {"fingerprint": []}, {"version": None}):
        with pytest.raises(JsonRpcException) as refused:
            await page.resolve({**fix, "data": {**fix["data"], **other}})
        assert refused.value.code in {CONTENT_MODIFIED, -32602}, other
    assert "edit" in await page.resolve(fix)


async def test_an_applied_fix_is_logged(editor):
    page, [found] = await opened(editor, YAML)
    [fix] = fixes(await page.actions(found["range"]))
    [block] = await page.blocks()
    page.apply((await page.resolve(fix))["edit"])
    await page.diagnostics()
    name = page.uri.rpartition("/")[2]

    def mine(entries):
        return [entry for entry in entries if entry.get("file") == name]

    entries = mine(
        await until_logged(
            editor,
            editor.folder,
            lambda entries: any(entry["type"] == "finding-closed" for entry in mine(entries)),
            "that the finding is closed",
        )
    )
    fingerprint = found["data"]["fingerprint"]
    assert [(e["type"], e.get("fingerprint"), e["block"]) for e in entries if e["type"] != "insertion"] == [
        ("finding-opened", fingerprint, block["id"]),
        ("fix-applied", fingerprint, block["id"]),
        ("finding-closed", fingerprint, block["id"]),
    ]
    [applied] = [e for e in entries if e["type"] == "fix-applied"]
    assert (applied["rule"], applied["applicability"], applied["title"]) == (
        "unsafe-deserialization",
        "safe",
        "Use the safe loader",
    )
    assert entries[-1]["how"] == "fixed"


async def test_a_fix_by_hand_is_no_fix_of_leerys(editor):
    page, [found] = await opened(editor, YAML)
    name = page.uri.rpartition("/")[2]

    async def logged(kind):
        def ready(entries):
            return any(e["type"] == kind and e["file"] == name for e in entries)

        return await until_logged(editor, editor.folder, ready, kind)

    await logged("finding-opened")
    start = page.at("yaml.load(stream.read(), Loader=yaml.Loader)")
    page.replace(start, start + len("yaml.load(stream.read(), Loader=yaml.Loader)"), "json.load(stream)")
    assert await page.diagnostics() == []
    entries = await logged("finding-closed")
    [closed] = [e for e in entries if e["type"] == "finding-closed" and e["file"] == name]
    assert (closed["fingerprint"], closed["how"]) == (found["data"]["fingerprint"], "edited")
    assert [e for e in entries if e["type"] == "fix-applied" and e["file"] == name] == []
