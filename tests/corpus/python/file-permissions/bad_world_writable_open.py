import os


def write_config(path, text):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)  # expect: CWE-732
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
