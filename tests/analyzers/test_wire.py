"""Whatever a document holds goes over a pipe and comes back as it was."""

from __future__ import annotations

import io
import json

import pytest

from leery_analyzers.text import BuiltText
from leery_analyzers.wire import dumps, frame, loads, read_frame

VALUES = {
    "text": "größe = '\U0001f980'\r\n",
    "lone surrogates": ["\ud800", "x\udfff\ud800", {"\udc00": "\x00"}],
    "a built text": BuiltText("line\n" * 3),
    "numbers": [0, -1, 2**53 + 1, 1.5, True, None],
    "deep": json.loads("[" * 300 + "]" * 300),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_come_back(name):
    value = VALUES[name]
    assert loads(dumps(value)) == value
    assert read_frame(io.BytesIO(frame({"op": value}))) == {"op": value}


def test_what_json_does_not_know_is_asked_about():
    assert loads(dumps({"a": {1}}, sorted)) == {"a": [1]}
    assert loads(dumps({"a": {1}, "b": "\ud800"}, sorted)) == {"a": [1], "b": "\ud800"}
    with pytest.raises(TypeError):
        dumps({"a": object()})


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused(data):
    with pytest.raises((ValueError, RecursionError)):
        loads(data)
