"""Ed25519ph, the variant of RFC 8032 that signs a SHA-512 digest: for those who must check without having the message.

Its signatures begin their hashes with a prefix of their own, so none holds as a plain Ed25519 signature by the same
key, nor the other way round. ``cryptography`` does not have it; PyNaCl, the extra ``leery[rekor]``, does.
"""

from __future__ import annotations

from typing import Any


class MissingError(Exception):
    """PyNaCl is not installed."""


def sign(seed: bytes, public: bytes, message: bytes) -> bytes:
    """The signature, 64 bytes, over a message.

    Args:
        seed: the raw private key, 32 bytes.
        public: the raw public key that belongs to it, 32 bytes.
        message: what is digested and signed.

    Raises:
        MissingError: see there.
    """
    nacl = _nacl()
    return bytes(nacl.crypto_sign_ed25519ph_final_create(_digested(nacl, message), seed + public))


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature over a message holds; a key or signature of the wrong form does not.

    Raises:
        MissingError: see there.
    """
    nacl = _nacl()
    from nacl.exceptions import CryptoError  # noqa: PLC0415 - an optional extra

    try:
        return bool(nacl.crypto_sign_ed25519ph_final_verify(_digested(nacl, message), signature, public))
    except CryptoError:
        return False


def _digested(nacl: Any, message: bytes) -> Any:
    state = nacl.crypto_sign_ed25519ph_state()
    nacl.crypto_sign_ed25519ph_update(state, message)
    return state


def _nacl() -> Any:
    """The library, which is a module."""
    try:
        from nacl import bindings  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise MissingError("Rekor entries need an extra: pip install 'leery[rekor]'") from error
    return bindings
