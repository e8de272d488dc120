"""Logs that the tests of exports read."""

from __future__ import annotations

import pytest
from tests.server.log.export.forms import HOSTILE
from tests.server.log.samples import append, eventful

from leery.log.body import FindingOpened, Insertion, LoggedOrigin, Suppression


@pytest.fixture
def log(tmp_path):
    return eventful(tmp_path / "state" / "log.db")


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile" / "log.db"
    bodies = []
    for text in HOSTILE:
        origin = LoggedOrigin(kind="agent", evidence="reported", assistant=text, model=text, session=text)
        bodies += [
            Insertion(file=text, block=text, origin=origin, lines=((1, 1),), code=text, prompt=text),
            FindingOpened(
                fingerprint=text, rule=text, cwe=(text,), engines=(text,), severity=text, confidence=text, file=text,
                line=-1, block=text, message=text, versions={text: text},
            ),
            Suppression(fingerprint=text, rule=text, file=text, reason=text, by=text),
        ]  # fmt: skip
    append(path, *bodies)
    return path
