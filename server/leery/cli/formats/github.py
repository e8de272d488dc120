"""Workflow commands of GitHub Actions: every finding an annotation on its line.

Source: GitHub Docs, "Workflow commands for GitHub Actions". GitHub shows ten annotations a kind and step; the SARIF
format has no such limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from leery.batch.result import FAILED_KINDS
from leery.cli.formats.places import place_of
from leery.output import printable, well_formed

if TYPE_CHECKING:
    from leery.batch.result import FileResult, ScanResult
    from leery_analyzers.model import Finding, Level, Notice
    from leery_analyzers.text import TextRange

_COMMANDS: dict[Level, str] = {"high": "error", "medium": "warning", "low": "notice"}


def write(result: ScanResult, stream: TextIO) -> None:
    """Write one line for every finding that is not suppressed, every notice and every configuration problem."""
    for file in result.files:
        stream.writelines(
            _line(_COMMANDS[finding.severity], _title(finding), finding.message, file, finding.range)
            for finding in file.findings
        )
    for owner, notice in result.all_notices:
        command = "error" if notice.kind in FAILED_KINDS else "warning"
        stream.write(_line(command, _notice_title(notice), notice.message, owner, notice.range))
    stream.writelines(_line("error", "leery configuration", problem, None, None) for problem in result.problems)


def _title(finding: Finding) -> str:
    return f"{finding.rule} ({', '.join(finding.cwe)})" if finding.cwe else finding.rule


def _notice_title(notice: Notice) -> str:
    return f"{notice.engine} ({notice.kind})"


def _line(command: str, title: str, message: str, file: FileResult | None, where: TextRange | None) -> str:
    properties: dict[str, str | int] = {}
    if file is not None:
        properties["file"] = file.source.name
    if file is not None and where is not None:
        place = place_of(file.text, where)
        properties |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub takes columns for a single line only
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = title
    joined = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{command} {joined}::{_data(message)}\n"


def _data(value: str) -> str:
    """Escaped so that no content of a file can end the command or start another."""
    plain: str = well_formed(printable(value, keep="\r\n"))
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
