"""``leery doctor``: everything Leery stands on, tried rather than looked up, and what mends it.

Each check is a function here that gives one or more `Diagnosis`; none of them raises.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shlex
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from rich.console import Console
from rich.text import Text as Styled

import leery
from leery import config as settings
from leery import config_files, git
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.verify import GONE, is_gone
from leery.output import json_text, printable
from leery.paths import (
    CONFIG_NAME,
    UnsafeFolderError,
    cache_path,
    check_private,
    log_path,
    state_path,
    user_config_path,
    workspace_root,
)
from leery_analyzers.analyzer import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leery.config import Config, Loaded
    from leery_analyzers.analyzer import Analyzer
    from leery_analyzers.model import Report

State = Literal["ok", "warning", "failed", "off"]

_STYLES: dict[State, str] = {"ok": "green", "warning": "yellow", "failed": "bold red", "off": "dim"}
_SCARCE = 50_000_000  # bytes of free disk below which a log or a cache may fail any day
_CANARY = 'import subprocess\n\ndef run(name):\n    subprocess.call("ls " + name, shell=True)\n'
_SCRIPT_CANARY = 'const cp = require("child_process");\nfunction f(x) { cp.exec("ls " + x); }\n'
_EPILOG = """\b
Exit codes:
  0  everything that is switched on works
  3  something cannot run

\b
Examples:
  leery doctor
  leery doctor ~/project --trusted --format json
"""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding about the installation.

    Attributes:
        name: what was looked at.
        state: whether it works; `off` when it is switched off.
        detail: version, place, or what is wrong.
        mend: the command or step that mends it, or empty.
    """

    name: str
    state: State
    detail: str
    mend: str = ""


@click.command("doctor", epilog=_EPILOG)
@click.argument("folder", metavar="[PATH]", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--trusted", is_flag=True, help="Read the settings that the workspace itself brings.")
@click.pass_context
def command(ctx: click.Context, folder: Path, form: str, *, trusted: bool) -> None:
    """Check what is installed and running, and say what mends it.

    PATH is a folder of the workspace in question; the current folder by default.
    """
    workspace = workspace_root(folder)
    loaded = settings.load(workspace, trusted=trusted)
    diagnoses = list(_examine(workspace, loaded))
    values = list(_settings_in_force(workspace, loaded.config, trusted=trusted))
    if form == "json":
        click.echo(json_text(_document(workspace, diagnoses, values), indent=2), nl=False)
    else:
        _print(workspace, diagnoses, values)
    ctx.exit(3 if any(diagnosis.state == "failed" for diagnosis in diagnoses) else 0)


def _examine(workspace: Path, loaded: Loaded) -> Iterator[Diagnosis]:
    config = loaded.config
    yield Diagnosis("leery", "ok", f"{leery.__version__} in {Path(leery.__file__).parent}")
    yield Diagnosis("Python", "ok", f"{platform.python_version()} at {sys.executable}")
    yield Diagnosis("system", "ok", platform.platform())
    yield _git()
    yield from _grammars()
    engines: dict[str, Callable[[Config], Diagnosis]] = {"checks": _checks, "bandit": _bandit, "semgrep": _semgrep}
    for name, examine in engines.items():
        if name in config.engines:
            yield _guarded(name, examine, config)
        else:
            yield Diagnosis(name, "off", f"switched off by engines.{name} = false")
    if not config.engines:
        mend = "Set engines.checks, engines.dataflow, engines.bandit or engines.semgrep to true."
        yield Diagnosis("engines", "warning", "all are switched off: nothing is looked for", mend)
    yield _folder("state folder", state_path(workspace))
    yield _folder("cache folder", cache_path())
    yield _log(workspace)
    yield from _tracker(state_path(workspace))
    yield from _configuration(workspace, loaded)


def _git() -> Diagnosis:
    found = git.executable()
    mend = "Install git and put it on PATH."
    if found is None:
        return Diagnosis("git", "warning", "not found: ignored files are scanned, --diff does not work", mend)
    try:
        version = git.run(Path.home(), "--version").decode("utf-8", "replace").strip()
    except git.GitError as error:
        return Diagnosis("git", "warning", f"{found} does not run: {error}", mend)
    return Diagnosis("git", "ok", f"{version.removeprefix('git version ')} at {found}")


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "unknown version"


def _reinstall(distribution: str) -> str:
    return f"{sys.executable} -m pip install --upgrade --force-reinstall {distribution}"


def _grammars() -> Iterator[Diagnosis]:
    """Every grammar is made to parse something: a wheel of the wrong platform or ABI fails only then."""
    from leery_analyzers.syntax import LANGUAGES, parse_text  # noqa: PLC0415 - if it is broken, that is to be told

    broken = {}
    for language in sorted(LANGUAGES):
        try:
            parse_text(language, "x\n")
        except Exception as error:  # noqa: BLE001 - whatever it is, this grammar does not work
            broken[language] = f"{type(error).__name__}: {error}"
    if not broken:
        yield Diagnosis("grammars", "ok", f"{', '.join(sorted(LANGUAGES))}; tree-sitter {_version('tree-sitter')}")
    for language, reason in broken.items():
        yield Diagnosis(f"grammar {language}", "failed", reason, _reinstall("leery"))


def _checks(_config: Config) -> Diagnosis:
    from leery_analyzers.checks.analyzer import ChecksAnalyzer  # noqa: PLC0415 - if it is broken, that is to be told

    analyzer = ChecksAnalyzer()
    return _canary("checks", analyzer, f"{len(analyzer.rules())} rules", _reinstall("leery"))


def _bandit(_config: Config) -> Diagnosis:
    from leery_analyzers.bandit import BanditAnalyzer  # noqa: PLC0415 - if it is broken, that is to be told

    analyzer = BanditAnalyzer()
    return _canary("bandit", analyzer, f"{_version('bandit')}, {len(analyzer.rules())} tests", _reinstall("bandit"))


def _semgrep(_config: Config) -> Diagnosis:
    from leery_analyzers.semgrep import find_core, load_rules, scan_units  # noqa: PLC0415 - as above

    core = find_core()
    mend = f"{sys.executable} -m pip install 'leery[semgrep]'"
    if core is None:
        return Diagnosis("semgrep", "failed", "not installed", f"{mend}, or set engines.semgrep = false")
    rules = load_rules()
    (report,) = asyncio.run(scan_units([Unit("javascript", "file", "", 0, 0, _SCRIPT_CANARY)], rules, core=core))
    return _verdict("semgrep", report, f"{_version('semgrep')} at {core}, {len(rules.by_id)} rules", mend)


def _canary(name: str, analyzer: Analyzer, about: str, mend: str) -> Diagnosis:
    """Have an analyzer look at a line that it must complain about."""
    return _verdict(name, analyzer.analyze(Unit("python", "statements", "", 0, 0, _CANARY)), about, mend)


def _verdict(name: str, report: Report, about: str, mend: str) -> Diagnosis:
    if report.findings:
        return Diagnosis(name, "ok", f"{about}; finds what it must")
    messages = "; ".join(notice.message for notice in report.notices) or "it does not find what it must"
    return Diagnosis(name, "failed", messages, mend)


def _guarded(name: str, examine: Callable[[Config], Diagnosis], config: Config) -> Diagnosis:
    try:
        return examine(config)
    except Exception as error:  # noqa: BLE001 - an engine that cannot even be loaded is what this command is for
        return Diagnosis(name, "failed", f"{type(error).__name__}: {error}", _reinstall("leery"))


def _folder(name: str, path: Path) -> Diagnosis:
    """A private folder, which need not exist yet: whose it is, who may enter, whether there is room."""
    try:
        check_private(path)
    except UnsafeFolderError as error:
        return Diagnosis(name, "failed", str(error))
    except OSError as error:
        return Diagnosis(name, "failed", f"{path}: {error.strerror}", f"Make {path} accessible to you.")
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Diagnosis(name, "failed", f"{nearest} cannot be written to", f"Make {nearest} writable for you.")
    free = shutil.disk_usage(nearest).free
    if free < _SCARCE:
        return Diagnosis(name, "warning", f"{path}: {free // 1_000_000} MB left on the disk", "Free some space.")
    mode = stat.S_IMODE(path.stat().st_mode) if nearest == path else None
    if mode is not None and sys.platform != "win32" and mode & 0o077:
        return Diagnosis(name, "warning", f"{path} has mode {mode:04o}", f"chmod 700 {shlex.quote(str(path))}")
    return Diagnosis(name, "ok", f"{path}{'' if nearest == path else ' (made when it is needed)'}")


def _log(workspace: Path) -> Diagnosis:
    path = log_path(workspace)
    try:
        count = LogReader(path).count()
        gone = is_gone(path)
    except LogUnreadableError as error:
        return Diagnosis("log", "failed", str(error), f"Move {path} away; a new log begins with the next entry.")
    if gone:
        mend = f"Put {path} back from a copy; else the next entry begins a new log."
        return Diagnosis("log", "failed", GONE, mend)
    return Diagnosis("log", "ok", f"{count} entries in {path}" if path.exists() else "no entry yet")


def _tracker(folder: Path) -> Iterator[Diagnosis]:
    """The database of who wrote what; looking neither makes, mends nor sets aside anything."""
    from leery.provenance.database import look  # noqa: PLC0415 - if it is broken, that is to be told
    from leery.provenance.store import NAME, set_aside  # noqa: PLC0415 - the same, and 60 ms of imports

    path = folder / NAME
    try:
        check_private(folder)
        detail = "nothing recorded yet"
        if path.exists():
            with closing(look(path)) as connection:
                (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            detail = f"documents: {count}, in {path}"
        aside = set_aside(folder)
    except (sqlite3.OperationalError, OSError) as error:
        yield Diagnosis("tracker", "failed", f"{path} cannot be opened: {error}", f"Make {path} accessible to you.")
        return
    except sqlite3.DatabaseError as error:
        mend = "Put it back from a copy; else the next session sets it aside and begins anew."
        yield Diagnosis("tracker", "failed", f"{path} is damaged: {error}", mend)
        return
    if not aside:
        yield Diagnosis("tracker", "ok", detail)
    for copy in aside:
        text = f"{copy} was damaged and set aside: where text came from that it knew of is not known any more"
        yield Diagnosis("tracker", "warning", text, "Put a copy back in its place, or delete it.")


def _configuration(workspace: Path, loaded: Loaded) -> Iterator[Diagnosis]:
    from leery import flow_models  # noqa: PLC0415 - if dataflow is broken, that is to be told

    for problem in loaded.problems:
        yield Diagnosis("settings", "warning", str(problem), "Correct the setting; the others apply.")
    for path in loaded.skipped:
        text = f"{path} is not read, because the workspace is not trusted"
        yield Diagnosis("settings", "ok", text, "Pass --trusted if you vouch for the workspace.")
    models, wrong = flow_models.read(settings.rule_folders(loaded.config, workspace))
    for text in wrong:
        yield Diagnosis("models", "warning", text, "Correct the file, or the setting rules.folders; the others count.")
    if models and not wrong:
        yield Diagnosis("models", "ok", f"{len(models)} of your own")
    if not loaded.problems and not loaded.skipped and not wrong:
        yield Diagnosis("settings", "ok", "no problem found")


def _settings_in_force(workspace: Path, config: Config, *, trusted: bool) -> Iterator[tuple[str, Any, str]]:
    """Every setting's name and value, and the last source that has a say in it."""
    user = user_config_path()
    layers = [config_files.read_file(user, ())]
    if trusted:
        layers.append(config_files.read_file(workspace / "pyproject.toml", ("tool", "leery")))
        layers.append(config_files.read_file(workspace / CONFIG_NAME, ()))
    for setting in settings.SETTINGS:
        value = getattr(config, setting.attribute)
        source = "default"
        for layer in layers:
            names = {config_files.spelling(name) for name in layer.values}
            if config_files.spelling(setting.name) in names and value != setting.default:
                source = layer.source
        yield setting.name, list(value) if isinstance(value, tuple) else value, source


def _document(workspace: Path, diagnoses: list[Diagnosis], values: list[tuple[str, Any, str]]) -> dict[str, Any]:
    return {
        "version": 1,
        "workspace": str(workspace),
        "checks": [asdict(diagnosis) for diagnosis in diagnoses],
        "settings": [{"name": name, "value": value, "source": source} for name, value, source in values],
    }


def _print(workspace: Path, diagnoses: list[Diagnosis], values: list[tuple[str, Any, str]]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Styled(f"workspace {printable(str(workspace))}", style="bold"))
    width = max(len(diagnosis.name) for diagnosis in diagnoses)
    for diagnosis in diagnoses:
        line = Styled.assemble((f"{diagnosis.state:<8}", _STYLES[diagnosis.state]), f"{diagnosis.name:<{width}}  ")
        console.print(line.append(printable(diagnosis.detail)))
        if diagnosis.mend:
            console.print(Styled(f"{'':8}{'':<{width}}  → {printable(diagnosis.mend)}", style="cyan"))
    console.print(Styled("\nsettings in force", style="bold"))
    for name, value, source in values:
        line = Styled(f"{name} = {printable(json.dumps(value, ensure_ascii=False))}")
        console.print(line.append(f"  ({printable(source)})", style="dim"))
