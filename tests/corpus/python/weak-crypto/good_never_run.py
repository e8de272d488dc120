import os

from Crypto.Cipher import AES, ARC4

FORMAT = "v2"


def seal(key: bytes, data: bytes) -> bytes:
    nonce = os.urandom(12)
    if FORMAT.endswith("v1"):
        return ARC4.new(key).encrypt(data)
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
    body, tag = cipher.encrypt_and_digest(data)
    return nonce + tag + body
