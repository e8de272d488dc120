"""What an entry of each type says: one frozen class a type.

A field is public, and then part of the entry's final bytes for ever, or private, and then only a salted commitment to
it is. Private is whatever may hold code, prompts, free text or a person's name, and every unsalted digest of code,
since a short text can be guessed from its digest. Must not know how anything is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal, TypeAlias, get_args

EntryType = Literal[
    "insertion",
    "hint-unmatched",
    "finding-opened",
    "finding-closed",
    "fix-applied",
    "suppression",
    "review",
    "lapse",
    "gap",
    "key",
    "erasure",
]
ENTRY_TYPES: tuple[EntryType, ...] = get_args(EntryType)

ClosedHow = Literal["fixed", "edited", "removed", "suppressed", "refuted", "settings"]
LapseWhy = Literal["rewritten", "expired", "withdrawn", "lost"]
AI_KINDS = frozenset({"completion", "chat", "agent"})
"""Kinds of origin that an assistant stands behind; of a paste nobody knows where it was copied from."""
QUIET_KINDS = frozenset({"typed", "vcs"})
"""Kinds of origin that need no second look."""

GapWhat = Literal["client-off", "changed-unseen", "block-lost", "log-unwritable", "log-corrupt", "log-missing", "alert"]


def _private(*, redact: bool = False) -> Any:
    """A private field: text or None. With `redact` it is free text, from which secrets are taken out first."""
    return field(default=None, metadata={"private": True, "redact": redact})


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOrigin:
    """Where text came from, in the form that `leery/blocks` shows; `prompt` is a reference, never the text."""

    kind: str
    evidence: str
    assistant: str | None = None
    model: str | None = None
    session: str | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """A block came into a file, or (with `amends`) the origin of one was corrected.

    Attributes:
        file: path inside the workspace with ``/``.
        block: the block's id.
        origin: where it came from.
        language: language id as in the LSP, or None.
        ranges: the block's places right after the edit, code points, half open.
        lines: the same places as first and last line, from 1, both included.
        length: how many code points were inserted.
        revision: the git commit that was checked out, or None.
        amends: id of the insertion entry whose origin this one replaces.
        replaces: ids of blocks that it took characters from or parted: it is a rewrite of them.
        code: the inserted text; ranges joined in document order.
        prompt: the prompt's text, kept only when the user opted in; otherwise only its commitment is.
    """

    type: ClassVar[EntryType] = "insertion"
    file: str
    block: str
    origin: LoggedOrigin
    language: str | None = None
    ranges: tuple[tuple[int, int], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    length: int = 0
    revision: str | None = None
    amends: str | None = None
    replaces: tuple[str, ...] = ()
    code: str | None = _private(redact=True)
    prompt: str | None = _private(redact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HintUnmatched:
    """A client or hook announced an insertion that no change bore out; it was applied to nothing.

    Attributes:
        file: path inside the workspace.
        origin: what the hint claimed.
        why: short reason, e.g. ``no-change`` or ``text-differs``.
        text_hash: SHA-256 hex that the hint carried.
        prompt: as in `Insertion`.
    """

    type: ClassVar[EntryType] = "hint-unmatched"
    file: str
    origin: LoggedOrigin
    why: str
    text_hash: str | None = _private()
    prompt: str | None = _private(redact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOpened:
    """A finding was shown for the first time.

    Attributes:
        fingerprint: the finding's stable name.
        rule: rule id.
        cwe: identifiers such as ``CWE-89``.
        engines: who found it.
        severity: `low`, `medium` or `high`.
        confidence: likewise.
        file: path inside the workspace.
        line: first line of its place, from 1.
        end_line: last line, included.
        block: the block it lies in, else the first one on its path, else None.
        path_blocks: further blocks that its path crosses.
        versions: version of each engine and rule pack that took part, by name.
        message: what was said; it may quote code.
    """

    type: ClassVar[EntryType] = "finding-opened"
    fingerprint: str
    rule: str
    cwe: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    severity: str
    confidence: str
    file: str
    line: int
    end_line: int | None = None
    block: str | None = None
    path_blocks: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    message: str | None = _private(redact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingClosed:
    """A finding went away.

    Attributes:
        fingerprint: as when it opened.
        rule: rule id.
        how: `fixed` by a fix of Leery's, `edited` away, `removed` with its block or file, `suppressed`, `refuted` by
            dataflow, or hidden by changed `settings`.
        file: path inside the workspace.
        block: its block, or None.
    """

    type: ClassVar[EntryType] = "finding-closed"
    fingerprint: str
    rule: str
    how: ClosedHow
    file: str
    block: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixApplied:
    """A fix that Leery offered was applied.

    Attributes:
        fingerprint: the finding it takes away.
        rule: rule id.
        applicability: `safe`, `review` or `manual`.
        file: path inside the workspace.
        block: the finding's block, or None.
        title: the fix's title; it may quote code.
    """

    type: ClassVar[EntryType] = "fix-applied"
    fingerprint: str
    rule: str
    applicability: str
    file: str
    block: str | None = None
    title: str | None = _private(redact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A person decided that a finding stays; ended by a `Lapse` that names this entry, or by its date.

    Attributes:
        fingerprint: the finding.
        rule: rule id.
        file: path inside the workspace.
        block: the finding's block, or None.
        expires: last day (UTC, ``YYYY-MM-DD``) on which it holds, or None for no end.
        reason: why; required of the person.
        by: who, as git names them.
        content: digest of the block's text, else of the lines, that the decision is bound to.
    """

    type: ClassVar[EntryType] = "suppression"
    fingerprint: str
    rule: str
    file: str
    block: str | None = None
    expires: str | None = None
    reason: str | None = _private(redact=True)
    by: str | None = _private()
    content: str | None = _private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person judged a block; ended by a `Lapse` that names this entry.

    Attributes:
        file: path inside the workspace.
        block: the block's id.
        decision: `approved` or `rejected`.
        note: free text.
        by: who, as git names them.
        content: digest of the block's text that the decision is bound to.
    """

    type: ClassVar[EntryType] = "review"
    file: str
    block: str
    decision: Literal["approved", "rejected"]
    note: str | None = _private(redact=True)
    by: str | None = _private()
    content: str | None = _private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A suppression or a review no longer holds.

    Attributes:
        subject: id of the entry that lapses.
        of: its type.
        why: the text was `rewritten`, the date `expired`, a person has `withdrawn` it, or the block is `lost`.
        file: path inside the workspace.
        block: the block, or None.
        by: who withdrew it.
    """

    type: ClassVar[EntryType] = "lapse"
    subject: str
    of: Literal["suppression", "review"]
    why: LapseWhy
    file: str
    block: str | None = None
    by: str | None = _private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something happened that the log could not see or could not keep; or an `alert`, where nothing is missing.

    An `alert` says that of the window's insertions, between `since` and `until`, more were insecure than is allowed:
    `count` of them, with the share and the limit in `detail`.

    Attributes:
        what: the kind of gap.
        file: path inside the workspace, or None when it concerns no single file.
        since: when it began (RFC 3339, UTC), or None if nobody knows.
        until: when it ended, or None.
        count: how many entries, changes or blocks are missing, or None.
        block: the block that was lost, or None.
        detail: a short technical word, never text of a document.
    """

    type: ClassVar[EntryType] = "gap"
    what: GapWhat
    file: str | None = None
    since: str | None = None
    until: str | None = None
    count: int | None = None
    block: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A signing key of the log was created, rotated or retired.

    Attributes:
        action: what happened. `created` with a `previous` key means that the private half of that one was lost.
        algorithm: e.g. ``ed25519``.
        name: the key's name as in signed notes, which is the log's origin.
        public: the public key, base64.
        previous: public key that it replaces, or None.
        endorsement: the previous key's signature that hands over to this one, base64, or None.
    """

    type: ClassVar[EntryType] = "key"
    action: Literal["created", "rotated", "retired"]
    algorithm: str
    name: str
    public: str
    previous: str | None = None
    endorsement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Private texts of earlier entries and their salts were erased.

    Attributes:
        selector: what was asked for: `id`, `block`, `session`, `before`, `age`.
        entries: first and last index of each run of entries whose texts are gone; long lists go into several erasures.
        count: of how many entries this one tells.
        by: who asked.
        reason: why.
    """

    type: ClassVar[EntryType] = "erasure"
    selector: str
    entries: tuple[tuple[int, int], ...] = ()
    count: int = 0
    by: str | None = _private()
    reason: str | None = _private(redact=True)


Body: TypeAlias = (
    Insertion
    | HintUnmatched
    | FindingOpened
    | FindingClosed
    | FixApplied
    | Suppression
    | Review
    | Lapse
    | Gap
    | Key
    | Erasure
)
BODIES: dict[str, type[Body]] = {body.type: body for body in get_args(Body)}


def json_name(attribute: str) -> str:
    """A Python attribute's name in JSON: ``end_line`` becomes ``endLine``."""
    head, *rest = attribute.split("_")
    return head + "".join(part.capitalize() for part in rest)


PUBLIC_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    name: tuple((item.name, json_name(item.name)) for item in fields(body) if not item.metadata.get("private"))
    for name, body in BODIES.items()
}
"""Attribute and JSON name of each public field, by entry type."""

PRIVATE_FIELDS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    name: tuple(
        (item.name, json_name(item.name), item.metadata["redact"])
        for item in fields(body)
        if item.metadata.get("private")
    )
    for name, body in BODIES.items()
}
"""Attribute, JSON name and whether to take secrets out of each private field, by entry type."""
