"""200 edits in two seconds: nothing stale may be shown, and the last word must be what a fresh open says."""

from __future__ import annotations

import itertools
import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import insecure_block, insertion_point, python_file
from benchmarks.measure import Verdict, console
from benchmarks.servers import LeeryHinted

if TYPE_CHECKING:
    from tests.e2e.wire import Received

Json = dict[str, Any]

_EDITS = 200
_SECONDS = 2.0


def measure(edits: int = _EDITS, seconds: float = _SECONDS, lines: int = 300) -> Json:
    """What was wrong in one burst: counts that should all be zero, and how long the edits took to send."""
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
        server = LeeryHinted(Path(scratch).resolve() / "leery", python_file(lines, seed=lines))
        try:
            started = time.perf_counter()
            _type(server, edits, seconds)
            took = time.perf_counter() - started
            server.client.settle(1.0, 60)
            published = server.client.published(server.document.uri)
            last = _shown(published[-1])
            blocks = _blocks(server)
            server.path.write_text(server.document.text, encoding="utf-8")
            fresh, fresh_blocks = _reopen(server)
        finally:
            server.stop()
    versions = [received.params["version"] for received in published]
    return {
        "edits": edits,
        "seconds": round(took, 3),
        "publishes": len(published),
        "findings": len(last),
        "stale": sum(later < earlier for earlier, later in itertools.pairwise(versions)),
        "differs from a fresh open": len(_difference(last, fresh)),
        "blocks differ": len(_difference(blocks, fresh_blocks)),
    }


def _type(server: LeeryHinted, edits: int, seconds: float) -> None:
    """Pastes, letters inside the pasted code, and deletions, evenly spread over the time."""
    draw = random.Random(5)
    started = time.perf_counter()
    key = None
    for number in range(edits):
        if number % 20 == 0:
            block = insecure_block(number)
            at = insertion_point(server.document.text, draw.random() * 0.8)
            server.edit(at, at, block.text)
            key = at + block.key
        elif number % 20 == 19 and number % 40 > 20:
            start = server.document.text.rindex("\n", 0, key)
            server.edit(start, server.document.text.index("\n", key), "")
        else:
            assert key is not None
            server.edit(key, key, draw.choice("abcdefgh"))
            key += 1
        time.sleep(max(0.0, started + (number + 1) * seconds / edits - time.perf_counter()))


def _reopen(server: LeeryHinted) -> tuple[list[str], list[str]]:
    document = server.document
    server.client.close_document(document)
    server.client.settle(0.5)
    mark = len(server.client.messages)
    server.document = server.client.open(document.uri, document.text, version=1)
    server.client.settle(1.0, 60)
    again = [m for m in server.client.published(document.uri) if m in server.client.messages[mark:]]
    return (_shown(again[-1]) if again else []), _blocks(server)


def _shown(received: Received) -> list[str]:
    """Diagnostics in a form that can be compared: all of them but the block's id, which is drawn at random."""
    found = []
    for diagnostic in received.params["diagnostics"]:
        plain = {**diagnostic, "data": {**(diagnostic.get("data") or {}), "block": None}}
        found.append(json.dumps(plain, sort_keys=True))
    return sorted(found)


def _blocks(server: LeeryHinted) -> list[str]:
    answer = server.client.request("leery/blocks", {"textDocument": {"uri": server.document.uri}})
    return sorted(json.dumps({"ranges": b["ranges"], "kind": b["origin"]["kind"]}, sort_keys=True) for b in answer)


def _difference(one: list[str], other: list[str]) -> set[str]:
    return set(one) ^ set(other)


def run() -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    with console.status("burst of edits"):
        result = measure()
    console.print(
        f"burst: {result['edits']} edits in {result['seconds']} s, {result['publishes']} publishes, "
        f"{result['findings']} findings at the end"
    )
    verdicts = [
        Verdict("burst: publishes older than one before", result["stale"], 0, ""),
        Verdict("burst: diagnostics that a fresh open shows differently", result["differs from a fresh open"], 0, ""),
        Verdict("burst: blocks that a fresh open shows differently", result["blocks differ"], 0, ""),
    ]
    return {**result, "verdicts": [v.to_json() for v in verdicts]}, verdicts
