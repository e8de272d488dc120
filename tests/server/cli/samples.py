"""What the tests of the command line share: results made by hand and real git repositories."""

import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import jsonschema

from leery.batch.result import FileResult, ScanResult, Source
from leery_analyzers.model import Finding, Rule
from leery_analyzers.text import TextRange

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=timezone.utc)


class Repository:
    """A real git repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Tester")
        self.git("config", "user.email", "tester@example.org")

    def git(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments], check=True, capture_output=True, text=True, env=environment
        )
        return done.stdout.strip()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "A state")
        return self.git("rev-parse", "HEAD")


def place(text: str, part: str) -> TextRange:
    start = text.index(part)
    return TextRange(start, start + len(part))


def finding(text: str, part: str, **changes) -> Finding:
    fields = {
        "rule": "shell-injection",
        "range": place(text, part),
        "message": "The command goes through a shell.",
        "severity": "high",
        "confidence": "medium",
        "cwe": ("CWE-78",),
        "engines": ("bandit", "checks"),
        "fingerprint": "f00d",
    }
    return Finding(**(fields | changes))


def source(base: Path, name: str = "app/views.py") -> Source:
    return Source(base / name, name, "python", base)


def result(base: Path, *files: FileResult, **changes) -> ScanResult:
    fields = {
        "base": base,
        "files": files,
        "notices": (),
        "problems": (),
        "scanned": len(files),
        "engines": {"bandit": "1.9.4", "checks": "1"},
        "rules": {
            "shell-injection": Rule(
                "shell-injection",
                "A command goes through a shell",
                "Why it *matters*.",
                "high",
                "medium",
                ("CWE-78", "CWE-88"),
                "checks",
                ("python",),
                ("A05:2025",),
                ("https://example.org/shell",),
            )
        },
        "started": MOMENT,
        "ended": MOMENT,
    }
    return ScanResult(**(fields | changes))


CODE = 'cmd = "läs 😀" + input()\nrun(cmd, shell=True)\n'


def check_sarif(schema, log):
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)] == []


def utf16_slice(code: str, region: dict) -> str:
    """What a reader of the SARIF file cuts out: lines from 1, columns in UTF-16 units."""
    lines = [line.encode("utf-16-le") for line in code.splitlines(keepends=True)]
    start, end = region["startLine"] - 1, region["endLine"] - 1
    if start == end:
        return lines[start][2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
    head = lines[start][2 * (region["startColumn"] - 1) :]
    tail = lines[end][: 2 * (region["endColumn"] - 1)] if end < len(lines) else b""
    return b"".join((head, *lines[start + 1 : end], tail)).decode("utf-16-le")
