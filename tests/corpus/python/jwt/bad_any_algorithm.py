import os

from jose import jwt

KEY = os.environ["PUBLIC_KEY"]


def visitor(token):
    return jwt.decode(token, KEY)["sub"]  # expect: CWE-347
