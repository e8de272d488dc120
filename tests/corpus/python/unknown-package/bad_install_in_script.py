import subprocess
import sys

PACKAGES = ["numpy", "pandas"]


def setup():
    subprocess.check_call([sys.executable, "-m", "pip", "install", *PACKAGES])
    subprocess.check_call([sys.executable, "-m", "pip", "install", "openai-agent-memory-toolkit-pro"])  # expect: CWE-829|CWE-1357|CWE-1104|CWE-494
