"""What is found and what is a false alarm, counted; pure functions of cases and hits.

- A vulnerable case counts as found when a tool reports, at one of its expected places at least, a weakness of the
  expected class. *Class*: the numbers that `leery_analyzers.cwe` puts together, and those that the corpus's own
  ``classes.toml`` lists for the folder; a finding that names several weaknesses counts as each. *Place*: one of the
  finding's lines is a line of the marked statement, of the statement before it, or of the one after it.
- A secure case counts as a false alarm when a tool reports a weakness of the folder's class anywhere in the file.
- The recall of a language is the mean over its classes, not over its files, and so is the rate of false alarms; the
  balanced score is their difference, in points. A tool is asked about every class, whether it has a rule for it or not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.accuracy_cases import Case, Expectation
    from benchmarks.accuracy_tools import Hit


@dataclass(frozen=True, slots=True)
class Count:
    """One tool on one class in one language, in cases."""

    found: int = 0
    vulnerable: int = 0
    alarms: int = 0
    secure: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.found + other.found,
            self.vulnerable + other.vulnerable,
            self.alarms + other.alarms,
            self.secure + other.secure,
        )

    @property
    def recall(self) -> float:
        """Share of the vulnerable cases that was found; 0 of none."""
        return self.found / self.vulnerable if self.vulnerable else 0.0

    @property
    def false_rate(self) -> float:
        """Share of the secure cases with a false alarm; 0 of none."""
        return self.alarms / self.secure if self.secure else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One tool on one case.

    Attributes:
        case: which.
        hits: of a vulnerable case those at an expected place, of a secure one the false alarms; in order.
        elsewhere: of a vulnerable case, hits of the expected class at other places.
        exact: how many expectations that name the exact range, or whose case marks the source, were met by a hit with
            that range and with a path that begins there.
        promised: how many such expectations there are.
    """

    case: Case
    hits: tuple[Hit, ...]
    elsewhere: tuple[Hit, ...] = ()
    exact: int = 0
    promised: int = 0

    @property
    def right(self) -> bool:
        """Whether the tool was right."""
        return bool(self.hits) == self.case.vulnerable

    @property
    def count(self) -> Count:
        """As a count of one case."""
        if self.case.vulnerable:
            return Count(found=int(bool(self.hits)), vulnerable=1)
        return Count(alarms=int(bool(self.hits)), secure=1)


@dataclass(frozen=True, slots=True)
class Mean:
    """One tool on one language: means over the classes, as shares."""

    recall: float
    false_rate: float

    @property
    def balanced(self) -> float:
        """True rate less false rate, in points."""
        return 100 * (self.recall - self.false_rate)


def judge(cases: Sequence[Case], hits: Iterable[Hit]) -> list[Verdict]:
    """A verdict for every case, in their order."""
    by_case: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_case[hit.case].append(hit)
    return [_verdict(case, sorted(by_case[case.name], key=lambda hit: (hit.first, hit.rule))) for case in cases]


def _verdict(case: Case, hits: list[Hit]) -> Verdict:
    if not case.vulnerable:
        return Verdict(case, tuple(hit for hit in hits if hit.cwe & case.kind.cwe))
    met: list[Hit] = []
    of_class: list[Hit] = []
    exact = 0
    for expectation in case.expectations:
        near = case.near(expectation)
        right = [hit for hit in hits if hit.cwe & expectation.cwe]
        of_class += right
        here = [hit for hit in right if near.intersection(range(hit.first, hit.last + 1))]
        met += here
        exact += any(_is_exact(case, expectation, hit) for hit in here)
    promised = sum(expectation.exact is not None or bool(case.sources) for expectation in case.expectations)
    elsewhere = [hit for hit in of_class if hit not in met]
    return Verdict(case, tuple(dict.fromkeys(met)), tuple(dict.fromkeys(elsewhere)), exact, promised)


def _is_exact(case: Case, expectation: Expectation, hit: Hit) -> bool:
    if expectation.exact is not None and (hit.text != expectation.exact or hit.first != expectation.line):
        return False
    if expectation.exact is None and not case.sources:
        return False
    return not case.sources or hit.start in case.sources


def by_class(verdicts: Iterable[Verdict]) -> dict[tuple[str, str], Count]:
    """Counts by language and class."""
    counts: defaultdict[tuple[str, str], Count] = defaultdict(Count)
    for verdict in verdicts:
        counts[verdict.case.group, verdict.case.kind.name] += verdict.count
    return dict(counts)


def means(counts: dict[tuple[str, str], Count]) -> dict[str, Mean]:
    """The means of every language."""
    by_language: defaultdict[str, list[Count]] = defaultdict(list)
    for (language, _), count in counts.items():
        by_language[language].append(count)
    return {
        language: Mean(
            _mean(count.recall for count in of_language if count.vulnerable),
            _mean(count.false_rate for count in of_language if count.secure),
        )
        for language, of_language in by_language.items()
    }


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0
