"""Texts in every encoding, and what is published of them: right places and versions, nothing twice, nothing stale."""

from __future__ import annotations

from itertools import pairwise

import pytest
import pytest_asyncio
from lsprotocol import types
from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, PASTE, SHELL, SHELL_AT, YAML, YAML_AT, fresh, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

# A character of each length, and characters that are no line end although Python's splitlines thinks so.
WIDE = 'x = "é€𐍈👍🏽\u2028\x0c\x85"; '


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("sync"), options=FAST) as editor:
        yield editor


def marked(page, diagnostics):
    return [(item["code"], page.excerpt(item["range"])) for item in diagnostics]


@pytest.mark.parametrize("encodings", [("utf-8",), ("utf-32", "utf-8"), ("utf-7", "utf-16"), ()])
async def test_edits_in_every_encoding(tmp_path, encodings):
    wanted = next((encoding for encoding in encodings if encoding != "utf-7"), "utf-16")
    async with session(tmp_path, options=FAST, encodings=encodings) as editor:
        assert editor.encoding == wanted
        text = f"# größe 𐍈\r\n{IMPORTS}{WIDE}\r"
        page = editor.page(text)
        body = f'def show(name):\r\n    {WIDE}subprocess.call("ls " + name, shell=True)\r\n'
        page.insert(len(text), body, COMPLETION)
        assert [item["range"] for item in await page.diagnostics()] == [page.place(SHELL_AT)]

        # Several changes in one notification, each in the text that the one before it left.
        changes = []
        for old, new in (("# größe 𐍈", "# 𐍈\x0b𐍈\n# größe 👍🏽"), ("ls ", "ls 𐍈"), ("ls 𐍈", "ls ")):
            start, end = page.at(old), page.at(old) + len(old)
            place = page.typed_range(start, end)
            page.text = page.text[:start] + new + page.text[end:]
            changes.append(types.TextDocumentContentChangePartial(place, new))
        page.version += 1
        page.change(changes)
        assert [item["range"] for item in await page.diagnostics()] == [page.place(SHELL_AT)]

        # The lone carriage return is taken away, so that lines join.
        page.replace(page.at("\rdef"), page.at("def show"), "\n\n")
        assert [item["range"] for item in await page.diagnostics()] == [page.place(SHELL_AT)]

        # A whole new text that keeps the function.
        page.text = "# 𐍈\n" + page.text
        page.version += 1
        page.change([types.TextDocumentContentChangeWholeDocument(page.text)])
        assert [item["range"] for item in await page.diagnostics()] == [page.place(SHELL_AT)]
        assert [excerpts for _, excerpts in page.excerpts_pushed() if excerpts not in ([], [SHELL_AT])] == []


async def test_typed_code_is_quiet(editor):
    page = editor.page(IMPORTS)
    page.type(len(page.text), "\n" + fresh(SHELL))
    assert await page.diagnostics() == []
    assert await page.blocks() == []
    assert page.pushed() == []


@pytest.mark.parametrize(
    ("origin", "phrase"),
    [
        (COMPLETION, "Origin: completion by copilot (gpt-5-mini), reported."),
        (PASTE, "Origin: paste, observed."),
        ({"kind": "chat", "evidence": "matched", "assistant": "cursor"}, "Origin: chat by cursor, matched."),
        ({"kind": "agent", "evidence": "reported", "assistant": "claude"}, "Origin: agent by claude, reported."),
    ],
)
@pytest.mark.parametrize("ahead", [False, True])
async def test_a_hinted_insertion_is_flagged(editor, origin, phrase, ahead):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, origin, ahead=ahead)
    found = await page.diagnostics()
    assert marked(page, found) == [("shell-command-injection", SHELL_AT)]
    assert found[0]["message"].endswith("\n" + phrase)
    [block] = await page.blocks()
    assert found[0]["data"]["block"] == block["id"]
    assert block["ranges"] == [page.place(shell)]


@pytest.mark.parametrize("kind", ["typed", "vcs"])
async def test_a_hint_can_say_that_it_is_nobodys_block(editor, kind):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, {"kind": kind, "evidence": "observed"}, ahead=True)
    assert await page.diagnostics() == []
    assert await page.blocks() == []


async def test_a_large_insertion_without_a_hint_is_unknown(editor):
    page = editor.page(IMPORTS)
    page.replace(len(page.text), len(page.text), fresh(SHELL))
    found = await page.diagnostics()
    assert marked(page, found) == [("shell-command-injection", SHELL_AT)]
    assert found[0]["message"].endswith("\nOrigin: unknown, inferred.")
    [block] = await page.blocks()
    assert block["origin"] == {
        "kind": "unknown",
        "evidence": "inferred",
        "assistant": None,
        "model": None,
        "session": None,
        "prompt": None,
    }


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("x" * 39, True),
        ("x" * 40, False),
        ("x " * 39, True),
        ("a = 1\nb = 2\n", False),
        ("\n" + " " * 60, True),
    ],
)
async def test_what_counts_as_typing(editor, text, known):
    page = editor.page("\n")
    page.replace(0, 0, text)
    await page.pull()
    assert [block["origin"]["kind"] for block in await page.blocks()] == ([] if known else ["unknown"])


async def test_a_line_typed_into_a_block_is_quiet(editor):
    page = editor.page(IMPORTS)
    yaml = fresh(YAML)
    page.insert(len(page.text), yaml, COMPLETION)
    page.type(page.at("    return yaml"), '    subprocess.call("ls " + folder, shell=True)\n')
    assert marked(page, await page.diagnostics()) == [("unsafe-deserialization", YAML_AT)]
    [block] = await page.blocks()
    assert block["ranges"] == [page.place(line) for line in yaml.splitlines(keepends=True)]
    assert block["survived"] == 1.0


async def test_publishes_have_versions_and_come_only_with_news(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    pulled = await page.diagnostics()
    publishes = editor.published(page.uri)
    assert publishes[-1] == {"uri": page.uri, "version": 2, "diagnostics": pulled}
    assert all(one["diagnostics"] != other["diagnostics"] for one, other in pairwise(publishes))

    page.type(len(page.text), "# no news\n")
    assert await page.diagnostics() == pulled
    assert editor.published(page.uri) == publishes

    page.type(0, "# moved\n")
    moved = await page.diagnostics()
    assert [item["range"] for item in moved] == [page.place(SHELL_AT)]
    last = editor.published(page.uri)[-1]
    assert (last["version"], last["diagnostics"]) == (page.version, moved)

    page.replace(page.at(shell), len(page.text), "")
    assert await page.diagnostics() == []
    assert editor.published(page.uri)[-1] == {"uri": page.uri, "version": page.version, "diagnostics": []}
    assert {tuple(excerpts) for _, excerpts in page.excerpts_pushed()} == {(), (SHELL_AT,)}


async def test_closing_clears_what_was_published(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    await page.until_pushed(bool)
    page.close()
    await page.until_pushed(lambda items: not items)
    assert "version" not in editor.published(page.uri)[-1]


async def test_nothing_stale_is_published_amid_edits_and_hints(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    await page.diagnostics()
    for number in range(8):  # what is known of the last version must not be shown at its old places
        page.insert(len(IMPORTS), f"\n\n{fresh(YAML)}", PASTE, ahead=number % 2 == 0)
        if number % 3 == 0:
            await page.pull()
    await page.pull()
    wrong = [(v, e) for v, e in page.excerpts_pushed() if not set(e) <= {SHELL_AT, YAML_AT, "yaml.load"}]
    assert wrong == []
    assert page.excerpts_pushed()[-1] == (page.version, [YAML_AT] * 8 + [SHELL_AT])


async def test_the_same_text_may_be_open_again_after_closing(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    [first] = await page.blocks()
    page.close()
    page = editor.page(page.text, page.uri)
    [again] = await page.blocks()
    assert (again["id"], again["ranges"], again["origin"]) == (first["id"], first["ranges"], first["origin"])
    assert marked(page, await page.diagnostics()) == [("shell-command-injection", SHELL_AT)]


async def test_a_change_of_the_text_while_closed_moves_the_block(editor):
    page = editor.page(IMPORTS)
    shell = fresh(SHELL)
    page.insert(len(page.text), shell, COMPLETION)
    [first] = await page.blocks()
    page.close()
    page = editor.page("# a new first line\n" + page.text, page.uri)
    await page.until_pushed(bool)
    new, again = await page.blocks()
    assert (new["origin"]["kind"], new["ranges"]) == ("disk", [page.place("# a new first line\n")])
    assert (again["id"], again["ranges"]) == (first["id"], [page.place(shell)])
    assert [item["range"] for item in await page.diagnostics()] == [page.place(SHELL_AT)]


async def test_many_findings_amid_edits_stand_where_they_belong(editor):
    page = editor.page(IMPORTS)
    page.insert(len(page.text), "\n\n".join(fresh(SHELL) for _ in range(90)), COMPLETION)
    await page.until_pushed(lambda items: len(items) == 90)
    for _ in range(4):
        page.type(0, "\n\n\n")
        await page.blocks()  # the server has taken the edits in, and puts the findings together
    found = await page.diagnostics()
    assert marked(page, found) == [("shell-command-injection", SHELL_AT)] * 90
    assert await page.until_pushed(lambda items: items == found) == found
    assert [excerpts for _, excerpts in page.excerpts_pushed() if {*excerpts} - {SHELL_AT}] == []
