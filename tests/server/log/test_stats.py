"""The figures of a period, from a log whose every figure can be told by hand, and ``leery stats``, which shows them."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from click.testing import CliRunner

from leery.cli import group
from leery.log.body import FindingClosed, FindingOpened, Insertion, Lapse, LoggedOrigin, Review
from leery.log.entry import format_time
from leery.log.reader import LogReader
from leery.log.stats import Share, stats
from leery.log.summary import summarise
from leery.log.writer import LogWriter
from leery.paths import log_path

NOW = datetime.now(timezone.utc).replace(microsecond=0)
OPUS = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="opus")
COPILOT = LoggedOrigin(kind="completion", evidence="observed", assistant="copilot\x1b[31m")
PASTE = LoggedOrigin(kind="paste", evidence="observed")
TYPED = LoggedOrigin(kind="typed", evidence="inferred")


def ago(**how):
    return format_time(NOW - timedelta(**how))


def insertion(block, origin, lines=2):
    return Insertion(file="a.py", block=block, origin=origin, lines=((1, lines),), code="x = 1\n")


def opened(fingerprint, block):
    return FindingOpened(
        fingerprint=fingerprint, rule="r", cwe=("CWE-89",), severity="high", confidence="high", file="a.py", line=1,
        block=block,
    )  # fmt: skip


def closed(fingerprint, block, how):
    return FindingClosed(fingerprint=fingerprint, rule="r", how=how, file="a.py", block=block)


@pytest.fixture
def log(workspace):
    """Of Opus three insertions, two of them insecure; one of Copilot's, secure; an insecure paste; what is typed."""
    with LogWriter(log_path(workspace)) as writer:
        write = lambda body, **how: writer.append(body, at=ago(**how))  # noqa: E731
        write(insertion("old", OPUS), days=90)
        write(opened("f-old", "old"), days=90)
        write(insertion("b1", OPUS, 10), days=3)
        for name in ("f1", "f2", "f3", "f4"):
            write(opened(name, "b1"), days=3)
        write(closed("f-old", "old", "fixed"), days=3)
        write(closed("f1", "b1", "fixed"), days=3, hours=-1)
        write(closed("f2", "b1", "edited"), days=3, hours=-3)
        write(closed("f3", "b1", "suppressed"), days=3, hours=-5)
        write(insertion("b2", OPUS), days=2)
        approved = write(Review(file="a.py", block="b2", decision="approved"), days=2).result()
        write(insertion("b3", OPUS), days=2)
        write(Review(file="a.py", block="b3", decision="rejected"), days=2)
        write(opened("f5", "b3"), days=2)
        write(closed("f5", "b3", "removed"), days=2, hours=-10)
        write(Lapse(subject=approved.id, of="review", why="rewritten", file="a.py", block="b2"), days=1)
        write(insertion("c1", COPILOT), days=1)
        write(insertion("p1", PASTE), hours=2)
        write(opened("f6", "p1"), hours=2)
        write(insertion("t1", TYPED), hours=1)
        write(opened("f7", "t1"), hours=1)
    return LogReader(log_path(workspace))


def run(*arguments, code=0):
    done = CliRunner().invoke(group, ["stats", *arguments])
    assert done.exit_code == code, done.output
    return done


def test_the_figures_of_a_week(log):
    found = stats(log, ago(days=7), ago())
    hour = 3600.0
    opus = Share("claude-code", "opus", 3, 14, 2, 5, 1, 1, 0, [hour, 3 * hour, 10 * hour])
    copilot = Share("copilot\x1b[31m", None, 1, 2)
    paste = Share("paste", None, 1, 2, 1, 1, 1)
    assert found.sources == (opus, copilot, paste)
    assert found.total == Share("all", None, 5, 18, 3, 6, 2, 1, 0, [hour, 3 * hour, 10 * hour])
    assert (opus.rate, opus.coverage, opus.median, opus.p90) == (2 / 3, 1 / 3, 3 * hour, 10 * hour)
    assert (copilot.rate, copilot.median, copilot.p90) == (0.0, None, None)


def test_only_what_came_in_during_the_period_counts(log):
    assert [share.source for share in stats(log, ago(hours=30), ago()).sources] == ["copilot\x1b[31m", "paste"]
    assert stats(log, ago(days=365), ago()).total.insertions == 6
    assert stats(log, ago(days=365), ago(days=60)).total == Share("all", None, 1, 2, 1, 1, 1)
    assert stats(log, ago(minutes=1), ago()).total == Share("all")


def test_a_log_that_is_not_there_has_no_insertions(workspace):
    assert stats(LogReader(log_path(workspace)), ago(days=7), ago()).total == Share("all")
    assert "None is in the log." in run("--window", "30").stdout
    run("--fail-on-rate", "0")


def test_the_ninetieth_percentile_is_one_of_the_times():
    assert Share("x", seconds=[1.0]).p90 == 1.0
    assert Share("x", seconds=[float(n) for n in range(1, 11)]).p90 == 9.0
    assert Share("x", seconds=[float(n) for n in range(1, 12)]).p90 == 10.0


def test_the_rate_must_be_above_the_limit():
    assert not Share("x", insertions=10, insecure=3).exceeds(30)
    assert Share("x", insertions=10, insecure=4).exceeds(30)
    assert not Share("x", insertions=1, insecure=1).exceeds(100)
    assert not Share("x").exceeds(0)


def test_findings_that_grow_when_a_block_comes_in_anew(workspace):
    with LogWriter(log_path(workspace)) as writer:
        for step, body in enumerate(
            (insertion("b", OPUS), opened("f1", "b"), insertion("b", OPUS), opened("f2", "b"), opened("f3", "b"))
        ):
            writer.append(body, at=ago(hours=10 - step))
    found = stats(LogReader(log_path(workspace)), ago(days=7), ago())
    (place,) = found.grown
    assert [version.open for version in place.versions] == [1, 3]
    assert (found.total.grown, found.sources[0].grown) == (1, 1)
    assert "  a.py: 1 → 3 open, block b\n" in run().stdout


def test_an_alert_is_no_gap():
    entries = [{"id": "1", "time": ago(), "type": "gap", "what": what} for what in ("alert", "client-off")]
    assert [gap.what for gap in summarise(enumerate(entries)).gaps] == ["client-off"]


def test_a_clock_that_went_backwards_hides_nothing(workspace):
    with LogWriter(log_path(workspace)) as writer:
        writer.append(insertion("b1", OPUS), at=ago(hours=1))
        for number in range(50):
            writer.append(insertion(f"old{number}", OPUS), at=ago(days=100))
    assert stats(LogReader(log_path(workspace)), ago(days=7), ago()).total.insertions == 1


@pytest.mark.usefixtures("log")
def test_as_json():
    data = json.loads(run("--format", "json").stdout)
    assert data["total"]["insertions"] == 5
    assert data["sources"][0] == {
        "source": "claude-code", "model": "opus", "insertions": 3, "lines": 14, "insecure": 2, "rate": 0.666667,
        "findings": 5, "open": 1, "fixed": 3, "secondsToFix": {"median": 10800.0, "p90": 36000.0}, "grown": 0,
        "reviewed": 1, "coverage": 0.333333,
    }  # fmt: skip
    assert data["grown"] == []


@pytest.mark.usefixtures("log")
def test_as_text_no_name_steers_the_terminal():
    shown = run().stdout
    rows = [line.split() for line in shown.splitlines()[2:]]
    assert rows[0] == ["claude-code", "opus", "3", "2", "66.7%", "5", "1", "3", "3.0", "h", "10.0", "h", "0", "33%"]
    assert rows[1][0] == "copilot<U+001B>[31m"
    assert rows[3][:4] == ["all", "5", "3", "60.0%"]
    assert "\x1b" not in shown


@pytest.mark.usefixtures("log")
def test_the_exit_code_for_a_pipeline(workspace):
    assert "60.0% of the insertions were insecure, over 30 %" in run("--fail-on-rate", "30", code=1).stderr
    run("--fail-on-rate", "60")
    run("--since", "30h", "--fail-on-rate", "50")
    run("--since", "90m", "--fail-on-rate", "0")
    assert "exclude each other" in run("--since", "7d", "--window", "7", code=2).output
    log_path(workspace).write_bytes(b"SQLite format 3\0 and then nothing of it" * 100)
    assert "cannot be read" in run(code=2).output
