"""What the tests of bundles share: the program in each, and what is in its files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from leery.log import bundle as layout


def alone(folder, *arguments):
    """What the bundle's own program says, run where nothing of Leery can be imported."""
    site = Path(layout.__file__).parents[2]
    code = (
        "import runpy, sys\n"
        f"sys.path = [path for path in sys.path if path and path != {str(site)!r}]\n"
        "class Deny:\n"
        "    def find_spec(self, name, *rest):\n"
        "        assert not name.startswith(('leery', 'rfc8785', 'click')), name\n"
        "sys.meta_path.insert(0, Deny())\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    command = [sys.executable, "-c", code, str(folder / "verify.py"), *arguments]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]
