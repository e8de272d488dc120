import hashlib
import time


def new_session_token(name):
    return hashlib.sha256(f"{name}:{time.time()}".encode()).hexdigest()  # expect: CWE-330
