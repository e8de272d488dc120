"""Incremental equals batch: after any edits a server shows what a fresh one shows of the same text and blocks."""

from __future__ import annotations

import random
import secrets

import pytest
import pytest_asyncio
from tests.e2e.lsp import COMPLETION, EVAL, FAST, IMPORTS, SHELL, YAML, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

SNIPPETS = {
    "python": (
        SHELL,
        YAML,
        EVAL,
        "import pickle\n\n\nclass Größe:\n    '''𐍈'''\n\n    def load(self, a):\n        return pickle.loads(a)\n",
        "@app.route('/')\ndef page():\n    return '<p>' + request.args['q'] + '</p>'\n",
        "    cursor.execute(f\"SELECT * FROM t WHERE a = '{name}'\")\n",
        "requests.get(url, verify=False)\n",
        'password = "hunter2"\n',
        "if debug:\n    app.run(debug=True)\n",
        '"""\n',
        "'''",
        "(",
        ")\n",
        "\n\n\n",
        "    \n",
        "x = '𐍈\u2028é'; eval(x)\n",
        "tempfile.mktemp()  # \u202e\n",
        "else:\n",
        "\r\n",
        "from subprocess import call\n",
    ),
    "javascript": (
        "function show(name) {\n  return child_process.exec(`ls ${name}`);\n}\n",
        "const child_process = require('child_process');\n",
        "element.innerHTML = größe;\n",
        "class A {\n  run(x) { return eval(x); }\n}\n",
        "const token = Math.random().toString(36);\n",
        "db.query(`SELECT * FROM t WHERE a = '${a}'`);\n",
        "`",
        "/*",
        "*/\n",
        "{\n",
        "}\n",
        "// \u202e\n",
        "const f = (x) => { eval(x) };\n",
        "\n\n",
        "\r",
    ),
}
START = {"python": IMPORTS, "javascript": "const child_process = require('child_process');\n"}
SUFFIX = {"python": "py", "javascript": "js"}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    """The server whose documents are edited."""
    async with session(tmp_path_factory.mktemp("edited"), options={**FAST, "scope": "all"}) as editor:
        yield editor


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def reader(tmp_path_factory):
    """Another, with a cache of its own, that sees the final texts only."""
    async with session(tmp_path_factory.mktemp("fresh"), options={**FAST, "scope": "all"}) as editor:
        yield editor


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def block_editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("blocks-edited"), options=FAST) as editor:
        yield editor


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def block_reader(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("blocks-fresh"), options=FAST) as editor:
        yield editor


def named(text, offset):
    """The offset, or the next one: a place within a CRLF has no name in the protocol, and no editor edits there."""
    return offset + (text[offset - 1 : offset + 1] == "\r\n" if offset else 0)


async def edit(page, chance, count, *, hints):
    """Random edits; now and then the engines may catch up, mostly they may not."""
    # A block that begins or ends within a CRLF has no positions, so blocks that are to be made again have none.
    snippets = [text for text in SNIPPETS[page.language] if "\r" not in text or not hints]
    for _ in range(count):
        size = len(page.text)
        kind = chance.choice(("insert", "insert", "line", "type", "delete", "replace", "join"))
        at = named(page.text, chance.randint(0, size))
        if kind in {"insert", "line"}:
            if kind == "line":
                at = page.text.rfind("\n", 0, at) + 1
            text = chance.choice(snippets)
            if hints and chance.random() < 0.7:
                page.insert(at, text, COMPLETION, ahead=chance.random() < 0.5)
            else:
                page.replace(at, at, text)
        elif kind == "type":
            page.type(at, chance.choice(("ab", "# x", '"', "'''", "\n", " (", "eval(q)", "𐍈", "    ")))
        elif kind == "join":
            page.replace(at, named(page.text, min(size, at + 1)), "")
        else:
            end = named(page.text, min(size, at + chance.choice((1, 3, 20, 80))))
            page.replace(at, end, "" if kind == "delete" else chance.choice(snippets))
        if chance.random() < 0.3:
            await page.pull()


def essence(items, *names):
    """What of diagnostics does not depend on ids."""
    return [
        (
            (item["range"]["start"]["line"], item["range"]["start"]["character"]),
            (item["range"]["end"]["line"], item["range"]["end"]["character"]),
            item["code"],
            item["severity"],
            item["message"] if "message" in names or item["code"].startswith("analysis-") else None,
            *(item["data"][name] for name in ("engines", "fingerprint", "cwe", "severity", "confidence")),
        )
        for item in items
    ]


async def compare(editor, reader, seed, language="python", count=25):
    """Edit in one server; what it shows in the end, after `reader` has agreed."""
    chance = random.Random(seed)
    uri = editor.uri(f"seed{seed}.{SUFFIX[language]}")
    page = editor.page(START[language], uri, language)
    await edit(page, chance, count, hints=False)
    shown = await page.diagnostics()
    fresh = await reader.page(page.text, reader.uri(f"seed{seed}.{SUFFIX[language]}"), language).diagnostics()
    assert essence(shown) == essence(fresh), f"seed {seed}, text {page.text!r}"
    return shown


@pytest.mark.parametrize("seed", range(12))
async def test_everything_is_shown_as_of_a_fresh_text(editor, reader, seed):
    await compare(editor, reader, seed)


@pytest.mark.parametrize("seed", range(100, 106))
async def test_javascript_too(editor, reader, seed):
    await compare(editor, reader, seed, "javascript")


async def test_some_finding_survives(editor, reader):
    """Else the comparisons above would compare nothing."""
    found = [await compare(editor, reader, seed, count=8) for seed in range(200, 204)]
    assert {item["code"] for shown in found for item in shown if item["data"]["cwe"]} != set()


@pytest.mark.parametrize("language", SNIPPETS)
async def test_random_seeds(editor, reader, language):
    for _ in range(2):
        seed = secrets.randbelow(1 << 32)
        print(f"seed {seed}")  # noqa: T201 - to be repeated
        await compare(editor, reader, seed, language)


async def rebuild(reader, page, blocks, name):
    """A document with the same text and the same blocks, made in one go."""
    places = [(page.offset(r["start"]), page.offset(r["end"]), block) for block in blocks for r in block["ranges"]]
    places.sort(key=lambda place: place[0])
    kept, at = [], 0
    for start, end, _ in places:
        kept.append(page.text[at:start])
        at = end
    kept.append(page.text[at:])
    twin = reader.page("".join(kept), reader.uri(name), page.language)
    await twin.pull()
    for start, end, _ in places:
        twin.replace(start, start, page.text[start:end])
    assert twin.text == page.text
    for block in blocks:
        ranges = [(page.offset(r["start"]), page.offset(r["end"])) for r in block["ranges"]]
        text = "".join(page.text[start:end] for start, end in ranges)
        twin.hint(twin, [twin.range(start, end) for start, end in ranges], text, block["origin"])
    return twin


@pytest.mark.parametrize("seed", range(300, 308))
async def test_blocks_are_shown_as_of_a_fresh_text_with_the_same_blocks(block_editor, block_reader, seed):
    chance = random.Random(seed)
    name = f"seed{seed}.py"
    page = block_editor.page(IMPORTS, block_editor.uri(name))
    await edit(page, chance, 12, hints=True)
    shown = await page.diagnostics()
    blocks = await page.blocks()
    twin = await rebuild(block_reader, page, blocks, name)
    again = await twin.diagnostics()
    places = [(block["origin"], block["ranges"]) for block in await twin.blocks()]
    assert places == [(block["origin"], block["ranges"]) for block in blocks], (
        f"seed {seed}: the blocks are not the same"
    )
    assert essence(again, "message") == essence(shown, "message"), f"seed {seed}, text {page.text!r}"
    owned = {block["id"]: index for index, block in enumerate(blocks)}
    twins = {block["id"]: index for index, block in enumerate(await twin.blocks())}
    assert [twins[i["data"]["block"]] for i in again if i["data"]["cwe"]] == [
        owned[i["data"]["block"]] for i in shown if i["data"]["cwe"]
    ]


async def test_semgrep_too(tmp_path):
    pytest.importorskip("semgrep", exc_type=ImportError)
    options = {"scope": "all", "engines": {"bandit": False}}
    (tmp_path / "edited").mkdir()
    (tmp_path / "fresh").mkdir()
    async with (
        session(tmp_path / "edited", options=options) as editor,
        session(tmp_path / "fresh", options=options) as reader,
    ):
        for seed, language in ((400, "python"), (401, "javascript")):
            await compare(editor, reader, seed, language, count=12)
