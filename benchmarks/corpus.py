"""Generated source code to measure on: realistic, valid, varied, and the same in every run.

Everything follows from a seed, never from the machine. Files hold nothing that ruff's S rules report and little that
bandit does, so that what a server shows comes from the pasted block.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from benchmarks.templates import (
    GO,
    JAVA,
    JAVASCRIPT,
    NOUNS,
    PYTHON,
    PYTHON_CLASS,
    PYTHON_CONSTANTS,
    TYPESCRIPT,
    VERBS,
    Language,
)

if TYPE_CHECKING:
    from pathlib import Path

# Shares of a tree's files.
_MIX = ((PYTHON, 60), (JAVASCRIPT, 15), (TYPESCRIPT, 10), (JAVA, 10), (GO, 5))
_INSECURE_SHARE = 0.06


class _Writer:
    """Fills the templates of one file."""

    def __init__(self, language: Language, seed: int) -> None:
        self._language = language
        self._random = random.Random(seed)
        self._serial = 0

    def fill(self, template: str, **fixed: str) -> list[str]:
        """One template with fresh names, as lines."""
        self._serial += 1
        noun, other = self.noun(), self.noun()
        values = {
            "n": noun,
            "m": other,
            "i": str(self._random.randrange(2, 40)),
            "j": str(self._random.randrange(1, 900)),
            "k": str(self._serial),
            "f": f"{self._random.choice(VERBS)}_{noun}_{self._serial}",
            "c": f"{noun.title()}{other.title()}{self._serial}",
            "u": f"{noun}_{other}_{self._serial}".upper(),
            "me": "",
        }
        return Template(template).safe_substitute(values | fixed).splitlines()

    def noun(self) -> str:
        return self._random.choice(NOUNS)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def function(self, *, method: bool = False, insecure: float = 0.0) -> list[str]:
        fixed = {"a": self.noun() + "s", "b": self.noun() + "_map", "me": "self, " if method else ""}
        lines = self.fill(self._language.opening, **fixed)
        for _ in range(self._random.randrange(1, 6)):
            choices = self._language.insecure if self.chance(insecure) else self._language.statements
            body = self.fill(self._random.choice(choices), **fixed)
            lines += [self._language.indent + line for line in body]
        lines += self.fill(self._language.closing, **fixed)
        return ["    " + line if method and line else line for line in lines]

    def class_(self) -> list[str]:
        lines = self.fill(PYTHON_CLASS)
        for _ in range(self._random.randrange(2, 6)):
            lines += ["", *self.function(method=True)]
        return lines

    def part(self) -> list[str]:
        """A top-level part of a Python file with the blank lines before it."""
        kind = self._random.choice(("function", "function", "class", "constant"))
        if kind == "constant":
            return ["", *self.fill(self._random.choice(PYTHON_CONSTANTS))]
        return ["", "", *(self.class_() if kind == "class" else self.function())]


def python_file(lines: int, seed: int = 1) -> str:
    """A Python file of exactly so many lines, at least 40."""
    writer = _Writer(PYTHON, seed)
    written = writer.fill(PYTHON.head)
    while len(written) < lines:
        part = writer.part()
        if len(written) + len(part) <= lines:
            written += part
        elif lines - len(written) < 30:
            written += ["# end of the tables"] * (lines - len(written))
    return "\n".join(written) + "\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A pasted function with two insecure lines; checks, bandit and semgrep each report at least one of them.

    One runs a shell command built from a parameter, the other asks an address that a request names, without TLS checks.

    Attributes:
        text: 40 lines, each ended, blank lines around the function included.
        shell: line of the shell call, from 0, within the block.
        tls: line of the request.
        key: code point offset in `text` at which one more letter of a variable's name can be typed; the call follows it
            on the same line, so that every letter moves a finding.
    """

    text: str
    shell: int
    tls: int
    key: int


_BLOCK = '''

def fetch_$serial($m: str, retries: int = $i) -> dict[str, object]:
    """Download one $n and unpack it beside the $m."""
    host = request.args["host-$serial"]
    folder = Path("$n-$serial") / $m
    collected: dict[str, object] = {}
    for attempt in range(retries):
        address = f"https://{host}/$n/$serial?page={attempt}"
        response = requests.get(address, verify=False, timeout=$i)
        if response.status_code != 200:
            logger.warning("$n $serial: attempt %d gave %d", attempt, response.status_code)
            continue
        collected[f"$m-{attempt}"] = response.json()
    if not collected:
        raise LookupError(f"no $n from {host}")
    marker = hashlib.sha256("$n-$serial".encode()).hexdigest()
    target = folder / f"{marker}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(collected), encoding="utf-8")
    code_${serial}_ = subprocess.call(f"tar -C {folder} -xf {$m}", shell=True)
    logger.info("$n unpacked")
    sizes = defaultdict(int)
    for path in folder.rglob("*"):
        if path.is_file():
            sizes[path.suffix] += path.stat().st_size
        else:
            sizes["folders"] += $i'''
_BLOCK_LINES = 40


def insecure_block(serial: int) -> Block:
    """A block unlike that of any other serial number, so that no cache can know it."""
    writer = _Writer(PYTHON, 1_000_003 * serial + 17)
    lines = writer.fill(_BLOCK, serial=str(serial))
    shell = next(number for number, line in enumerate(lines) if "shell=True" in line)
    tls = next(number for number, line in enumerate(lines) if "verify=False" in line)
    end = [f'    collected["sizes-{serial}"] = dict(sizes)', "    return collected", ""]
    while len(lines) < _BLOCK_LINES - len(end):
        lines += writer.fill('    sizes["$n-$m-$i"] += $j')
    text = "\n".join(lines + end) + "\n"
    name = f"code_{serial}_"
    return Block(text, shell, tls, text.index(name) + len(name))


def insertion_point(text: str, share: float) -> int:
    """The offset of a line start between two top-level parts, at or after a share of the text's length."""
    start = int(len(text) * share)
    places = [place + 1 for mark in ("\n\n\ndef ", "\n\n\n@dataclass") if (place := text.find(mark, start)) >= 0]
    return min(places, default=len(text))


def write_tree(root: Path, files: int, seed: int = 1) -> dict[str, int]:
    """Write a tree of source files in several languages, most of them short and a few long; lines by suffix."""
    draw = random.Random(seed)
    lines: dict[str, int] = {}
    languages = [language for language, share in _MIX for _ in range(share)]
    for number in range(files):
        language = languages[number * 37 % len(languages)]
        writer = _Writer(language, seed * 1_000_003 + number)
        written = writer.fill(language.head)
        for _ in range(min(60, max(1, int(draw.lognormvariate(1.6, 0.9))))):
            written += ["", "", *writer.function(insecure=_INSECURE_SHARE)]
        written += writer.fill(language.tail)
        folder = root / f"part_{number % 23}" / f"area_{number % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"file_{number}{language.suffix}").write_text("\n".join(written) + "\n", encoding="utf-8")
        lines[language.suffix] = lines.get(language.suffix, 0) + len(written)
    return lines
