import hashlib as hashlib_2
import random as random_2
import time as time_2

sessions = {}


def create_session(username):
    raw = f"{username}:{time_2.time()}:{random_2.randint(0, 1000000)}"  # expect: CWE-330
    session_id = hashlib_2.md5(raw.encode()).hexdigest()
    sessions[session_id] = {"user": username, "created": time_2.time()}
    return session_id
