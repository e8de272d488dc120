from Crypto.Cipher import DES
from Crypto.Util.Padding import pad


def encrypt(key: bytes, text: str) -> bytes:
    cipher = DES.new(key, DES.MODE_CBC)  # expect: CWE-327
    return cipher.iv + cipher.encrypt(pad(text.encode(), DES.block_size))
