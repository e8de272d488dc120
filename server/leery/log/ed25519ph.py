"""Ed25519ph, the variant of RFC 8032 that signs a SHA-512 digest: for those who must check without having the message.

Its signatures begin their hashes with a prefix of their own, so none holds as a plain Ed25519 signature by the same
key, nor the other way round. ``cryptography`` does not have it; PyNaCl, the extra ``leery[rekor]``, does.
"""

from __future__ import annotations

from typing import Any

from leery.extras import load

_WHAT = "Rekor entries"


def sign(seed: bytes, public: bytes, message: bytes) -> bytes:
    """The signature, 64 bytes, over a message.

    Args:
        seed: the raw private key, 32 bytes.
        public: the raw public key that belongs to it, 32 bytes.
        message: what is digested and signed.

    Raises:
        MissingExtraError: PyNaCl is not installed.
    """
    nacl = _nacl()
    return bytes(nacl.crypto_sign_ed25519ph_final_create(_digested(nacl, message), seed + public))


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature over a message holds; a key or signature of the wrong form does not.

    Raises:
        MissingExtraError: PyNaCl is not installed.
    """
    nacl, refused = _nacl(), load("nacl.exceptions", "rekor", _WHAT).CryptoError
    try:
        return bool(nacl.crypto_sign_ed25519ph_final_verify(_digested(nacl, message), signature, public))
    except refused:
        return False


def _digested(nacl: Any, message: bytes) -> Any:
    state = nacl.crypto_sign_ed25519ph_state()
    nacl.crypto_sign_ed25519ph_update(state, message)
    return state


def _nacl() -> Any:
    """The library, which is a module."""
    return load("nacl.bindings", "rekor", _WHAT)
