"""One HTTP request to an address that a person gave. Off unless asked for; must not know what is sent."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException

_TIMEOUT = 60.0  # a Rekor instance answers when its next checkpoint is out
_LARGEST = 1_000_000
_LARGEST_REFUSAL = 2_000
_SHOWN = 200


class PostError(Exception):
    """There is no answer; the message says why. `status` is what the other side answered with, None without."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def post(url: str, data: bytes, content_type: str) -> bytes:
    """What is answered to a POST, at most a million bytes of it.

    Args:
        url: ``http:`` or ``https:``.
        data: what is sent.
        content_type: what that is.

    Raises:
        PostError: see there.
    """
    if not url.startswith(("http://", "https://")):
        raise PostError(f"{url} is no address of a web server")
    try:
        asked = urllib.request.Request(url, data, {"Content-Type": content_type})  # noqa: S310 - http or https, see above
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as answer:  # noqa: S310 - same
            return bytes(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        said = _refusal(error)
        raise PostError(f"{error}: {said[:_SHOWN]}" if said else str(error), error.code) from error
    except (OSError, ValueError, HTTPException) as error:  # the last for an answer that is no HTTP
        raise PostError(str(error) or type(error).__name__) from error


def _refusal(error: urllib.error.HTTPError) -> str:
    """What the other side says besides the status, as far as it can be read."""
    with error:
        try:
            return error.read(_LARGEST_REFUSAL).decode("utf-8", "replace").strip()
        except (OSError, HTTPException):
            return ""
