import os
import stat


def share(path):
    mode = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO
    os.chmod(path, mode)  # expect: CWE-732
