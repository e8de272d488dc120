"""didChange → publishDiagnostics, seen by the client, for every server in the same run, sample by sample in turn.

Scenarios, each edit unlike all before it so that no cache helps:
- paste: a 40-line function with two insecure lines appears between two top-level parts of the file;
- undo: it is taken out again;
- key: one letter is typed inside it, on the line of a finding, which moves by one column.
"""

from __future__ import annotations

import gc
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import insecure_block, insertion_point, python_file
from benchmarks.measure import Samples, Verdict, console
from benchmarks.servers import Leery, LeeryHinted, Ruff, Semgrep
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.servers import Server

Json = dict[str, Any]

SIZES = (40, 300, 1000, 3000, 25000)
SCENARIOS = ("paste", "undo", "key")
_WARM_UP = 4
# Seconds a sparing server may spend on one scenario at one size; a slow one gives fewer samples, evenly spread.
_PATIENCE = 25.0
# Seconds until a server that has not answered counts as one that will not; its warm-up ends at the first slow answer.
_GIVE_UP = 30.0
_SLOW = 2.0
# Where in the file the block goes, in turn.
_PLACES = (0.5, 0.15, 0.85)


@dataclass
class Row:
    """One server at one size.

    Attributes:
        first: milliseconds to the first diagnostics for the version, by scenario.
        finding: to the first that hold a finding in the pasted block; how many pastes were never found.
        bandit: to the first with a finding of bandit, Leery only.
        semgrep: to the first with one of semgrep, Leery only.
    """

    first: dict[str, Samples] = field(default_factory=lambda: {scenario: Samples() for scenario in SCENARIOS})
    finding: Samples = field(default_factory=Samples)
    bandit: Samples = field(default_factory=Samples)
    semgrep: Samples = field(default_factory=Samples)

    def to_json(self) -> Json:
        """Every sample."""
        own = {"finding": self.finding, "bandit": self.bandit, "semgrep": self.semgrep}
        return {name: samples.to_json() for name, samples in (self.first | own).items()}


def servers(names: Sequence[str], rules: Path) -> list[tuple[str, Callable[[Path, str], Server]]]:
    """Constructors of the wanted servers, in the order they take turns."""
    known: dict[str, Callable[[Path, str], Server]] = {
        Leery.name: Leery,
        Ruff.name: Ruff,
        LeeryHinted.name: LeeryHinted,
        Semgrep.name: lambda folder, text: Semgrep(folder, text, rules),
    }
    return [(name, known[name]) for name in known if name in names]


class _Turn:
    """One server at one size, and how often it may take its turn."""

    def __init__(self, server: Server, *, deep: bool) -> None:
        self.server = server
        self.deep = deep
        self.row = Row()
        self.spent = 0.0
        self.taken = 0

    def may(self, number: int, rounds: int) -> bool:
        """Whether a slow server gives a sample in this round: it gets as many as fit, spread over all rounds."""
        if not self.taken or not self.server.sparing:
            return True
        fit = max(3.0, _PATIENCE / (self.spent / self.taken))
        return fit >= rounds or number * fit / rounds >= self.taken

    def paste(self, serial: int, *, keep: bool) -> None:
        """Insert a fresh block and take it out again."""
        block = insecure_block(serial)
        server = self.server
        at = insertion_point(server.document.text, _PLACES[serial % len(_PLACES)])
        line = server.document.text.count("\n", 0, at)
        lines = range(line, line + block.text.count("\n"))
        gc.collect()
        sent = server.edit(at, at, block.text)
        first = server.first(sent, _GIVE_UP)
        # The others have one tier and have said all; `semgrep lsp` at times reports nothing for a file it knew before.
        patience = 10.0 if isinstance(server, Leery) else 0.2
        finding = server.until(sent, lambda shown: any(d["range"]["start"]["line"] in lines for d in shown), patience)
        bandit = semgrep = None
        if self.deep and isinstance(server, Leery):
            bandit, semgrep = server.engine(sent, "bandit"), server.engine(sent, "semgrep")
        server.rest()
        gc.collect()
        sent = server.edit(at, at + len(block.text), "")
        undone = server.first(sent, _GIVE_UP)
        server.rest()
        if keep:
            self.row.first["paste"].add(first)
            self.row.finding.add(finding)
            self.row.first["undo"].add(undone)
            if self.deep and isinstance(server, Leery):
                self.row.bandit.add(bandit)
                self.row.semgrep.add(semgrep)

    def key(self, at: int, letter: str, *, keep: bool) -> None:
        """Type one letter."""
        gc.collect()
        sent = self.server.edit(at, at, letter)
        first = self.server.first(sent, _GIVE_UP)
        self.server.rest()
        if keep:
            self.row.first["key"].add(first)


def _rounds(turns: list[_Turn], count: int, act: Callable[[_Turn, int, bool], None]) -> None:
    warm = set()
    for turn in turns:
        turn.spent, turn.taken = 0.0, 0
    for number in range(-_WARM_UP, count):
        for turn in turns:
            if turn in warm if number < 0 else not turn.may(number, count):
                continue
            started = time.perf_counter()
            act(turn, number, number >= 0)
            took = time.perf_counter() - started
            if number < 0:
                warm |= {turn} if took > _SLOW else set()
            else:
                turn.spent += took
                turn.taken += 1


def measure_size(lines: int, wanted: Sequence[str], rounds: int, rules: Path, *, deep: bool = True) -> dict[str, Row]:
    """All servers on a file of one size."""
    text = python_file(lines, seed=lines)
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch, ExitStack() as stack:
        turns = []
        for name, start in servers(wanted, rules):
            server = start(Path(scratch).resolve() / name.replace(" ", "-").replace(",", ""), text)
            stack.callback(server.stop)
            turns.append(_Turn(server, deep=deep))

        _rounds(turns, rounds, lambda turn, number, keep: turn.paste(number + 1000, keep=keep))

        block = insecure_block(7)
        at = insertion_point(text, 0.5)
        for turn in turns:
            turn.server.first(turn.server.edit(at, at, block.text), _GIVE_UP)
            turn.server.rest()
        letters = "abcdefghijklmnopqrstuvwxyz"

        def press(turn: _Turn, number: int, keep: bool) -> None:
            turn.key(at + block.key, letters[number % len(letters)], keep=keep)

        _rounds(turns, rounds, press)
        return {turn.server.name: turn.row for turn in turns}


def table(results: dict[int, dict[str, Row]]) -> Table:
    """Medians and 95th percentiles, and Leery's median as a multiple of ruff's in the same run."""
    out = Table(title="didChange → diagnostics, milliseconds, p50 / p95", title_justify="left", title_style="dim")
    for heading in ("lines", "server", "n"):
        out.add_column(heading, justify="left" if heading == "server" else "right")
    for heading in ("paste", "undo", "key", "paste ÷ ruff", "key ÷ ruff", "bandit's", "semgrep's", "unseen"):
        out.add_column(heading, justify="right", no_wrap=True)
    for lines, rows in results.items():
        ruff = rows.get(Ruff.name)
        for name, row in rows.items():
            ratios = [
                f"{row.first[s].p50 / ruff.first[s].p50:.2f}" if ruff and name.startswith("leery") else ""
                for s in ("paste", "key")
            ]
            cells = [row.first[scenario].short() for scenario in SCENARIOS]
            count, unseen = len(row.first["paste"].milliseconds), str(row.finding.missing or "")
            out.add_row(
                f"{lines:,}", name, str(count), *cells, *ratios, row.bandit.short(), row.semgrep.short(), unseen
            )
        out.add_section()
    return out


def verdicts(results: dict[int, dict[str, Row]]) -> list[Verdict]:
    """The budgets: fixed ones at every size, and those relative to ruff at the two largest."""
    found = []
    for lines, rows in results.items():
        for name, row in rows.items():
            if not name.startswith("leery"):
                continue
            for scenario in SCENARIOS:
                found.append(Verdict(f"{name}, {lines:,} lines, {scenario} p50", row.first[scenario].p50, 5))
                found.append(Verdict(f"{name}, {lines:,} lines, {scenario} p95", row.first[scenario].p95, 12))
            for engine, samples, p50, p95 in (("bandit", row.bandit, 20, 40), ("semgrep", row.semgrep, 90, 180)):
                found.append(Verdict(f"{name}, {lines:,} lines, {engine}'s findings p50", samples.p50, p50))
                found.append(Verdict(f"{name}, {lines:,} lines, {engine}'s findings p95", samples.p95, p95))
            ruff = rows.get(Ruff.name)
            share = {3000: 1.0, 25000: 0.2}.get(lines)
            if ruff is None or share is None:
                continue
            for scenario in SCENARIOS:
                what = f"{name}, {lines:,} lines, {scenario} p50 against {share:g} of ruff's"
                found.append(Verdict(what, row.first[scenario].p50, share * ruff.first[scenario].p50))
    return found


def run(wanted: Sequence[str], sizes: Sequence[int], rounds: int, rules: Path) -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    results = {}
    for lines in sizes:
        with console.status(f"latency at {lines:,} lines"):
            results[lines] = measure_size(lines, wanted, rounds, rules)
        console.print(table({lines: results[lines]}))
    found = verdicts(results)
    record = {str(lines): {name: row.to_json() for name, row in rows.items()} for lines, rows in results.items()}
    return {"rounds": rounds, "sizes": record, "verdicts": [v.to_json() for v in found]}, found
