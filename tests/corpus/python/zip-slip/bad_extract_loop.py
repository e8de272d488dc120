import os
import zipfile


def install_theme(archive_path, themes):
    """Unpack an uploaded theme into the themes folder."""
    with zipfile.ZipFile(archive_path) as archive:
        for entry in archive.infolist():
            target = os.path.join(themes, entry.filename)
            if entry.is_dir():
                os.makedirs(target, exist_ok=True)  # expect: CWE-22
                continue
            with archive.open(entry) as source, open(target, "wb") as out:  # expect: CWE-22
                out.write(source.read())
