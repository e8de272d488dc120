"""The corpus in ``tests/corpus``: its cases, what each expects, and which lines stand for an expected place.

A case is one file, ``<language>/<class>/bad_….ext`` or ``good_….ext``. In a vulnerable one a comment at the end of a
line names what is to be found there: ``# expect: CWE-89``. Several weaknesses that are all right answers are joined by
``|``. ``# expect: CWE-89 @ query`` also names the exact text of the finding's range, which starts on that line, and
``# source`` marks the line where its path begins. ``expect-next:`` on a line of its own speaks of the next line.

Knows no tool and counts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

import tomli

from leery.document import language_of
from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.syntax import LANGUAGES, encode, parse_text
from leery_analyzers.text import split_lines

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
CLASSES = "classes.toml"

_EXPECT = re.compile(
    r"(?:\#|//|/\*|--|;)[ ]expect(?P<next>-next)?:[ ](?P<cwe>CWE-\d+(?:\|CWE-\d+)*)"
    r"(?:[ ]@[ ](?P<exact>.+?))?[ ]*(?:(?:\*/|-->).*)?$",
    re.VERBOSE,
)
_SOURCE = re.compile(r"(?:#|//|/\*) source *(?:\*/.*)?$")
_MARK = re.compile(r" *(?:#|//|/\*|--|;) (?:expect(?:-next)?: CWE|source *(?:\*/|$)).*")


class CorpusError(ValueError):
    """A case is not as the corpus promises."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of weaknesses.

    Attributes:
        name: of its folder.
        main: the class name (`class_of_cwe`) that stands for it.
        cwe: all that count as it.
        tier: 0 matters most.
        languages: the folders that hold cases of it.
    """

    name: str
    main: str
    cwe: frozenset[str]
    tier: int
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """One place that is to be found.

    Attributes:
        line: from 1.
        cwe: the class names (`class_of_cwe`) that are right answers.
        exact: the text that the finding's range must cover, or None.
    """

    line: int
    cwe: frozenset[str]
    exact: str | None


@dataclass(frozen=True)
class Case:
    """One file of the corpus or a variant of one.

    Attributes:
        name: relative to the corpus, with ``/``.
        kind: its class.
        text: the whole file.
    """

    name: str
    kind: Kind
    text: str

    @property
    def group(self) -> str:
        """The language's folder: TypeScript counts as JavaScript."""
        return self.name.partition("/")[0]

    @property
    def language(self) -> str:
        """The language id as in the LSP."""
        return language_of(PurePosixPath(self.name).name)

    @property
    def vulnerable(self) -> bool:
        """Whether there is something to find."""
        return PurePosixPath(self.name).name.startswith("bad_")

    @cached_property
    def lines(self) -> list[str]:
        """Its lines without their ends."""
        return [line.rstrip("\r\n") for line in split_lines(self.text)]

    @cached_property
    def expectations(self) -> tuple[Expectation, ...]:
        """What is to be found, in order."""
        found = []
        for number, line in enumerate(self.lines, start=1):
            match = _EXPECT.search(line)
            if match is not None:
                accepted = frozenset(map(class_of_cwe, match["cwe"].split("|")))
                if self.kind.main in accepted:
                    accepted |= self.kind.cwe
                found.append(Expectation(number + bool(match["next"]), accepted, match["exact"]))
        return tuple(found)

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """The lines, from 1, where a path is to begin."""
        return tuple(number for number, line in enumerate(self.lines, start=1) if _SOURCE.search(line))

    @cached_property
    def statements(self) -> list[tuple[int, int]]:
        """First and last line of every statement, from 1, in order; see `statements`."""
        return statements(self.language, self.text)

    def near(self, expectation: Expectation) -> frozenset[int]:
        """The lines of the statement that is meant, and of the one before and the one after it."""
        at = next((i for i, (first, last) in enumerate(self.statements) if first <= expectation.line <= last), None)
        if at is None:
            return frozenset({expectation.line})
        ranges = self.statements[max(0, at - 1) : at + 2]
        return frozenset(line for first, last in ranges for line in range(first, last + 1))


def is_marked(line: str) -> bool:
    """Whether a line holds one of the corpus's own comments."""
    return _MARK.search(line) is not None


@cache
def kinds(folder: Path = CORPUS) -> dict[str, Kind]:
    """Every class by its folder's name."""
    with (folder / CLASSES).open("rb") as file:
        table = tomli.load(file)
    found = {}
    for name, about in table.items():
        cwe = [class_of_cwe(number) for number in about["cwe"]]
        found[name] = Kind(name, cwe[0], frozenset(cwe), about["tier"], tuple(about["languages"]))
    return found


def load(folder: Path = CORPUS) -> list[Case]:
    """Every case, by name.

    Raises:
        CorpusError: a file stands where none belongs.
    """
    known = kinds(folder)
    cases = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_dir() or len(name.parts) == 1 or "__pycache__" in name.parts:
            continue
        if len(name.parts) != 3 or name.parts[1] not in known or not name.name.startswith(("bad_", "good_")):
            raise CorpusError(f"{name.as_posix()} is not <language>/<class>/bad_… or good_…")
        cases.append(Case(name.as_posix(), known[name.parts[1]], path.read_text(encoding="utf-8")))
    return cases


def statements(language: str, text: str) -> list[tuple[int, int]]:
    """Runs of lines, from 1, that belong together: a line and those that continue it.

    A line is continued while a parenthesis, a square bracket or a literal that started on it is open; a brace starts
    afresh, so that a function written as an argument has statements of its own. Blank lines and comments are none. In
    a text without a grammar every line that is not blank is one.
    """
    if language not in LANGUAGES:
        return [(n, n) for n, line in enumerate(split_lines(text), start=1) if line.strip()]
    open_brackets = [0]
    runs: list[tuple[int, int]] = []
    joined = False
    for kind, first, last in _tokens(language, text):
        if runs and (first <= runs[-1][1] or joined):
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
        if kind in {"(", "["}:
            open_brackets[-1] += 1
        elif kind in {")", "]"}:
            open_brackets[-1] = max(0, open_brackets[-1] - 1)
        elif kind in {"{", "${"}:
            open_brackets.append(0)
        elif kind == "}" and len(open_brackets) > 1:
            open_brackets.pop()
        joined = open_brackets[-1] > 0
    return runs


def _tokens(language: str, text: str) -> list[tuple[str, int, int]]:
    """Kind, first and last line of every leaf of the tree that is no comment."""
    found: list[tuple[str, int, int]] = []
    cursor = parse_text(language, text).walk()
    while True:
        node = cursor.node
        assert node is not None
        whole = node.child_count == 0 or node.type in {"string", "template_string", "raw_string_literal", "comment"}
        if not whole and cursor.goto_first_child():
            continue
        if "comment" not in node.type and node.end_byte > node.start_byte:
            found.append((node.type, node.start_point.row + 1, node.end_point.row + 1))
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found


def parses(case: Case) -> bool:
    """Whether the grammar of its language reads all of it; True for a text without a grammar."""
    if case.language not in LANGUAGES:
        return True
    if case.language == "python":
        try:
            compile(encode(case.text), case.name, "exec", dont_inherit=True)
        except SyntaxError:
            return False
    return not parse_text(case.language, case.text).root_node.has_error
