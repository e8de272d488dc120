from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import zlib
from pathlib import Path

import pytest
from tests.unprivileged import unprivileged

from leery.document import path_to_uri
from leery.provenance.attribution import Attribution
from leery.provenance.merge import merge
from leery.provenance.origin import Block, Origin, Review
from leery.provenance.store import NAME, Saved, Store
from leery.provenance.workspace import Snapshot
from leery.provenance.writer import SOON, StoreWriter
from leery_analyzers.text import Text

PASTE = "import os\nos.system('ls -l')\n"
AGENT = Origin("agent", "reported", "claude", "opus", "s1", "p1")
UNKNOWN = Origin("unknown", "inferred")


def snapshot(*runs, uri="file:///w/a.py", blocks=()):
    owners = Attribution((len(text), owner) for text, owner in runs)
    return Snapshot(uri, Text("".join(text for text, _ in runs)), owners, tuple(blocks))


def runs(saved):
    text = str(saved.text)
    return [(text[start:end], owner) for start, end, owner in saved.owners.spans()]


def block(name, origin=AGENT, inserted=10, created=5.0, review=None):
    return Block(name, origin, inserted, created, review)


@pytest.fixture
def told():
    return []


@pytest.fixture
def make(tmp_path, told):
    stores = []

    def build(folder=tmp_path / "state", root=None):
        stores.append(Store(folder, root, told.append))
        return stores[-1]

    yield build
    for store in stores:
        store.close()


class TestRoundTrip:
    def test_everything_comes_back(self, make):
        review = Review("approved", ("h1", "h2"), 7.0, "fine")
        saved = snapshot(
            ("one\r\n", ""), (PASTE, "b1"), ("\ud83d\u2028", "typed"), ("x", "vcs"), blocks=[block("b1", review=review)]
        )
        assert make().save(saved, 0).revision == 1
        loaded = make().load(saved.uri)
        assert loaded == Saved(saved, 1)

    def test_nothing_is_known_of_a_new_document(self, make):
        assert make().load("file:///w/new.py") is None

    def test_names_are_relative_to_the_workspace(self, make, tmp_path):
        old, new = tmp_path / "old", tmp_path / "new"
        make(root=old).save(snapshot(("x", "typed"), uri=path_to_uri(old / "sub" / "a b.py")), 0)
        loaded = make(root=new).load(path_to_uri(new / "sub" / "a b.py"))
        assert runs(loaded.snapshot) == [("x", "typed")]
        assert loaded.snapshot.uri == path_to_uri(new / "sub" / "a b.py")

    def test_documents_that_are_no_files(self, make):
        make().save(snapshot(("x", "typed"), uri="untitled:Untitled-1"), 0)
        assert make().load("untitled:Untitled-1").snapshot.owners == Attribution.of(1, "typed")

    @pytest.mark.parametrize("uri", ["file:///w/caf%E9.py", "file:///elsewhere/caf%E9.py", "untitled:\ud800"])
    def test_what_sqlite_cannot_hold_costs_nothing_that_is_known(self, make, told, uri):
        store = make(root=Path("/w"))
        store.save(snapshot((PASTE, "b1"), blocks=[block("b1")]), 0)
        agent = Origin("agent", "reported", session="\ud800")
        store.save(snapshot(("x", "b2"), uri=uri, blocks=[block("b2", agent)]), 0)
        assert store.load(uri).snapshot.blocks == (block("b2", agent),)
        assert store.find_blocks(session="\ud800") == ["b2"]
        assert store.review(uri, "\ud800", Review("approved", (), 7.0)) is False
        assert store.load("file:///w/a.py").snapshot.blocks == (block("b1"),)
        assert not [notice for notice in told if notice.kind == "corrupt"]

    def test_rename_of_a_folder(self, make):
        store = make()
        store.save(snapshot(("x", "typed"), uri="file:///w/old/a.py"), 0)
        store.save(snapshot(("y", "typed"), uri="file:///w/older.py"), 0)
        store.rename("file:///w/old", "file:///w/new")
        assert store.load("file:///w/old/a.py") is None
        assert runs(store.load("file:///w/new/a.py").snapshot) == [("x", "typed")]
        assert runs(store.load("file:///w/older.py").snapshot) == [("y", "typed")]

    @pytest.mark.skipif(sys.platform == "win32", reason="modes mean nothing there")
    def test_the_folder_is_private(self, make, tmp_path):
        make().save(snapshot(("x", "typed")), 0)
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


class TestTwoServers:
    def test_who_saves_over_an_unread_revision_merges(self, make):
        ours, theirs = make(), make()
        theirs.save(snapshot(("one\n", ""), (PASTE, "b1"), ("two\n", ""), blocks=[block("b1")]), 0)
        mine = snapshot(("one\n" + PASTE + "two\n", ""), ("three\n", "typed"))
        stored = ours.save(mine, 0)
        expected = [("one\n", ""), (PASTE, "b1"), ("two\n", ""), ("three\n", "typed")]
        assert stored.revision == 2
        assert runs(stored.merged) == expected
        assert [one.id for one in stored.merged.blocks] == ["b1"]
        assert runs(theirs.load(mine.uri).snapshot) == expected

    def test_who_has_read_it_overwrites(self, make):
        store = make()
        store.save(snapshot((PASTE, "b1"), blocks=[block("b1")]), 0)
        stored = store.save(snapshot((PASTE, "typed")), 1)
        assert stored == type(stored)(2, None)
        assert runs(store.load("file:///w/a.py").snapshot) == [(PASTE, "typed")]

    def test_a_reported_block_wins_over_an_unknown_one(self, make):
        ours, theirs = make(), make()
        theirs.save(snapshot((PASTE, "b1"), blocks=[block("b1")]), 0)
        stored = ours.save(snapshot((PASTE, "b2"), blocks=[block("b2", UNKNOWN)]), 0)
        assert runs(stored.merged) == [(PASTE, "b1")]

    def test_an_unknown_block_does_not_win_over_typing(self):
        mine, other = snapshot((PASTE, "typed")), snapshot((PASTE, "b2"), blocks=[block("b2", UNKNOWN)])
        assert runs(merge(mine, other)) == [(PASTE, "typed")]
        assert runs(merge(other, mine)) == [(PASTE, "typed")]

    def test_a_block_known_to_both_keeps_the_later_review_and_the_better_evidence(self, make):
        ours, theirs = make(), make()
        later = Review("rejected", ("h",), 9.0)
        theirs.save(snapshot((PASTE, "b1"), blocks=[block("b1", AGENT, review=Review("approved", ("h",), 3.0))]), 0)
        weak = Origin("agent", "inferred")
        ours.save(snapshot((PASTE, "b1"), blocks=[block("b1", weak, review=later)]), 0)
        (known,) = ours.load("file:///w/a.py").snapshot.blocks
        assert known.origin == AGENT
        assert known.review == later

    def test_what_another_process_has_written_is_told_once(self, make):
        ours, theirs = make(), make()
        uri, review = "file:///w/a.py", Review("approved", ("h",), 3.0)
        assert theirs.advanced({uri: 0}) == []
        assert theirs.load(uri) is None
        ours.save(snapshot((PASTE, "b1"), blocks=[block("b1")]), 0)
        assert [one.uri for one in theirs.advanced({uri: 0})] == [uri]
        assert theirs.advanced({uri: 0}) == []
        assert theirs.review(uri, "b1", review)
        assert theirs.advanced({uri: 0}) == []
        (told,) = ours.advanced({uri: 1, "file:///w/other.py": 0})
        assert [known.review for known in told.blocks] == [review]
        theirs.save(snapshot((PASTE, "b1"), uri="file:///w/other.py", blocks=[block("b1")]), 0)
        assert ours.advanced({uri: 2}) == []

    def test_two_processes_write_at_once(self, make, tmp_path):
        """Each pastes its own blocks into its own part of one file, a hundred times; none may be lost."""
        script = textwrap.dedent(
            """
            import sys
            from pathlib import Path
            from leery.provenance.attribution import Attribution
            from leery.provenance.origin import Block, Origin
            from leery.provenance.store import Store
            from leery.provenance.workspace import Snapshot
            from leery_analyzers.text import Text

            who = sys.argv[2]
            store = Store(Path(sys.argv[1]), None, lambda notice: sys.exit(str(notice)))
            lines = [f"{name}_{n} = compute({n})\\n" for name in ("left", "right") for n in range(30)]
            text = "".join(lines)
            blocks = ()
            owners = Attribution.of(len(text), "")
            for n in range(30):
                start = text.index(f"{who}_{n} ")
                end = text.index("\\n", start) + 1
                name = f"{who}-{n}"
                blocks += (Block(name, Origin("agent", "reported"), end - start, 1.0),)
                owners = owners.splice(start, end, Attribution.of(end - start, name))
                stored = store.save(Snapshot("file:///w/a.py", Text(text), owners, blocks), -1)
                assert stored.revision is not None
            """
        )
        children = [
            subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "state"), who], stderr=subprocess.PIPE)
            for who in ("left", "right")
        ]
        for child in children:
            _, errors = child.communicate(timeout=120)
            assert child.returncode == 0, errors.decode()
        found = make().load("file:///w/a.py").snapshot
        wanted = {f"{who}-{n}" for who in ("left", "right") for n in range(30)}
        assert {one.id for one in found.blocks} == wanted
        for text, owner in runs(found):
            assert text == f"{owner.replace('-', '_')} = compute({owner.split('-')[1]})\n"


class TestTrouble:
    def test_killed_in_mid_write(self, make, tmp_path):
        script = textwrap.dedent(
            """
            import sys
            from pathlib import Path
            from leery.provenance.attribution import Attribution
            from leery.provenance.store import Store
            from leery.provenance.workspace import Snapshot
            from leery_analyzers.text import Text

            store = Store(Path(sys.argv[1]), None, print)
            for n in range(1, 10**9):
                text = f"{n}\\n" * 2000
                store.save(Snapshot("file:///w/a.py", Text(text), Attribution.of(len(text), "typed"), ()), n - 1)
                print(n, flush=True)
            """
        )
        child = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "state")], stdout=subprocess.PIPE)
        for _ in range(20):
            acknowledged = int(child.stdout.readline())
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        acknowledged = max([acknowledged, *(int(line) for line in child.stdout.read().split() if line)])
        child.wait()
        child.stdout.close()
        loaded = make().load("file:///w/a.py")
        assert loaded.revision >= acknowledged
        assert str(loaded.snapshot.text) == f"{loaded.revision}\n" * 2000

    @pytest.mark.parametrize("damage", ["junk", "truncated", "rows"])
    def test_a_damaged_database_is_set_aside_and_told_of_once(self, make, told, tmp_path, damage):
        store = make()
        for n in range(50):
            store.save(snapshot(("x" * 500 + str(n), "typed"), uri=f"file:///w/{n}.py"), 0)
        store.close()
        path = tmp_path / "state" / NAME
        if damage == "junk":
            path.write_bytes(os.urandom(8192))
        elif damage == "truncated":
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2])
        else:
            connection = sqlite3.connect(path)
            connection.execute("UPDATE documents SET owners = '[[1'")
            connection.commit()
            connection.close()
        again = make()
        again.load("file:///w/1.py")
        assert again.save(snapshot((PASTE, "typed")), 0).revision == 1
        again.load("file:///w/1.py")
        assert [notice.kind for notice in told] == ["corrupt"]
        assert "damaged-1" in told[0].message
        assert [one.name for one in (tmp_path / "state").glob("*damaged*")] == [f"{NAME}.damaged-1"]
        assert runs(make().load("file:///w/a.py").snapshot) == [(PASTE, "typed")]

    def test_a_folder_that_cannot_be_made(self, make, told, tmp_path):
        (tmp_path / "file").write_text("")
        store = make(folder=tmp_path / "file" / "state")
        for n in range(3):
            assert store.save(snapshot((f"x{n}", "typed")), 0).revision is None
        assert runs(store.load("file:///w/a.py").snapshot) == [("x2", "typed")]
        assert [notice.kind for notice in told] == ["unwritable"]

    def test_a_read_only_folder(self, make, told, tmp_path):
        first = make()
        first.save(snapshot(("x", "typed")), 0)
        first.close()
        (tmp_path / "state").chmod(0o500)
        try:
            with unprivileged():
                store = make()
                store.save(snapshot(("y", "typed")), 1)
                assert runs(store.load("file:///w/a.py").snapshot) == [("y", "typed")]
                assert [notice.kind for notice in told] == ["unwritable"]
        finally:
            (tmp_path / "state").chmod(0o700)

    def test_a_full_disk_and_space_again(self, make, told):
        store = make()
        store.save(snapshot(("x", "typed")), 0)
        store._connection.execute("PRAGMA max_page_count = 1")
        big = snapshot((os.urandom(200_000).hex(), "typed"))
        assert store.save(big, 1).revision is None
        assert store.load(big.uri).snapshot == big
        assert [notice.kind for notice in told] == ["unwritable"]
        assert store.save(big, 1).revision == 2
        assert make().load(big.uri).snapshot == big

    def test_a_database_of_a_newer_version_is_left_alone(self, make, told, tmp_path):
        make().save(snapshot(("x", "typed")), 0)
        connection = sqlite3.connect(tmp_path / "state" / NAME)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        assert make().save(snapshot(("y", "typed")), 0).revision is None
        assert [notice.kind for notice in told] == ["unwritable"]
        assert not list((tmp_path / "state").glob("*damaged*"))

    def test_a_locked_database_is_waited_for(self, make, tmp_path):
        make().save(snapshot(("x", "typed")), 0)
        other = sqlite3.connect(tmp_path / "state" / NAME, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        timer.start()
        assert make().save(snapshot(("y", "typed")), 1).revision == 2
        timer.join()
        other.close()


class TestErasing:
    @staticmethod
    def everything(folder):
        return b"".join(path.read_bytes() for path in folder.iterdir())

    def test_text_and_blocks_leave_the_files(self, make, tmp_path):
        secret = "s3cr3t_t0ken_" + "q" * 40
        store = make()
        secretive = block("doomed-block-id")
        text = snapshot(("keep()\n", "b2"), (secret + "\n", "doomed-block-id"), blocks=[secretive, block("b2")])
        store.save(text, 0)
        store.save(snapshot(("other\n", "typed"), uri="file:///w/b.py"), 0)
        assert store.erase(["doomed-block-id"])
        loaded = store.load(text.uri)
        assert runs(loaded.snapshot) == [("keep()\n", "b2"), ("\0" * len(secret) + "\n", "")]
        assert [one.id for one in loaded.snapshot.blocks] == ["b2"]
        store.close()
        assert b"doomed-block-id" not in self.everything(tmp_path / "state")
        assert runs(make().load("file:///w/b.py").snapshot) == [("other\n", "typed")]

    def test_earlier_versions_leave_free_pages_too(self, make, tmp_path):
        store = make()
        marker = "doomed-" + "z" * 60
        for n in range(30):
            store.save(snapshot(("x" * n, marker), uri=f"file:///w/{n}.py", blocks=[block(marker)]), 0)
        assert store.erase([marker])
        assert marker.encode() not in self.everything(tmp_path / "state")

    def test_what_a_divided_page_moved_away_is_erased_too(self, make, tmp_path):
        for seed in (0, 2):
            store, chance, texts = make(folder=tmp_path / str(seed)), random.Random(seed), []
            for n in range(300):
                uri = f"file:///w/{chance.randrange(40):03}.py"
                text = "".join(chance.choice("abcdefghijklmnop") for _ in range(chance.choice([100, 600, 2000, 3000])))
                texts.append(zlib.compress(text.encode(), 1))
                store.save(snapshot((text, f"b{n}"), uri=uri, blocks=[block(f"b{n}")]), 0)
            assert store.erase([f"b{n}" for n in range(300)])
            store.close()
            data = self.everything(tmp_path / str(seed))
            assert not [text for text in texts if text[20:60] in data or text[-40:] in data]

    def test_blocks_of_a_session_and_of_a_time(self, make):
        store = make()
        blocks = [block("b1", created=5.0), block("b2", Origin("chat", "reported", session="s2"), created=50.0)]
        store.save(snapshot(("x", "b1"), ("y", "b2"), blocks=blocks), 0)
        assert store.find_blocks(session="s2") == ["b2"]
        assert store.find_blocks(before=10.0) == ["b1"]
        assert store.find_blocks(session="s2", before=10.0) == []
        assert store.find_blocks() == []


class TestWriter:
    def test_saves_are_joined_and_flushed(self, make):
        merged = []
        writer = StoreWriter(make(), lambda *found: merged.append(found))
        assert writer.load("file:///w/a.py") is None
        for n in range(100):
            writer.submit(snapshot((f"x{n}", "typed")))
        assert writer.close()
        loaded = make().load("file:///w/a.py")
        assert runs(loaded.snapshot) == [("x99", "typed")]
        assert loaded.revision == 1
        assert merged == []

    def test_urgent_saves_do_not_wait_for_a_pause(self, make):
        writer = StoreWriter(make(), lambda *_: None)
        writer.submit(snapshot(("x", "typed")), within=0)
        reader = make()
        for _ in range(1000):
            if reader.load("file:///w/a.py") is not None:
                break
            threading.Event().wait(0.02)
        assert runs(reader.load("file:///w/a.py").snapshot) == [("x", "typed")]
        assert writer.close()

    def test_typing_does_not_put_off_a_new_block(self, make, monkeypatch):
        monkeypatch.setattr("leery.provenance.writer.LONGEST", 3600.0)
        writer = StoreWriter(make(), lambda *_: None)
        writer.submit(snapshot((PASTE, "b1"), blocks=[block("b1")]), within=SOON)
        writer.submit(snapshot(("#", "typed"), (PASTE, "b1"), blocks=[block("b1")]), within=3600)
        reader = make()
        for _ in range(1000):
            if reader.load("file:///w/a.py") is not None:
                break
            threading.Event().wait(0.02)
        assert (PASTE, "b1") in runs(reader.load("file:///w/a.py").snapshot)
        assert writer.close()

    def test_what_waits_is_saved_before_it_is_asked_for(self, make):
        writer = StoreWriter(make(), lambda *_: None)
        writer.submit(snapshot(("x", "typed")))
        assert runs(writer.load("file:///w/a.py").snapshot) == [("x", "typed")]
        assert writer.close()

    def test_what_another_server_knew_is_merged_until_it_is_adopted(self, make):
        merged = []
        writer = StoreWriter(make(), lambda found, revision: merged.append((found, revision)))
        writer.load("file:///w/a.py")
        make().save(snapshot((PASTE, "b1"), blocks=[block("b1")]), 0)
        for _ in range(2):
            writer.submit(snapshot((PASTE, "typed")))
            assert writer.flush()
        assert [(runs(found), revision) for found, revision in merged] == [([(PASTE, "b1")], 2), ([(PASTE, "b1")], 3)]
        writer.adopted("file:///w/a.py", 3)
        writer.submit(snapshot((PASTE, "typed")))
        assert writer.close()
        assert runs(make().load("file:///w/a.py").snapshot) == [(PASTE, "typed")]

    def test_the_tracker_adopts_it(self, world):
        world.open("a", PASTE)
        world.type_at(0, "#")
        found = snapshot(("#", "typed"), (PASTE, "b9"), uri="a", blocks=[block("b9")])
        result = world.tracker.adopt(found)
        assert world.runs() == [("#", "typed"), (PASTE, "b9")]
        assert [one.id for one in result.created] == ["b9"]
        world.type_at(1, "x")
        assert world.runs() == [("#x", "typed"), (PASTE, "b9")]
        assert world.tracker.adopt(found) is None

    def test_a_restart_finds_everything_again(self, world, make):
        world.open("file:///w/a.py", "top()\n")
        world.change((6, 6, PASTE), uri="file:///w/a.py")
        world.tracker.review("file:///w/a.py", "b1", "approved")
        writer = StoreWriter(make(), lambda *_: None)
        writer.submit(world.tracker.snapshot("file:///w/a.py"), within=0)
        assert writer.close()
        later = type(world)("later")
        saved = make().load("file:///w/a.py").snapshot
        result = later.open("file:///w/a.py", "new_line()\ntop()\n" + PASTE, saved=saved)
        later.tracker.settle(result)
        assert later.runs("file:///w/a.py") == [("new_line()\n", "later1"), ("top()\n", ""), (PASTE, "b1")]
        assert later.block("b1", "file:///w/a.py").state == "reviewed"

    def test_erasing_drops_what_waits(self, make):
        writer = StoreWriter(make(), lambda *_: None)
        writer.submit(snapshot((PASTE, "b1"), blocks=[block("b1")]))
        assert writer.erase(["b1"])
        assert writer.close()
        assert make().load("file:///w/a.py") is None

    def test_a_broken_disk_does_not_end_the_thread(self, make, tmp_path, told):
        (tmp_path / "file").write_text("")
        writer = StoreWriter(make(folder=tmp_path / "file" / "state"), lambda *_: None)
        for n in range(3):
            writer.submit(snapshot((f"x{n}", "typed")), within=0)
            assert writer.flush()
        assert runs(writer.load("file:///w/a.py").snapshot) == [("x2", "typed")]
        assert [notice.kind for notice in told] == ["unwritable"]
        assert writer.close()
