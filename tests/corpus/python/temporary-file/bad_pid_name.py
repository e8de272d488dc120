import os


def lock():
    path = "/tmp/worker-%d.lock" % os.getpid()  # expect: CWE-377
    with open(path, "w") as handle:
        handle.write("locked")
    return path
