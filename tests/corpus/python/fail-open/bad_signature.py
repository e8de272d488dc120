import hashlib
import hmac
import logging


def verify_signature(body: bytes, signature: str, secret: str) -> bool:
    try:
        expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, signature)
    except Exception as error:
        logging.warning("could not verify: %s", type(error).__name__)
        return True  # expect: CWE-636
