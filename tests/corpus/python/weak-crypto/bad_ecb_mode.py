import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class TokenVault:
    def __init__(self):
        self.key = os.urandom(32)

    def seal(self, block: bytes) -> bytes:
        encryptor = Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()  # expect: CWE-327
        return encryptor.update(block) + encryptor.finalize()
