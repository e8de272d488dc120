"""How the demonstration looks: code with marked ranges and origins, a diff, the log. Draws only."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from leery.cli.demo.client import Client

Json = dict[str, Any]

_SEVERITY = {1: "bold red", 2: "yellow", 3: "cyan"}
_ORIGIN = {"completion": "magenta", "paste": "blue", "agent": "magenta", "chat": "magenta", "unknown": "bright_black"}


class Stage:
    """Prints one step after the other.

    Args:
        width: columns, or None for the terminal's own.
        record: whether a picture will be wanted.
    """

    def __init__(self, width: int | None, *, record: bool) -> None:
        self._console = Console(width=width, record=record, highlight=False)
        self._picture = ""

    def title(self, text: str) -> None:
        """Head a step."""
        self._console.print()
        self._console.rule(f"[bold]{text}", align="left", style="bright_black")

    def note(self, text: str) -> None:
        """A line of comment."""
        self._console.print(Text(f"  {text}", style="italic bright_black"))

    def code(self, client: Client, blocks: list[Json], typed: tuple[int, ...] = ()) -> None:
        """Lines of blocks, and `typed` ones, with a bar of their origin; findings underlined and explained."""
        painted = Syntax("", "python", theme="ansi_dark").highlight(client.text).split("\n", allow_blank=True)
        owner = {row: block for block in blocks for row in _rows(client, block)}
        headed: set[str] = set()
        for row in sorted({*owner, *typed}):
            block = owner.get(row)
            colour = _ORIGIN.get(block["origin"]["kind"], "white") if block else "green"
            head = _origin(block) if block else "typed by hand"
            if head not in headed:
                headed.add(head)
                self._console.print(Text(f"  ▍{head}", style=colour))
            self._line(client, row, painted[row], colour)

    def diff(self, title: str, before: str, after: str) -> None:
        """What a fix changed."""
        self._console.print(Text(f"  {title}", style="bold green"))
        changes = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=1)
        for line in list(changes)[2:]:
            style = "green" if line.startswith("+") else "red" if line.startswith("-") else "bright_black"
            self._console.print(Text(f"  {line}", style=style))

    def log(self, workspace: Path, env: Mapping[str, str]) -> None:
        """The provenance log as ``leery log show`` gives it, a line an entry."""
        self.title("What the provenance log has of it: leery log show")
        command = [sys.executable, "-I", "-c", "from leery.cli import main; main()", "log", "show", "--format", "json"]
        done = subprocess.run(command, cwd=workspace, env=dict(env), capture_output=True, check=True)
        table = Table(box=None, padding=(0, 2, 0, 2), header_style="bright_black")
        for name in ("#", "entry", "block", "what"):
            table.add_column(name, no_wrap=name != "what")
        for entry in json.loads(done.stdout):
            block = (entry.get("block") or "")[:8]
            table.add_row(str(entry["index"]), entry["type"], Text(block, style="bright_black"), Text(_told(entry)))
        self._console.print(table)

    def start_picture(self) -> None:
        """The picture begins here."""
        if self._console.record:
            self._console.export_text(clear=True)

    def end_picture(self) -> None:
        """The picture ends here."""
        if self._console.record:
            svg = self._console.export_svg(title="leery demo")
            self._picture = re.sub(r"@font-face\s*{[^}]*}", "", svg)  # a viewer would fetch the fonts from the network

    def save(self, path: Path) -> None:
        """Write the picture as SVG."""
        path.write_text(self._picture, encoding="utf-8")

    def _line(self, client: Client, row: int, code: Text, colour: str) -> None:
        found = [item for item in client.diagnostics if item["range"]["start"]["line"] == row]
        line = Text.assemble((f"  ▍{row + 1:>3} ", colour), code)
        self._console.print(line, soft_wrap=False, overflow="ellipsis", no_wrap=True)
        bar = Text("  ▍    ", style=colour)
        for item in found:
            _, start, end_row, end = client.lines(item)
            width = (end if end_row == row else len(code.plain)) - start
            style = _SEVERITY[item["severity"]]
            self._console.print(Text.assemble(bar, " " * start, ("~" * max(width, 1), style)))
            engines = ", ".join(item["data"]["engines"])
            label = f"{item['code']} · {', '.join(item['data']['cwe'])} · {engines}"
            for text, look in (*((part, style) for part in item["message"].split("\n")), (label, "bright_black")):
                for part in textwrap.wrap(text, self._console.width - 9):
                    self._console.print(Text.assemble(bar, "  ", (part, look)))


def _rows(client: Client, block: Json) -> list[int]:
    """The lines a block has text on, from 0, without blank ones at its end."""
    lines = client.text.split("\n")
    rows = []
    for span in block["ranges"]:
        first, last = span["start"]["line"], span["end"]["line"]
        last -= span["end"]["character"] == 0
        while last > first and not lines[last].strip():
            last -= 1
        rows += list(range(first, last + 1))
    return rows


def _origin(block: Json) -> str:
    origin = block["origin"]
    by = f" by {origin['assistant']}" if origin["assistant"] else ""
    model = f" ({origin['model']})" if origin["model"] else ""
    count = len(block["findings"])
    found = f"{count} finding{'' if count == 1 else 's'}"
    return f"{origin['kind']}{by}{model}, {origin['evidence']} · {found} · {block['state']}"


_GIST = {
    "key": ("action", "public"),
    "suppression": ("rule", "reason"),
    "review": ("decision", "note"),
    "finding-closed": ("rule", "how"),
    "fix-applied": ("rule", "title"),
}
"""The two members of an entry, by its type, that tell most."""


def _told(entry: Json) -> str:
    """The gist of a log entry in one line."""
    if entry["type"] == "insertion":
        origin = entry["origin"]
        by = f" by {origin['assistant']}" if origin["assistant"] else ""
        return f"{origin['kind']}{by}, {origin['evidence']}: lines {entry['lines'][0][0]}-{entry['lines'][-1][1]}"
    if entry["type"] in _GIST:
        what, how = _GIST[entry["type"]]
        return f"{entry[what]}: {entry[how]}"
    return f"{entry.get('rule', '')} {', '.join(entry.get('cwe') or ())}"
