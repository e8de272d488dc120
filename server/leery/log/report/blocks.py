"""The blocks as data for the page's script: one table of all that are shown, and the rest of each in chunks.

The table has what rows and filters need, a list for each column; what stands in many rows is a number that points into
a list of its own. A chunk holds, for `CHUNK` blocks that follow each other in the table, the entries about each. All of
it is JSON in ASCII without ``<``, so it can stand in a script element that is not run. Must not know HTML otherwise.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from leery.log.entry import parse_time
from leery.log.report.figures import SEVERITIES, categories_of, class_of
from leery_analyzers.weaknesses import cwe_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from leery.log.reader import LogReader, Record
    from leery.log.report.figures import Figures
    from leery.log.summary import Block, Finding, Summary
    from leery_analyzers.model import Rule

CHUNK = 100
MOST_BLOCKS = 50_000
"""So many blocks are shown unless the caller says otherwise."""
TEXT_LIMIT = 100_000
"""A text longer than this, in code points, is cut."""
TEXTS_LIMIT = 250_000_000
"""Once texts of this length, in code points, are in the page the rest is left out."""
_HISTORY = 200
_STATES = ("unreviewed", "approved", "rejected", "lapsed")
_ESCAPED = "leery.json"
_UNWANTED = {"v", "id", "run", "commitments", "withheld", "redacted", "clipped", "file", "block", "ranges", "length"}
_UNWANTED |= {"content", "textHash", "replaces"}


class _Names:
    """Numbers for values, in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __getitem__(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def listed(self) -> list[Any]:
        """The values by number."""
        return list(self.numbers)


@dataclass(frozen=True, slots=True)
class Shown:
    """The blocks that are shown, in their order, and how many there are in all."""

    blocks: tuple[Block, ...]
    total: int


def chosen(summary: Summary, figures: Figures, most: int = MOST_BLOCKS) -> Shown:
    """The blocks to show: those with open findings first, the worst before all, then the newest."""
    worse = _worse(figures)

    def urgency(block: Block) -> tuple[Any, ...]:
        severities = [finding.severity for finding in block.open] if block.findings else []
        waits = bool(severities) and block.state in ("unreviewed", "lapsed")
        return (*map(severities.count, SEVERITIES), waits, block.id in worse, block.time)

    # Almost all are in the order of their time already, which sorting makes use of.
    blocks = sorted(summary.blocks.values(), key=urgency, reverse=True)
    return Shown(tuple(blocks[:most]), len(blocks))


def table(shown: Shown, figures: Figures, rules: Mapping[str, Rule]) -> str:
    """The table of the blocks, see the module's description."""
    files, origins, languages, kinds = _Names(), _Names(), _Names(), _Names()
    places = {block.id: row for row, block in enumerate(shown.blocks)}
    worse = _worse(figures)
    columns: dict[str, list[Any]] = {
        "id": [block.id for block in shown.blocks],
        "file": [files[block.file] for block in shown.blocks],
        "origin": [origins[block.origin] for block in shown.blocks],
        "language": [languages[block.language or ""] for block in shown.blocks],
        "time": [_seconds(block.time) for block in shown.blocks],
        "lines": [block.lines for block in shown.blocks],
        "first": [block.first_line for block in shown.blocks],
        "state": [_STATES.index(block.state) if block.state in _STATES else 0 for block in shown.blocks],
        "worse": [int(block.id in worse) for block in shown.blocks],
        "replaces": [[places[name] for name in block.replaces if name in places] or 0 for block in shown.blocks],
        "findings": [[_finding(finding, kinds, rules) for finding in block.findings] or 0 for block in shown.blocks],
    }
    return _json(
        {
            "total": shown.total,
            "chunk": CHUNK,
            "states": _STATES,
            "severities": SEVERITIES,
            "files": files.listed(),
            "origins": [tuple(origin) for origin in origins.listed()],
            "languages": languages.listed(),
            "kinds": kinds.listed(),
            "columns": columns,
        }
    )


def _finding(finding: Finding, kinds: _Names, rules: Mapping[str, Rule]) -> list[int]:
    """Its kind, its severity, whether it is open."""
    name = class_of(finding.cwe)
    severity = finding.severity if finding.severity in SEVERITIES else SEVERITIES[-1]
    kind = kinds[finding.rule, name, cwe_name(name) or "", categories_of(finding.rule, finding.cwe, rules)]
    return [kind, SEVERITIES.index(severity), int(finding.closed is None)]


class Chunks:
    """The entries about each block, chunk by chunk.

    Args:
        reader: of the log that the blocks are of.
        blocks: those of the table, in its order.
        texts: whether to give private texts.
    """

    def __init__(self, reader: LogReader, blocks: Sequence[Block], *, texts: bool = True) -> None:
        self._reader = reader
        self._blocks = blocks
        self._texts = texts
        self._room = TEXTS_LIMIT

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self._blocks), CHUNK):
            some = self._blocks[start : start + CHUNK]
            records = self._reader.at({index for block in some for index in _history(block)})
            yield _json([self._details(block, records) for block in some])

    def _details(self, block: Block, records: Mapping[int, Record]) -> dict[str, Any]:
        known = [records[index] for index in _history(block) if index in records]
        return {"more": max(0, len(block.entries) - _HISTORY), "entries": [self._entry(record) for record in known]}

    def _entry(self, record: Record) -> dict[str, Any]:
        """What the page tells of an entry: members that say something, private texts, and those that are not there."""
        value: dict[str, Any] = {"index": record.index}
        value |= {name: said for name, said in record.leaf.items() if said and name not in _UNWANTED}
        if self._texts:
            for name, text in record.texts.items():
                if text and name not in _UNWANTED and not (name == "code" and "amends" in value):
                    value[name] = self._cut(text)
        absent = {"erased": record.erased, "withheld": record.withheld}
        return {**value, **{state: names for state, names in absent.items() if names}}

    def _cut(self, text: str) -> Any:
        """A text within its limit; a list of the length it had and what is kept of it stands for one that was cut."""
        if len(text) > self._room:
            return [len(text), ""]
        kept = text[:TEXT_LIMIT]
        self._room -= len(kept)
        return text if len(kept) == len(text) else [len(text), kept]


def _history(block: Block) -> list[int]:
    """The entries to show of a block: the first one, which has its code, and the newest."""
    return block.entries if len(block.entries) <= _HISTORY else [block.entries[0], *block.entries[1 - _HISTORY :]]


def _json(value: Any) -> str:
    """JSON that can stand in a script element: no tag, no comment and no character beyond ASCII is in it."""
    return _ascii_json(value).replace("<", "\\u003c").replace("\x7f", "\\u007f")


def _ascii_json(value: Any) -> str:
    try:
        return orjson.dumps(value).decode().encode("ascii", _ESCAPED).decode()
    except orjson.JSONEncodeError:  # it refuses lone surrogates and huge integers
        return json.dumps(value, separators=(",", ":"))


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What stands in JSON for characters that ASCII lacks."""
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_ESCAPED, _escape)


def _seconds(time: str) -> int:
    """Since the epoch; 0 for what is no time."""
    moment = parse_time(time)
    try:
        return 0 if moment is None else int(moment.timestamp())
    except (ValueError, OverflowError):
        return 0


def _worse(figures: Figures) -> set[str]:
    """The blocks that left more findings than the version before."""
    return {version.block.id for place in figures.rewrites for version in place.grew_at}
