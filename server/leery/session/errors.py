"""What a caller of the session may have to handle."""

from __future__ import annotations


class NotFoundError(Exception):
    """There is no such document, block or finding, or not any more; the message says which."""
