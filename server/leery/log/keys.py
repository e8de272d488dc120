"""The log's signing key: a file beside the database, and the entries that tell which key signs from where on.

The key is Ed25519, kept as PKCS 8 in PEM without a passphrase, readable by its user alone: whoever can act as that user
can sign. What a signature therefore proves, and what only a checkpoint kept elsewhere does, docs/threat-model.md says.
Used only within the transaction that writes, which keeps processes apart. The verifier must not import this.
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.log import ed25519ph
from leery.log.body import Key
from leery.log.checkpoint import Checkpoint, endorsement_text, signature_line

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "ed25519"
_ORIGIN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that is loaded, under the name that the log signs with."""

    origin: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The raw public key, 32 bytes."""
        return _public(self.private)

    def note(self, size: int, root: bytes) -> str:
        """The signed checkpoint for a state of the log."""
        text = Checkpoint(self.origin, size, root).text()
        line = signature_line(self.origin, self.public, self.private.sign(text.encode()))
        return f"{text}\n{line}"

    def sign_digest(self, message: bytes) -> bytes:
        """An Ed25519ph signature.

        Raises:
            MissingExtraError: PyNaCl is not installed.
        """
        return ed25519ph.sign(self.private.private_bytes_raw(), self.public, message)


class KeyStore:
    """The key files of one log.

    A new key is written beside the old one and takes its place only in `settle`, when the entry about it is on disk.
    So a key in its place without a log tells that a log was there.

    Args:
        path: the file of the key that signs; its neighbours ``.next`` and ``.unusable-N`` are ours too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(path.name + ".next")
        self._signer: Signer | None = None
        self._unsettled = False

    @property
    def is_unsettled(self) -> bool:
        """Whether a new key waits for the entry about it to be on disk."""
        return self._unsettled

    def has_outlived_a_log(self) -> bool:
        """Whether, in a log without entries, there is a key nevertheless."""
        return self._path.exists()

    def signer(self, current: Key | None) -> tuple[Signer, Key | None]:
        """The key to sign with, and the entry to write first when it is not the log's current one.

        Args:
            current: the newest entry about a key that signs, None in a log without.

        Raises:
            OSError: there is no usable key and none can be made.
        """
        if current is None:
            self._signer = self._successor(f"leery-log/{secrets.token_hex(_ORIGIN_BYTES)}")
            return self._signer, _entry("created", self._signer, None)
        known = self._signer
        if known is not None and _encoded(known.public) == current.public:
            return known, None
        self._signer = self._loaded(current)
        if self._signer is not None:
            return self._signer, None
        self._signer = self._successor(current.name)
        return self._signer, _entry("created", self._signer, current.public)

    def rotated(self, current: Key) -> tuple[Signer, tuple[Key, Key]]:
        """Make the present key's successor, and the entries that hand over to it.

        Raises:
            OSError: the present key is not there, or the next cannot be written.
        """
        old, replaced = self.signer(current)
        if replaced is not None:
            raise FileNotFoundError(f"the log's present key is not in {self._path}")
        self._signer = signer = self._successor(old.origin)
        proof = base64.b64encode(old.private.sign(endorsement_text(old.origin, signer.public))).decode()
        retired = Key(action="retired", algorithm=ALGORITHM, name=old.origin, public=_encoded(old.public))
        return signer, (_entry("rotated", signer, current.public, proof), retired)

    def settle(self) -> None:
        """The entries are on disk: a new key takes the old one's place, whose private half is gone then."""
        if self._unsettled:
            held = self._load(self._next)
            if held is not None and self._signer is not None and _public(held) == self._signer.public:
                self._next.replace(self._path)
            self._unsettled = False  # else another process has settled it, and what is there now is its own

    def forget(self) -> None:
        """The entries are not on disk: what was made for them does not count."""
        self._signer, self._unsettled = None, False

    def _loaded(self, current: Key) -> Signer | None:
        """The current key from disk; one that a process could not settle any more is settled now."""
        for path in (self._path, self._next):
            private = self._load(path)
            if private is not None and _encoded(_public(private)) == current.public:
                if path == self._next:
                    path.replace(self._path)
                return Signer(current.name, private)
        return None

    def _successor(self, origin: str) -> Signer:
        self._next.unlink(missing_ok=True)
        signer = Signer(origin, _create(self._next))
        self._unsettled = True
        return signer

    def _load(self, path: Path) -> Ed25519PrivateKey | None:
        """The key in a file; None without one. A file that holds none is put aside."""
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - dear to import
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

        try:
            key = load_pem_private_key(path.read_bytes(), None)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, UnsupportedAlgorithm, OSError):
            key = None
        if isinstance(key, Ed25519PrivateKey):
            return key
        aside = next(name for name in _numbered(path) if not name.exists())
        path.replace(aside)
        return None


def _create(path: Path) -> Ed25519PrivateKey:
    """A new key, on disk before this returns."""
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - dear to import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    private = Ed25519PrivateKey.generate()
    data = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    _sync_folder(path.parent)
    return private


def _entry(action: str, signer: Signer, previous: str | None, endorsement: str | None = None) -> Key:
    assert action in {"created", "rotated"}
    return Key(
        action="created" if action == "created" else "rotated",
        algorithm=ALGORITHM,
        name=signer.origin,
        public=_encoded(signer.public),
        previous=previous,
        endorsement=endorsement,
    )


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def _encoded(public: bytes) -> str:
    return base64.b64encode(public).decode()


def _numbered(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}.unusable-{number}") for number in range(1, 1000)]


def _sync_folder(folder: Path) -> None:
    """Make a new name durable, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
