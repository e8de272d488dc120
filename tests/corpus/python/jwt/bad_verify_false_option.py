import os

from jose import jwt


class TokenReader:
    def __init__(self):
        self.key = os.environ["TOKEN_KEY"]

    def user_of(self, token):
        options = {"verify_signature": False, "verify_exp": False}
        claims = jwt.decode(token, self.key, algorithms=["HS256"], options=options)  # expect: CWE-347
        return claims.get("user_id")
