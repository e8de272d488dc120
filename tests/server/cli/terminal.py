"""``leery review`` as a person has it before them: a process in a terminal of its own."""

import os
import pty
import re
import select
import signal
import sys
import termios
import time

FAST = ("--without", "semgrep", "--without", "bandit")
PROMPT = "Decide about this block"


class Terminal:
    """``leery review`` in a terminal of its own."""

    def __init__(self, *arguments, env=None, folder="."):
        self.pid, self._end = pty.fork()
        if not self.pid:
            try:
                os.chdir(folder)
                environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **(env or {})}
                os.execve(sys.executable, [sys.executable, "-m", "leery", "review", *FAST, *arguments], environment)
            finally:  # else this copy of the tests' process would go on with the tests
                os._exit(127)
        self.seen = ""

    def _read(self, deadline):
        """Take in what is shown next; False at the end."""
        ready, _, _ = select.select([self._end], [], [], max(deadline - time.monotonic(), 0))
        assert ready, f"nothing more comes: {self.seen!r}"
        try:
            data = os.read(self._end, 65_536)
        except OSError:
            data = b""
        self.seen += data.decode("utf-8", "replace")
        return bool(data)

    def until(self, wanted, seconds=60):
        """All that is shown up to some text, which was not there before."""
        deadline = time.monotonic() + seconds
        start = len(self.seen)
        while wanted not in self.seen[start:]:
            assert self._read(deadline), f"it ended before {wanted!r}: {self.seen[start:]!r}"
        return self.seen[start:]

    def press(self, key):
        """Press a key once single keys are read; what was typed before is forgotten."""
        while termios.tcgetattr(self._end)[3] & termios.ICANON:
            time.sleep(0.01)
        os.write(self._end, key.encode())

    def type(self, line):
        os.write(self._end, f"{line}\r".encode())

    def end(self, seconds=60):
        """The exit code, and what was shown last."""
        start, deadline = len(self.seen), time.monotonic() + seconds
        while self._read(deadline):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self._end)
        self.pid = 0
        return os.waitstatus_to_exitcode(status), self.seen[start:]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._end)


def bare(shown):
    """Without the colours and what else the program itself tells the terminal."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
