"""Sources of settings as flat layers: TOML files, the editor's JSON, command-line options; and what is wrong in them.

Knows how settings are written down, and must not know which settings there are.
"""

from __future__ import annotations

import json
import re
import stat
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FILE_BYTES = 1_048_576
_SECTION = "leery"
_HEADER = re.compile(r"\s*\[\[?([^\]#]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w.\s-]|"[^"]*"|'[^']*')+?)\s*=""")
_BRACKET = re.compile(r"[][{}]")
_NESTING = 100
_ERROR_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a source of settings.

    Attributes:
        source: the file, ``editor settings`` or ``command line``.
        key: the setting as written there, or empty when it is the source as a whole.
        line: line in the file, from 1, or None.
        text: what is wrong, as the rest of a sentence that begins with the key.
    """

    source: str
    key: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.key} {self.text}" if self.key else f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings of one source by dotted name, unchecked.

    Attributes:
        source: as in `Problem`.
        values: the settings.
        problems: why the source could not be read, if so.
        table: where the settings lie in a TOML file, such as ``("tool", "leery")``.
        text: the file's text, to find lines in.
        is_editor: whether it comes from the editor.
    """

    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    table: tuple[str, ...] = ()
    text: str = ""
    is_editor: bool = False

    def problem(self, name: str, text: str) -> Problem:
        """A problem with one of the settings, with its line where there is one."""
        line = find_line(self.text, (*self.table, *name.split("."))) if self.text else None
        prefix = f"{_SECTION}." if self.is_editor else "".join(f"{part}." for part in self.table)
        return Problem(self.source, prefix + name, line, text)


def read_file(path: Path, table: tuple[str, ...]) -> Layer:
    """The settings in one table of a TOML file; a file that does not exist has none."""
    source = str(path)
    try:
        text = text_of(path)
        data = tomllib.loads(text)
    except FileNotFoundError:
        return Layer(source)
    except (OSError, ValueError, RecursionError) as error:
        return Layer(source, problems=(_file_problem(source, error),))
    for name in table:
        data = data.get(name, {})
        if not isinstance(data, dict):
            problem = Problem(source, ".".join(table), find_line(text, table), "must be a table")
            return Layer(source, problems=(problem,))
    return Layer(source, flatten(data), table=table, text=text)


def holds(path: Path, table: tuple[str, ...]) -> bool:
    """Whether a file has settings that `read_file` would read, or would have something to say about."""
    layer = read_file(path, table)
    return bool(layer.values or layer.problems)


def editor_layer(settings: Mapping[str, Any]) -> Layer:
    """The editor's settings: the section itself or an object around it, nested or dotted; null means not set."""
    flat = {name: value for name, value in flatten(settings).items() if value is not None}
    prefix = f"{_SECTION}."
    values = {name.removeprefix(prefix): value for name, value in flat.items()}
    return Layer("editor settings", values, is_editor=True)


def options_layer(options: Mapping[str, Any]) -> Layer:
    """Command-line options by setting name; None means not given."""
    return Layer("command line", {name: value for name, value in options.items() if value is not None})


def flatten(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested objects as dotted names."""
    flat: dict[str, Any] = {}
    waiting = [(f"{prefix}{name}", item) for name, item in reversed(list(value.items()))]
    while waiting:  # no recursion: a file may nest deeper than Python goes
        name, item = waiting.pop()
        if isinstance(item, dict):
            waiting += [(f"{name}.{inner}", one) for inner, one in reversed(item.items())]
        else:
            flat[name] = item
    return flat


def spelling(name: str) -> str:
    """What all spellings of a setting share: ``unknownThreshold``, ``unknown-threshold`` and ``unknown_threshold``."""
    return name.replace("-", "").replace("_", "").lower()


def show(value: Any) -> str:
    """A wrong value for a message, cut when long."""
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def find_line(text: str, path: Sequence[str]) -> int | None:
    """The line, from 1, that sets a key in TOML text: the one that names most of the key's path. A good guess.

    The parser of the standard library tells no lines, and a message needs no more than the reader's eye does.
    """
    best: tuple[int, int] | None = None
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if (header := _HEADER.fullmatch(line.rstrip("\r"))) is not None:
            found = table = _parts(header[1])
        elif (key := _KEY.match(line)) is not None:
            found = (*table, *_parts(key[1]))
        else:
            continue
        if found == tuple(path[: len(found)]) and (best is None or len(found) > best[0]):
            best = (len(found), number)
    return None if best is None else best[1]


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def text_of(path: Path) -> str:
    """The text of a regular file of moderate size; a pipe, which would block, is refused.

    Raises:
        OSError: it cannot be read.
        ValueError: it is something else, too large, nested too deeply or no UTF-8.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("it is not a regular file")
    if status.st_size > _FILE_BYTES:
        raise ValueError(f"it is larger than {_FILE_BYTES} bytes")
    text = path.read_bytes().decode("utf-8")
    if _depth(text) > _NESTING:
        raise ValueError("it is nested too deeply")
    return text


def _depth(text: str) -> int:
    """How deeply brackets nest, those in strings counted too; the parser recurses as deeply."""
    depth = deepest = 0
    for bracket in _BRACKET.finditer(text):
        depth = max(depth + (1 if bracket[0] in "[{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest


def _file_problem(source: str, error: Exception) -> Problem:
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _ERROR_PLACE.search(str(error))
        line = int(place[1]) if place is not None and place[1] else None
        return Problem(source, "", line, f"this is not valid TOML: {_ERROR_PLACE.sub('', str(error))}")
    if isinstance(error, UnicodeDecodeError):
        return Problem(source, "", None, "cannot be read: it is not UTF-8")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(source, "", None, f"cannot be read: {reason}")
