"""Random sessions against the oracle: after every operation every character has the owner it must have.

An operation is one change of a document (a cut and paste are two). `LEERY_PROPERTY_OPS` sets how many there are in all.
"""

from __future__ import annotations

import importlib.util
import os
import random
from pathlib import Path

import pytest

from leery.document import Document
from leery.provenance.hints import Hint, at, hash_text
from leery.provenance.origin import Origin
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit, TextRange

_spec = importlib.util.spec_from_file_location("provenance_oracle", Path(__file__).parent / "oracle.py")
oracle = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oracle)

OPERATIONS = int(os.environ.get("LEERY_PROPERTY_OPS", "100000"))
SESSIONS = 50
LENGTH = max(OPERATIONS // SESSIONS, 1)
THRESHOLD = 12
ENDINGS = ["\n", "\n", "\n", "\r\n", "\r"]
WORDS = ["a", "b", "ab", "x1", "foo", "bar_", "compute", "\u00e9t\u00e9", "+", "=", "."]
WORDS += ["\U0001f600", "\ud83d", "\u2028", "\x0c"]
KINDS = ["paste", "paste", "completion", "chat", "agent"]


class Session:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.time = 0.0
        self.serial = 0
        self.operations = 0
        self.tracker = Tracker(clock=lambda: self.time, wall=lambda: 0.0, make_id=self.make_id)
        self.tracker.unknown_threshold = THRESHOLD
        self.oracle = oracle.Oracle(THRESHOLD)
        self.versions = {}
        self.names = {}
        self.seen = {}
        for uri in ("a", "b", "c"):
            self.open(uri, self.lines(3))

    def make_id(self):
        self.serial += 1
        return f"id{self.serial}"

    def open(self, uri, text, owners=None):
        self.versions[uri] = self.random.randrange(5)
        self.tracker.open(Document(uri, self.versions[uri], "python", Text(text)))
        self.oracle.open(uri, text, [""] * len(text) if owners is None else owners)

    def words(self, count):
        parts = []
        for _ in range(count):
            parts += [self.random.choice(WORDS), self.random.choice(["", " ", " ", "  "])]
        return "".join(parts)

    def lines(self, count):
        return "".join(
            self.random.choice(["", "  ", "\t"]) + self.words(self.random.randrange(4)) + self.random.choice(ENDINGS)
            for _ in range(count)
        )

    def uri(self):
        return self.random.choice(list(self.oracle.docs))

    def place(self, text, longest):
        start = self.random.randrange(len(text) + 1)
        return start, min(len(text), start + self.random.randrange(longest + 1))

    def edit(self, uri, *edits):
        self.operations += 1
        self.versions[uri] += 1
        self.tracker.change(uri, self.versions[uri], [TextEdit(*edit) for edit in edits])

    def unhinted(self, uri, *edits):
        self.edit(uri, *edits)
        self.oracle.change(uri, edits)

    def step(self):
        self.time += self.random.choice([0.0, 0.1, 0.5, 3.0, 3.0, 3.0])
        if self.random.random() < 0.001:
            self.time += 700
        self.oracle.time = self.time
        name = self.random.choice(OPERATION_NAMES)
        if sum(map(len, self.oracle.texts.values())) > 350:
            name = "do_delete"
        getattr(self, name)()
        return name

    def check(self):
        for uri, expected in self.oracle.docs.items():
            text, owners = self.tracker.document(uri).text, self.tracker.owners(uri)
            # Neither side changes these objects, only which it has: the same ones are as right as they were.
            seen = (text, owners, self.oracle.texts[uri], expected)
            if all(now is then for now, then in zip(seen, self.seen.get(uri, [None] * 4), strict=True)):
                continue
            self.seen[uri] = seen
            assert str(text) == self.oracle.texts[uri]
            assert len(owners) == len(expected)
            at = 0
            for length, owner in owners.runs():
                mine = expected[at]
                assert expected[at : at + length] == [mine] * length, (uri, at, owner)
                if isinstance(mine, tuple):
                    assert self.names.setdefault(mine, owner) == owner, (uri, at)
                    assert self.names.setdefault(owner, mine) == mine, (uri, at)
                else:
                    assert mine == owner, (uri, at)
                at += length

    # operations

    def do_type(self):
        uri = self.uri()
        start, _ = self.place(self.oracle.texts[uri], 0)
        key = self.random.choice(["x", "ab", "(", "\n", "\r\n    ", "\r\t", "   ", "    ", "\ud83d", "q7_"])
        self.unhinted(uri, (start, start, key))

    def do_type_at_several_places(self):
        uri = self.uri()
        text = self.oracle.texts[uri]
        places = sorted({self.random.randrange(len(text) + 1) for _ in range(3)}, reverse=True)
        key = self.random.choice(["x", " ", "+", "y1", "  ", "\n"])
        self.unhinted(uri, *[(place, place, key) for place in places])

    def do_insert(self):
        uri = self.uri()
        start, _ = self.place(self.oracle.texts[uri], 0)
        self.unhinted(uri, (start, start, self.random.choice([self.words(2), self.words(9), self.lines(3)])))

    def do_replace(self):
        uri = self.uri()
        text = self.oracle.texts[uri]
        start, end = self.place(text, 12)
        new = self.words(self.random.randrange(5))
        if not oracle.has_break(text[start:end]) or not oracle.has_break(new):
            self.unhinted(uri, (start, end, new))

    def do_respace(self):
        """A replacement that is often mere formatting."""
        uri = self.uri()
        text = self.oracle.texts[uri]
        start, end = self.place(text, 20)
        if not oracle.has_break(text[start:end]):
            blank = self.random.choice(["", "  ", "     ", "\n "])
            self.unhinted(uri, (start, end, text[start:end].replace(" ", blank)))

    def do_delete(self):
        uri = max(self.oracle.texts, key=lambda name: len(self.oracle.texts[name]))
        start, end = self.place(self.oracle.texts[uri], 60)
        self.unhinted(uri, (start, end, ""))

    def do_undo(self):
        uri = self.uri()
        state = self.random.choice(self.oracle.states[uri][-20:])[0]
        self.unhinted(uri, (0, len(self.oracle.texts[uri]), state))

    def do_cut_and_paste(self):
        uri, other = self.uri(), self.uri()
        start, end = self.place(self.oracle.texts[uri], 40)
        cut = self.oracle.texts[uri][start:end]
        self.unhinted(uri, (start, end, ""))
        self.put(other, cut)

    def do_copy_and_paste(self):
        uri, other = self.uri(), self.uri()
        start, end = self.place(self.oracle.texts[uri], 40)
        self.put(other, self.oracle.texts[uri][start:end])

    def do_paste_again(self):
        entries = self.oracle.long + self.oracle.short
        if entries:
            self.put(self.uri(), self.random.choice(entries)[0])

    def put(self, uri, text):
        start, _ = self.place(self.oracle.texts[uri], 0)
        if self.random.random() < 0.5 and text:
            self.insert_with_hint(uri, start, start, text, "paste")
        elif text:
            self.unhinted(uri, (start, start, text))

    def do_move_line(self):
        uri = self.uri()
        text = self.oracle.texts[uri]
        document = self.tracker.document(uri).text
        line, target = (self.random.randrange(document.line_count) for _ in range(2))
        place, to = document.line_range(line), document.line_start(target)
        moved = text[place.start : place.end]
        if place.start <= to <= place.end or not moved:
            return
        after_there = (
            [(to, to, moved), (place.start, place.end, "")]
            if to > place.end
            else [
                (place.start, place.end, ""),
                (to, to, moved),
            ]
        )
        before_there = [(to, to, moved), (place.start + len(moved), place.end + len(moved), "")]
        after_cut = [(place.start, place.end, ""), (to - len(moved), to - len(moved), moved)]
        if to > place.end:
            edits = self.random.choice([after_there, after_cut])
        else:
            edits = self.random.choice([after_there, before_there])
        result = text
        for start, end, new in edits:
            result = result[:start] + new + result[end:]
        if oracle.TOKENS.findall(result) != oracle.TOKENS.findall(text) or not moved.strip():
            self.unhinted(uri, *edits)

    def do_indent(self):
        uri = self.uri()
        document = self.tracker.document(uri).text
        first = self.random.randrange(document.line_count)
        lines = range(first, min(first + 4, document.line_count))
        indent = self.random.choice(["    ", "\t", "  "])
        self.unhinted(uri, *[(document.line_start(line),) * 2 + (indent,) for line in reversed(lines)])

    def do_insert_with_hint(self):
        uri = self.uri()
        start, _ = self.place(self.oracle.texts[uri], 0)
        text = self.random.choice([self.words(1), self.words(4), self.lines(2), self.lines(5)])
        if text:
            self.insert_with_hint(uri, start, start, text, self.random.choice(KINDS))

    def do_replace_with_hint(self):
        uri = self.uri()
        text = self.oracle.texts[uri]
        start, end = self.place(text, 12)
        new = self.words(self.random.randrange(1, 5))
        if new and not oracle.has_break(text[start:end]) and text[start:end] != new:
            self.insert_with_hint(uri, start, end, new, self.random.choice(KINDS))

    def do_unmatched_hint(self):
        uri = self.uri()
        start, end = self.place(self.oracle.texts[uri], 10)
        digest = hash_text("never inserted")
        origin = Origin("paste", "observed")
        self.tracker.hint(Hint(uri, self.versions[uri], at(TextRange(start, end)), origin, digest))

    def insert_with_hint(self, uri, start, end, new, kind):
        """The client reports the edit in one of several ways, and the hint before it, after it, or after more."""
        text = self.oracle.texts[uri]
        edit, hashed = self.reported(text, start, end, new)
        after = self.versions[uri] + 1
        before = self.random.random() < 0.4
        version = self.random.choice([after - 1, after, None]) if before else self.random.choice([after, after, None])
        place = at(TextRange(start, start + len(new)))
        digest = hash_text(new) if hashed or self.random.random() < 0.7 else None
        hint = Hint(uri, version, place, Origin(kind, "observed"), digest)
        self.time += 3  # nothing of before explains it
        delay = self.random.choice([0, 1.5]) if before else 0
        self.oracle.time = self.time + delay
        self.oracle.hinted(uri, start, end, new, kind)
        if before:
            self.tracker.hint(hint)
            self.time += delay
        self.edit(uri, edit)
        if before:
            return
        for _ in range(self.random.choice([0, 0, 1, 3]) if version is not None else 0):
            self.time += 0.4
            self.oracle.time = self.time
            self.type_in(uri)
        assert self.tracker.hint(hint).matched, (text, start, end, new, edit, kind)
        if self.random.random() < 0.1:
            self.tracker.hint(hint)

    def type_in(self, uri):
        start, _ = self.place(self.oracle.texts[uri], 0)
        self.unhinted(uri, (start, start, self.random.choice(["k", "l9", "\n"])))

    def reported(self, text, start, end, new):
        """The edit as some client sends it, and whether only a hash can tell what it means."""
        way = self.random.randrange(3)
        cut = oracle.trimmed(text, start, end, new)
        if way == 0:
            return (start, end, new), False
        if start < end:
            return cut[:3], (cut[0], cut[1]) != (start, end)
        result = text[:start] + new + text[start:]
        places = [
            place
            for place in range(max(0, start - len(new)), min(len(text), start + len(new)) + 1)
            if text[:place] + result[place : place + len(new)] + text[place:] == result
        ]
        place = self.random.choice(places)
        return (place, place, result[place : place + len(new)]), False

    def do_reopen(self):
        uri = self.uri()
        if self.random.random() < 0.3:
            self.tracker.close(uri)
            text, owners = self.oracle.close(uri)
            self.open(uri, text, owners)

    def do_rename(self):
        uri = self.uri()
        new = uri + "x" if len(uri) < 3 else uri[0]
        if new not in self.oracle.docs:
            assert self.tracker.rename(uri, new) == [new]
            for known in (self.oracle.docs, self.oracle.texts, self.oracle.states, self.versions):
                known[new] = known.pop(uri)


OPERATION_NAMES = sorted(name for name in dir(Session) if name.startswith("do_"))


# A few of them are enough on a further Python.
SEEDS = [pytest.param(seed, marks=[] if seed < 4 else [pytest.mark.portable]) for seed in range(SESSIONS)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_character_has_the_owner_it_must_have(seed):
    session = Session(seed)
    session.check()
    while session.operations < LENGTH:
        name = session.step()
        try:
            session.check()
        except AssertionError as error:
            raise AssertionError(f"operation {session.operations} ({name}) of session {seed}") from error
