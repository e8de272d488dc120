"""RFC 3161 time stamps over checkpoints: somebody else's word for when a log was in this state. Off unless asked for.

Needs the extra ``leery[timestamp]``. The stamp is over the SHA-512 of the whole signed note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leery.extras import MissingExtraError, load
from leery.log.post import PostError, post

if TYPE_CHECKING:
    from datetime import datetime

    from rfc3161_client import TimeStampResponse


class TimestampError(Exception):
    """There is no time stamp, or it does not hold; the message says why."""


def fetch(url: str, note: str) -> bytes:
    """The answer of a time-stamping authority, DER.

    Args:
        url: ``http:`` or ``https:``; what is sent is a digest of the note, nothing else.
        note: the signed note.

    Raises:
        TimestampError: see there.
    """
    client = _client()
    request = client.TimestampRequestBuilder().data(note.encode()).hash_algorithm(client.HashAlgorithm.SHA512).build()
    try:
        data = post(url, request.as_bytes(), "application/timestamp-query")
    except PostError as error:
        raise TimestampError(f"{url} gave no time stamp: {error}") from error
    _decoded(data)
    return data


def check(data: bytes, note: str, root: bytes) -> datetime:
    """The time that a stamp proves for a note.

    Args:
        data: the authority's answer, DER.
        note: the signed note.
        root: the certificate that the authority is trusted by, PEM.

    Raises:
        TimestampError: it does not hold.
    """
    from cryptography import x509  # noqa: PLC0415 - dear to import

    client = _client()
    response = _decoded(data)
    try:
        verifier = client.VerifierBuilder().add_root_certificate(x509.load_pem_x509_certificate(root)).build()
        verifier.verify_message(response, note.encode())
    except (client.VerificationError, ValueError) as error:
        raise TimestampError(f"the time stamp does not hold: {error}") from error
    return response.tst_info.gen_time


def _decoded(data: bytes) -> TimeStampResponse:
    try:
        response: TimeStampResponse = _client().decode_timestamp_response(data)
    except ValueError as error:
        raise TimestampError(f"the authority's answer is no time stamp: {error}") from error
    return response


def _client() -> Any:
    """The library, which is a module."""
    try:
        return load("rfc3161_client", "timestamp", "time stamps")
    except MissingExtraError as error:
        raise TimestampError(str(error)) from error
