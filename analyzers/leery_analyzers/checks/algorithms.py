"""Names of algorithms, as Java's providers and others spell them: which are broken, and what to use in their place."""

from __future__ import annotations

import re

from leery_analyzers.checks.words import words_of

_BLOCK_CIPHER = re.compile(
    r"(?i)(DES|DESede|TripleDES|3DES|RC2|RC4|RC5|ARCFOUR|Blowfish|IDEA|CAST5|SEED|Skipjack)(?:/.*)?"
)
_ECB = re.compile(r"(?i)AES(?:_\d+)?(?:/ECB(?:/\w+)?)?|(?:AES|Camellia|Serpent|Twofish|ARIA)(?:_\d+)?/ECB/\w+")
_PASSWORD_BASED = re.compile(r"(?i)PBEWith(?:MD[25]|SHA1?)And(?:\d+BIT)?(?:DES|TripleDES|RC2|RC4|DESede)\w*(?:-CBC)?")
_UNPADDED_RSA = re.compile(r"(?i)RSA/(?:ECB|NONE)/NoPadding")
_DIGEST = re.compile(r"(?i)(MD2|MD4|MD5|SHA|SHA-?1|SHA-?0|RIPEMD-?128)")
_SIGNATURE = re.compile(r"(?i)(MD2|MD5|SHA1?|NONE)with(RSA|DSA|ECDSA)\w*")

_HARMLESS = frozenset(
    {"etag", "etags", "cache", "cached", "checksum", "checksums", "md5sum", "gravatar", "avatar", "dedup", "dedupe"}
    | {"duplicate", "duplicates", "shard", "bucket", "color", "colour", "partition", "fingerprint", "crc", "filename"}
    | {"revision", "blob", "chunk", "identicon", "seed", "bloom", "ring", "file", "files", "uuid", "git", "websocket"}
    | {"accept", "handshake", "consistent", "lock", "integrity", "artifact", "etagvalue", "memo", "asset", "assets"}
    | {"content", "contents", "path", "uid", "build", "classloader", "resource", "sha1sum", "murmur", "namespace"}
)
_TELLING = frozenset(
    {"password", "passwd", "pwd", "pass", "secret", "token", "signature", "sign", "signed", "auth", "session"}
    | {"credential", "credentials", "login", "certificate", "cert", "hmac", "mac", "verify", "license", "apikey"}
    | {"user", "account", "encrypt", "decrypt", "key"}
)


def broken_cipher(name: str) -> str:
    """What is wrong with a cipher's transformation, for a message; empty if nothing is known to be."""
    found = _BLOCK_CIPHER.fullmatch(name)
    if found is not None:
        return f"{found.group(1)} is broken; use AES with GCM."
    if _PASSWORD_BASED.fullmatch(name):
        return "This scheme rests on broken algorithms; derive a key with PBKDF2 and use AES with GCM."
    if _ECB.fullmatch(name):
        return "In ECB mode equal blocks look equal, and nothing shows that the text was changed; use GCM."
    if _UNPADDED_RSA.fullmatch(name):
        return "RSA without padding can be undone and forged; use OAEP."
    return ""


def broken_key_algorithm(name: str) -> str:
    """What is wrong with an algorithm that a key is made for; empty if nothing is known to be."""
    found = _BLOCK_CIPHER.fullmatch(name)
    return f"{found.group(1)} is broken; use AES." if found is not None else broken_cipher(name) if "/" in name else ""


def broken_digest(name: str) -> str:
    """The plain name of a digest that can be forged; empty for others."""
    found = _DIGEST.fullmatch(name)
    return found.group(1).upper().replace("SHA1", "SHA-1") if found is not None else ""


def broken_signature(name: str) -> str:
    """The digest of a signature scheme that can be forged; empty for others."""
    found = _SIGNATURE.fullmatch(name)
    return found.group(1) if found is not None and found.group(1).upper() != "NONE" else ""


def about_integrity_only(names: str) -> bool:
    """Whether names around a digest say that it names or compares content and nothing more."""
    words = set(words_of(names))
    return bool(words & _HARMLESS) and not words & _TELLING


def about_security(names: str) -> bool:
    """Whether names around a digest say that it protects something."""
    return bool(set(words_of(names)) & _TELLING)
