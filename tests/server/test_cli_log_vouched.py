"""Witnesses and time stamps over checkpoints: a witness that is a program, an authority that is openssl's."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leery.cli.log import command
from leery.log.body import Gap
from leery.log.checkpoint import NoteError, parse
from leery.log.witness import parse_key
from leery.log.writer import LogWriter
from leery.paths import log_path

WITNESS = """
import base64, hashlib, sys
from cryptography.hazmat.primitives.serialization import load_pem_private_key

key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
public = key.public_key().public_bytes_raw()
note = sys.stdin.read()
text = note.rpartition("\\n\\n")[0] + "\\n"
name, kind = sys.argv[2], int(sys.argv[3])
number = hashlib.sha256(name.encode() + b"\\n" + bytes([kind]) + public).digest()[:4]
if kind == 4:
    stamp = 1_790_000_000
    data = stamp.to_bytes(8, "big") + key.sign(f"cosignature/v1\\ntime {stamp}\\n{text}".encode())
else:
    data = key.sign(text.encode())
sys.stdout.write(note + f"\\u2014 {name} {base64.b64encode(number + data).decode()}\\n")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "work"
    root.mkdir()
    (root / "leery.toml").touch()
    monkeypatch.chdir(root)
    with LogWriter(log_path(root)) as writer:
        writer.append(Gap(what="client-off"))
    return tmp_path


def run(*arguments, code=0):
    result = CliRunner().invoke(command, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result.output


def witness(folder, name="w.example", kind=1):
    """The command of a witness, and its public key."""
    key = Ed25519PrivateKey.generate()
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / f"{name}.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    (folder / "witness.py").write_text(WITNESS)
    public = bytes([kind]) + key.public_key().public_bytes_raw()
    number = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex()
    program = [sys.executable, str(folder / "witness.py"), str(folder / f"{name}.pem"), name, str(kind)]
    return " ".join(program), f"{name}+{number}+{base64.b64encode(public).decode()}"


@pytest.mark.parametrize(("kind", "told"), [(1, "w.example signed"), (4, "at 2026-09-21 14:13:20+00:00")])
def test_a_witness_signs_and_is_asked_for_later(folder, kind, told):
    ask, key = witness(folder, kind=kind)
    kept = folder / "kept"
    run("checkpoint", "--witness", ask, "--output", kept)
    note = parse(kept.read_text())
    assert [line.name for line in note.signatures] == [note.checkpoint.origin, "w.example"]
    assert told in run("verify", "--checkpoint", kept, "--witness", key)
    _, other = witness(folder, name="x.example", kind=kind)
    assert "x.example did not sign the checkpoint" in run("verify", "--checkpoint", kept, "--witness", other, code=1)
    _, same_name = witness(folder, kind=kind)
    assert "did not sign" in run("verify", "--checkpoint", kept, "--witness", same_name, code=1)


def test_two_witnesses(folder):
    first, _ = witness(folder)
    second, _ = witness(folder, name="x.example", kind=4)
    note = parse(run("checkpoint", "--witness", first, "--witness", second))
    assert [line.name for line in note.signatures[1:]] == ["w.example", "x.example"]


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (f"{sys.executable} -c 'import sys; sys.exit(\"no power\")'", "no power"),
        ("cat", "added no signature"),
        ("echo junk", "gave no signed note"),
        ("no-such-program", "gave no signed note"),
        (
            f'{sys.executable} -c \'import sys; print(sys.stdin.read().replace("\\n2\\n", "\\n3\\n"), end="")\'',
            "another",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_witnesses_that_fail(ask, why):
    assert why in run("checkpoint", "--witness", ask, code=2)


@pytest.mark.parametrize(
    "key", ["", "a", "a+b", "a+00000000+AAAA", "w+00000000+" + base64.b64encode(bytes(33)).decode()]
)
def test_what_is_no_witness_s_key(key):
    with pytest.raises(NoteError, match=r"name\+hash\+key"):
        parse_key(key)


@pytest.fixture
def authority(tmp_path):
    """A time-stamping authority: openssl behind a web server; gives its address and its certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if "CI" in os.environ:
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    folder = tmp_path / "tsa"
    folder.mkdir()
    (folder / "conf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=A test authority\n"
        "[ext]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        "basicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\n"
        f"[tsa]\ndefault_tsa=t\n[t]\ndir={folder}\nserial={folder}/serial\ncrypto_device=builtin\n"
        f"signer_cert={folder}/cert.pem\nsigner_key={folder}/key.pem\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n"
        "digests=sha256,sha512\naccuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_alg=sha256\n"
    )
    (folder / "serial").write_text("01\n")
    make = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-config",
        "conf",
    ]
    subprocess.run([openssl, *make], cwd=folder, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            reply = ["ts", "-reply", "-queryfile", "query", "-out", "reply", "-config", "conf"]
            subprocess.run([openssl, *reply], cwd=folder, check=True, capture_output=True)
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", folder / "cert.pem"
    server.shutdown()
    server.server_close()


def test_a_time_stamp_is_kept_and_checked(folder, authority):
    address, certificate = authority
    kept = folder / "kept"
    run("checkpoint", "--output", kept, "--timestamp", address)
    assert f"the checkpoint in {kept} was there at 20" in run("verify", "--checkpoint", kept, "--tsa", certificate)
    stamp = folder / "kept.tsr"
    stamp.write_bytes(stamp.read_bytes()[:-3] + b"abc")
    assert "time stamp" in run("verify", "--checkpoint", kept, "--tsa", certificate, code=1)


def test_a_time_stamp_of_another_checkpoint_does_not_hold(folder, authority):
    address, certificate = authority
    run("checkpoint", "--output", folder / "old", "--timestamp", address)
    with LogWriter(log_path(folder / "work")) as writer:
        writer.append(Gap(what="client-off"))
    run("checkpoint", "--output", folder / "new")
    shutil.copy(folder / "old.tsr", folder / "new.tsr")
    assert "does not hold" in run("verify", "--checkpoint", folder / "new", "--tsa", certificate, code=1)


def test_an_authority_that_is_not_there(folder):
    failed = run("checkpoint", "--output", folder / "kept", "--timestamp", "http://127.0.0.1:1/", code=2)
    assert "gave no time stamp" in failed
    assert not (folder / "kept").exists()
    assert "need --output" in run("checkpoint", "--timestamp", "http://127.0.0.1:1/", code=2)
    assert "no address" in run("checkpoint", "--output", folder / "kept", "--timestamp", "file:///etc/passwd", code=2)
