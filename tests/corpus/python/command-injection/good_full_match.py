import re
import subprocess

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")


def trace(host: str) -> str:
    """The route to a host."""
    if not HOST.fullmatch(host):
        raise ValueError("not a host name")
    return subprocess.check_output(f"traceroute -m 5 {host}", shell=True, text=True)
