import os
import tempfile


def save(data: bytes) -> str:
    descriptor, path = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
    return path
