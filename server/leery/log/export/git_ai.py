"""git-ai authorship logs, ``authorship/3.0.0``: the text of a note under ``refs/notes/ai``. Must not know git.

Format: the Git AI Standard v3.0.0. Only assistants' lines are attested: who typed the others Leery does not say.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

import leery
from leery.log.body import AI_KINDS
from leery.output import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.log.body import LoggedOrigin
    from leery.log.export.attribution import Attributed, CommitAttribution

NAME = "git-ai"
SCHEMA_VERSION = "authorship/3.0.0"
_OURS = "recorded_by"
_HEX = 14
_KEY = re.compile(r"(?:(s_[0-9a-f]{14})::t_[0-9a-f]{14}|(h_[0-9a-f]{14})|([0-9a-f]{7,16}))")
_RANGE = re.compile(r"([1-9][0-9]{0,9})(?:-([1-9][0-9]{0,9}))?")
_LARGEST = 10_000_000


class NoteError(ValueError):
    """This is no authorship log that can be understood; the message says why."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Lines of a file and who is said to have written them.

    Attributes:
        file: path inside the repository.
        lines: first and last line of each run, from 1, both included.
        by: `ai` or `human`.
        tool: the assistant, for `ai`.
        model: its model, or None.
        session: the session's id in the assistant's own words, or None.
        person: who directed it or wrote it, or None.
    """

    file: str
    lines: tuple[tuple[int, int], ...]
    by: str
    tool: str | None = None
    model: str | None = None
    session: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An authorship log as it was read; `ours` tells that Leery wrote all of it."""

    attestations: tuple[Attestation, ...]
    ours: bool
    metadata: dict[str, Any] = field(default_factory=dict)


def write(attribution: CommitAttribution) -> str | None:
    """The note for a commit; None when it has no lines from an assistant."""
    sessions: dict[str, Any] = {}
    parts: list[str] = []
    ours = [item for item in attribution.blocks if item.origin.kind in AI_KINDS and _is_writable(item.file)]
    for file, items in groupby(sorted(ours, key=_file), key=_file):
        parts.append(f'"{file}"' if re.search(r"\s", file) else file)
        for item in items:
            session, agent = _session(item.origin)
            sessions[session] = {"agent_id": agent, "custom_attributes": {_OURS: f"leery {leery.__version__}"}}
            trace = hashlib.sha256(f"{item.block}".encode("utf-8", "surrogatepass")).hexdigest()[:_HEX]
            parts.append(f"  {session}::t_{trace} {_ranges(item.lines)}")
    if not sessions:
        return None
    metadata = {
        "schema_version": SCHEMA_VERSION,
        "base_commit_sha": attribution.commit,
        "prompts": {},
        "sessions": sessions,
    }
    return "\n".join([*parts, "---", json_text(metadata, indent=2)])


def read(note: str) -> Note:
    """Understand a note; everything in it may be hostile.

    Raises:
        NoteError: see there.
    """
    if len(note) > _LARGEST:
        raise NoteError("it is too long")
    section, divider, rest = f"\n{note}".partition("\n---\n")
    if not divider:
        raise NoteError("no line --- parts attestations from metadata")
    metadata = _metadata(rest)
    found: list[Attestation] = []
    file: str | None = None
    for line in section.split("\n"):
        if line.startswith("  "):
            found.append(_attestation(file, line[2:], metadata))
        elif line:
            file = line[1:-1] if len(line) > 1 and line[0] == line[-1] == '"' else line
    keys = set(re.findall(r"^  ([^:\n ]+)", section, re.MULTILINE))
    is_ours = bool(found) and all(_is_ours(metadata["sessions"].get(key)) for key in keys | set(metadata["sessions"]))
    return Note(tuple(found), is_ours and not metadata["prompts"] and not metadata["humans"], metadata)


def _metadata(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoteError("its metadata is no JSON") from error
    if not isinstance(value, dict) or not str(value.get("schema_version")).startswith("authorship/3."):
        raise NoteError(f"it is not of the version {SCHEMA_VERSION}")
    for name in ("prompts", "sessions", "humans"):
        if not isinstance(value.setdefault(name, {}), dict):
            raise NoteError(f"its {name} are no object")
    return value


def _attestation(file: str | None, line: str, metadata: dict[str, Any]) -> Attestation:
    key, _, ranges = line.partition(" ")
    found = _KEY.fullmatch(key)
    if file is None or found is None:
        raise NoteError("an attestation has no file or no key")
    session, human, prompt = found.groups()
    lines = tuple(_pair(part) for part in ranges.split(","))
    if human:
        return Attestation(file, lines, "human", person=_text(_object(metadata["humans"], human), "author"))
    record = _object(metadata["sessions"], session) if session else _object(metadata["prompts"], prompt)
    agent = _object(record, "agent_id")
    tool, model, name = (_text(agent, part) for part in ("tool", "model", "id"))
    return Attestation(file, lines, "ai", tool, model, name, _text(record, "human_author"))


def _pair(part: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(part)
    if found is None:
        raise NoteError("a range of lines cannot be read")
    first = int(found[1])
    return first, int(found[2] or first)


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    return found if isinstance(found, str) else None


def _is_ours(session: Any) -> bool:
    attributes = session.get("custom_attributes") if isinstance(session, dict) else None
    return isinstance(attributes, dict) and str(attributes.get(_OURS)).startswith("leery ")


def _file(item: Attributed) -> str:
    return item.file


def _is_writable(file: str) -> bool:
    """Whether a path can stand in a note: the format has no escapes."""
    return not set(file) & set('"\n\r') and file != "---" and file == file.encode("utf-8", "replace").decode()


def _session(origin: LoggedOrigin) -> tuple[str, dict[str, str]]:
    """The session's key, as the standard derives it, and the agent. Without a session's id the model stands for it."""
    tool, model = origin.assistant or "unknown", origin.model or "unknown"
    name = origin.session or f"unknown:{model}"
    key = hashlib.sha256(f"{tool}:{name}".encode("utf-8", "surrogatepass")).hexdigest()[:_HEX]
    return f"s_{key}", {"tool": tool, "id": name, "model": model}


def _ranges(lines: Iterable[tuple[int, int]]) -> str:
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in sorted(lines))


def covered(attestations: Sequence[Attestation]) -> int:
    """How many lines some attestations speak of."""
    return sum(last - first + 1 for item in attestations for first, last in item.lines)
