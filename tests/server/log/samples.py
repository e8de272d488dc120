"""Logs for tests: with every kind of text that is hard to carry."""

from __future__ import annotations

from leery.log.body import FindingOpened, Gap, Insertion, LoggedOrigin, Review, Suppression
from leery.log.database import LogDatabase
from leery.log.entry import Entry, new_id, now, seal
from leery.log.erase import Selection, erase

EVIL = "=cmd|' /C calc'!A0 \x1b]0;title\x07\x9b31m\u202e<script>alert(1)</script>\x7f"
SURROGATES = "\ud83d\ude00 \udc80"
BROKEN = f"y = '{SURROGATES}'\n"
ORIGIN = LoggedOrigin(
    kind="agent", evidence="reported", assistant="claude-code", model="m-1", session="s1", prompt="p1"
)
BODIES = (
    Insertion(
        file="a.py", block="b1", origin=ORIGIN, language="python", ranges=((0, 8),), lines=((1, 1),), length=8,
        revision="a" * 40, code="eval(x)\n", prompt="write it",
    ),
    FindingOpened(
        fingerprint="f1", rule="dangerous-eval", cwe=("CWE-95",), engines=("checks", "bandit"), severity="high",
        confidence="high", file="a.py", line=1, end_line=1, block="b1", versions={"bandit": "1.9.4"}, message="no",
    ),
    Insertion(file='ü "q",\n.py', block="b2", origin=ORIGIN, lines=((3, 4),), code=BROKEN, prompt=EVIL),
    Suppression(fingerprint="f1", rule="dangerous-eval", file="a.py", block="b1", reason=EVIL, by="A <a@b.c>"),
    Review(file="a.py", block="b1", decision="approved", note="fine", by="A <a@b.c>", content="1" * 64),
    Gap(what="client-off", count=3),
)  # fmt: skip


def append(path, *bodies, keep_prompts=True):
    """Add entries to a log; gives their indices."""
    run = new_id()
    database = LogDatabase(path, run)
    try:
        return database.append([seal(Entry(new_id(), run, now(), body), keep_prompts=keep_prompts) for body in bodies])
    finally:
        database.close()


def hand_out(path):
    """The signed head, which the log remembers."""
    database = LogDatabase(path, new_id())
    try:
        return database.hand_out()
    finally:
        database.close()


def eventful(path):
    """A log in which everything has happened: two keys, a checkpoint, an erasure, withheld and broken texts."""
    append(path, *BODIES[:3])
    hand_out(path)
    database = LogDatabase(path, new_id())
    database.rotate_key()
    database.close()
    append(path, *BODIES[3:])
    append(path, Insertion(file="b.py", block="b3", origin=ORIGIN, code="gone()", prompt="secret"), keep_prompts=False)
    append(path, Insertion(file="b.py", block="b4", origin=ORIGIN, code="stays()", prompt="unkept"), keep_prompts=False)
    database = LogDatabase(path, new_id())
    erase(database, Selection(blocks=("b3",)), by="A <a@b.c>", reason="asked for")
    database.close()
    return path
