HELP = "Logs go to /tmp/app.log unless LOG is set."
EXCLUDED = ["/proc", "/sys", "/tmp", "/var/tmp"]


def is_excluded(path):
    """Whether a path lies in a folder that backups leave out."""
    return any(path.startswith(prefix + "/") for prefix in EXCLUDED)
