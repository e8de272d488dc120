"""The lists of package names that are shipped: whether a name is on one, and which names are popular.

A list is a Bloom filter over all names, which never denies a name that is on the list and takes one in about a
thousand that is not for one that is, and the popular names, most downloaded first. A file is one line of JSON (`date`,
`count`, `bits`, `hashes`), the filter, and the popular names, one a line, compressed with zlib. Positions are made from
one BLAKE2b digest by double hashing (Kirsch and Mitzenmacher, 2006). `benchmarks/package_names.py` writes the files.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Ecosystem = Literal["pypi", "npm"]

DATA = Path(__file__).parent / "data"
_RUNS = re.compile(r"[-_.]+")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def normalized(ecosystem: Ecosystem, name: str) -> str:
    """The one spelling of a name: as PEP 503 has it, or in lower case for npm."""
    return _RUNS.sub("-", name).lower() if ecosystem == "pypi" else name.lower()


def positions(name: str, bits: int, hashes: int) -> Iterator[int]:
    """The bits of a filter of so many bits that stand for a name."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    for index in range(hashes):
        yield (first + index * step) % bits


@dataclass(frozen=True)
class PackageNames:
    """The names of one registry on one day; all are asked for as `normalized` spells them.

    Attributes:
        date: year and month, ``2026-11``.
        count: how many names are on the list.
        bits: size of the filter.
        hashes: bits a name has in it.
        popular: ranks of the popular names, from 0.
    """

    date: str
    count: int
    bits: int
    hashes: int
    _filter: bytes
    popular: Mapping[str, int]

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or name in self.popular:
            return isinstance(name, str)
        return all(self._filter[at >> 3] >> (at & 7) & 1 for at in positions(name, self.bits, self.hashes))

    @property
    def month(self) -> str:
        """The date for a person: ``November 2026``."""
        year, month = self.date.split("-")[:2]
        return f"{_MONTHS[int(month) - 1]} {year}"


def read_names(path: Path) -> PackageNames:
    """The list in a file.

    Raises:
        OSError, ValueError, KeyError: it cannot be read, or was not written by the script.
    """
    header, _, rest = path.read_bytes().partition(b"\n")
    facts = json.loads(header)
    size = (facts["bits"] + 7) // 8
    popular = zlib.decompress(rest[size:]).decode().split("\n")
    ranks = dict(zip(popular, range(len(popular)), strict=True))
    ranks.pop("", None)
    return PackageNames(facts["date"], facts["count"], facts["bits"], facts["hashes"], rest[:size], ranks)


@cache
def package_names(ecosystem: Ecosystem) -> PackageNames:
    """The shipped list of a registry; read when it is first asked for."""
    return read_names(DATA / f"{ecosystem}.names")


@cache
def data_digest() -> str:
    """Changes when the shipped lists do."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(DATA.glob("*.names")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
