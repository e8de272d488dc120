"""Checkpoints against notes that others published, and against notes with something wrong in them."""

from __future__ import annotations

import base64

import pytest

from leery.log.checkpoint import Checkpoint, NoteError, key_id, parse, signature_line, signed, verifier_key

# What sum.golang.org said of its tree one day, and its public key as every Go distribution has it.
GO = """go.sum database tree
63096908
8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=

— sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=
"""
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
# The example of the specification of signed notes.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def public(verifier):
    return base64.b64decode(verifier.split("+", 2)[2])[1:]


def test_a_published_checkpoint_is_understood_and_holds():
    note = parse(GO)
    root = base64.b64decode("8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=")
    assert note.checkpoint == Checkpoint("go.sum database tree", 63096908, root)
    assert note.checkpoint.text() == GO.partition("\n\n")[0] + "\n"
    assert note.signed_by(public(GO_KEY), "sum.golang.org")
    assert not note.signed_by(public(GO_KEY), "sum.golang.com")
    assert not note.signed_by(public(PETER_KEY), "sum.golang.org")


@pytest.mark.parametrize("place", range(len(GO.partition("\n\n")[0]) + 1))
def test_any_other_text_does_not_hold(place):
    changed = GO[:place] + chr(ord(GO[place]) ^ 1) + GO[place + 1 :]
    try:
        note = parse(changed)
    except NoteError:
        return
    assert not note.signed_by(public(GO_KEY), "sum.golang.org")


@pytest.mark.parametrize("verifier", [GO_KEY, PETER_KEY])
def test_keys_are_written_as_elsewhere(verifier):
    name = verifier.split("+", 1)[0]
    assert verifier_key(name, public(verifier)) == verifier
    assert key_id(name, public(verifier)).hex() == verifier.split("+", 2)[1]


def test_signature_lines_are_written_as_elsewhere():
    data = base64.b64decode(PETER_LINE.split(" ")[2])[4:]
    assert signature_line("PeterNeumann", public(PETER_KEY), data) == PETER_LINE
    assert signed(public(PETER_KEY), data, PETER_TEXT.encode())
    assert not signed(public(PETER_KEY), data, PETER_TEXT.encode() + b"\n")


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", "no empty line"),
        ("a\n1\n" + "A" * 43 + "=\n", "no empty line"),
        ("a\n1\n\n— a AAAAAAAA\n", "origin, size and root"),
        ("\n1\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n", "names no origin"),
        ("a\n01\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n", "size is no number"),
        ("a\n-1\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n", "size is no number"),
        ("a\n1\nAAAA\n\n— a AAAAAAAA\n", "no SHA-256"),
        ("a\n1\n" + "A" * 42 + "B=\n\n— a AAAAAAAA\n", "canonical"),
        ("a\n1\n" + "A" * 43 + "=\n\n- a AAAAAAAA\n", "no signature"),
        ("a\n1\n" + "A" * 43 + "=\n\n— a AAAA\n", "too short"),
        ("a\n1\n" + "A" * 43 + "=\n\n— a AAAAAAAA", "no empty line"),
    ],
)
def test_what_is_no_checkpoint_says_why(note, why):
    with pytest.raises(NoteError, match=why):
        parse(note)


def test_further_lines_belong_to_the_signed_text():
    note = parse("a\n1\n" + "A" * 43 + "=\nmore\n\n— a AAAAAAAA\n")
    assert note.text.endswith("\nmore\n")
    assert note.checkpoint.size == 1
