from Crypto.Cipher import AES
from Crypto.Util.Padding import pad

WIDTH = AES.block_size


class Drawer:
    def __init__(self, key: bytes) -> None:
        self.key = key

    def close(self, letter: str) -> bytes:
        first = b"\x00" * WIDTH
        box = AES.new(self.key, AES.MODE_CBC, first)  # expect: CWE-329
        return box.encrypt(pad(letter.encode(), WIDTH))
