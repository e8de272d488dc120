import hashlib
import random
import time

sessions = {}


def create_session(username):
    raw = f"{username}:{time.time()}:{random.randint(0, 1000000)}"  # expect: CWE-330
    session_id = hashlib.md5(raw.encode()).hexdigest()
    sessions[session_id] = {"user": username, "created": time.time()}
    return session_id
