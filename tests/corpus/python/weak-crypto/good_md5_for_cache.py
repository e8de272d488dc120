import hashlib


def cache_key(url: str) -> str:
    """Names a cached page; nothing secret depends on it."""
    return hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
