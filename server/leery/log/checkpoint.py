"""Checkpoints as C2SP signed notes: what a log's signature is over, and how it is read and checked.

Formats: https://c2sp.org/tlog-checkpoint and https://c2sp.org/signed-note. A note is its text, which ends with a line
feed, an empty line, and a line for each signature: ``— name base64(key id || signature)``. Must not know private keys.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from leery.log.merkle import HASH_BYTES

ED25519 = b"\x01"
"""The signature type of a plain Ed25519 signature over a note's text."""
_KEY_ID_BYTES = 4
_DASH = "\u2014"
_SIGNATURE = re.compile(rf"{_DASH} ([^\s+]+) ([A-Za-z0-9+/]+={{0,2}})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES = 3


class NoteError(ValueError):
    """This is no checkpoint; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: `root` is the Merkle root over its first `size` entries, `origin` the log's name."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: `key_id` is the first four bytes of the signer's key id, `data` what follows them."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A signed checkpoint as it was read; `text` is what the signatures are over."""

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]

    def signed_by(self, public: bytes, name: str | None = None) -> bool:
        """Whether this Ed25519 key, raw, 32 bytes, signed it under a name, by default the note's origin."""
        name = name or self.checkpoint.origin
        wanted = key_id(name, public)
        return any(
            signature.name == name and signature.key_id == wanted and signed(public, signature.data, self.text.encode())
            for signature in self.signatures
        )


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature over a message holds; a key or signature of the wrong form does not."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - dear to import for every command
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell which key of this name made a signature."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:_KEY_ID_BYTES]


def verifier_key(name: str, public: bytes) -> str:
    """A public key in the form that tools for signed notes take: ``name+hash+key``."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def signature_line(name: str, public: bytes, signature: bytes) -> str:
    """The line of a note for one signature, with its line feed."""
    return f"{_DASH} {name} {base64.b64encode(key_id(name, public) + signature).decode()}\n"


def endorsement_text(origin: str, public: bytes) -> bytes:
    """What a log's old key signs to hand over to a new one, whose raw public key is given."""
    return f"leery key rotation\n{origin}\n{base64.b64encode(public).decode()}\n".encode()


def parse(note: str) -> Note:
    """Read a signed checkpoint; whether its signatures hold is asked afterwards.

    Raises:
        NoteError: it is none.
    """
    text, separator, rest = note.rpartition("\n\n")
    text += "\n"
    if not separator or not rest.endswith("\n"):
        raise NoteError("it is no signed note: no empty line before signatures")
    signatures = tuple(_signature(line) for line in rest[:-1].split("\n"))
    return Note(_checkpoint(text), text, signatures)


def _checkpoint(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) <= _LINES:
        raise NoteError("it is no checkpoint: origin, size and root are wanted on a line each")
    origin, size, hashed = lines[:_LINES]
    if not origin:
        raise NoteError("the checkpoint names no origin")
    if _SIZE.fullmatch(size) is None:
        raise NoteError("the checkpoint's size is no number")
    value = _decoded(hashed)
    if len(value) != HASH_BYTES:
        raise NoteError("the checkpoint's root is no SHA-256")
    return Checkpoint(origin, int(size), value)


def _signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise NoteError("a line after the empty one is no signature")
    data = _decoded(found[2])
    if len(data) <= _KEY_ID_BYTES:
        raise NoteError("a signature is too short")
    return Signature(found[1], data[:_KEY_ID_BYTES], data[_KEY_ID_BYTES:])


def from_base64(text: str) -> bytes:
    """The bytes that base64 in its one canonical spelling stands for.

    Raises:
        ValueError: it is no base64, or spelled otherwise.
    """
    value = base64.b64decode(text, validate=True)
    if base64.b64encode(value).decode() != text:
        raise ValueError("not the canonical base64")
    return value


def _decoded(text: str) -> bytes:
    try:
        return from_base64(text)
    except ValueError as error:
        raise NoteError(f"something in the checkpoint cannot be decoded: {error}") from error
