import os
import tempfile


def export(rows):
    path = os.path.join(tempfile.gettempdir(), "export.csv")
    with open(path, "w") as handle:  # expect: CWE-377
        handle.writelines(",".join(row) + "\n" for row in rows)
    return path
