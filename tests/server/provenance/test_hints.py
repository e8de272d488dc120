from __future__ import annotations

import pytest

from leery.provenance.hints import Hint, Source, at, hash_text
from leery.provenance.origin import Origin
from leery_analyzers.text import TextRange

PASTE = "import os\nos.system('ls -l')\n"
ORIGIN = Origin("paste", "observed")


def owner_of(world, text, uri="a"):
    found = [owner for content, owner in world.runs(uri) if content == text]
    assert len(found) == 1, world.runs(uri)
    return found[0]


class TestOrder:
    def test_after_the_edit_the_unknown_block_gets_its_origin(self, world):
        world.open("a", "top\n")
        first = world.change((4, 4, PASTE))
        assert [block.id for block in first.created] == ["b1"]
        result = world.hint((4, 4 + len(PASTE)), text=PASTE, kind="chat", assistant="claude", session="s", prompt="p")
        assert result.created == ()
        assert [(block.id, old.kind) for block, old in result.reattributed] == [("b1", "unknown")]
        assert world.tracker.block("b1").origin == Origin("chat", "observed", "claude", None, "s", "p")

    def test_before_the_edit_with_the_old_version(self, world):
        world.open("a", "top\n")
        waiting = world.hint((4, 4 + len(PASTE)), text=PASTE, version=1)
        assert waiting.matched == ()
        result = world.change((4, 4, PASTE))
        assert [(one.hint.origin, one.block) for one in result.matched] == [(ORIGIN, "b1")]
        assert [block.origin for block in result.created] == [ORIGIN]

    def test_before_the_edit_with_the_new_version(self, world):
        world.open("a", "top\n")
        world.hint((4, 8), text="four", version=2)
        world.change((4, 4, "four"))
        assert owner_of(world, "four") == "b1"

    def test_after_later_edits(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        version = world.version["a"]
        world.type_at(0, "ab")
        world.type_at(8, "X")
        world.hint((4, 8), text="four", version=version)
        assert world.runs() == [("ab", "typed"), ("top\n", ""), ("fo", "b1"), ("X", "typed"), ("ur", "b1")]
        assert world.tracker.block("b1").inserted == 4

    def test_a_file_that_is_written_anew_keeps_what_it_had(self, world):
        world.open("a", "top\n")
        world.change((4, 4, PASTE))
        world.hint((4, 4 + len(PASTE)), text=PASTE)
        world.type_at(0, "x")
        before = world.runs()
        text = "xtop\n" + PASTE
        world.change((0, len(text), ""))  # the editor reads the file while it is empty
        anew = "new\n" + text
        world.change((0, 0, anew))
        world.hint((0, len(anew)), text=anew, kind="disk")
        [(added, owner), *rest] = world.runs()
        assert (added, rest) == ("new\n", before)
        assert world.tracker.block(owner).origin.kind == "disk"

    def test_a_file_that_has_long_been_empty_is_all_from_the_disk(self, world):
        world.open("a", "top\n")
        world.change((0, 4, ""))
        world.time += 60
        world.change((0, 0, "top\nnew\n"))
        world.hint((0, 8), text="top\nnew\n", kind="disk")
        assert [text for text, _ in world.runs()] == ["top\nnew\n"]

    def test_after_undo_and_redo(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        version = world.version["a"]
        world.change((4, 8, ""))
        world.hint((4, 8), text="four", version=version)
        assert world.runs() == [("top\n", "")]
        world.change((4, 4, "four"))
        assert world.runs() == [("top\n", ""), ("four", "b1")]

    def test_after_its_text_was_copied(self, world):
        world.open("a", "top\n")
        world.open("b", "")
        world.change((4, 4, PASTE))
        version = world.version["a"]
        world.change((0, 0, PASTE))
        world.change((0, 0, PASTE), uri="b")
        start = 4
        world.hint((start, start + len(PASTE)), text=PASTE, version=version)
        assert world.runs() == [(PASTE, "b1"), ("top\n", ""), (PASTE, "b1")]
        assert world.runs("b") == [(PASTE, "b1")]
        assert world.tracker.block("b1").origin == ORIGIN

    def test_amid_a_batch(self, world):
        """A client that sends several changes as one version knows the place right after its own one."""
        world.open("a", "top\n")
        world.hint((4, 8), text="four", version=1)
        world.change((4, 4, "four"), (0, 0, "x"), (1, 1, "y"))
        assert world.runs() == [("xy", "typed"), ("top\n", ""), ("four", "b1")]

    def test_positions_are_resolved_in_the_text_that_fits(self, world):
        """The same UTF-16 position is another place in another version."""
        world.open("a", "\U0001f600ab\n")
        world.change((1, 1, "four"))
        world.change((0, 0, "zz\n"))

        def place(text):
            return [TextRange(text.offset_at(0, 2, "utf-16"), text.offset_at(0, 6, "utf-16"))]

        world.tracker.hint(Hint("a", 2, place, ORIGIN, hash_text("four")))
        assert owner_of(world, "four") == "b1"


class TestMatching:
    def test_without_a_change_it_is_unmatched_after_two_seconds(self, world):
        world.open("a", "top\n")
        world.hint((0, 3), text="top")
        world.time += 1.9
        assert world.tracker.tick() == []
        world.time += 0.2
        (result,) = world.tracker.tick()
        assert [hint.origin for hint in result.unmatched] == [ORIGIN]
        assert world.runs() == [("top\n", "")]
        assert world.tracker.tick() == []

    def test_a_late_edit_is_not_taken(self, world):
        world.open("a", "top\n")
        world.hint((4, 8), text="four", version=2)
        world.time += 2.5
        result = world.change((4, 4, "four"))
        assert result.matched == ()
        assert len(result.unmatched) == 1
        assert world.runs() == [("top\n", ""), ("four", "typed")]

    def test_an_early_edit_is_not_taken(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        world.time += 2.5
        assert world.hint((4, 8), text="four").matched == ()
        assert owner_of(world, "four") == "typed"

    def test_another_text_is_not_taken(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        assert world.hint((4, 8), text="five").matched == ()
        assert owner_of(world, "four") == "typed"

    @pytest.mark.parametrize("place", [(4, 7), (3, 8), (3, 7), (5, 8), (0, 8)])
    def test_without_a_hash_the_range_must_be_the_inserted_one(self, world, place):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        assert world.hint(place).matched == ()
        assert owner_of(world, "four") == "typed"
        assert world.hint((4, 8)).matched != ()
        assert owner_of(world, "four") == "b1"

    def test_a_claimed_edit_is_not_taken_again(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        world.hint((4, 8), text="four", kind="completion")
        assert world.hint((4, 8), text="four", kind="paste").matched == ()
        assert world.tracker.block("b1").origin.kind == "completion"

    def test_a_repeated_hint_is_harmless_and_not_unmatched(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        for _ in range(3):
            world.hint((4, 8), text="four")
        world.time += 3
        assert world.tracker.tick() == []
        assert world.runs() == [("top\n", ""), ("four", "b1")]

    def test_a_repeated_hint_with_better_evidence(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        world.hint((4, 8), text="four", kind="completion")
        world.hint((4, 8), text="four", kind="completion", evidence="reported", assistant="copilot")
        world.time += 3
        world.tracker.tick()
        assert world.tracker.block("b1").origin == Origin("completion", "reported", "copilot")

    def test_the_same_paste_twice_at_the_same_place(self, world):
        world.open("a", "")
        world.hint((0, 5), text="four\n", version=1)
        world.change((0, 0, "four\n"))
        world.hint((0, 5), text="four\n", version=2)
        world.change((0, 0, "four\n"))
        assert world.runs() == [("four\n", "b2"), ("four\n", "b1")]

    @pytest.mark.parametrize(
        "place", [(8, 4), (-1, 3), (2, 99), (99, 120), (4, 4), (0, 0)], ids=lambda place: f"{place[0]}-{place[1]}"
    )
    def test_impossible_ranges_never_raise(self, world, place):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        assert world.hint(place, text="four").matched == ()
        assert world.hint(place).matched == ()

    def test_overlapping_ranges_do_not_match(self, world):
        world.open("a", "top\n")
        world.change((4, 4, "four"))
        assert world.hint((4, 7), (6, 8)).matched == ()

    def test_an_unopened_document(self, world):
        assert world.tracker.hint(Hint("nowhere", 1, at(TextRange(0, 1)), ORIGIN)) is None

    def test_a_typed_hint_makes_no_block(self, world):
        world.open("a", "")
        world.change((0, 0, PASTE))
        result = world.hint((0, len(PASTE)), kind="typed", text=PASTE)
        assert world.runs() == [(PASTE, "typed")]
        assert result.removed == ("b1",)
        assert [one.block for one in result.matched] == [None]

    def test_lone_surrogates_and_line_endings_are_hashed_as_they_stand(self, world):
        text = "a\r\n\ud83d\u2028b"
        world.open("a", "")
        world.change((0, 0, text))
        world.hint((0, len(text)), text=text)
        assert world.runs() == [(text, "b1")]


class TestSeveralRanges:
    def test_several_cursors(self, world):
        world.open("a", "one\ntwo\n")
        world.change((7, 7, "spam"), (3, 3, "eggs"))
        world.hint((3, 7), (11, 15), text="eggsspam")
        assert world.runs() == [("one", ""), ("eggs", "b1"), ("\ntwo", ""), ("spam", "b1"), ("\n", "")]
        assert world.tracker.block("b1").inserted == 8

    def test_unsorted_ranges(self, world):
        world.open("a", "one\ntwo\n")
        world.change((7, 7, "spam"), (3, 3, "eggs"))
        world.hint((11, 15), (3, 7), text="eggsspam")
        assert owner_of(world, "eggs") == owner_of(world, "spam") == "b1"

    def test_one_range_from_several_edits(self, world):
        """A long bracketed paste arrives in pieces."""
        world.open("a", "top\nend\n")
        world.change((4, 4, "x = compute(1)\ny = comp"))
        world.change((27, 27, "ute(2)\n"))
        text = "x = compute(1)\ny = compute(2)\n"
        world.hint((4, 4 + len(text)), text=text)
        assert world.runs() == [("top\n", ""), (text, "b1"), ("end\n", "")]

    def test_text_copied_before_its_pieces_were_known_to_be_one(self, world):
        one, two = "x = compute(1)\ny = compute(2)\n", "z = compute(3)\nv = compute(4)\n"
        world.open("a", "")
        world.open("b", "")
        world.change((0, 0, one))
        world.change((len(one), len(one), two))
        version = world.version["a"]
        world.delete(two)
        world.hint((0, len(one + two)), text=one + two, version=version)
        assert world.runs("a") == [(one, "b1")]
        world.change((0, 0, two), uri="b")
        assert world.runs("b") == [(two, "b1")]

    def test_without_a_hash_one_missing_range_spoils_it(self, world):
        world.open("a", "one\ntwo\n")
        world.change((3, 3, "eggs"))
        assert world.hint((3, 7), (8, 11)).matched == ()


class TestTrimmedEdits:
    def test_a_line_pasted_below_a_similar_one(self, world):
        """Neovim sends the minimal difference."""
        world.open("a", "foo(b)\nbar\n")
        world.change((4, 4, "a)\nfoo("))
        world.hint((0, 7), text="foo(a)\n")
        assert world.runs() == [("foo(a)\n", "b1"), ("foo(b)\nbar\n", "")]

    def test_without_a_hash_too(self, world):
        world.open("a", "aaa\n")
        world.change((2, 2, "aa"))
        world.hint((0, 2))
        assert world.runs() == [("aa", "b1"), ("aaa\n", "")]

    def test_not_when_it_would_change_the_text(self, world):
        world.open("a", "abc\n")
        world.change((2, 2, "xb"))
        assert world.hint((0, 2)).matched == ()
        assert world.hint((1, 3)).matched != ()

    def test_over_a_selection_that_begins_and_ends_alike(self, world):
        world.open("a", "x = foo(a)\n")
        world.change((8, 9, "b"))
        world.hint((4, 10), text="foo(b)")
        assert world.runs() == [("x = ", ""), ("foo(b)", "b1"), ("\n", "")]

    def test_the_same_with_the_whole_replacement(self, world):
        world.open("a", "x = foo(a)\n")
        world.change((4, 10, "foo(b)"))
        world.hint((4, 10))
        assert world.runs() == [("x = ", ""), ("foo(b)", "b1"), ("\n", "")]

    def test_a_replacement_that_only_takes_away(self, world):
        world.open("a", "run(a, b)\n")
        world.change((5, 8, ""))
        world.hint((0, 6), text="run(a)", kind="agent")
        assert world.runs() == [("run(a)", "b1"), ("\n", "")]

    def test_whole_lines_that_did_not_change_keep_their_owners(self, world):
        world.open("a", "def f():\n    one()\n    two()\n    three()\n")
        text = "def f():\n    one()\n    zwei(2)\n    three()\n"
        world.change((23, 28, "zwei(2)"))
        world.hint((0, len(text)), text=text, kind="agent", evidence="reported")
        assert world.runs() == [
            ("def f():\n    one()\n", ""),
            ("    zwei(2)\n", "b1"),
            ("    three()\n", ""),
        ]
        assert world.tracker.block("b1").inserted == len("    zwei(2)\n")

    def test_a_formatter_run_by_an_agent_keeps_authorship(self, world):
        world.open("a", "foo( a,b )\nbar( c )\n")
        text = "foo(a, b)\nbar(c)\n"
        world.change((0, 20, text))
        result = world.hint((0, len(text)), text=text, kind="agent")
        assert world.runs() == [(text, "")]
        assert [one.block for one in result.matched] == [None]

    @pytest.mark.parametrize("kind", ["paste", "typed"])
    def test_text_put_into_several_lines_that_came_as_one_edit(self, world, kind):
        world.open("a", "one\n")
        world.type_at(4, "two\n")
        world.change((0, 7, "aaone\nbbtwo"))
        result = world.hint((0, 2), (6, 8), text="aabb", kind=kind)
        assert [one.hint.origin.kind for one in result.matched] == [kind]
        owner = "b1" if kind == "paste" else "typed"
        expected = [("aa", owner), ("one\n", ""), ("bb", owner), ("two\n", "typed")]
        joined = [("aa", owner), ("one\n", ""), ("bbtwo\n", "typed")]
        assert world.runs() == (expected if kind == "paste" else joined)

    def test_ranges_that_leave_other_text_than_there_was_explain_nothing(self, world):
        world.open("a", "one\ntwo\n")
        world.change((0, 7, "aaone\nbbtwo!"))
        assert world.hint((0, 2), (6, 8), text="aabb").matched == ()

    def test_an_insertion_is_slid_when_the_client_also_sent_what_stands_behind(self, world):
        world.open("a", "x tail\n")
        world.change((2, 6, " one = 1\n two = 2 tail"))
        world.hint((1, 19), text="  one = 1\n two = 2")
        assert world.runs() == [("x", ""), ("  one = 1\n two = 2", "b1"), (" tail\n", "")]

    def test_typing_right_after_the_paste_stays_typing(self, world):
        world.open("a", "top\n")
        world.change((4, 4, PASTE))
        world.type_at(4 + len(PASTE), "x")
        world.hint((4, 4 + len(PASTE)), text=PASTE)
        assert world.runs() == [("top\n", ""), (PASTE, "b1"), ("x", "typed")]


class TestSource:
    def test_the_shortest_text_keeps_the_origin_it_has_where_it_was_copied(self, world):
        world.open("a", "")
        world.type_at(0, "x = y\n")
        world.change((6, 6, "z"))
        world.hint((6, 7), text="z", kind="completion")
        world.change((0, 0, "z"))
        world.hint((0, 1), text="z", source=Source("a", at(TextRange(6, 7))))
        assert world.runs() == [("z", "b1"), ("x = y\n", "typed"), ("z", "b1")]
        world.change((7, 7, "x"))
        world.hint((7, 8), text="x", source=Source("a", at(TextRange(1, 2))))
        assert world.runs() == [("z", "b1"), ("x = y\nx", "typed"), ("z", "b1")]

    def test_another_document_and_a_line_copied_without_a_selection(self, world):
        world.open("other", "")
        world.type_at(0, "ab\ncd\n", uri="other")
        world.open("a", "top\n")
        world.change((0, 0, "cd\n"))
        world.hint((0, 3), text="cd\n", source=Source("other", at(TextRange(3, 5))))
        assert world.runs() == [("cd\n", "typed"), ("top\n", "")]

    def test_each_place_keeps_the_origin_of_its_own_text(self, world):
        world.open("a", "one two\n")
        world.type_at(8, "me")
        world.change((0, 0, "me"), (12, 12, "one"))
        ranges = at(TextRange(0, 3), TextRange(8, 10))
        world.hint((0, 2), (12, 15), text="meone", source=Source("a", ranges))
        assert world.runs() == [("me", "typed"), ("one two\n", ""), ("me", "typed"), ("one", "")]

    @pytest.mark.parametrize("source", [Source("a", at(TextRange(0, 1))), Source("gone", at(TextRange(0, 1)))])
    def test_a_text_that_does_not_stand_there_is_a_paste(self, world, source):
        world.open("a", "top\n")
        world.change((4, 4, "x"))
        world.hint((4, 5), text="x", source=source)
        assert world.runs() == [("top\n", ""), ("x", "b1")]
        assert world.tracker.block("b1").origin == ORIGIN
