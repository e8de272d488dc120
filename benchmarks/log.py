"""`python -m benchmarks.log`: what the provenance log costs, and that it loses and overlooks nothing.

Parts: `append` (one entry, durable, beside the disk's own flush), `processes` (many at once), `kills` (kill -9 at any
moment), `tamper` (a bit changed at random places of the file), `scale` (a large log: verify, proof, page, report).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Samples, Verdict, console, machine, print_machine, print_verdicts, save

from leery.log.body import FindingClosed, FindingOpened, Insertion, LoggedOrigin
from leery.log.database import LogDatabase
from leery.log.entry import Entry, new_id, now, seal
from leery.log.merkle import inclusion_proof, leaf_hash, verify_inclusion
from leery.log.query import Query
from leery.log.reader import LogReader
from leery.log.tiles import Tiles
from leery.log.verify import verify
from leery.log.writer import LogWriter
from leery.paths import log_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import Popen

    from leery.log.body import Body

Json = dict[str, Any]
_ORIGIN = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="m", session="s")
_CODE = "def total(items):\n    return sum(item.price for item in items)\n" * 5
_PROCESSES, _EACH = 8, 1_000
_BATCH = 1_000


def _body(number: int) -> Body:
    """The entries of a block: it comes, a finding opens, and is fixed."""
    block, file = f"block-{number // 3}", f"src/module_{number % 997}.py"
    if number % 3 == 0:
        return Insertion(
            file=file, block=block, origin=_ORIGIN, language="python", ranges=((0, 310),), lines=((1, 10),), code=_CODE
        )
    if number % 3 == 1:
        return FindingOpened(
            fingerprint=f"f{number}", rule="sql-injection", cwe=("CWE-89",), engines=("dataflow",), severity="high",
            confidence="high", file=file, line=3, block=block, message="input reaches a query",
        )  # fmt: skip
    return FindingClosed(fingerprint=f"f{number - 1}", rule="sql-injection", how="fixed", file=file, block=block)


def _filled(path: Path, count: int) -> None:
    run = new_id()
    database = LogDatabase(path, run)
    for start in range(0, count, _BATCH):
        part = range(start, min(count, start + _BATCH))
        database.append([seal(Entry(new_id(), run, now(), _body(number))) for number in part])
    database.close()


def _elapsed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


def append(folder: Path, rounds: int) -> tuple[Json, list[Verdict]]:
    """One entry at a time, each waited for until it is on disk; beside it the disk's own flush of as many bytes."""
    ours, disk = Samples(), Samples()
    path = folder / "log.db"
    _filled(path, 5_000)
    with LogWriter(path) as writer, (folder / "flush").open("wb", buffering=0) as file:
        writer.append(_body(0)).result(60)
        for number in range(rounds):
            ours.add(_elapsed(partial(_appended, writer, number))[0])
            file.write(bytes(16_384))
            disk.add(_elapsed(lambda: os.fsync(file.fileno()))[0])
    console.print(
        f"append, ms: p50 {ours.p50:.2f} p99 {ours.p99:.2f}; the disk's flush: p50 {disk.p50:.2f} p99 {disk.p99:.2f}"
    )
    return {"append": ours.to_json(), "flush": disk.to_json()}, [Verdict("append p99", ours.p99, 5.0)]


def processes(folder: Path) -> tuple[Json, list[Verdict]]:
    """Many processes at once: none lost, none twice, the chain valid."""
    path = folder / "log.db"
    children = [_started(path, f"p{number}", _EACH) for number in range(_PROCESSES)]
    for child in children:
        _release(child)
    milliseconds, outputs = _elapsed(lambda: [child.communicate()[0] for child in children])
    acknowledged = [line.split() for output in outputs for line in output.splitlines()]
    missing, twice = _missing(path, acknowledged), len(acknowledged) - len({entry for _, entry, _ in acknowledged})
    fault = verify(path).fault
    lost = _PROCESSES * _EACH - len(acknowledged) + len(missing)
    console.print(
        f"{_PROCESSES} processes, {_EACH} entries each: {milliseconds / 1000:.1f} s; verify: {fault or 'holds'}"
    )
    return {"milliseconds": milliseconds, "lost": lost, "twice": twice, "fault": fault}, [
        Verdict("entries lost by processes at once", lost, 0, ""),
        Verdict("entries written twice", twice, 0, ""),
        Verdict("faults after processes at once", int(fault is not None), 0, ""),
    ]


def kills(folder: Path, count: int) -> tuple[Json, list[Verdict]]:
    """Kill the writer at random moments; every acknowledged entry is there, and the log verifies without help."""
    lost = faults = total = 0
    chance = random.Random(1)
    for number in range(count):
        path = folder / str(number // 20) / "log.db"  # a log outlives twenty of them
        child = _started(path, f"k{number}", 1_000_000)
        _release(child)
        time.sleep(chance.uniform(0.0, 0.25))
        child.send_signal(signal.SIGKILL)
        output = child.communicate()[0]
        acknowledged = [line.split() for line in output.splitlines(keepends=True) if line.endswith("\n")]
        total += len(acknowledged)
        lost += len(_missing(path, acknowledged))
        faults += verify(path).fault is not None
    console.print(
        f"{count} kills, {total} entries acknowledged before them: {lost} lost, {faults} logs that do not hold"
    )
    return {"kills": count, "acknowledged": total, "lost": lost, "faults": faults}, [
        Verdict("acknowledged entries lost by kill -9", lost, 0, ""),
        Verdict("logs that do not hold after kill -9", faults, 0, ""),
    ]


def tamper(folder: Path, count: int) -> tuple[Json, list[Verdict]]:
    """Change one byte of the file at random places; each change of what the log says must be caught."""
    path = folder / "log.db"
    _filled(path, 1_000)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    original, whole = path.read_bytes(), _contents(path)
    chance = random.Random(1)
    caught = silent = 0
    for _ in range(count):
        place, bit = chance.randrange(len(original)), 1 << chance.randrange(8)
        with path.open("r+b") as file:
            file.seek(place)
            file.write(bytes([original[place] ^ bit]))
        if _holds(path):
            silent += _contents(path) != whole
        else:
            caught += 1
        path.write_bytes(original)
    console.print(
        f"{count} single bits changed: {caught} caught, {count - caught - silent} change nothing, {silent} unnoticed"
    )
    return {"changes": count, "caught": caught, "unnoticed": silent}, [Verdict("changes unnoticed", silent, 0, "")]


def scale(folder: Path, count: int) -> tuple[Json, list[Verdict]]:
    """A large log: how long it takes to verify, to prove one entry, to show the newest, and to report on it."""
    workspace = folder / "workspace"
    workspace.mkdir(parents=True)
    os.environ["XDG_STATE_HOME"] = str(folder)  # where the command line looks for the log
    path = log_path(workspace)
    built, _ = _elapsed(lambda: _filled(path, count))
    verified, verdict = _elapsed(lambda: verify(path))
    proofs, pages = Samples(), Samples()
    chance = random.Random(1)
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(100):
            index = chance.randrange(verdict.chain.size)
            took, proof = _elapsed(partial(inclusion_proof, index, verdict.chain.size, Tiles(connection).node))
            (leaf,) = connection.execute("SELECT leaf FROM entries WHERE idx = ?", (index,)).fetchone()
            root = verdict.chain.frontier.root()
            assert verify_inclusion(leaf_hash(leaf.encode()), index, verdict.chain.size, proof, root)
            proofs.add(took)
    reader = LogReader(path)
    for query in (Query(limit=50, newest_first=True), Query(file="src/module_7.py", limit=50, newest_first=True)):
        for _ in range(10):
            pages.add(_elapsed(partial(_page, reader, query))[0])
    command = [sys.executable, "-m", "leery", "log", "report", "--html", str(folder / "page.html")]
    reported, _ = _elapsed(lambda: subprocess.run([*command, "--workspace", str(workspace)], check=True))
    console.print(
        f"{count} entries, {path.stat().st_size / 1e6:.0f} MB, written in {built / 1000:.0f} s: verified in"
        f" {verified / 1000:.1f} s ({verdict.fault or 'holds'}); inclusion proof p99 {proofs.p99:.2f} ms;"
        f" newest 50: p99 {pages.p99:.1f} ms; reported in {reported / 1000:.1f} s"
    )
    record = {"entries": count, "written": built, "verified": verified, "reported": reported}
    return {**record, "proof": proofs.to_json()}, [
        Verdict(f"verify {count} entries", verified / 1000, 30 * count / 1_000_000, "s"),
        Verdict("inclusion proof p99", proofs.p99, 5.0),
        Verdict("newest page p99", pages.p99, 200.0),
        Verdict(f"report {count} entries", reported / 1000, 20 * count / 1_000_000, "s"),
    ]


def _appended(writer: LogWriter, number: int) -> None:
    writer.append(_body(number)).result(60)


def _page(reader: LogReader, query: Query) -> int:
    return sum(1 for _ in reader.records(query))


def _started(path: Path, name: str, count: int) -> Popen[str]:
    command = [sys.executable, "-m", "benchmarks.log_writer", str(path), name, str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _release(child: Popen[str]) -> None:
    """Let a process begin as soon as it is ready."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    child.stdin.write("\n")
    child.stdin.close()
    child.stdin = None


def _missing(path: Path, acknowledged: list[list[str]]) -> list[list[str]]:
    entries = {str(record.index): record for record in LogReader(path).records()}
    return [
        line for line in acknowledged
        if line[0] not in entries or (entries[line[0]].id, entries[line[0]].leaf["file"]) != (line[1], line[2])
    ]  # fmt: skip


def _contents(path: Path) -> Any:
    """All that the log says, or the error that reading it gives."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return [
                connection.execute(f"SELECT * FROM {table}").fetchall()
                for table in ("entries", "texts", "tiles", "head", "checkpoints")
            ]
    except sqlite3.DatabaseError as error:
        return str(error)


def _holds(path: Path) -> bool:
    try:
        return verify(path).fault is None
    except Exception:  # noqa: BLE001 - a file that cannot be opened is caught as well
        return False


def main() -> int:
    """Measure the parts that were asked for; ends with 1 when a budget is missed and `--strict` was given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log", description=__doc__)
    names = ["append", "processes", "kills", "tamper", "scale"]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(names)}; all when none is named")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the large log")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--places", type=int, default=10_000, help="bytes to change")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a budget is missed")
    arguments = parser.parse_args()
    plans: dict[str, Callable[[Path], tuple[Json, list[Verdict]]]] = {
        "append": lambda folder: append(folder, 1_000),
        "processes": processes,
        "kills": lambda folder: kills(folder, arguments.kills),
        "tamper": lambda folder: tamper(folder, arguments.places),
        "scale": lambda folder: scale(folder, arguments.entries),
    }
    about = machine()
    print_machine(about)
    record: Json = {"machine": about}
    verdicts: list[Verdict] = []
    for name in arguments.parts or names:
        console.rule(name, style="dim")
        folder = Path(tempfile.mkdtemp(prefix="leery-log-"))
        try:
            record[name], found = plans[name](folder / "leery" / "w")
        finally:
            shutil.rmtree(folder)
        print_verdicts(found)
        verdicts += found
    missed = sum(not verdict.held for verdict in verdicts)
    console.print(f"{len(verdicts) - missed} budgets held, {missed} missed; record in {save('log', record)}")
    return 1 if missed and arguments.strict else 0


if __name__ == "__main__":
    sys.exit(main())
