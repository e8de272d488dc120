import os

import jwt

OPTIONS = {"verify_signature": True, "verify_aud": False}


def session_of(token):
    return jwt.decode(token, os.environ["SESSION_KEY"], algorithms=["HS512"], options=OPTIONS)
