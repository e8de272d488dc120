import datetime
import os
import sys


def backup(database, target):
    stamp = datetime.datetime.now().strftime("%Y%m%d")
    path = os.path.join(target, "%s-%s.sql.gz" % (database, stamp))
    command = "pg_dump %s | gzip > %s" % (database, path)
    print("running", command)
    status = os.system(command)  # expect: CWE-78 @ command
    if status != 0:
        raise RuntimeError("backup failed")
    return path


if __name__ == "__main__":
    backup(sys.argv[1], sys.argv[2])
