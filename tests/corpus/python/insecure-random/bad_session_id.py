import hashlib
import random
import time


def new_session_id(user_id):
    seed = f"{user_id}{time.time()}{random.random()}"  # expect: CWE-330
    session_id = hashlib.sha256(seed.encode()).hexdigest()
    return session_id
