"""Agent Trace 0.1.0 (https://agent-trace.dev): records of ``application/vnd.agent-trace.record+json``, one a line.

Of the whole log: one record an insertion. Its lines are those of the file right after the edit, which no revision has,
so there is no ``vcs``. Of a commit: one record, whose lines are those of the commit.
"""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import TYPE_CHECKING, Any

import leery
from leery.log.body import AI_KINDS, Insertion
from leery.log.query import Query
from leery.output import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery.log.body import LoggedOrigin
    from leery.log.export.attribution import Attributed, CommitAttribution
    from leery.log.reader import LogReader, Record

NAME = "agent-trace"
VERSION = "0.1.0"
_LONGEST_MODEL = 250
_METADATA = "io.github.leery"


def export(reader: LogReader) -> Iterator[str]:
    """The records of a log's insertions, a line each; corrections of an origin stand for themselves."""
    for record, body in reader.bodies(Query(types=(Insertion.type,))):
        if isinstance(body, Insertion):
            yield json_text(_of_insertion(record, body))


def of_commit(attribution: CommitAttribution, time: str) -> str:
    """The record of a commit, with its line feed.

    Args:
        attribution: its lines.
        time: when it is made, RFC 3339.
    """
    files = [
        {"path": file, "conversations": [_conversation(item.origin, item.lines) for item in items]}
        for file, items in groupby(attribution.blocks, key=_file)
    ]
    about = {item.block: _about(item.origin) for item in attribution.blocks}
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"git:{attribution.commit}#{time}")
    vcs = {"type": "git", "revision": attribution.commit}
    return json_text({**_record(str(name), time, files, {"blocks": about}), "vcs": vcs})


def _file(item: Attributed) -> str:
    return item.file


def _of_insertion(record: Record, body: Insertion) -> dict[str, Any]:
    files = [{"path": body.file, "conversations": [_conversation(body.origin, body.lines)]}]
    about = {
        **_about(body.origin),
        "entry": record.index,
        "block": body.block,
        "checkedOut": body.revision,
        "amends": body.amends,
    }
    return _record(record.id, record.time, files, {name: item for name, item in about.items() if item is not None})


def _record(name: str, time: str, files: list[dict[str, Any]], about: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": VERSION,
        "id": name,
        "timestamp": time,
        "tool": {"name": "leery", "version": leery.__version__},
        "files": files,
        "metadata": {_METADATA: about},
    }


def _conversation(origin: LoggedOrigin, lines: Sequence[tuple[int, int]]) -> dict[str, Any]:
    kind = "ai" if origin.kind in AI_KINDS else "human" if origin.kind == "typed" else "unknown"
    contributor = {"type": kind}
    if kind == "ai" and origin.model:
        contributor["model_id"] = origin.model[:_LONGEST_MODEL]
    return {
        "contributor": contributor,
        "ranges": [{"start_line": first, "end_line": last} for first, last in lines],
    }


def _about(origin: LoggedOrigin) -> dict[str, str]:
    parts = ((name, getattr(origin, name)) for name in ("kind", "evidence", "assistant", "session", "prompt"))
    return {name: value for name, value in parts if value is not None}
