"""Reading the log: filters, order, decisions that hold, and logs that cannot be read."""

import sqlite3
from contextlib import closing

import pytest

from leery.log.body import FindingClosed, FindingOpened, Gap, Insertion, Lapse, LoggedOrigin, Review, Suppression
from leery.log.export import jsonl
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.writer import LogWriter

ORIGIN = LoggedOrigin(kind="paste", evidence="observed")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "log.db"


def write(path, *bodies, keep_prompts=False):
    with LogWriter(path, keep_prompts=keep_prompts) as writer:
        return [future.result(60).id for future in [writer.append(body) for body in bodies]]


def finding(name, *, block=None, crossed=()):
    return FindingOpened(
        fingerprint="f", rule="r", severity="low", confidence="low", file=name, line=1, block=block, path_blocks=crossed
    )


def suppression(fingerprint, expires=None):
    return Suppression(fingerprint=fingerprint, rule="r", file="a.py", expires=expires, reason="why", content="c")


def review(block, decision="approved"):
    return Review(file="a.py", block=block, decision=decision)


def indices(path, **query):
    return [record.index for record in LogReader(path).records(Query(**query))]


def real(path):
    """The records but for the first, which is about the log's key."""
    first, *rest = LogReader(path).records()
    assert (first.index, first.type, first.body.action) == (0, "key", "created")
    return rest


def test_without_a_log_there_is_nothing(path):
    reader = LogReader(path)
    assert list(reader.records()) == []
    assert reader.count() == 0
    assert reader.find("x") is None
    assert reader.active_suppressions() == reader.reviews() == []
    assert not path.parent.exists()


def test_filters(path):
    write(
        path,
        Insertion(file="a.py", block="b1", origin=ORIGIN),
        Insertion(file="ü\udc80.py", block="b2", origin=ORIGIN),
        finding("a.py", block="b1", crossed=("b2", "b3\udc80")),
        FindingClosed(fingerprint="f", rule="r", how="edited", file="a.py", block="b1"),
        Gap(what="client-off"),
    )
    assert indices(path) == [0, 1, 2, 3, 4, 5]
    assert indices(path, types=("key",)) == [0]
    assert indices(path, file="a.py") == [1, 3, 4]
    assert indices(path, file="ü\udc80.py") == [2]
    assert indices(path, block="b2") == [2, 3]
    assert indices(path, block="b3\udc80") == [3]
    assert indices(path, types=("gap", "insertion")) == [1, 2, 5]
    assert indices(path, types=("insertion",), file="a.py", block="b1") == [1]
    assert indices(path, limit=2) == [4, 5]
    assert indices(path, limit=2, newest_first=True) == [5, 4]
    assert indices(path, newest_first=True) == [5, 4, 3, 2, 1, 0]
    assert indices(path, limit=0) == []


def test_since_compares_the_time_of_entries(path):
    with LogWriter(path) as writer:
        for hour in (10, 12, 11):
            writer.append(Gap(what="client-off"), at=f"2026-11-21T{hour}:00:00.000000Z")
    assert indices(path, since="2026-11-21T11:00:00.000000Z", types=("gap",)) == [2, 3]


def test_many_entries_are_read_over_pages(path):
    write(path, *(Gap(what="client-off", count=number) for number in range(2_300)))
    assert [record.leaf["count"] for record in real(path)] == list(range(2_300))


def test_one_entry_is_found_by_id(path):
    ids = write(path, Gap(what="client-off"), review("b"))
    record = LogReader(path).find(ids[1])
    assert (record.index, record.body) == (2, review("b"))


def test_suppressions_hold_until_they_lapse_or_their_last_day_is_over(path):
    ids = write(path, suppression("gone"), suppression("ever"), suppression("dated", "2026-11-30"), review("b"))
    (lapse,) = write(path, Lapse(subject=ids[0], of="suppression", why="rewritten", file="a.py"))
    reader = LogReader(path)

    def active(day):
        return [item.body.fingerprint for item in reader.active_suppressions(day)]

    assert active("2026-11-30") == ["ever", "dated"]
    assert active("2026-12-01") == ["ever"]
    assert [item.lapse and item.lapse.id for item in reader.suppressions()] == [lapse, None, None]
    assert (reader.suppressions()[1].body.reason, reader.suppressions()[1].body.content) == ("why", "c")


def test_the_latest_review_of_a_block_counts_and_tells_when_it_lapsed(path):
    ids = write(path, review("b1"), review("b2"), review("b1", "rejected"))
    write(path, Lapse(subject=ids[1], of="review", why="rewritten", file="a.py", block="b2"))
    found = [(item.body.block, item.body.decision, item.lapse is None) for item in LogReader(path).reviews()]
    assert found == [("b2", "approved", False), ("b1", "rejected", True)]


def test_texts_are_joined_or_named_as_withheld_or_erased(path):
    body = Insertion(file="a.py", block="b", origin=ORIGIN, code="x", prompt="p")
    write(path, body, body)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM texts WHERE idx = 2 AND name = 'code'")
    kept, erased = (record.to_json() for record in real(path))
    assert list(kept)[:4] == ["index", "id", "time", "type"]
    assert (kept["code"], kept["prompt"], kept["erased"], kept["withheld"]) == ("x", None, [], ["prompt"])
    assert (erased["code"], erased["prompt"], erased["erased"], erased["withheld"]) == (
        None,
        None,
        ["code"],
        ["prompt"],
    )


def test_prompts_that_are_kept_are_shown(path):
    write(path, Insertion(file="a.py", block="b", origin=ORIGIN, prompt="do it"), keep_prompts=True)
    (record,) = real(path)
    assert record.to_json()["prompt"] == "do it"


def test_json_without_private_texts_has_none_of_them(path):
    write(path, suppression("f"))
    (record,) = real(path)
    assert not {"reason", "by", "content"} & set(record.to_json(private=False))
    assert "why" not in "".join(jsonl.export([record], private=False))


def test_entries_of_unknown_types_are_shown_as_they_are(path):
    write(path, Gap(what="client-off"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        leaf = '{"id":"i","time":"2030","type":"dream","v":2,"depth":3}'
        connection.execute("INSERT INTO entries VALUES (2, ?)", (leaf,))
    record = LogReader(path).find("i")
    assert record.body is None
    assert record.to_json() == {
        "index": 2, "id": "i", "time": "2030", "type": "dream", "v": 2, "depth": 3, "erased": [], "withheld": []
    }  # fmt: skip


def test_reading_goes_on_while_a_server_writes(path):
    with LogWriter(path) as writer:
        for number in range(5):
            writer.append(Gap(what="client-off", count=number)).result(60)
            assert LogReader(path).count() == number + 2
        pages = LogReader(path).records()
        assert next(pages).index == 0
        writer.append(Gap(what="client-off")).result(60)
        assert [record.index for record in pages] == [1, 2, 3, 4, 5]


def test_a_copy_without_write_permission_can_be_read(path, tmp_path):
    write(path, Gap(what="client-off"))
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "log.db").write_bytes(path.read_bytes())
    (folder / "log.db").chmod(0o400)
    folder.chmod(0o500)
    try:
        assert LogReader(folder / "log.db").count() == 2
    finally:
        folder.chmod(0o700)


def damaged_leaf(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER entries_are_final")
        connection.execute("UPDATE entries SET leaf = '[]'")


def another_database(path):
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE other (x)")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.write_bytes(b"garbage" * 999), "not a database"),
        (another_database, "something else"),
        (damaged_leaf, "entry 0 is damaged"),
    ],
)
def test_a_log_that_cannot_be_read_says_why(path, damage, message):
    write(path, Gap(what="client-off"))
    damage(path)
    with pytest.raises(LogUnreadableError, match=message):
        list(LogReader(path).records())


def test_a_planted_link_is_not_read(path, tmp_path):
    write(path, Gap(what="client-off"))
    link = tmp_path / "link"
    link.symlink_to(path.parent, target_is_directory=True)
    with pytest.raises(LogUnreadableError, match="symbolic link"):
        LogReader(link / "log.db").count()
