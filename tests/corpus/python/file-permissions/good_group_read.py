from pathlib import Path


def publish(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8")
    target.chmod(0o640)
