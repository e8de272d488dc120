"""What others say of a checkpoint: witnesses' signatures on the note, and their check. Must not know private keys.

A witness is a command that takes a signed note on its standard input and gives it back with a line of its own. Two
kinds of lines are understood: a plain Ed25519 signature over the note's text (C2SP signed-note), and a cosignature with
the time it was made at (https://c2sp.org/tlog-cosignature, type 0x04).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import shlex
import subprocess
from dataclasses import dataclass
from datetime import datetime, timezone

from leery.log.checkpoint import ED25519, Note, NoteError, parse, signed

COSIGNATURE = b"\x04"
_TIMEOUT = 60.0
_TIME_BYTES = 8
_ID_BYTES = 4
_PUBLIC_BYTES = 32


class WitnessError(Exception):
    """The witness did not sign; the message says why."""


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A witness's public key: `kind` is the type byte of its signatures."""

    name: str
    kind: bytes
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that its signature lines begin with."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:_ID_BYTES]


def ask(command: str, note: str) -> str:
    """Let a witness sign a checkpoint; gives the note with the lines it had and those that came.

    Args:
        command: the program and its arguments, split as a shell does but run without one.
        note: the signed note.

    Raises:
        WitnessError: the command failed, changed the text, or added nothing.
    """
    try:
        arguments = shlex.split(command)
        done = subprocess.run(arguments, input=note.encode(), capture_output=True, timeout=_TIMEOUT, check=True)
        answer = done.stdout.decode()
        given, before = parse(answer), parse(note)
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise WitnessError(words[-1] if words else f"the witness ended with status {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise WitnessError(f"the witness took longer than {_TIMEOUT:g} s") from error
    except (OSError, ValueError, IndexError) as error:
        raise WitnessError(f"the witness gave no signed note: {error}") from error
    if given.text != before.text:
        raise WitnessError("the witness gave another checkpoint back")
    known = set(before.signatures)
    lines = [line for line, item in zip(_lines(answer), given.signatures, strict=True) if item not in known]
    if not lines:
        raise WitnessError("the witness added no signature")
    return note + "".join(lines)


def parse_key(text: str) -> WitnessKey:
    """A witness's key in the form of signed notes, ``name+hash+key``.

    Raises:
        NoteError: it is none.
    """
    name, _, rest = text.strip().partition("+")
    digits, _, encoded = rest.partition("+")
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise NoteError("a witness's key is name+hash+key") from error
    key = WitnessKey(name, data[:1], data[1:])
    if key.kind not in {ED25519, COSIGNATURE} or len(key.public) != _PUBLIC_BYTES or key.id.hex() != digits:
        raise NoteError("a witness's key is name+hash+key, of an Ed25519 key")
    return key


def witnessed(note: Note, key: WitnessKey) -> datetime | bool | None:
    """Whether a witness signed a checkpoint: the time it says, None when it says none, False when it did not sign."""
    for line in note.signatures:
        if line.name != key.name or line.key_id != key.id:
            continue
        if key.kind == ED25519 and signed(key.public, line.data, note.text.encode()):
            return None
        stamp, signature = line.data[:_TIME_BYTES], line.data[_TIME_BYTES:]
        seconds = int.from_bytes(stamp, "big")
        message = f"cosignature/v1\ntime {seconds}\n{note.text}".encode()
        if key.kind == COSIGNATURE and signed(key.public, signature, message):
            return datetime.fromtimestamp(seconds, timezone.utc)
    return False


def _lines(note: str) -> list[str]:
    return note.rpartition("\n\n")[2].splitlines(keepends=True)
