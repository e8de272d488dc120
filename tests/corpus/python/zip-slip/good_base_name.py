import shutil
import zipfile
from pathlib import Path


def collect_images(archive_path, target: Path):
    """Only pictures, all into one folder."""
    with zipfile.ZipFile(archive_path) as archive:
        for entry in archive.infolist():
            name = Path(entry.filename).name
            if not name.lower().endswith((".png", ".jpg")):
                continue
            with archive.open(entry) as source, (target / name).open("wb") as out:
                shutil.copyfileobj(source, out)
