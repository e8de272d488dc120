from pathlib import Path


def save_key(folder: Path, key: bytes) -> Path:
    target = folder / "id_rsa"
    target.write_bytes(key)
    target.chmod(0o666)  # expect: CWE-732
    return target
