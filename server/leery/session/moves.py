"""Takes over what is stored of a document whose file was moved past every server, once it is opened where it is now.

All of it blocks: call it in a thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from leery.document import uri_to_path
from leery.log.body import FindingClosed
from leery.provenance.moved import Likeness, find, lost_of, strangers

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from leery.provenance.store import Saved
    from leery.session.workspace import Workspace
    from leery_analyzers.text import Text


_MOST = 200
"""How many documents whose files are gone are looked at, at most."""


def take_over(workspace: Workspace, uri: str, text: Text, opened: Container[str]) -> tuple[str, Saved] | None:
    """The earlier name of a document of which nothing is stored, and what is stored by that; None when it is new.

    The log then has the document's findings as closed by their earlier name, and a gap by the new one.

    Args:
        workspace: the document's.
        uri: its name.
        text: what it holds.
        opened: documents that a client has open: they stay what they are, and what is known of them holds here, too.
    """
    path, store, content = uri_to_path(uri), workspace.store, str(text)
    if path is None or not content.strip():
        return None
    known = store.documents()
    likely = sorted(lost_of(known), key=lambda one: _distance(path, uri_to_path(one)))[:_MOST]
    gone = [saved for one in likely if (saved := store.load(one)) is not None]
    if not any(Likeness(one.snapshot).is_alike(content) for one in gone):
        return None
    files = [*strangers(workspace.root, {uri_to_path(one) for one in known}), path]
    was = find([one.snapshot for one in gone], files).get(path)
    if was is None:
        return None
    saved = next(one for one in gone if one.snapshot.uri == was)
    saved = replace(saved, snapshot=replace(saved.snapshot, uri=uri))
    if was in opened:
        return was, replace(saved, revision=0)
    store.rename(was, uri)
    earlier = workspace.name_of(uri_to_path(was), was)
    for fingerprint, rule, block in workspace.open_findings(earlier):
        closed = FindingClosed(fingerprint=fingerprint, rule=rule, how="removed", file=earlier, block=block)
        workspace.log.append(closed)
    workspace.gap(what="changed-unseen", file=workspace.name_of(path, uri), detail="moved")
    return was, saved


def _distance(path: Path, was: Path | None) -> tuple[bool, bool]:
    """Smaller for files of the same name or kind."""
    return was is None or was.name != path.name, was is None or was.suffix != path.suffix
