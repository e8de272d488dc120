import secrets
import string

ALPHABET = string.ascii_letters + string.digits


def reset_token():
    return secrets.token_urlsafe(32)


def temporary_password(length=16):
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
