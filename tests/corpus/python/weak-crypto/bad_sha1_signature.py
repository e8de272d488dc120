import hashlib


def sign_webhook(secret: str, body: bytes) -> str:
    """Signature that receivers compare with the header."""
    return hashlib.sha1(secret.encode() + body).hexdigest()  # expect: CWE-327
