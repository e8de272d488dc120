"""What a workspace has: modules and packages of its own, packages it declares, packages installed in it.

Findings about packages come from a unit's text alone; here is known which of them say nothing new. Files are read as
data: nothing of the workspace is imported, and no tool is asked. Reading blocks.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leery.document import language_of
from leery_analyzers.packages.manifests import PUBLIC
from leery_analyzers.packages.names import normalized, package_names
from leery_analyzers.packages.written import INSTALL_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery_analyzers.model import Finding
    from leery_analyzers.text import Text

UNKNOWN_PACKAGE = "unknown-package"
PACKAGE_RULES = frozenset({UNKNOWN_PACKAGE, "package-name-one-edit-away"})
"""Ids of the rules whose findings depend on the workspace; each marks a package's name as it is written."""

_MOST_ENTRIES = 60_000
_MOST_BYTES = 8_000_000
_SKIPPED = frozenset({".git", ".hg", ".svn", "__pycache__", "__pypackages__"})
_SOURCES = frozenset(".py .pyi .pyx .pyw .so .pyd .js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte".split())  # noqa: SIM905
_MANIFESTS = frozenset({"pip-requirements", "toml", "json"})
_LOOSE = frozenset(
    {"setup.py", "setup.cfg", "Pipfile", "environment.yml", "environment.yaml", "conda.yaml", "deno.json"}
)
_REGISTRIES = frozenset({".npmrc", ".yarnrc.yml", ".yarnrc", "pip.conf", "pip.ini"})
_REGISTRY = re.compile(r"(?m)^[ \t]*(?:registry|npmRegistryServer|(?:extra-)?index-url)[ \t]*[=: ][ \t]*(\S+)")
_WORD = re.compile(r"@?[A-Za-z][\w.-]*(?:/[\w.-]+)?")
_LOCKS = {
    "poetry.lock": re.compile(r'(?m)^name = "([^"\n]+)"'),
    "uv.lock": re.compile(r'(?m)^name = "([^"\n]+)"'),
    "pdm.lock": re.compile(r'(?m)^name = "([^"\n]+)"'),
    "pylock.toml": re.compile(r'(?m)^name = "([^"\n]+)"'),
    "Pipfile.lock": re.compile(r'"([A-Za-z0-9][\w.-]*)"\s*:\s*\{'),
    "package-lock.json": re.compile(r'"(?:[^"\n]*node_modules/)?(@?[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?)"\s*:\s*\{'),
    "npm-shrinkwrap.json": re.compile(r'"(?:[^"\n]*node_modules/)?(@?[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?)"\s*:\s*\{'),
    "yarn.lock": re.compile(r'(?m)^"?(@?[^@"\s,]+)@'),
    "pnpm-lock.yaml": re.compile(r"(?m)^\s+'?/?(@?[\w.-]+(?:/[\w.-]+)?)[@/]\d"),
    "bun.lock": re.compile(r'"(@?[\w.-]+(?:/[\w.-]+)?)"\s*:\s*\['),
}
_PROJECT_NAME = re.compile(r"""(?ms)^\[(?:project|tool\.poetry)\][^\[]*?^name\s*=\s*["']([^"'\n]+)["']""")
_ALIASES = re.compile(r'"paths"\s*:\s*\{([^}]*)\}')
_ALIAS = re.compile(r'"([@\w.-]+)(?:/[^"]*)?"\s*:')


def _spelled(name: str) -> str:
    return normalized("pypi", name)


@dataclass(frozen=True)
class Inventory:
    """One look at a workspace; all names as `normalized` spells those of PyPI.

    Attributes:
        root: its folder.
        own: names of its modules, folders, packages and aliases.
        declared: packages that its manifests name, and other words of theirs.
        installed: packages and modules in its environments, and packages in its lock files.
        prefixes: first words of what its own packages are called, if no list knows those: a company's name, perhaps.
        stamps: folders of installed packages with their time of change, nanoseconds.
        is_private: whether its packages come from a registry of its own, of which the lists know nothing.
    """

    root: Path
    own: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    installed: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    stamps: tuple[tuple[Path, int], ...] = ()
    is_private: bool = False

    def leaves_out(self, finding: Finding, language: str, text: Text) -> bool:
        """Whether a finding is about a package and the workspace knows better.

        Args:
            finding: in the coordinates of `text`.
            language: language id of the document.
            text: the document.
        """
        if finding.rule not in PACKAGE_RULES:
            return False
        return self.knows(
            text.slice(finding.range.start, finding.range.end),
            imported=language not in INSTALL_LANGUAGES,
            near=finding.rule != UNKNOWN_PACKAGE,
        )

    def knows(self, name: str, *, imported: bool, near: bool) -> bool:
        """Whether a name is nothing to ask about here.

        Args:
            name: as it is written.
            imported: whether code names it; a list of what is needed does not vouch for itself.
            near: whether it is one edit away from a popular name; that it is declared then says little.
        """
        wanted = _spelled(name)
        if wanted in self.installed or wanted in self.own or wanted.partition("/")[0] in self.own:
            return True
        if near:
            return False
        if self.is_private or wanted.lstrip("@").replace("/", "-").partition("-")[0] in self.prefixes:
            return True
        return imported and (wanted in self.declared or self._brings(wanted))

    def _brings(self, wanted: str) -> bool:
        """Whether a declared package that nothing else is known of is called almost like an import."""
        forms = (f"python-{wanted}", f"py{wanted}", f"py-{wanted}", f"{wanted}-py", f"{wanted}-python", f"{wanted}-sdk")
        return any(form in self.declared for form in forms) or any(
            name.startswith(f"{wanted}-") for name in self.declared
        )

    def is_outdated_by(self, paths: Iterable[Path]) -> bool:
        """Whether a change of files may have made it untrue."""
        return any(self._concerns(path) for path in paths)

    def is_current(self) -> bool:
        """Whether no package was installed or removed since."""
        return all(_changed(folder) == stamp for folder, stamp in self.stamps)

    def _concerns(self, path: Path) -> bool:
        if not path.is_relative_to(self.root):
            return False
        folders = path.relative_to(self.root).parts[:-1]
        if any(folder.startswith(".") or folder in {*_SKIPPED, "node_modules"} for folder in folders):
            return False
        if _is_manifest(path.name):
            return True
        if path.suffix not in _SOURCES:
            return False
        names = (*folders, path.name.partition(".")[0])
        return all(_spelled(name) in self.own for name in names) != path.exists()


def take_inventory(root: Path) -> Inventory:
    """Look at a workspace's folder, level by level, up to a number of entries; what cannot be read is left out."""
    return _Stocktaking().take(root)


class _Stocktaking:
    """The state of one look."""

    def __init__(self) -> None:
        self._own: set[str] = set()
        self._projects: set[str] = set()
        self._declared: set[str] = set()
        self._installed: set[str] = set()
        self._stamps: list[tuple[Path, int]] = []
        self._is_private = False

    def take(self, root: Path) -> Inventory:
        waiting, seen = deque([str(root)]), 0
        self._own.add(_spelled(root.name))
        while waiting and seen < _MOST_ENTRIES:
            for entry in _entries(waiting.popleft()):
                seen += 1
                if not entry.is_dir(follow_symlinks=False):
                    self._file(entry)
                elif entry.name == "node_modules":
                    self._node_modules(Path(entry.path))
                elif os.path.lexists(f"{entry.path}/pyvenv.cfg"):
                    self._environment(Path(entry.path))
                elif entry.name not in _SKIPPED and not entry.name.startswith("."):
                    self._own.add(_spelled(entry.name))
                    waiting.append(entry.path)
        return Inventory(
            root,
            own=frozenset(self._own | self._projects),
            declared=frozenset(self._declared),
            installed=frozenset(self._installed),
            prefixes=frozenset(prefix for name in self._projects if (prefix := _private_prefix(name))),
            stamps=tuple(self._stamps),
            is_private=self._is_private,
        )

    def _file(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if os.path.splitext(name)[1] in _SOURCES:  # noqa: PTH122 - many names: a path for each takes long
            self._own.add(_spelled(name.partition(".")[0]))
        if not _is_manifest(name):
            return
        text = _read(Path(entry.path))
        if name in _LOCKS:
            self._installed.update(_spelled(found) for found in _LOCKS[name].findall(text))
        elif name in _REGISTRIES:
            self._is_private |= any(PUBLIC.search(index) is None for index in _REGISTRY.findall(text))
        elif _is_script_configuration(name):
            for aliases in _ALIASES.findall(text):
                self._own.update(_spelled(alias) for alias in _ALIAS.findall(aliases))
        else:
            self._declared.update(_spelled(word) for word in _WORD.findall(text))  # from wherever each package comes
            self._projects.update(_spelled(project) for project in _project_names(name, text))

    def _node_modules(self, folder: Path) -> None:
        self._stamps.append((folder, _changed(folder)))
        for entry in _entries(folder):
            if entry.name.startswith("@"):
                self._installed.update(f"{entry.name}/{_spelled(inner.name)}" for inner in _entries(entry.path))
            elif not entry.name.startswith("."):
                self._installed.add(_spelled(entry.name))

    def _environment(self, folder: Path) -> None:
        """A virtual environment (PEP 405): its packages by their metadata and by the modules they bring."""
        for packages in (*folder.glob("lib*/python*/site-packages"), *folder.glob("Lib/site-packages")):
            self._stamps.append((packages, _changed(packages)))
            for entry in _entries(packages):
                name, _, kind = entry.name.rpartition(".")
                if kind in {"dist-info", "egg-info"}:
                    self._installed.add(_spelled(name.partition("-")[0]))
                else:
                    self._installed.add(_spelled(entry.name.partition(".")[0]))


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _is_manifest(name: str) -> bool:
    return (
        name in _LOCKS
        or name in _LOOSE
        or name in _REGISTRIES
        or _is_script_configuration(name)
        or language_of(name) in _MANIFESTS
    )


def _is_script_configuration(name: str) -> bool:
    return name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json")


def _read(path: Path) -> str:
    """A regular file's text; empty for one that is too big, elsewhere or not to be read."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ""
        return path.read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _project_names(name: str, text: str) -> Iterator[str]:
    if name == "package.json":
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            return
        own = content.get("name") if isinstance(content, dict) else None
        if isinstance(own, str):
            yield own
    else:
        yield from _PROJECT_NAME.findall(text)


def _private_prefix(name: str) -> str:
    """The first word of a package that no list knows, if it is long enough and no popular package's name."""
    if name in package_names("pypi") or name in package_names("npm"):
        return ""
    first = name.lstrip("@").replace("/", "-").partition("-")[0]
    known = first in package_names("pypi").popular or first in package_names("npm").popular
    return "" if known or len(first) < 4 or first in {"python", "node", "test", "tests"} else first
