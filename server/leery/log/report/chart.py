"""The geometry of the report's drawings over time: columns of lines by assistant, and findings opened and closed.

Numbers only, in the units of the drawing's view box; the page turns them into SVG. Must not know HTML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from leery.log.report.figures import source_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery.log.summary import Summary

WIDTH, HEIGHT, FLOOR = 960, 220, 190
LEFT, TOP = 46, 10
SERIES = 6
"""So many assistants have a colour of their own; the others share one."""
OTHERS = "others"
_LABELS = 12
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 45, 60, 72


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: its place, the number of its series, and what it stands for in words."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word on an axis, at `x` or at `y`."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing.

    Attributes:
        bars: the rectangles.
        columns: labels below.
        rows: labels at the left, each with a line across.
        zero: height of the line of zero.
        series: names, by number.
        table: the same in numbers: a row for each column, its name first.
    """

    bars: tuple[Bar, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    zero: float
    series: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


def lines_over_time(summary: Summary) -> Chart | None:
    """Lines that came in from assistants, stacked by assistant; None when there is nothing to draw."""
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for block in summary.blocks.values():
        if block.index >= 0 and block.origin.assisted:
            name = source_name(block.origin)
            counts[block.time[:10], name] += block.lines
            totals[name] += block.lines
    names = [name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))]
    series = (*names[:SERIES], OTHERS) if len(names) > SERIES else tuple(names)
    number = {name: min(index, SERIES) for index, name in enumerate(names)}
    return _drawn({(day, number[name]): count for (day, name), count in _summed(counts, number)}, series)


def findings_over_time(summary: Summary) -> Chart | None:
    """Findings opened, above the line of zero, and closed, below it; None when there were none."""
    counts: Counter[tuple[str, int]] = Counter()
    for finding in summary.findings:
        counts[finding.opened[:10], 0] += 1
        if finding.closed is not None:
            counts[finding.closed[:10], 1] -= 1
    return _drawn(counts, ("opened", "closed"))


def _summed(counts: Counter[tuple[str, str]], number: dict[str, int]) -> list[tuple[tuple[str, str], int]]:
    """The counts with the names beyond the last series put together under one of them."""
    rest = next((name for name, index in number.items() if index == SERIES), "")
    merged: Counter[tuple[str, str]] = Counter()
    for (day, name), count in counts.items():
        merged[day, rest if number[name] == SERIES else name] += count
    return list(merged.items())


def _drawn(counts: dict[tuple[str, int], int], series: tuple[str, ...]) -> Chart | None:
    days = {text: day for text in {text for text, _ in counts} if (day := _day(text)) is not None}
    if not days:
        return None
    period = _period(min(days.values()), max(days.values()))
    grouped: Counter[tuple[date, int]] = Counter()
    for (text, number), count in counts.items():
        if text in days:
            grouped[period.start(days[text]), number] += count
    starts = _steps(period, min(days.values()), max(days.values()))
    return _columns(grouped, starts, series, period)


@dataclass(frozen=True, slots=True)
class _Period:
    """How days are put together: `start` gives the first day of a column, `form` names it for `strftime`."""

    start: Callable[[date], date]
    step: int
    form: str


_DAY = _Period(lambda day: day, 1, "%d %b %Y")
_WEEK = _Period(lambda day: day - timedelta(days=day.weekday()), 7, "week of %d %b %Y")
_MONTH = _Period(lambda day: day.replace(day=1), 32, "%b %Y")
_YEAR = _Period(lambda day: day.replace(month=1, day=1), 367, "%Y")


def _period(first: date, last: date) -> _Period:
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return _DAY
    if days <= _MOST_WEEKS * 7:
        return _WEEK
    return _MONTH if days <= _MOST_MONTHS * 30 else _YEAR


def _steps(period: _Period, first: date, last: date) -> list[date]:
    """The first day of every column from one day to another, empty columns too."""
    steps = [period.start(first)]
    while steps[-1] < period.start(last):
        steps.append(period.start(steps[-1] + timedelta(days=period.step)))
    return steps


def _columns(
    grouped: Counter[tuple[date, int]], starts: Sequence[date], series: tuple[str, ...], period: _Period
) -> Chart:
    sums = [sum(max(0, grouped[start, number]) for number in range(len(series))) for start in starts]
    depths = [-sum(min(0, grouped[start, number]) for number in range(len(series))) for start in starts]
    step = _step(max(*sums, *depths))
    above, below = (-(-max(values) // step) * step for values in (sums, depths))
    above = above or step
    scale = (FLOOR - TOP) / (above + below)
    zero = TOP + above * scale
    pitch = (WIDTH - LEFT) / len(starts)
    bars: list[Bar] = []
    for column, start in enumerate(starts):
        up, down = zero, zero
        for number, name in enumerate(series):
            count = grouped[start, number]
            height = abs(count) * scale
            if not count:
                continue
            top = up - height if count > 0 else down
            up, down = (top, down) if count > 0 else (up, down + height)
            x = LEFT + column * pitch + pitch * 0.12
            title = f"{start:{period.form}}: {name}, {abs(count):,}"
            bars.append(Bar(round(x, 1), round(top, 1), round(pitch * 0.76, 1), round(height, 2), number, title))
    rows = [Label(round(zero - value * scale, 1), f"{abs(value):,}") for value in range(-below, above + 1, step)]
    table = [
        (f"{start:{period.form}}", *(f"{abs(grouped[start, n]):,}" for n in range(len(series)))) for start in starts
    ]
    return Chart(tuple(bars), _names(starts, pitch, period), tuple(rows), round(zero, 1), series, tuple(table))


def _names(starts: Sequence[date], pitch: float, period: _Period) -> tuple[Label, ...]:
    """Some of the columns by name, as many as there is room for."""
    form = "%b %Y" if period is _MONTH else "%Y" if period is _YEAR else "%d %b"
    every = -(-len(starts) // _LABELS)
    chosen = range(0, len(starts), every)
    return tuple(Label(round(LEFT + (index + 0.5) * pitch, 1), f"{starts[index]:{form}}") for index in chosen)


def _step(most: int) -> int:
    """The distance of two lines across: 1, 2 or 5 times a power of ten, with about four lines."""
    step = 1
    while most / step > 4:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
