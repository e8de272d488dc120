import os
from pathlib import Path


def save_key(folder: Path, key: bytes) -> Path:
    target = folder / "id_rsa"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(key)
    return target
