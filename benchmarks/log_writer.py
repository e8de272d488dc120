"""A process that appends to a log: `python -m benchmarks.log_writer PATH NAME COUNT`; a line on standard input begins.

Prints index, id and file of each entry as soon as it is acknowledged: whoever kills it knows what must be there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from leery.log.body import Insertion, LoggedOrigin
from leery.log.writer import LogWriter


def main() -> None:
    """Append, waiting for each entry."""
    path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    origin = LoggedOrigin(kind="agent", evidence="reported")
    print("ready", flush=True)  # noqa: T201 - for the parent
    sys.stdin.readline()
    with LogWriter(path) as writer:
        for number in range(count):
            body = Insertion(file=f"{name}-{number}", block=f"{name}.{number}", origin=origin, code="x = 1\n" * 40)
            receipt = writer.append(body).result(120)
            print(receipt.index, receipt.id, body.file, flush=True)  # noqa: T201 - same


if __name__ == "__main__":
    main()
