import datetime
import os

import jwt

SECRET_KEY = os.getenv("JWT_SECRET", "super-secret-key-123")  # expect: CWE-798


def issue(user_id):
    payload = {"sub": user_id, "exp": datetime.datetime.utcnow() + datetime.timedelta(hours=1)}
    return jwt.encode(payload, SECRET_KEY, algorithm="HS256")
