"""Rekor entries about checkpoints: against a small log over HTTP, and against what the public logs have answered."""

from __future__ import annotations

import base64
import json
import sys

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.server.log.rekor_server import ORIGIN, Log, encoded, serving

from leery.cli.log import command
from leery.log import ed25519ph
from leery.log.body import Gap
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.rekor import Entered, RekorError, check, instance_key, proven
from leery.log.writer import LogWriter
from leery.paths import log_path

# The public instance log2025-1.rekor.sigstore.dev, as its own client's tests and Sigstore's trusted root quote it.
PUBLIC_KEY = "MCowBQYDK2VwAyEAt8rlp1knGwjfbcXAYPYAkn0XiLz1x8O4t0YkEhie244="
PUBLIC_ENTRY = {
    "logIndex": "412114",
    "inclusionProof": {
        "hashes": [
            "KIoYVJ0TqmaEkFboP7YWTjSh8vFjVECmokcTOAByfIM=",
            "Umf0h0cK2hegTzNnSgsXszyiA4bp5OvEvP+GrWq3C8w=",
            "vNQeSNBfepYZI2Ez3ViKdCft0JH87ZS8IGKwixxUVjc=",
            "JBAugd5awOqmHXIKgz1MOjlR5f37VqmP0bWoRVcHX5M=",
            "xYH2mAxGxfOgvSOLnItT2LsJt+Z2a2egjf8QJFwK7jA=",
            "PbZWM3NitzChx9A22m/kddDtzh2bAKX5Fy7j76l3z2k=",
            "sKX9Sbsahvw5DiC2oP6pbZsDi1NzuNS1nIULXkCC57o=",
            "pfTCxXHnCM253jwYxVJcuUhmoTTtDxznn92QhN0M4Ws=",
            "cJ8uk2ZvZyfg+HRILKOHcyHu2pvI8Fz3R1MyMvyzWtA=",
        ],
        "checkpoint": {
            "envelope": "log2025-1.rekor.sigstore.dev\n412115\n+8vUkEgBK/ansexBUomzocaWoPEmPIzxJC/y+xNMQN4=\n\n"
            "\u2014 log2025-1.rekor.sigstore.dev zxGZFahCZ/+MqTjH4rC5MWcdLDWbpetE5l30RZfQc4BQkRjWSoKipEUPjvHENeZDHIlAs"
            "uezJcLzUVvItpNjaSRoMAs=\n"
        },
    },
    "canonicalizedBody": (
        "eyJhcGlWZXJzaW9uIjoiMC4wLjIiLCJraW5kIjoiaGFzaGVkcmVrb3JkIiwic3BlYyI6eyJoYXNoZWRSZWtvcmRWMDAyIjp7ImRhdGEiOnsi"
        "YWxnb3JpdGhtIjoiU0hBMl8yNTYiLCJkaWdlc3QiOiI1ZEoyU2FrVWVPWFk0dXQxaEJIUG9teitoVG42dGMwS1R6Y0dvc0ErZXBFPSJ9LCJz"
        "aWduYXR1cmUiOnsiY29udGVudCI6Ik1FWUNJUURjSk84Mm56MXJydHUxRHhTcHJ1WDFvZ0p1bThkbDRJaUdCTVB6M2pZY2JnSWhBS3dROHdO"
        "dTFPbjhwWWZoQUpDSzhPcVQwT09HVGgveUFRK0FuL2UzZC9kVSIsInZlcmlmaWVyIjp7ImtleURldGFpbHMiOiJQS0lYX0VDRFNBX1AyNTZf"
        "U0hBXzI1NiIsInB1YmxpY0tleSI6eyJyYXdCeXRlcyI6Ik1Ga3dFd1lIS29aSXpqMENBUVlJS29aSXpqMERBUWNEUWdBRTBxOVErdGRHMTk1"
        "Q1hLZm1VeDFZYXR2Wi9tTjNyaGpwT2ZtMWx2c2tXcHJIOVB4cGU5WGM2TGpFSmJCY1ZQaHV0a2ZVdkJCOVJEays0MlNORTYvNXhnPT0ifX19"
        "fX19"
    ),
}
# A checkpoint of rekor.sigstore.dev, the public instance of version 1, signed with ECDSA under a name of its own.
ECDSA_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC3"
    "0M9+RYtw=="
)
ECDSA_CHECKPOINT = (
    "rekor.sigstore.dev - 1193050959916656506\n1403653554\nL0o7cl2r/WjZ8BSJyO+XGiAsh7c0hZPiJ7RDt7ppqnA=\n\n"
    "\u2014 rekor.sigstore.dev wNI9ajBFAiB82RdTu3UiefUtR+bJznnL9Rg7zrJoNiR1vcHHiK7UMAIhAIRt0ayaYfpPAql6XsANbd160bHZzFK"
    "A56hcqUK0Oqh+\n"
)


def pem(spki):
    return f"-----BEGIN PUBLIC KEY-----\n{spki}\n-----END PUBLIC KEY-----\n".encode()


def run(*arguments, code=0):
    result = CliRunner().invoke(command, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def folder(workspace, tmp_path):
    """Where the workspace `work`, which has a log, lies."""
    with LogWriter(log_path(workspace)) as writer:
        writer.append(Gap(what="client-off"))
    return tmp_path


@pytest.fixture
def log(folder):
    log = Log(Ed25519PrivateKey.generate())
    (folder / "key.pem").write_bytes(log.pem)
    return log


@pytest.fixture
def entered(folder, log):
    """The note that is entered, and the entry."""
    with serving(log) as address:
        run("checkpoint", "--output", folder / "kept", "--rekor", address + "/")
    return (folder / "kept").read_text(), json.loads((folder / "kept.rekor.json").read_bytes())


@pytest.mark.parametrize("make", [Ed25519PrivateKey.generate, lambda: ec.generate_private_key(ec.SECP256R1())])
def test_a_checkpoint_is_entered_and_checked_without_network(folder, make):
    log, kept = Log(make()), folder / "kept"
    (folder / "key.pem").write_bytes(log.pem)
    with serving(log) as address:
        run("checkpoint", "--output", kept, "--rekor", address)
        again = run("checkpoint", "--output", folder / "again", "--rekor", address, code=2)
        assert "it has this very entry and gives its proof only once; keep the first answer" in again
        assert not (folder / "again").exists()
    told = run("verify", "--checkpoint", kept, "--rekor-key", folder / "key.pem")
    assert f"the checkpoint in {kept} is entry 5 of {ORIGIN}, when that had 6" in told
    assert "the log holds" in told


def test_what_becomes_public_is_a_digest_and_a_key(entered, log):
    note, _ = entered
    body = log.leaves[-1].decode()
    point = parse(note).checkpoint
    assert encoded(point.root) not in body
    assert point.origin not in body
    assert json.loads(body)["spec"]["hashedRekordV002"].keys() == {"data", "signature"}


def changed(entry, *names, to):
    """The entry with one member at a path changed."""
    entry = json.loads(json.dumps(entry))
    place = entry
    for name in names[:-1]:
        place = place[name]
    place[names[-1]] = to(place[names[-1]])
    return json.dumps(entry).encode()


def flipped(text):
    data = base64.b64decode(text)
    return encoded(data[:-1] + bytes([data[-1] ^ 1]))


PROOF = ("inclusionProof", "hashes")
POINT = ("inclusionProof", "checkpoint", "envelope")
NO_PROOF = "its proof does not lead to the instance's checkpoint"


CHANGES = [
    (("canonicalizedBody",), flipped, NO_PROOF),
    (("canonicalizedBody",), lambda _: encoded(b'{"someone":"else 1"}'), NO_PROOF),
    (("canonicalizedBody",), lambda _: 7, "it lacks body, proof or checkpoint"),
    (("logIndex",), lambda _: "4", NO_PROOF),
    (("logIndex",), lambda _: "-1", "its logIndex is no number in a string"),
    (("logIndex",), lambda _: 5, "its logIndex is no number in a string"),
    (PROOF, lambda hashes: [flipped(hashes[0]), *hashes[1:]], NO_PROOF),
    (PROOF, lambda hashes: hashes[:-1], NO_PROOF),
    (PROOF, lambda hashes: [*hashes, hashes[0]], NO_PROOF),
    (PROOF, lambda _: None, "it lacks body, proof or checkpoint"),
    (POINT, lambda note: note.replace("\n6\n", "\n7\n"), NO_PROOF),
    (POINT, lambda note: note.replace(note.split("\n")[2], flipped(note.split("\n")[2])), NO_PROOF),
    (POINT, lambda note: note.replace(ORIGIN, "other.rekor.example"), "is not signed by the key given"),
    (
        POINT,
        lambda note: note[:-9] + ("A" if note[-9] != "A" else "B") + note[-8:],
        "is not signed by the key given",
    ),
    (POINT, lambda _: "no note", "the instance's checkpoint cannot be read"),
]


def test_every_change_of_an_entry_is_named(entered, log):
    note, entry = entered
    assert check(json.dumps(entry).encode(), note, log.pem) == Entered(ORIGIN, 5, 6)
    for names, to, why in CHANGES:
        with pytest.raises(RekorError, match=why):
            check(changed(entry, *names, to=to), note, log.pem)


def test_an_entry_is_of_one_log_and_one_checkpoint(entered, folder):
    note, entry = entered
    data = json.dumps(entry).encode()
    with pytest.raises(RekorError, match=f"the checkpoint of {ORIGIN} is not signed by the key given"):
        check(data, note, Log(Ed25519PrivateKey.generate()).pem)
    with pytest.raises(RekorError, match=f"the checkpoint of {ORIGIN} is not signed by the key given"):
        check(data, note, Log(ec.generate_private_key(ec.SECP256R1())).pem)
    with LogWriter(log_path(folder / "work")) as writer:
        writer.append(Gap(what="client-off"))
    run("checkpoint", "--output", folder / "newer")
    (folder / "newer.rekor.json").write_bytes(data)
    told = run("verify", "--checkpoint", folder / "newer", "--rekor-key", folder / "key.pem", code=1)
    assert "it is about another checkpoint" in told


def lies(log, key, signed):
    """What a log that does not check what it takes would answer."""
    public = key.public_key().public_bytes_raw()
    signature = ed25519ph.sign(key.private_bytes_raw(), public, signed)
    asked = json.loads(log.leaves[-1])["spec"]["hashedRekordV002"]
    asked["signature"]["content"] = encoded(signature)
    asked["signature"]["verifier"]["publicKey"]["rawBytes"] = encoded(
        bytes.fromhex("302a300506032b6570032100") + public
    )
    log.leaves.append(
        json.dumps({"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": {"hashedRekordV002": asked}}).encode()
    )
    return json.dumps(log.entry(len(log.leaves) - 1)).encode()


def test_a_log_that_checks_nothing_is_not_believed(entered, folder, log):
    note, _ = entered
    other = Ed25519PrivateKey.generate()
    with pytest.raises(RekorError, match="it is by another key than the checkpoint's"):
        check(lies(log, other, note.encode()), note, log.pem)
    database = LogDatabase(log_path(folder / "work"), "run")
    with database.transaction() as transaction:
        transaction._begin()
        own = transaction._signer.private
    database.close()
    assert check(lies(log, own, note.encode()), note, log.pem) == Entered(ORIGIN, 7, 8)
    with pytest.raises(RekorError, match="signature in its body is not over the checkpoint"):
        check(lies(log, own, b"something else"), note, log.pem)
    log.leaves.append(b'{"kind":"dsse"}')
    with pytest.raises(RekorError, match=r"its body is no hashedrekord 0\.0\.2 with a public key"):
        check(json.dumps(log.entry(len(log.leaves) - 1)).encode(), note, log.pem)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"logIndex":"1"}'])
def test_what_is_no_entry(data):
    with pytest.raises(RekorError, match="the Rekor entry cannot be read"):
        check(data, ECDSA_CHECKPOINT, pem(PUBLIC_KEY))


def test_what_is_no_key():
    with pytest.raises(RekorError, match="no public key in PEM"):
        check(b"{}", ECDSA_CHECKPOINT, b"no key")
    with pytest.raises(RekorError, match="neither Ed25519 nor ECDSA P-256"):
        instance_key(Log(ec.generate_private_key(ec.SECP384R1())).pem)


def test_nothing_is_asked_for_and_nothing_kept_when_it_fails(folder, log):
    kept = folder / "kept"
    assert "made no entry" in run("checkpoint", "--output", kept, "--rekor", "http://127.0.0.1:1", code=2)
    assert "no address" in run("checkpoint", "--output", kept, "--rekor", "file:///etc/passwd", code=2)
    with serving(log) as address:
        assert "404" in run("checkpoint", "--output", kept, "--rekor", address + "/elsewhere", code=2)
        assert "need --output" in run("checkpoint", "--rekor", address, code=2)
        nowhere = folder / "nowhere" / "kept"
        assert "cannot be written" in run("checkpoint", "--output", nowhere, "--rekor", address, code=2)
    assert not kept.exists()
    assert len(log.leaves) == 5
    run("checkpoint", "--output", kept)
    (folder / "key.pem").write_bytes(log.pem)
    assert "kept.rekor.json" in run("verify", "--checkpoint", kept, "--rekor-key", folder / "key.pem", code=1)
    assert "give --checkpoint FILE" in run("verify", "--rekor-key", folder / "key.pem", code=2)


def test_without_the_extra_nothing_is_sent_and_nothing_holds(entered, folder, log, monkeypatch):
    note, entry = entered
    monkeypatch.setitem(sys.modules, "nacl.bindings", None)
    with pytest.raises(RekorError, match=r"need an extra: pip install 'leery\[rekor\]'"):
        check(json.dumps(entry).encode(), note, log.pem)
    with serving(log) as address:
        told = run("checkpoint", "--output", folder / "other", "--rekor", address, code=2)
    assert "pip install 'leery[rekor]'" in told
    assert len(log.leaves) == 6


def test_an_entry_of_the_public_log():
    body, point = proven(PUBLIC_ENTRY)
    assert json.loads(body)["spec"]["hashedRekordV002"]["data"]["algorithm"] == "SHA2_256"
    assert instance_key(pem(PUBLIC_KEY)).signed(point, "log2025-1.rekor.sigstore.dev")
    assert not instance_key(pem(ECDSA_KEY)).signed(point, "log2025-1.rekor.sigstore.dev")


def test_a_checkpoint_signed_with_ecdsa():
    note = parse(ECDSA_CHECKPOINT)
    assert instance_key(pem(ECDSA_KEY)).signed(note, "rekor.sigstore.dev")
    assert not instance_key(pem(ECDSA_KEY)).signed(note, note.checkpoint.origin)
    assert not instance_key(pem(ECDSA_KEY)).signed(
        parse(ECDSA_CHECKPOINT.replace("554\n", "555\n")), "rekor.sigstore.dev"
    )


def test_ed25519ph_is_that_of_rfc_8032():
    seed = bytes.fromhex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    signature = bytes.fromhex(
        "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
        "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"
    )
    assert ed25519ph.sign(seed, public, b"abc") == signature
    assert ed25519ph.holds(public, signature, b"abc")
    assert not ed25519ph.holds(public, signature, b"abd")
    assert not ed25519ph.holds(public, b"", b"abc")
    assert not ed25519ph.holds(b"", signature, b"abc")
