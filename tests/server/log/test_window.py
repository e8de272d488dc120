"""What is kept up to date entry by entry is what one reading of the whole period gives."""

import random
from datetime import datetime, timedelta, timezone

import pytest

from leery.log.body import FindingClosed, FindingOpened, Insertion, LoggedOrigin
from leery.log.entry import format_time
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.stats import stats
from leery.log.window import Window
from leery.log.writer import LogWriter

NOW = datetime.now(timezone.utc).replace(microsecond=0)
KINDS = ("agent", "completion", "paste", "typed", "vcs", "unknown")


def ago(hours):
    return format_time(NOW - timedelta(hours=hours))


def insertion(block, kind="agent", amends=None):
    return Insertion(file="a.py", block=block, origin=LoggedOrigin(kind=kind, evidence="observed"), amends=amends)


def opened(fingerprint, block):
    return FindingOpened(
        fingerprint=fingerprint, rule="r", severity="high", confidence="high", file="a.py", line=1, block=block
    )


def closed(fingerprint):
    return FindingClosed(fingerprint=fingerprint, rule="r", how="edited", file="a.py")


def happenings(seed):
    """Blocks come, come again and are corrected; findings come in them, twice perhaps, move, and go."""
    chance = random.Random(seed)
    came = ["b0"]
    yield insertion("b0"), 41
    for hours in sorted((chance.uniform(0, 40) for _ in range(79)), reverse=True):
        block, finding = f"b{chance.randrange(12)}", f"f{chance.randrange(6)}"
        happening = chance.choice(("insertion", "opened", "closed"))
        if happening == "insertion":
            came.append(block)
            yield insertion(block, chance.choice(KINDS), chance.choice((None, None, "an entry"))), hours
        else:
            yield opened(finding, chance.choice(came)) if happening == "opened" else closed(finding), hours


@pytest.mark.parametrize("seed", range(5))
def test_looking_again_and_again_gives_what_one_reading_gives(tmp_path, seed):
    path = tmp_path / "log" / "log.db"
    window = Window(LogReader(path))
    assert window.look(ago(100)).insertions == 0
    with LogWriter(path) as writer:
        for number, (body, hours) in enumerate(happenings(seed)):
            writer.append(body, at=ago(hours))
            if number % 10 == 9:
                writer.flush()
                whole = stats(LogReader(path), ago(100), ago(0)).total
                share = window.look(ago(100))
                assert (share.insertions, share.insecure) == (whole.insertions, whole.insecure)
    assert share.insecure > 1


def insecure_ones(writer):
    """Ten insecure insertions, one an hour, the last an hour ago."""
    for number in range(10):
        writer.append(insertion(f"b{number}"), at=ago(10 - number))
        writer.append(opened(f"f{number}", f"b{number}"), at=ago(10 - number))


def test_what_is_older_is_left_out_from_the_beginning_and_later(tmp_path):
    path = tmp_path / "log" / "log.db"
    with LogWriter(path) as writer:
        insecure_ones(writer)
        writer.append(insertion("late"), at=ago(30))  # the clock went backwards
        writer.append(insertion("last"), at=ago(0.5))
    window = Window(LogReader(path))
    for hours, insertions, insecure in ((5.5, 6, 5), (3.5, 4, 3), (0.1, 0, 0)):
        for one in (window, Window(LogReader(path))):
            share = one.look(ago(hours))
            assert (share.insertions, share.insecure) == (insertions, insecure)


def test_a_longer_period_counts_what_was_left_out_before(tmp_path):
    path = tmp_path / "log" / "log.db"
    with LogWriter(path) as writer:
        insecure_ones(writer)
    window = Window(LogReader(path))
    for hours, insertions in ((3.5, 3), (8.5, 8), (5.5, 5)):
        share = window.look(ago(hours))
        assert (share.insertions, share.insecure) == (insertions, insertions)


def test_a_log_that_was_begun_anew_counts_anew(tmp_path):
    path = tmp_path / "log" / "log.db"
    window = Window(LogReader(path))
    with LogWriter(path) as writer:
        for number in range(20):
            writer.append(insertion(f"b{number}"), at=ago(1))
    assert window.look(ago(2)).insertions == 20
    path.unlink()
    with LogWriter(path) as writer:
        writer.append(insertion("first"), at=ago(1))
    assert window.look(ago(2)).insertions == 1
    path.write_bytes(b"SQLite format 3\0 and then nothing of it" * 100)
    with pytest.raises(LogUnreadableError):
        window.look(ago(2))
