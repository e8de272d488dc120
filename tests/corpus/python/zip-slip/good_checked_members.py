import os
import zipfile


def unpack(path, target):
    root = os.path.realpath(target)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            destination = os.path.realpath(os.path.join(root, name))
            if os.path.commonpath([root, destination]) != root:
                raise ValueError("entry leaves the folder: " + name)
            if name.endswith("/"):
                continue
            os.makedirs(os.path.dirname(destination), exist_ok=True)
            with archive.open(name) as source, open(destination, "wb") as out:
                out.write(source.read())
