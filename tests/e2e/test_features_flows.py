"""Flows in the editor: through functions that stand elsewhere in the document, and what they prove wrong."""

import pytest
import pytest_asyncio
from tests.e2e.lsp import COMPLETION, FAST, PASTE, fresh, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = "import os\n\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
VIEW = "@app.route('/ä')\ndef view():\n    return str(show(request.args['n']))\n"
HELPER = "def show(name):\n    return os.system('ls ' + name)\n\n\n"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("flows"), options=FAST) as editor:
        yield editor


async def test_a_pasted_function_is_judged_by_who_calls_it(editor):
    page = editor.page(HEAD + VIEW)
    page.insert(len(HEAD), HELPER, PASTE)
    [found] = [item for item in await page.diagnostics() if item["severity"] == 1]
    assert (found["code"], page.excerpt(found["range"])) == ("shell-command-injection", "'ls ' + name")
    path = [(page.excerpt(item["location"]["range"]), item["message"]) for item in found["relatedInformation"]]
    assert path == [
        ("request.args['n']", "comes from the request here"),
        ("request.args['n']", "is passed to `show` here"),
        ("'ls ' + name", "reaches the command that a shell runs here"),
    ]


async def test_a_guard_typed_elsewhere_takes_the_finding_away(editor):
    page = editor.page(HEAD + VIEW)
    page.insert(len(HEAD), HELPER, PASTE)
    assert [item["code"] for item in await page.diagnostics() if item["severity"] == 1] == ["shell-command-injection"]
    page.type(page.at("    return str("), "    if request.args['n'] not in ('a', 'b'):\n        return ''\n")
    assert [item["code"] for item in await page.diagnostics() if item["severity"] == 1] == []


async def test_what_flows_prove_wrong_is_not_shown(editor):
    page = editor.page(HEAD)
    sample = fresh("def listing():\n    folder = 'a'\n    return os.system('ls ' + folder)\n")
    page.insert(len(page.text), sample, COMPLETION)
    assert [item["code"] for item in await page.diagnostics() if item["severity"] == 1] == []
