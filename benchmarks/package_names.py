"""Packs lists of package names into the files that Leery ships; run by hand when there are newer lists.

    python -m benchmarks.package_names pypi 2026-11 ALL.txt[.gz] --popular TOP.txt
    python -m benchmarks.package_names npm 2026-11 ALL.txt[.gz] --most 12000

A list has one name a line, popular ones most downloaded first; without `--popular` the whole list is in that order.
The same lists always give the same file. `leery_analyzers.packages.names` says what is in it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from leery_analyzers.packages.names import DATA, normalized, positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery_analyzers.packages.names import Ecosystem

BITS_A_NAME = 14
"""Gives one false name in about 830; two lists of a million names then take two megabytes."""


def pack(ecosystem: Ecosystem, date: str, names: Iterable[str], popular: Sequence[str]) -> bytes:
    """The content of a file.

    Args:
        ecosystem: whose names they are.
        date: when the list was made, ``2026-11``.
        names: all of them.
        popular: the popular ones, most downloaded first.
    """
    known = {normalized(ecosystem, name) for name in (*names, *popular)}
    count = len(known)
    known |= {name.partition("/")[0] + "/" for name in known if name.startswith("@")}  # scopes that have packages
    bits = max(len(known) * BITS_A_NAME, 8)
    hashes = max(1, round(BITS_A_NAME * math.log(2)))
    content = bytearray((bits + 7) // 8)
    for name in known:
        for at in positions(name, bits, hashes):
            content[at >> 3] |= 1 << (at & 7)
    ranked = list(dict.fromkeys(normalized(ecosystem, name) for name in popular))
    header = json.dumps({"date": date, "count": count, "bits": bits, "hashes": hashes}).encode()
    return header + b"\n" + bytes(content) + zlib.compress("\n".join(ranked).encode(), 9)


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return [line.strip() for line in text.splitlines() if line.strip()]


def main() -> None:
    """Write the file of one registry."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ecosystem", choices=("pypi", "npm"))
    parser.add_argument("date", help="year and month, 2026-11")
    parser.add_argument("names", type=Path)
    parser.add_argument("--popular", type=Path)
    parser.add_argument("--most", type=int, default=15_000, help="how many names count as popular")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    names = _lines(given.names)
    popular = (_lines(given.popular) if given.popular else names)[: given.most]
    output = given.output or DATA / f"{given.ecosystem}.names"
    output.write_bytes(pack(given.ecosystem, given.date, names, popular))


if __name__ == "__main__":
    main()
