"""The walk over blocks that wait: shows one, takes a key, records the decision. Needs a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text as Styled

from leery.batch.reviews import ChangedError, UnrecordedError
from leery.cli.review.page import page
from leery.output import printable

if TYPE_CHECKING:
    from leery.batch.reviews import Item, Reviews
    from leery.provenance.origin import Decision

_PROMPT = "Decide about this block [a,r,s,n,p,e,q,?]: "
_HELP = """\
a  approve: you have read it, and it may stay
r  reject: it must not stay; you are asked for a note
s  skip: leave it for another time and go on
n  next, undecided    p  previous, undecided
e  open the file in $VISUAL or $EDITOR, and look at it again
q  quit; what was decided stays decided
?  this help"""
_AT_LINE = frozenset({"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak"})
"""Editors that take ``+LINE`` before the file's name."""


class Walk:
    """A walk.

    Args:
        reviews: records decisions and looks again at files.
        items: what waits.
    """

    def __init__(self, reviews: Reviews, items: list[Item]) -> None:
        self._reviews = reviews
        self._items = items
        self._at = 0
        self._done: dict[str, str] = {}
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def run(self) -> None:
        """Go on until nothing is left to decide, or the person ends it."""
        is_new = True
        while left := self._left():
            around = (*range(self._at, len(self._items)), *range(self._at))
            self._at = next(index for index in around if self._items[index].block in left)
            if is_new:
                self._show()
            key = self._key()
            if key == "q":
                break
            is_new = self._act(key)
        self._sum_up()

    def _left(self) -> set[str]:
        return {item.block for item in self._items} - self._done.keys()

    def _show(self) -> None:
        for line in page(self._items[self._at], self._at + 1, len(self._items)):
            self._console.print(line)

    def _key(self) -> str:
        """The key that is pressed; ``q`` for the end of input."""
        self._console.print(Styled(_PROMPT, style="bold blue"), end="")
        try:
            key = click.getchar()
        except EOFError:
            key = "q"
        self._console.print(printable(key[:1]))
        return key if len(key) == 1 else "?"

    def _act(self, key: str) -> bool:
        """Do what a key asks for; whether a block is to be shown after it."""
        if key == "a":
            return self._decide("approved", None)
        if key == "r":
            note = click.prompt("Note", default="", show_default=False, err=False).strip()
            return self._decide("rejected", note or None)
        if key == "s":
            self._done[self._items[self._at].block] = "skipped"
            return True
        if key in {"n", "p"}:
            return self._step(1 if key == "n" else -1)
        if key == "e":
            self._edit()
            return True
        self._console.print(_HELP)
        return False

    def _step(self, by: int) -> bool:
        left = self._left()
        order = range(self._at + by, len(self._items) if by > 0 else -1, by)
        target = next((index for index in order if self._items[index].block in left), None)
        if target is None:
            self._console.print(f"No {'next' if by > 0 else 'previous'} block is undecided.", style="yellow")
            return False
        self._at = target
        return True

    def _decide(self, decision: Decision, note: str | None) -> bool:
        item = self._items[self._at]
        try:
            self._reviews.decide(item, decision, note)
        except ChangedError:
            self._console.print("The block has changed since it was shown; nothing is recorded.", style="bold yellow")
            self._look_again(item)
        except UnrecordedError as error:
            self._console.print(printable(f"The decision is not recorded: {error}."), style="bold red")
            return False
        else:
            self._done[item.block] = decision
        return True

    def _edit(self) -> None:
        item = self._items[self._at]
        line = item.text.line_of(item.findings[0].range.start) + 1
        try:
            command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "") or ["vi"]
            place = [f"+{line}"] if Path(command[0]).name in _AT_LINE else []
            subprocess.run([*command, *place, str(item.path)], check=False)
        except (OSError, ValueError) as error:
            self._console.print(printable(f"The editor cannot be started: {error}."), style="bold red")
            return
        self._look_again(item)

    def _look_again(self, item: Item) -> None:
        """Take what a file holds now in place of what it held."""
        self._console.print("Looking at the file again.", style="dim")
        before = [index for index, one in enumerate(self._items) if one.path == item.path]
        fresh = self._reviews.look([item.path])
        for one in fresh:  # what was decided about does not hold any more
            if self._done.get(one.block) != "skipped":
                self._done.pop(one.block, None)
        gone = {self._items[index].block for index in before} - {one.block for one in fresh} - self._done.keys()
        if gone:
            self._console.print(f"{len(gone)} of its blocks need no review any more.", style="green")
        self._items[before[0] : before[-1] + 1] = fresh
        places = [index for index, one in enumerate(self._items) if one.block == item.block]
        self._at = min(places[0] if places else before[0], max(len(self._items) - 1, 0))

    def _sum_up(self) -> None:
        counts = {name: list(self._done.values()).count(name) for name in ("approved", "rejected", "skipped")}
        counts["undecided"] = len(self._left())
        said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        self._console.print(f"{said}." if said else "Nothing waits for review.")
