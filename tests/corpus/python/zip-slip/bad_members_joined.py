import shutil
import sys
import tarfile
from pathlib import Path


def unpack(archive: str, out: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if not member.isfile():
                continue
            destination = out / member.name
            destination.parent.mkdir(parents=True, exist_ok=True)  # expect: CWE-22
            with destination.open("wb") as handle:  # expect: CWE-22
                shutil.copyfileobj(tar.extractfile(member), handle)


if __name__ == "__main__":
    unpack(sys.argv[1], Path(sys.argv[2]))
