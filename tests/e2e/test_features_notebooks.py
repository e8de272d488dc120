"""Notebooks: cells are analysed as one document, and what is found lands in the right cell."""

from __future__ import annotations

import itertools

import pytest
import pytest_asyncio
from lsprotocol import types
from tests.e2e.lsp import COMPLETION, FAST, PASTE, SHELL, SHELL_AT, YAML, YAML_AT, Page, fresh, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = itertools.count(1)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def editor(tmp_path_factory):
    async with session(tmp_path_factory.mktemp("notebooks"), options=FAST) as editor:
        yield editor


class Cell(Page):
    """A cell: its changes are the notebook's."""

    def __init__(self, notebook, text, kind=types.NotebookCellKind.Code):
        self.notebook = notebook
        self.kind = kind
        uri = f"{notebook.uri.replace('file:', 'vscode-notebook-cell:')}#{next(NUMBERS)}"
        super().__init__(notebook.editor, uri, text, "python" if kind == types.NotebookCellKind.Code else "markdown", 1)

    @property
    def item(self):
        return types.TextDocumentItem(self.uri, self.language, self.version, self.text)

    @property
    def cell(self):
        return types.NotebookCell(self.kind, self.uri)

    def change(self, changes):
        self.history[self.version] = self.text
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        content = types.NotebookDocumentCellContentChanges(document, changes)
        self.notebook.send(types.NotebookDocumentCellChanges(text_content=[content]))


class Notebook:
    """A notebook as the editor has it."""

    def __init__(self, editor, *texts, metadata=None):
        self.editor = editor
        self.uri = editor.uri(f"book{next(NUMBERS)}.ipynb")
        self.version = 1
        self.cells = [Cell(self, text) for text in texts]
        notebook = types.NotebookDocument(
            self.uri, "jupyter-notebook", 1, [cell.cell for cell in self.cells], metadata=metadata
        )
        items = [cell.item for cell in self.cells]
        editor.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, items))

    def send(self, cells):
        self.version += 1
        document = types.VersionedNotebookDocumentIdentifier(self.version, self.uri)
        change = types.NotebookDocumentChangeEvent(cells=cells)
        self.editor.notebook_document_did_change(types.DidChangeNotebookDocumentParams(document, change))

    def splice(self, start, count, new):
        """Replace cells; ones that were there before have moved."""
        opened = [cell for cell in new if cell not in self.cells]
        gone = [cell for cell in self.cells[start : start + count] if cell not in new]
        self.cells[start : start + count] = new
        array = types.NotebookCellArrayChange(start, count, [cell.cell for cell in new])
        structure = types.NotebookDocumentCellChangeStructure(
            array, did_open=[cell.item for cell in opened], did_close=[cell.identifier for cell in gone]
        )
        self.send(types.NotebookDocumentCellChanges(structure=structure))

    def close(self):
        cells = [cell.identifier for cell in self.cells]
        document = types.NotebookDocumentIdentifier(self.uri)
        self.editor.notebook_document_did_close(types.DidCloseNotebookDocumentParams(document, cells))


async def shown(notebook):
    """What is marked in each cell."""
    return [[cell.excerpt(item["range"]) for item in await cell.diagnostics()] for cell in notebook.cells]


async def test_findings_land_in_their_cell(editor):
    notebook = Notebook(editor, "import subprocess\nimport yaml\n", "größe = '𐍈'\n", "print(größe)")
    _, middle, last = notebook.cells
    middle.insert(len(middle.text), fresh(SHELL), COMPLETION)
    last.insert(0, fresh(YAML), PASTE)
    assert await shown(notebook) == [[], [SHELL_AT], [YAML_AT]]
    [found] = await middle.diagnostics()
    assert found["range"] == middle.place(SHELL_AT)
    assert found["message"].endswith("\nOrigin: completion by copilot (gpt-5-mini), reported.")
    await middle.until_pushed(lambda items: items == [found])
    assert editor.published(middle.uri)[-1]["version"] == middle.version
    assert notebook.uri not in {item["uri"] for item in editor.heard_of("textDocument/publishDiagnostics")}


async def test_imports_of_an_earlier_cell_count(editor):
    notebook = Notebook(editor, "from subprocess import call as start\n", "")
    notebook.cells[1].insert(0, fresh('def show(name):\n    start("ls " + name, shell=True)\n'), COMPLETION)
    assert await shown(notebook) == [[], [SHELL_AT]]


@pytest.mark.parametrize("magic", ["%matplotlib inline", "!pip install größe", "  %time x", "%%time", "?subprocess"])
async def test_magics_do_not_break(editor, magic):
    notebook = Notebook(editor, f"{magic}\nimport subprocess\n", "")
    notebook.cells[1].insert(0, f"{magic}\n{fresh(SHELL)}", COMPLETION)
    notebook.cells[0].insert(0, fresh("def wide(𐍈):\n    return eval(𐍈)\n"), COMPLETION)
    found = await notebook.cells[1].diagnostics()
    assert [item["range"] for item in found] == [notebook.cells[1].place(SHELL_AT)]


async def test_a_changed_magic_keeps_what_is_shown(editor):
    notebook = Notebook(editor, "import subprocess\n", "%time x\n")
    cell = notebook.cells[1]
    cell.insert(len(cell.text), fresh(SHELL), COMPLETION)
    found = await cell.diagnostics()
    cell.replace(0, 1, "!")  # for the engines the text is the same
    assert await cell.diagnostics() == found
    assert await cell.hover(cell.position(cell.at(SHELL_AT))) is not None


async def test_edits_in_an_earlier_cell_leave_places_in_later_ones(editor):
    notebook = Notebook(editor, "import subprocess\n", "")
    first, second = notebook.cells
    second.insert(0, fresh(SHELL), COMPLETION)
    await second.diagnostics()
    first.type(0, "# 𐍈\n")
    first.replace(0, 0, "x = 1\n" * 5)
    assert [item["range"] for item in await second.diagnostics()] == [second.place(SHELL_AT)]
    second.type(0, "# typed\n")
    assert [item["range"] for item in await second.diagnostics()] == [second.place(SHELL_AT)]
    assert {tuple(excerpts) for _, excerpts in second.excerpts_pushed()} <= {(), (SHELL_AT,)}


async def test_cells_come_go_and_move(editor):
    notebook = Notebook(editor, "import subprocess, yaml\n", "x = 1\n")
    shell = notebook.cells[1]
    shell.insert(0, fresh(SHELL), COMPLETION)
    assert await shown(notebook) == [[], [SHELL_AT]]

    notebook.splice(1, 0, [Cell(notebook, "a = '𐍈'\n"), Cell(notebook, "")])
    yaml = notebook.cells[2]
    yaml.insert(0, fresh(YAML), PASTE)
    assert await shown(notebook) == [[], [], [YAML_AT], [SHELL_AT]]

    notebook.splice(1, 3, [shell, notebook.cells[1], yaml])  # the last one moves up
    assert await shown(notebook) == [[], [SHELL_AT], [], [YAML_AT]]
    [found] = await shell.diagnostics()
    assert found["range"] == shell.place(SHELL_AT)
    [block] = await shell.blocks()
    assert (block["id"], block["ranges"]) == (found["data"]["block"], [shell.place(SHELL_AT.join(parts(shell)))])

    notebook.splice(1, 1, [])
    assert await shown(notebook) == [[], [], [YAML_AT]]
    await shell.until_pushed(lambda items: not items)
    assert await shell.blocks() == []
    notebook.cells[1].type(0, "# it goes on\n")
    assert await shown(notebook) == [[], [], [YAML_AT]]


def parts(cell):
    """The function of the sample in a cell, split where it is marked."""
    text = cell.text[: cell.text.index("shell=True)\n") + len("shell=True)\n")]
    return text.split(SHELL_AT)


async def test_two_cells_with_the_same_text_swap(editor):
    sample = fresh(SHELL)
    notebook = Notebook(editor, "import subprocess\n", sample, "")
    typed, pasted = notebook.cells[1:]
    pasted.insert(0, "# pasted\n" + sample.replace("def ", "def g"), COMPLETION)
    assert await shown(notebook) == [[], [], [SHELL_AT]]
    notebook.splice(1, 2, [pasted, typed])
    assert await shown(notebook) == [[], [SHELL_AT], []]


async def test_markdown_cells_are_left_alone(editor):
    notebook = Notebook(editor, "import subprocess\n")
    text = Cell(notebook, "# subprocess.call(x, shell=True)\n", types.NotebookCellKind.Markup)
    array = types.NotebookCellArrayChange(1, 0, [text.cell])
    notebook.send(types.NotebookDocumentCellChanges(structure=types.NotebookDocumentCellChangeStructure(array)))
    notebook.cells.append(text)
    cell = Cell(notebook, "")
    notebook.splice(2, 0, [cell])
    cell.insert(0, fresh(SHELL), COMPLETION)
    assert [cell.excerpt(item["range"]) for item in await cell.diagnostics()] == [SHELL_AT]
    notebook.cells.remove(text)
    array = types.NotebookCellArrayChange(1, 1, [])
    notebook.send(types.NotebookDocumentCellChanges(structure=types.NotebookDocumentCellChangeStructure(array)))
    assert [cell.excerpt(item["range"]) for item in await cell.diagnostics()] == [SHELL_AT]


@pytest.mark.parametrize("ahead", [False, True])
async def test_hints_on_a_cell(editor, ahead):
    notebook = Notebook(editor, "import subprocess\n", "y = '𐍈'\n")
    cell = notebook.cells[1]
    sample = fresh(SHELL)
    cell.insert(len(cell.text), sample, COMPLETION, ahead=ahead)
    [block] = await cell.blocks()
    assert (block["ranges"], block["origin"]["assistant"]) == ([cell.place(sample)], "copilot")
    assert await notebook.cells[0].blocks() == []


async def test_a_fix_in_a_cell(editor):
    notebook = Notebook(editor, "import yaml\n", "größe = 1\n")
    cell = notebook.cells[1]
    cell.insert(len(cell.text), fresh(YAML), COMPLETION)
    [found] = await cell.diagnostics()
    [fix] = [action for action in await cell.actions(found["range"]) if "fix" in (action.get("data") or {})]
    cell.apply((await cell.resolve(fix))["edit"])
    assert "    return yaml.safe_load(stream.read())\n" in cell.text
    assert await shown(notebook) == [[], []]


async def test_suppressing_in_a_cell(editor):
    notebook = Notebook(editor, "import yaml\n", "")
    cell = notebook.cells[1]
    cell.insert(0, fresh(YAML), COMPLETION)
    [found] = await cell.diagnostics()
    argument = {"uri": cell.uri, "fingerprint": found["data"]["fingerprint"], "reason": "read by hand"}
    await editor.command("leery.suppress", argument)
    assert await shown(notebook) == [[], []]


async def test_metadata_that_looks_like_a_message(editor):
    metadata = {"jsonrpc": "2.0", "method": "textDocument/didClose", "id": 1, "params": {}}
    notebook = Notebook(editor, "import subprocess\n", "", metadata=metadata)
    notebook.cells[1].insert(0, fresh(SHELL), COMPLETION)
    assert await shown(notebook) == [[], [SHELL_AT]]


async def test_closing_clears_every_cell_and_opening_begins_anew(editor):
    notebook = Notebook(editor, "import subprocess\n", "")
    cell = notebook.cells[1]
    cell.insert(0, fresh(SHELL), COMPLETION)
    await cell.until_pushed(bool)
    notebook.close()
    await cell.until_pushed(lambda items: not items)
    assert await cell.blocks() == []
    assert await cell.hover({"line": 0, "character": 0}) is None
    document = types.NotebookDocument(notebook.uri, "jupyter-notebook", 1, [one.cell for one in notebook.cells])
    for one in notebook.cells:
        one.version = 1
    items = [one.item for one in notebook.cells]
    editor.notebook_document_did_open(types.DidOpenNotebookDocumentParams(document, items))
    assert await shown(notebook) == [[], [SHELL_AT]]
