"""What the tests of exports share: hostile texts, what commits are made of, and the words of their schemas."""

from __future__ import annotations

import re

from tests.server.log.samples import EVIL, ORIGIN

from leery.log.export.attribution import Attributed, CommitAttribution

COMMIT = "c" * 40
NOW = "2026-11-22T12:00:00.000000Z"
HOSTILE = (EVIL, "\ud800\udc80", "=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r\n=1", "\uff1d1", '"', "a,b", "\x00")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TEXT = {"type": "string"}


def exactly(required=(), **properties):
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def attributed(file="src/a.py", block="b1", origin=ORIGIN, lines=((1, 4), (9, 9))):
    return Attributed(file, block, origin, lines)


def of_commit(*blocks):
    return CommitAttribution(COMMIT, tuple(sorted({item.file for item in blocks})), blocks)
