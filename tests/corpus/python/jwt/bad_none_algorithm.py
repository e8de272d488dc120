import os

import jwt

KEY = os.environ["JWT_KEY"]


def read_token(token):
    """Claims of a token, None when it is not valid."""
    try:
        return jwt.decode(token, KEY, algorithms=["HS256", "none"])  # expect: CWE-347|CWE-327
    except jwt.InvalidTokenError:
        return None
