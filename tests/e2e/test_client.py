"""The raw client itself: it must notice what a lenient client would let pass."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import textwrap

import pytest
from tests.e2e.client import Client
from tests.e2e.wire import Document, ServerError, take_frame

# Answers every request with null, and says SPEECH after `initialized`.
SERVER = """
import json, sys

def send(message):
    body = json.dumps(message).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()

while True:
    length = 0
    while (line := sys.stdin.buffer.readline().strip()):
        length = int(line.split(b":")[1])
    message = json.loads(sys.stdin.buffer.read(length))
    if message["method"] == "exit":
        break
    if message["method"] == "initialize":
        send({"jsonrpc": "2.0", "id": message["id"], "result": {"capabilities": {}}})
    elif message["method"] == "refuse":
        send({"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32000, "message": "no"}})
    elif "id" in message:
        send({"jsonrpc": "2.0", "id": message["id"], "result": None})
    if message["method"] == "initialized":
        SPEECH
"""


def fake(home, speech):
    script = home / "server.py"
    script.write_text(textwrap.dedent(SERVER).replace("SPEECH", speech), encoding="utf-8")
    return Client(home, (sys.executable, "-I", str(script)))


@pytest.mark.parametrize(
    ("speech", "fault"),
    [
        ("print('debugging', flush=True)", "a header that is none"),
        ("sys.stdout.buffer.write(b'Content-Length: 3\\r\\n\\r\\n{,}')", "not JSON"),
        ("send({'id': 99, 'result': None})", "not JSON-RPC 2.0"),
        ("send({'jsonrpc': '2.0', 'id': 99, 'result': None})", "an answer to nothing asked"),
        ("send({'jsonrpc': '2.0', 'id': 1, 'method': 'surprise/request'})", "a request this client does not know"),
        ("send({'jsonrpc': '2.0', 'method': 'window/showMessage', 'params': {}})", "left unread"),
        (
            "print('Traceback (most recent call last)', file=sys.stderr)",
            "traceback",
        ),
        ("sys.exit(3)", "ended by itself with status 3"),
    ],
)
def test_faults_are_noticed(tmp_path, speech, fault):
    client = fake(tmp_path, speech)
    client.initialize()
    client.timeout = 1
    if "exit" in speech:
        client.process.wait(60)
    with pytest.raises(AssertionError, match=fault), client:
        pass


def test_what_was_waited_for_is_no_fault(tmp_path):
    with fake(
        tmp_path, "send({'jsonrpc': '2.0', 'method': 'window/showMessage', 'params': {'message': 'hi'}})"
    ) as client:
        client.initialize()
        assert client.wait_for_method("window/showMessage").params == {"message": "hi"}


def test_error_answers_are_raised(tmp_path):
    with fake(tmp_path, "pass") as client:
        client.initialize()
        with pytest.raises(ServerError, match="-32000: no"):
            client.request("refuse")


def test_a_wait_names_what_did_not_come(tmp_path):
    with fake(tmp_path, "pass") as client:
        client.initialize()
        with pytest.raises(TimeoutError, match=r"Diagnostics did not come within 0\.05 s"):
            client.wait_for_method("textDocument/publishDiagnostics", 0.05)


def test_a_real_server(tmp_path):
    ruff = shutil.which("ruff", path=sysconfig.get_path("scripts"))
    if ruff is None:
        pytest.skip("ruff is not installed")
    options = {"settings": {"lint": {"select": ["S"]}}}
    with Client(tmp_path, (ruff, "server"), strict=False) as client:
        client.initialize(tmp_path, options=options)
        document = client.open((tmp_path / "a.py").as_uri(), "x = 1\n")
        assert client.wait_for_diagnostics(document.uri, 1).params["diagnostics"] == []
        client.change(document, 0, 0, "# 𐍈 é\nexec('1')\n")
        shown = client.wait_for_diagnostics(document.uri, 2).params["diagnostics"]
        assert [(d["code"], d["range"]) for d in shown] == [
            ("S102", {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 4}})
        ]


@pytest.mark.parametrize(
    ("text", "offset", "encoding", "expected"),
    [
        ("ab\ncd", 4, "utf-16", (1, 1)),
        ("a𐍈b", 2, "utf-16", (0, 3)),
        ("a𐍈b", 2, "utf-8", (0, 5)),
        ("a𐍈b", 2, "utf-32", (0, 2)),
        ("a\r\nb", 2, "utf-16", (0, 2)),
        ("a\r\nb", 3, "utf-16", (1, 0)),
        ("a\rb", 2, "utf-16", (1, 0)),
        ("a\x0cb\u2028c\x85d", 6, "utf-16", (0, 6)),
    ],
)
def test_positions(text, offset, encoding, expected):
    place = Document("u", "python", 1, text, encoding).position(offset)
    assert (place["line"], place["character"]) == expected


def test_frames_are_cut_where_they_end():
    buffer, faults = bytearray(b"Content-Length: 2\r\nContent-Type: x\r\n\r\n{}Content-Length: 4\r\n\r\n[1"), []
    assert take_frame(buffer, faults) == b"{}"
    assert take_frame(buffer, faults) is None
    buffer += b"2]"
    assert take_frame(buffer, faults) == b"[12]"
    assert (bytes(buffer), faults) == (b"", [])
