"""Which entries to read, and the statement that finds them. Must not know what is done with them.

An entry that says nothing of an origin is found through its block: asking for an assistant gives the assistant's
insertions and whatever was found in them and decided about them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from leery.log.entry import escape
from leery.log.schema import BLOCK, FILE, OF_BLOCK, TIME, TYPE

COLUMNS = "SELECT idx, leaf FROM entries"
_FINGERPRINT = "json_extract(leaf, '$.fingerprint')"
_RULE = "json_extract(leaf, '$.rule')"
_OF_CWE = "EXISTS (SELECT 1 FROM json_each(leaf, '$.cwe') WHERE value = ?)"
_BY = "EXISTS (SELECT 1 FROM texts WHERE texts.idx = entries.idx AND name = 'by' AND instr(CAST(data AS TEXT), ?) > 0)"
_BLOCKS = f"SELECT {BLOCK} FROM entries WHERE {TYPE} = 'insertion' AND"  # noqa: S608 - made of constants
_GIVEN = "SELECT value FROM json_each(?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which entries to read; everything given must hold.

    Attributes:
        file: path inside the workspace.
        block: a block's id, as the entry's block or one that a finding's path crosses.
        types: any of these types; empty for all.
        since: earliest time, in the form entries have it.
        until: latest time, likewise.
        assistant: the assistant that a block came from.
        model: likewise.
        session: likewise.
        author: part of the name of who reviewed, suppressed, withdrew or erased.
        among: only what is about one of these blocks.
        besides: only what is about another block than these.
        rule: rule of a finding, or of what was decided about one.
        cwe: such as ``CWE-89``: findings of this class, and what became of them.
        after: only entries behind this index.
        up_to: only entries up to this index.
        limit: only the newest so many of the entries that match.
        newest_first: the order; otherwise oldest first.
    """

    file: str | None = None
    block: str | None = None
    types: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    assistant: str | None = None
    model: str | None = None
    session: str | None = None
    author: str | None = None
    among: frozenset[str] | None = None
    besides: frozenset[str] | None = None
    rule: str | None = None
    cwe: str | None = None
    after: int | None = None
    up_to: int | None = None
    limit: int | None = None
    newest_first: bool = False

    def statement(self) -> tuple[str, list[Any]]:
        """The SQL that gives index and leaf of each entry, and the values to bind."""
        conditions = [*self._direct(), *self._through_blocks()]
        where = f" WHERE {' AND '.join(f'({text})' for text, _ in conditions)}" if conditions else ""
        values = [value for _, bound in conditions for value in bound]
        order = " ORDER BY idx DESC" if self.newest_first or self.limit is not None else " ORDER BY idx"
        sql = COLUMNS + where + order
        if self.limit is not None:
            sql += " LIMIT ?"
            values.append(self.limit)
            if not self.newest_first:
                sql = f"SELECT idx, leaf FROM ({sql}) ORDER BY idx"  # noqa: S608 - made of constants; values are bound
        return sql, values

    def _direct(self) -> list[tuple[str, list[Any]]]:
        """Conditions on the entry itself."""
        found: list[tuple[str, list[Any]]] = []
        if self.file is not None:
            found.append((f"{FILE} = ?", [escape(self.file)]))
        if self.block is not None:
            found.append((f"idx IN ({OF_BLOCK})", [escape(self.block)] * 2))
        if self.types:
            found.append((f"{TYPE} IN ({', '.join('?' * len(self.types))})", list(self.types)))
        for condition, value in (
            (f"{TIME} >= ?", self.since),
            (f"{TIME} <= ?", self.until),
            (f"{_RULE} = ?", self.rule),
            (_BY, self.author),
            ("idx > ?", self.after),
            ("idx <= ?", self.up_to),
        ):
            if value is not None:
                found.append((condition, [value]))
        if self.cwe is not None:
            of_class = f"SELECT {_FINGERPRINT} FROM entries WHERE {TYPE} = 'finding-opened' AND {_OF_CWE}"  # noqa: S608
            found.append((f"{_FINGERPRINT} IN ({of_class})", [self.cwe]))
        return found

    def _through_blocks(self) -> list[tuple[str, list[Any]]]:
        """Conditions on the block that the entry is about."""
        found: list[tuple[str, list[Any]]] = []
        asked = {"assistant": self.assistant, "model": self.model, "session": self.session}
        origin = {name: escape(value) for name, value in asked.items() if value is not None}
        if origin:
            own = " AND ".join(f"json_extract(leaf, '$.origin.{name}') = ?" for name in origin)
            found.append((f"({own}) OR {BLOCK} IN ({_BLOCKS} {own})", [*origin.values()] * 2))
        if self.among is not None:
            found.append((f"{BLOCK} IN ({_GIVEN})", [_listed(self.among)]))
        if self.besides is not None:
            found.append((f"{BLOCK} IS NOT NULL AND {BLOCK} NOT IN ({_GIVEN})", [_listed(self.besides)]))
        return found


def _listed(blocks: frozenset[str]) -> str:
    return json.dumps(sorted(map(escape, blocks)))
