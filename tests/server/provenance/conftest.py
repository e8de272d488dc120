from __future__ import annotations

import itertools

import pytest

from leery.document import Document, language_of
from leery.provenance.hints import Hint, at, hash_text
from leery.provenance.origin import Origin
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit, TextRange


class World:
    """A tracker with a clock of its own, and short words for what a client does."""

    def __init__(self, prefix="b"):
        self.time = 100.0
        self.wall = 1_000.0
        ids = itertools.count(1)
        self.tracker = Tracker(clock=lambda: self.time, wall=lambda: self.wall, make_id=lambda: f"{prefix}{next(ids)}")
        self.version = {}

    def open(self, uri, text, version=1, saved=None):
        self.version[uri] = version
        return self.tracker.open(Document(uri, version, language_of(uri), Text(text)), saved)

    def text(self, uri="a"):
        return str(self.tracker.document(uri).text)

    def change(self, *edits, uri="a"):
        self.version[uri] += 1
        return self.tracker.change(uri, self.version[uri], [TextEdit(*edit) for edit in edits])

    def type_at(self, offset, text, uri="a"):
        for index, char in enumerate(text):
            self.change((offset + index, offset + index, char), uri=uri)

    def delete(self, text, uri="a"):
        start = self.text(uri).index(text)
        return self.change((start, start + len(text), ""), uri=uri)

    def insert_before(self, anchor, text, uri="a"):
        start = self.text(uri).index(anchor)
        return self.change((start, start, text), uri=uri)

    def hint(self, *ranges, uri="a", version=None, kind="paste", evidence="observed", text=None, source=None, **more):
        places = [TextRange(*place) for place in ranges]
        digest = None if text is None else hash_text(text)
        number = self.version[uri] if version is None else version
        return self.tracker.hint(Hint(uri, number, at(*places), Origin(kind, evidence, **more), digest, source))

    def runs(self, uri="a"):
        """(text, owner) of every run."""
        owners = self.tracker.owners(uri)
        content = self.text(uri)
        assert len(owners) == len(content)
        return [(content[start:end], owner) for start, end, owner in owners.spans()]

    def block(self, block, uri="a"):
        return next(view for view in self.tracker.blocks(uri) if view.block.id == block)


@pytest.fixture
def world():
    return World()
