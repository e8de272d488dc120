"""Semgrep rules from files: our own and the user's, checked as far as that goes without semgrep.

Must not start a process. A file that cannot be used is a notice that names it, and the rest applies. What semgrep is
given is written anew from what was read here: one file of JSON, without anything that could reach the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from leery_analyzers.cwe import owasp_of
from leery_analyzers.model import Applicability, Level, Notice, Rule
from leery_analyzers.semgrep.languages import TEXTUAL, languages_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN_RULES = Path(__file__).parent.parent / "semgrep_rules"

MAX_FILE_BYTES = 1_000_000
MAX_FILES = 2_000
MAX_RULES = 5_000
_MAX_NODES = 200_000
_MAX_DEPTH = 60
_RESERVED = "leery-"

_LEVELS: dict[str, Level] = {
    "CRITICAL": "high",
    "HIGH": "high",
    "ERROR": "high",
    "MEDIUM": "medium",
    "WARNING": "medium",
    "LOW": "low",
    "INFO": "low",
    "INVENTORY": "low",
    "EXPERIMENT": "low",
}
_CWE = re.compile(r"CWE-\d+", re.IGNORECASE)
_OWASP = re.compile(r"(?:A|LLM)\d{2}:\d{4}")
_ID = re.compile(r"[A-Za-z0-9][\w.\-]{0,199}")


class RuleError(ValueError):
    """A rule file or a rule that cannot be used; the text says why, for a person."""


@dataclass(frozen=True, slots=True)
class SemgrepRule:
    """One rule as it was read.

    Attributes:
        rule: its metadata.
        message: what a finding says, perhaps with metavariables.
        source: the file it stands in.
        raw: what semgrep is given.
        textual: `regex` and `generic` when it looks at characters, not at syntax.
        fix: replacement of the finding's text, perhaps with metavariables.
        fix_title: a verb phrase.
        applicability: of the fix.
    """

    rule: Rule
    message: str
    source: Path
    raw: dict[str, Any]
    textual: frozenset[str] = frozenset()
    fix: str | None = None
    fix_title: str = ""
    applicability: Applicability = "review"

    @property
    def binds_in_fix(self) -> bool:
        """Whether the fix needs what metavariables stand for."""
        return self.fix is not None and "$" in self.fix


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one engine, by id, and what went wrong while they were read."""

    by_id: dict[str, SemgrepRule]
    notices: tuple[Notice, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """The metadata of every rule."""
        return tuple(item.rule for item in self.by_id.values())

    def write(self, path: Path, *more: dict[str, Any]) -> None:
        """Write the file of rules for semgrep, with some more of the engine's own; blocks."""
        path.write_text(json.dumps({"rules": [*more, *(item.raw for item in self.by_id.values())]}), encoding="utf-8")

    def without(self, rejected: dict[str, str]) -> RuleSet:
        """The rest of the rules, with a notice for each of those that semgrep rejected, by id and reason."""
        notices = [
            _notice(item.source, f"the rule {name} is left out: {rejected[name].rstrip('.')}")
            for name, item in self.by_id.items()
            if name in rejected
        ]
        kept = {name: item for name, item in self.by_id.items() if name not in rejected}
        return replace(self, by_id=kept, notices=(*self.notices, *notices))


def fingerprint(folders: Sequence[Path], *, own: bool = True) -> str:
    """A digest of every rule file's name and bytes, without reading what they say: part of cache keys."""
    digest = hashlib.blake2b(digest_size=12)
    for root in _roots(folders, own=own):
        for path in _rule_files(root, []) if root.is_dir() else ():
            try:
                data = path.read_bytes()
            except OSError:
                data = b""
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            digest.update(data)
    return digest.hexdigest()


def load_rules(folders: Sequence[Path] = (), *, own: bool = True) -> RuleSet:
    """Read every ``*.yaml`` and ``*.yml`` below our own folder and the user's.

    A name of semgrep's registry or an address is no folder: it is refused, nothing is fetched. Links out of a folder
    are not followed.

    Args:
        folders: the user's; the caller decides whether to trust them.
        own: whether the rules shipped with Leery are among them.
    """
    by_id: dict[str, SemgrepRule] = {}
    notices: list[Notice] = []
    for root in _roots(folders, own=own):
        if not root.is_dir():
            notices.append(_notice(root, "this is no folder on this machine, so no rule is taken from it"))
            continue
        for path in _rule_files(root, notices):
            for item in _read_file(path, notices):
                _add(item, by_id, notices)
    return RuleSet(by_id, tuple(notices))


def _roots(folders: Sequence[Path], *, own: bool) -> list[Path]:
    return [*([OWN_RULES] if own else []), *(Path(folder) for folder in folders)]


def _add(item: SemgrepRule, by_id: dict[str, SemgrepRule], notices: list[Notice]) -> None:
    name = item.rule.id
    if name in by_id:
        notices.append(_notice(item.source, f"the rule {name} is left out: {by_id[name].source} has one of that name"))
    elif len(by_id) >= MAX_RULES:
        notices.append(_notice(item.source, f"the rule {name} is left out: there are already {MAX_RULES}", "limit"))
    else:
        by_id[name] = item


def _rule_files(root: Path, notices: list[Notice]) -> list[Path]:
    """The rule files below a folder, sorted; hidden folders and links that lead out of it are passed over."""
    found: list[Path] = []
    limit = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix not in {".yaml", ".yml"} or name.startswith("."):
                continue
            if (reason := _unfit(path, limit)) is not None:
                notices.append(_notice(path, f"this is {reason} and is not read"))
                continue
            found.append(path)
            if len(found) >= MAX_FILES:
                notices.append(_notice(root, f"only the first {MAX_FILES} rule files are read", "limit"))
                return found
    return found


def _unfit(path: Path, limit: Path) -> str | None:
    """What a file is that must not be read, or None: to read a pipe would wait for ever."""
    try:
        if not path.resolve().is_relative_to(limit):
            return "a link out of the rules folder"
        is_regular = path.is_file()
    except (OSError, RuntimeError):  # a link that leads to itself
        is_regular = False
    return None if is_regular else "no regular file"


def _read_file(path: Path, notices: list[Notice]) -> Iterator[SemgrepRule]:
    try:
        items = _parse(path)
    except RuleError as error:
        notices.append(_notice(path, str(error)))
        return
    for number, raw in enumerate(items, 1):
        try:
            yield _rule_of(raw, path, notices)
        except RuleError as error:
            notices.append(_notice(path, f"rule {number} is left out: {error}"))


def _parse(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise RuleError(f"the file is longer than {MAX_FILE_BYTES} bytes")
        content = yaml.load(path.read_bytes(), _Loader)  # noqa: S506 - a safe loader with fewer types
    except (OSError, UnicodeError) as error:
        raise RuleError(f"the file cannot be read ({type(error).__name__})") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RuleError(f"this is not YAML{_where(error)}") from error
    rules = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(rules, list):
        raise RuleError("the file has no list `rules`")
    _check_size(rules)
    return rules


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f": line {mark.line + 1}" if mark is not None else ""


def _check_size(value: object) -> None:
    """Refuse what aliases blow up (`a: &a [*b, *b]`, …) or what contains itself, without walking it."""
    sizes: dict[int, int] = {}

    def size(node: object, depth: int) -> int:
        if not isinstance(node, (dict, list)):
            return 1
        known = sizes.get(id(node))
        if known == -1 or depth > _MAX_DEPTH:
            raise RuleError("the file is nested too deeply")
        if known is not None:
            return known
        sizes[id(node)] = -1
        children = node.values() if isinstance(node, dict) else node
        total = 1 + sum(size(child, depth + 1) for child in children)
        if total > _MAX_NODES:
            raise RuleError("the file has too many values")
        sizes[id(node)] = total
        return total

    size(value, 0)


def _rule_of(raw: Any, path: Path, notices: list[Notice]) -> SemgrepRule:
    if not isinstance(raw, dict):
        raise RuleError("it is no mapping")
    name = raw.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise RuleError("it has no usable `id`")
    if name.startswith(_RESERVED):
        raise RuleError(f"ids that start with `{_RESERVED}` are Leery's own")
    names = _strings(raw.get("languages"))
    languages = languages_named(names)
    if not names:
        raise RuleError(f"{name} has no `languages`")
    message = str(raw.get("message", "")).strip()
    _refuse_unsupported(name, raw, path, notices)
    metadata = raw.get("metadata")
    kept = {key: value for key, value in raw.items() if key not in {"paths", "metadata"}}
    fix = raw.get("fix")
    extra = metadata if isinstance(metadata, dict) else {}
    return SemgrepRule(
        rule=_metadata(name, message, languages, raw, extra),
        message=message,
        source=path,
        raw=kept,
        textual=frozenset(TEXTUAL[item.lower()] for item in names if item.lower() in TEXTUAL),
        fix=fix if isinstance(fix, str) else None,
        fix_title=str(extra.get("fix-title", f"Apply the fix of {name}")),
        applicability=_applicability(extra.get("fix-applicability")),
    )


def _refuse_unsupported(name: str, raw: dict[str, Any], path: Path, notices: list[Notice]) -> None:
    if raw.get("mode", "search") not in {"search", "taint"}:
        raise RuleError(f"{name} has the mode {raw['mode']!r}; only `search` and `taint` are run here")
    if "validators" in raw:
        raise RuleError(f"{name} has `validators`, which ask the network")
    if "paths" in raw:
        notices.append(_notice(path, f"{name} has `paths`, which are ignored: the rule looks at every file", "limit"))


def _metadata(name: str, message: str, languages: tuple[str, ...], raw: dict[str, Any], extra: dict[str, Any]) -> Rule:
    cwe = tuple(dict.fromkeys(found.upper() for text in _strings(extra.get("cwe")) for found in _CWE.findall(text)))
    owasp = tuple(dict.fromkeys(found for text in _strings(extra.get("owasp")) for found in _OWASP.findall(text)))
    severity = str(extra.get("severity") or raw.get("severity") or "").upper()
    return Rule(
        id=name,
        summary=str(extra.get("summary") or _first_sentence(message)).strip(),
        description=str(extra.get("description") or message).strip(),
        severity=_LEVELS.get(severity, "medium"),
        confidence=_LEVELS.get(str(extra.get("confidence", "")).upper(), "medium"),
        cwe=cwe,
        engine="semgrep",
        languages=languages,
        owasp=owasp or owasp_of(cwe),
        references=tuple(_strings(extra.get("references"))),
    )


def _first_sentence(message: str) -> str:
    line = " ".join(message.split())
    return re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".")[:160]


def _applicability(value: object) -> Applicability:
    return "safe" if value == "safe" else "manual" if value == "manual" else "review"


def _strings(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [str(item) for item in items if item is not None]


def _notice(path: Path, text: str, kind: str = "parse") -> Notice:
    return Notice("semgrep", "limit" if kind == "limit" else "parse", f"semgrep rules, {path}: {text}.")


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML with the scalars of the JSON schema (YAML 1.2, 10.2), as semgrep reads it.

    PyYAML's own rules are those of YAML 1.1, where `on`, `no` and `12:30` in a pattern are no strings.
    """


_SCALARS = {
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    "tag:yaml.org,2002:null": (re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    "tag:yaml.org,2002:int": (re.compile(r"^[-+]?[0-9]+$"), "-+0123456789"),
    "tag:yaml.org,2002:float": (re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"), "-+0123456789."),
}

_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _first) in _SCALARS.items():
    _Loader.add_implicit_resolver(_tag, _pattern, list(_first))
