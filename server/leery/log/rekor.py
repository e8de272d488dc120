"""Entries about checkpoints in a Rekor log: somebody else's public, append-only record of them. Off unless asked for.

Needs the extra ``leery[rekor]``. An entry is a ``hashedrekord`` 0.0.2 of Rekor v2 (``POST /api/v2/log/entries``, client
guide of sigstore/rekor-tiles): the SHA-512 of the whole signed note, the log's public key, and that key's Ed25519ph
signature. Nothing else is sent. Rekor v2 takes no DSSE envelopes and no plain Ed25519, which it could only check with
the signed bytes at hand. What is kept is the ``TransparencyLogEntry`` as it was answered, and checked without network.
Must not know private keys.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.extras import MissingExtraError
from leery.log import ed25519ph
from leery.log.checkpoint import NoteError, from_base64, parse
from leery.log.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from leery.log.post import PostError, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    from leery.log.checkpoint import Note

_PATH = "/api/v2/log/entries"
_KEY_DETAILS = "PKIX_ED25519_PH"
_KEY_ID_BYTES = 4
_CURVE = "secp256r1"
_DUPLICATE = 409
_SPKI = bytes.fromhex("302a300506032b6570032100")
"""What comes before the 32 bytes of an Ed25519 key in its DER form, a SubjectPublicKeyInfo (RFC 8410)."""


class RekorError(Exception):
    """There is no entry, or it does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Where a checkpoint stands: at `index`, from 0, in the log `origin` when that had `size` entries."""

    origin: str
    index: int
    size: int


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """The public key that a Rekor instance signs its own checkpoints with: `ed25519`, raw, or `ecdsa`, P-256."""

    ed25519: bytes | None
    ecdsa: EllipticCurvePublicKey | None

    def signed(self, note: Note, name: str) -> bool:
        """Whether it signed a checkpoint under a name."""
        if self.ed25519 is not None:
            return note.signed_by(self.ed25519, name)
        return any(
            line.name == name and line.key_id == self._ecdsa_id() and self._holds(line.data, note.text.encode())
            for line in note.signatures
        )

    def _ecdsa_id(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - dear to import

        assert self.ecdsa is not None
        spki = self.ecdsa.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return hashlib.sha256(spki).digest()[:_KEY_ID_BYTES]

    def _holds(self, signature: bytes, message: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - dear to import
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

        assert self.ecdsa is not None
        try:
            self.ecdsa.verify(signature, message, ECDSA(SHA256()))
        except (InvalidSignature, ValueError):
            return False
        return True


def enter(url: str, note: str, sign: Callable[[bytes], tuple[bytes, bytes]]) -> bytes:
    """Enter a signed note; gives the instance's answer, of which all was checked but who signed its checkpoint.

    Args:
        url: the instance's address, ``http:`` or ``https:``.
        note: the signed note.
        sign: gives the log's raw public key and its Ed25519ph signature over a message.

    Raises:
        RekorError: see there.
    """
    try:
        public, signature = sign(note.encode())
        if not parse(note).signed_by(public):
            raise RekorError("the log has another key since the checkpoint was made; make it again")
        request = {
            "hashedRekordRequestV002": {"digest": _digest(note), "signature": _signature(public, signature)},
        }
        answer = post(url.rstrip("/") + _PATH, json.dumps(request).encode(), "application/json")
    except MissingExtraError as error:
        raise RekorError(str(error)) from error
    except PostError as error:
        why = "it has this very entry and gives its proof only once; keep the first answer"
        raise RekorError(f"{url} made no entry: {why if error.status == _DUPLICATE else error}") from error
    _included(_entry(answer), note)
    return answer


def check(data: bytes, note: str, key: bytes) -> Entered:
    """Where an entry proves a note to stand.

    Args:
        data: the instance's answer, JSON.
        note: the signed note.
        key: the public key that the instance signs with, PEM.

    Raises:
        RekorError: it does not hold.
    """
    trusted = instance_key(key)
    entry = _entry(data)
    point = _included(entry, note)
    origin = point.checkpoint.origin
    if not trusted.signed(point, origin):
        raise RekorError(f"the Rekor entry does not hold: the checkpoint of {origin} is not signed by the key given")
    return Entered(origin, _index(entry), point.checkpoint.size)


def instance_key(data: bytes) -> InstanceKey:
    """The public key in a PEM file: Ed25519 or ECDSA P-256.

    Raises:
        RekorError: it is none.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - dear to import
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise RekorError(f"the key of the Rekor instance is no public key in PEM: {error}") from error
    if isinstance(key, Ed25519PublicKey):
        return InstanceKey(key.public_bytes_raw(), None)
    if isinstance(key, EllipticCurvePublicKey) and key.curve.name == _CURVE:
        return InstanceKey(None, key)
    raise RekorError("the key of the Rekor instance is neither Ed25519 nor ECDSA P-256")


def proven(entry: dict[str, Any]) -> tuple[bytes, Note]:
    """An entry's body, and the instance's checkpoint that its proof leads to; who signed that is asked afterwards.

    Of the members that say the same thing twice only these count: the index beside the body, and the size and the root
    in the checkpoint.

    Raises:
        RekorError: the proof does not lead there.
    """
    try:
        body = from_base64(entry["canonicalizedBody"])
        proof = [from_base64(step) for step in entry["inclusionProof"]["hashes"]]
        point = parse(entry["inclusionProof"]["checkpoint"]["envelope"])
    except NoteError as error:
        raise RekorError(f"the Rekor entry does not hold: the instance's checkpoint cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RekorError("the Rekor entry cannot be read: it lacks body, proof or checkpoint") from error
    state, index = point.checkpoint, _index(entry)
    is_whole = all(len(step) == HASH_BYTES for step in proof)
    if not is_whole or not verify_inclusion(leaf_hash(body), index, state.size, proof, state.root):
        raise RekorError("the Rekor entry does not hold: its proof does not lead to the instance's checkpoint")
    return body, point


def _included(entry: dict[str, Any], note: str) -> Note:
    """The instance's checkpoint under which an entry about this note stands."""
    body, point = proven(entry)
    _check_body(body, note)
    return point


def _check_body(body: bytes, note: str) -> None:
    """That an entry is about this note and by the key that signed it; members that it may not have make it another."""
    try:
        said = json.loads(body)
        spec = said["spec"]["hashedRekordV002"]
        digest = spec["data"]["digest"]
        signature = from_base64(spec["signature"]["content"])
        public = from_base64(spec["signature"]["verifier"]["publicKey"]["rawBytes"]).removeprefix(_SPKI)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise RekorError(
            "the Rekor entry does not hold: its body is no hashedrekord 0.0.2 with a public key"
        ) from error
    wanted = {"data": {"algorithm": "SHA2_512", "digest": digest}, "signature": _signature(public, signature)}
    if said != {"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": {"hashedRekordV002": wanted}}:
        raise RekorError("the Rekor entry does not hold: its body is no hashedrekord 0.0.2 with an Ed25519ph signature")
    if digest != _digest(note):
        raise RekorError("the Rekor entry does not hold: it is about another checkpoint")
    if not parse(note).signed_by(public):
        raise RekorError("the Rekor entry does not hold: it is by another key than the checkpoint's")
    try:
        is_signed = ed25519ph.holds(public, signature, note.encode())
    except MissingExtraError as error:
        raise RekorError(str(error)) from error
    if not is_signed:
        raise RekorError("the Rekor entry does not hold: the log's signature in its body is not over the checkpoint")


def _entry(data: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RekorError(f"the Rekor entry cannot be read: {error}") from error
    if not isinstance(entry, dict):
        raise RekorError("the Rekor entry cannot be read: it is no object")
    return entry


def _index(entry: dict[str, Any]) -> int:
    """It is a number in a string, as protobuf's JSON has integers of 64 bits."""
    index = entry.get("logIndex")
    if isinstance(index, str) and index.isascii() and index.isdecimal() and len(index) <= len(str(2**63)):
        return int(index)
    raise RekorError("the Rekor entry cannot be read: its logIndex is no number in a string")


def _digest(note: str) -> str:
    return base64.b64encode(hashlib.sha512(note.encode()).digest()).decode("ascii")


def _signature(public: bytes, signature: bytes) -> dict[str, Any]:
    verifier = {"keyDetails": _KEY_DETAILS, "publicKey": {"rawBytes": base64.b64encode(_SPKI + public).decode("ascii")}}
    return {"content": base64.b64encode(signature).decode("ascii"), "verifier": verifier}
