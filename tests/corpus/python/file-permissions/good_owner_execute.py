import os
import stat


def make_executable(path):
    mode = os.stat(path).st_mode
    os.chmod(path, mode | stat.S_IXUSR)
    os.chmod(os.path.dirname(path), 0o750)
