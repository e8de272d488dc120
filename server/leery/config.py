"""The one schema of the settings, as the fields of `Config`, and how the sources of settings are merged.

Later sources win: defaults, the user's ``leery.toml``, the workspace's ``pyproject.toml`` and ``leery.toml`` (read only
when the workspace is trusted), the editor's ``leery.*`` settings, command-line options. What is wrong in a source is a
`Problem` with its place; everything else in it still applies. Documentation is generated from here, see `config_docs`.
"""

# ruff: noqa: RUF009 - the fields of Config carry their settings
from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from leery import config_files
from leery.config_files import Layer, Problem
from leery.paths import CONFIG_NAME, relative_name, resolve, user_config_path
from leery_analyzers.model import LEVELS, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

Scope = Literal["blocks", "all"]
PromptsKept = Literal["commitment", "text"]
DiagnosticsMode = Literal["both", "push", "pull"]
LogLevel = Literal["error", "warning", "info", "debug"]
Kind = Literal["boolean", "integer", "number", "string", "strings"]

CLIENT_ONLY = frozenset(
    {"clipboardFallback", "decorations", "prompts.send", "server.interpreter", "server.path", "trace.server"}
)
"""Settings under ``leery.*`` that editors act on themselves; `config_vscode` describes those of VS Code."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know about one setting.

    Attributes:
        name: as editors and TOML write it, with dots for sections.
        attribute: the field of `Config`.
        kind: type of its value; `strings` is a list of strings.
        default: value when nobody says anything.
        description: one or more sentences of Markdown.
        choices: the only values, or empty.
        minimum: smallest number, or None.
        maximum: greatest number, or None.
        scope: `machine` when it concerns the whole program, `resource` when it may differ from workspace to workspace.
        trusted: only the user's own file, command-line options and sources of a trusted workspace may set it.
    """

    name: str
    attribute: str
    kind: Kind
    default: Any
    description: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    scope: Literal["machine", "resource"] = "resource"
    trusted: bool = False


def _setting(name: str, description: str, *, default: Any, **more: Any) -> Any:
    """A field of `Config` that carries its `Setting`; the kind follows from the default."""
    kinds: dict[type, Kind] = {bool: "boolean", int: "integer", float: "number", str: "string", tuple: "strings"}
    attribute = re.sub(r"(?<!^)(?=[A-Z])", "_", name.replace(".", "_")).lower()
    setting = Setting(name, attribute, kinds[type(default)], default, description, **more)
    return field(default=default, metadata={"setting": setting})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings that hold; each field's own documentation is its `Setting`."""

    scope: Scope = _setting(
        "scope",
        "Which findings are shown: `blocks` only those in text that was pasted, completed or generated (or whose path"
        " crosses such text), `all` those in typed text too.",
        default="blocks",
        choices=get_args(Scope),
    )
    minimum_severity: Level = _setting(
        "minimumSeverity", "The lowest severity that is shown.", default="low", choices=LEVELS
    )
    unknown_threshold: int = _setting(
        "unknownThreshold",
        "From how many inserted characters that are not white space a change without any hint counts as a block of"
        " unknown origin instead of typing. Two lines always do.",
        default=40,
        minimum=1,
    )
    exclude: tuple[str, ...] = _setting(
        "exclude",
        "Glob patterns of files that are not analysed, relative to the workspace, with `/` as separator and `**` for"
        " any number of folders. A list replaces the default one.",
        default=("**/.git/**", "**/node_modules/**", "**/.venv/**", "**/venv/**", "**/__pycache__/**", "**/*.min.js"),
    )
    engines_checks: bool = _setting("engines.checks", "Run Leery's own checks.", default=True)
    engines_dataflow: bool = _setting(
        "engines.dataflow", "Follow data from where it comes in to where it does harm.", default=True
    )
    engines_bandit: bool = _setting("engines.bandit", "Run bandit's tests on Python.", default=True)
    engines_semgrep: bool = _setting(
        "engines.semgrep", "Run semgrep with Leery's rules, where it is installed.", default=True
    )
    rules_folders: tuple[str, ...] = _setting(
        "rules.folders",
        "Folders with further semgrep rules (`*.yaml`) and models for dataflow (`*.toml`); relative ones start at the"
        " workspace. Folders inside a workspace that is not trusted are never read.",
        default=(),
        trusted=True,
    )
    semgrep_timeout: float = _setting(
        "semgrep.timeout",
        "Seconds semgrep may take for one piece of code.",
        default=5.0,
        minimum=0.1,
        maximum=600,
    )
    semgrep_start_timeout: float = _setting(
        "semgrep.startTimeout",
        "Seconds semgrep may take to start.",
        default=30.0,
        minimum=1,
        maximum=600,
        scope="machine",
    )
    log_prompts: PromptsKept = _setting(
        "log.prompts",
        "What the provenance log keeps of prompts: `commitment` only a salted digest by which a prompt can be"
        " recognised, `text` the prompt itself.",
        default="commitment",
        choices=get_args(PromptsKept),
        trusted=True,
    )
    log_retention_days: int = _setting(
        "log.retentionDays",
        "Erase code, prompts, reasons and names from the provenance log after so many days; 0 keeps them. The entries"
        " themselves stay, and the log verifies as before.",
        default=0,
        minimum=0,
        maximum=36_500,
        trusted=True,
    )
    alert_window: int = _setting(
        "alert.window",
        "Over how many days back insertions are counted: for the alert, and by `leery stats`.",
        default=7,
        minimum=1,
        maximum=36_500,
        trusted=True,
    )
    alert_threshold: int = _setting(
        "alert.threshold",
        "When more than so many percent of the window's insertions were insecure, and there were at least five, the"
        " editor says so, once a day, and the provenance log keeps it; 100 is never.",
        default=30,
        minimum=0,
        maximum=100,
        trusted=True,
    )
    diagnostics_mode: DiagnosticsMode = _setting(
        "diagnostics.mode",
        "Whether the server sends diagnostics on its own (`push`), answers requests for them (`pull`), or `both`.",
        default="both",
        choices=get_args(DiagnosticsMode),
    )
    code_lens: bool = _setting("codeLens", "Show origin, findings and review state above each block.", default=True)
    cache_megabytes: int = _setting(
        "cache.megabytes",
        "Size limit of the result cache on disk; 0 keeps results in memory only.",
        default=256,
        minimum=0,
        maximum=1_048_576,
        scope="machine",
    )
    log_level: LogLevel = _setting(
        "logLevel",
        "How much the server writes to its own log, which never holds text of documents.",
        default="warning",
        choices=get_args(LogLevel),
        scope="machine",
    )

    @property
    def engines(self) -> frozenset[str]:
        """Names of the engines that are on."""
        switches = {
            "checks": self.engines_checks,
            "dataflow": self.engines_dataflow,
            "bandit": self.engines_bandit,
            "semgrep": self.engines_semgrep,
        }
        return frozenset(name for name, on in switches.items() if on)

    @property
    def pushes(self) -> bool:
        """Whether the server publishes diagnostics on its own."""
        return self.diagnostics_mode != "pull"

    @property
    def answers_pulls(self) -> bool:
        """Whether the server answers requests for diagnostics."""
        return self.diagnostics_mode != "push"


SETTINGS: tuple[Setting, ...] = tuple(item.metadata["setting"] for item in fields(Config))
_BY_SPELLING = {config_files.spelling(setting.name): setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of `load`.

    Attributes:
        config: what holds.
        problems: what was wrong, in the order of the sources.
        skipped: settings files of the workspace that were not read because it is not trusted.
    """

    config: Config
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Path, ...] = ()


def load(
    workspace: Path | None,
    *,
    trusted: bool,
    editor: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    user_file: Path | None = None,
) -> Loaded:
    """The settings for a workspace.

    Args:
        workspace: its root, or None for none.
        trusted: whether its own settings files and rule folders are admitted.
        editor: the editor's settings: the value of the section ``leery``, or an object with that section, nested or
            with dotted names.
        options: command-line options by setting name; None means not given.
        user_file: the user's own file; `paths.user_config_path` when None.
    """
    merge = _Merge()
    merge.add(config_files.read_file(user_file or user_config_path(), ()), trusted=True)
    present = _workspace_files(workspace)
    if trusted:
        for path, table in present:
            merge.add(config_files.read_file(path, table), trusted=True)
    merge.add(config_files.editor_layer(editor or {}), trusted=trusted)
    merge.add(config_files.options_layer(options or {}), trusted=True)
    config = replace(Config(), **merge.values)
    if workspace is not None and not trusted:
        config = merge.without_inner_rules(config, workspace)
    skipped = () if trusted else tuple(path for path, table in present if config_files.holds(path, table))
    return Loaded(config, tuple(merge.problems), skipped)


def _workspace_files(workspace: Path | None) -> list[tuple[Path, tuple[str, ...]]]:
    """A workspace's settings files and the table of each that counts, weakest first."""
    if workspace is None:
        return []
    return [(workspace / "pyproject.toml", ("tool", "leery")), (workspace / CONFIG_NAME, ())]


_UNTRUSTED = "is ignored, because the workspace is not trusted; your own leery.toml may set it"


class _Merge:
    """Collects checked values, later ones over earlier ones, and what was wrong."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def add(self, layer: Layer, *, trusted: bool) -> None:
        self.problems += layer.problems
        for name, raw in layer.values.items():
            setting = _BY_SPELLING.get(config_files.spelling(name))
            if setting is None:
                self._unknown(layer, name)
            elif setting.trusted and not trusted:
                self.problems.append(layer.problem(name, _UNTRUSTED))
            elif (fault := _fault(setting, raw)) is not None:
                self.problems.append(layer.problem(name, fault))
            else:
                self.values[setting.attribute] = _converted(setting, raw)

    def without_inner_rules(self, config: Config, workspace: Path) -> Config:
        """The configuration without rule folders that lie in the workspace itself."""
        inner = [name for name in config.rules_folders if _is_inside(workspace, name)]
        for name in inner:
            text = f"{name} is not read, because it lies in a workspace that is not trusted"
            self.problems.append(Problem("settings", "rules.folders", None, text))
        return replace(config, rules_folders=tuple(name for name in config.rules_folders if name not in inner))

    def _unknown(self, layer: Layer, name: str) -> None:
        known = config_files.spelling(name)
        if layer.is_editor and name in CLIENT_ONLY:
            return
        near = difflib.get_close_matches(known, _BY_SPELLING, n=1, cutoff=0.7)
        hint = f"; did you mean {_BY_SPELLING[near[0]].name}?" if near else ""
        self.problems.append(layer.problem(name, f"is not a setting{hint}"))


def rule_folders(config: Config, base: Path) -> tuple[Path, ...]:
    """The folders of the setting `rules.folders`; relative ones start at `base`."""
    return tuple(base / _expanded(name) for name in config.rules_folders)


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # no such user: the name is taken as it is
        return Path(name)


def _is_inside(workspace: Path, name: str) -> bool:
    return relative_name(workspace, resolve(workspace) / _expanded(name)) is not None


def _fault(setting: Setting, value: Any) -> str | None:
    """What is wrong with a value, or None."""
    if not _has_kind(setting.kind, value):
        return f"must be {_KIND_WORDS[setting.kind]}, not {config_files.show(value)}"
    if setting.choices and value not in setting.choices:
        near = difflib.get_close_matches(value, setting.choices, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"must be one of {', '.join(setting.choices)}, not {config_files.show(value)}{hint}"
    if setting.minimum is not None and not value >= setting.minimum:
        return f"must be at least {setting.minimum:g}, not {config_files.show(value)}"
    if setting.maximum is not None and not value <= setting.maximum:
        return f"must be at most {setting.maximum:g}, not {config_files.show(value)}"
    return None


_KIND_WORDS: dict[Kind, str] = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "a string",
    "strings": "a list of strings",
}


def _has_kind(kind: Kind, value: Any) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "string":
        return isinstance(value, str)
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _converted(setting: Setting, value: Any) -> Any:
    if setting.kind == "number":
        return float(value)
    return tuple(value) if setting.kind == "strings" else value
