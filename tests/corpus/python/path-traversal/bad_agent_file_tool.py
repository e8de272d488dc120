import os


class FileTool:
    """Lets the model read and write files of the workspace."""

    def __init__(self, root: str):
        self.root = root

    def write_file(self, path: str, content: str) -> str:
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)  # expect: CWE-22
        with open(full, "w", encoding="utf-8") as handle:  # expect: CWE-22
            handle.write(content)
        return f"wrote {len(content)} characters"
