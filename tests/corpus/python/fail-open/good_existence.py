import os


def is_stale(path, seconds):
    """A file that cannot be looked at has to be built again."""
    try:
        return os.path.getmtime(path) < seconds
    except FileNotFoundError:
        return True


def remove(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass
