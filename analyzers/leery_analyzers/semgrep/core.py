"""Calls of ``semgrep-core`` for one answer: rules and targets in, matches out, then it ends.

The fastest way to use semgrep without a resident process, and the one that tells most: errors by file and what the
metavariables stand for. Must not know units. The form of targets and results is that of
``semgrep_output_v1.atd`` in semgrep's interfaces.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leery_analyzers.semgrep.languages import LANGUAGES
from leery_analyzers.semgrep.results import Hit, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from leery_analyzers.model import NoticeKind
    from leery_analyzers.semgrep.binary import Room
    from leery_analyzers.semgrep.pack import RuleSet

RULE_SECONDS = 5
"""How long one rule may look at one file."""

_TIMEOUTS_PER_FILE = 3
_METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*")

_KINDS: dict[str, NoticeKind] = {
    "Timeout": "timeout",
    "Fixpoint timeout": "timeout",
    "Out of memory": "crash",
    "Stack overflow": "crash",
    "Fatal error": "crash",
    "Internal matching error": "crash",
    "Too many matches": "limit",
}
_RULE_ERRORS = {"Rule parse error", "Pattern parse error", "PatternParseError", "PatternParseError0", "Invalid YAML"}


class CoreError(Exception):
    """The process gave no usable answer; the text says why, without any document's text."""


@dataclass
class Answer:
    """What one file's matching gave."""

    hits: list[Hit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


async def match(
    core: Path,
    room: Room,
    folder: Path,
    rules: RuleSet,
    files: Mapping[Path, tuple[str, bytes]],
    *,
    jobs: int = 1,
    timeout: float,
) -> dict[Path, Answer]:
    """Match all rules against files.

    Args:
        core: the program.
        room: where it runs.
        folder: for the two files that tell it what to do.
        rules: what to look for.
        files: language and content of each file, as it lies on the disk.
        jobs: processor cores to use.
        timeout: seconds for all of it.

    Raises:
        CoreError: it failed as a whole.
        TimeoutError: it did not end in time (`asyncio.TimeoutError`).
    """
    textual = sorted({kind for item in rules.by_id.values() for kind in item.textual})
    targets = [
        _target(path, analyzer)
        for path, (language, _) in files.items()
        for analyzer in (LANGUAGES[language].analyzer, *textual)
    ]
    rules_file, targets_file = folder / "rules.json", folder / "targets.json"
    await asyncio.to_thread(rules.write, rules_file)
    targets_file.write_text(json.dumps(["Targets", targets]), encoding="utf-8")
    arguments = ("-timeout", str(RULE_SECONDS), "-timeout_threshold", str(_TIMEOUTS_PER_FILE), "-j", str(jobs))
    output = await _run(core, room, rules_file, targets_file, arguments, timeout)
    answers = {path: Answer() for path in files}
    by_name = {str(path): path for path in files}
    for result in output["results"]:
        if (path := by_name.get(result["path"])) is not None:
            answers[path].hits.append(_hit(result, rules, files[path][1]))
    for error in output["errors"]:
        _take_error(error, answers, by_name)
    return answers


async def rejected_rules(core: Path, room: Room, folder: Path, rules: RuleSet) -> dict[str, str]:
    """The rules that semgrep itself cannot use, by id, and why.

    Raises:
        CoreError: it failed as a whole.
    """
    rules_file, targets_file = folder / "rules.json", folder / "targets.json"
    await asyncio.to_thread(rules.write, rules_file)
    targets_file.write_text('["Targets",[]]', encoding="utf-8")
    try:
        output = await _run(core, room, rules_file, targets_file, (), 60)
    except asyncio.TimeoutError as error:
        raise CoreError("it did not read the rules within a minute") from error
    found: dict[str, str] = {}
    for item in output["errors"]:
        name = item.get("rule_id")
        if isinstance(name, str):
            found.setdefault(name, str(item.get("message", "")).split("\n", 1)[0] or "semgrep does not understand it")
    return found


async def conditions(core: Path, room: Room, folder: Path, rules: RuleSet) -> dict[str, Any]:
    """What a file must hold for a rule to match in it, by rule, in semgrep's own form; see `Prefilter`.

    Raises:
        CoreError: it gave none.
    """
    rules_file = folder / "rules.json"
    await asyncio.to_thread(rules.write, rules_file)
    try:
        output = await _output(core, room, ("-prefilter_of_rules", str(rules_file)), 60)
    except asyncio.TimeoutError as error:
        raise CoreError("it did not read the rules within a minute") from error
    if not isinstance(output, list) or not all(isinstance(item, dict) for item in output):
        raise CoreError("semgrep-core answered in a form that is not known")
    return {str(item.get("rule_id")): item.get("filter") for item in output}


async def _run(
    core: Path,
    room: Room,
    rules: Path,
    targets: Path,
    arguments: Sequence[str],
    timeout: float,
) -> dict[str, Any]:
    files = ("-rules", str(rules), "-targets", str(targets))
    output = await _output(core, room, (*files, "-json_nodots", *arguments), timeout)
    if not isinstance(output, dict) or not isinstance(output.get("results"), list):
        raise CoreError("semgrep-core answered in a form that is not known")
    fatal = [error for error in output["errors"] if _name(error) == "Fatal error" and "location" not in error]
    if fatal:
        raise CoreError("semgrep-core reported a fatal error")
    return output


async def _output(core: Path, room: Room, arguments: Sequence[str], timeout: float) -> Any:
    """What one call prints."""
    process = await asyncio.create_subprocess_exec(
        core,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=room.path,
        env=room.environment(),
    )
    try:
        data, _ = await asyncio.wait_for(process.communicate(), timeout)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    try:
        return json.loads(data)
    except ValueError as error:
        raise CoreError(f"semgrep-core ended with status {process.returncode} and no answer") from error


def _target(path: Path, analyzer: str) -> list[Any]:
    name = {"fpath": str(path), "ppath": "/" + path.name}
    return ["CodeTarget", {"path": name, "analyzer": analyzer, "products": ["sast"]}]


def _hit(result: dict[str, Any], rules: RuleSet, content: bytes) -> Hit:
    name = result["check_id"]
    first, last, extra = result["start"], result["end"], result["extra"]
    item = rules.by_id.get(name)
    fix = None
    if item is not None and item.fix is not None and item.binds_in_fix:
        fix = _bind(item.fix, extra.get("metavars", {}), content)
    return Hit(
        name,
        (first["line"] - 1, first["col"] - 1),
        (last["line"] - 1, last["col"] - 1),
        extra.get("message", ""),
        fix,
    )


def _bind(template: str, metavariables: dict[str, Any], content: bytes) -> str | None:
    """Put into a fix what its metavariables stand for, as it is written: semgrep's own text is cut outside ASCII."""
    missing = False

    def written(found: re.Match[str]) -> str:
        nonlocal missing
        place = metavariables.get(found[0])
        if place is None:
            missing = True
            return ""
        return content[place["start"]["offset"] : place["end"]["offset"]].decode("utf-8", "replace")

    text = _METAVARIABLE.sub(written, template)
    return None if missing else text


def _take_error(error: dict[str, Any], answers: dict[Path, Answer], by_name: Mapping[str, Path]) -> None:
    name = _name(error)
    if name in _RULE_ERRORS:
        return  # told once, when the rules were read
    kind = _KINDS.get(name, "parse")
    location = error.get("location")
    if location is None:
        for answer in answers.values():
            answer.problems.append(Problem("crash"))
    elif (path := by_name.get(location.get("path", ""))) is not None:
        line = location["start"]["line"] - 1 if kind == "parse" else None
        answers[path].problems.append(Problem(kind, line))


def _name(error: dict[str, Any]) -> str:
    kind = error.get("error_type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)
