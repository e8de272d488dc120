from Crypto.Cipher import AES
from Crypto.Util.Padding import pad

IV = b"0000000000000000"


def encrypt(key, text):
    cipher = AES.new(key, AES.MODE_CBC, IV)  # expect: CWE-329|CWE-327
    return cipher.encrypt(pad(text.encode("utf-8"), 16))
