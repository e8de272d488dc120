from pathlib import Path

import pandas as pd
from huggingface_cli_dataset_tools import load_table  # expect: CWE-829|CWE-1357|CWE-1104|CWE-494


def prepare(folder: Path) -> pd.DataFrame:
    frames = [load_table(path) for path in sorted(folder.glob("*.jsonl"))]
    return pd.concat(frames, ignore_index=True)
