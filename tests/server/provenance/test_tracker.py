from __future__ import annotations

from dataclasses import replace

import pytest

from leery.provenance.origin import Origin
from leery.provenance.tracker import Tracker
from leery_analyzers.text import TextRange

PASTE = "import os\nos.system('ls -l')\n"
LINE = "subprocess.call(command, shell=True, cwd=somewhere)"


class TestTyping:
    @pytest.mark.parametrize("text", ["x", "ab", "abc", "\n", "\r\n        ", "\r\t", "a\nb", "\U0001f600"])
    def test_one_to_three_characters_or_enter_with_indentation(self, world, text):
        world.open("a", "one\ntwo\n")
        result = world.change((4, 4, text))
        assert world.runs() == [("one\n", ""), (text, "typed"), ("two\n", "")]
        assert result.created == ()

    @pytest.mark.parametrize("text", ["        ", "x" * 39, "return None", "    value = 1\n"])
    def test_more_than_a_keystroke_and_less_than_the_threshold(self, world, text):
        world.open("a", "one\ntwo\n")
        world.change((4, 4, text))
        assert world.runs() == [("one\n", ""), (text, "typed"), ("two\n", "")]

    @pytest.mark.parametrize("text", ["x" * 40, "x " * 40, "a = 1\nb = 2", "a = 1\r\n\r\nb = 2\r\n", "a()\rb()\r"])
    def test_from_the_threshold_or_two_lines_on_it_is_unknown(self, world, text):
        world.open("a", "one\ntwo\n")
        result = world.change((4, 4, text))
        assert world.runs() == [("one\n", ""), (text, "b1"), ("two\n", "")]
        assert [block.origin for block in result.created] == [Origin("unknown", "inferred")]
        assert result.created[0].inserted == len(text)

    def test_the_threshold_is_a_setting(self, world):
        world.open("a", "")
        world.tracker.unknown_threshold = 5
        world.change((0, 0, "abcde"))
        assert world.runs() == [("abcde", "b1")]

    def test_line_separators_of_unicode_are_no_lines(self, world):
        world.open("a", "")
        world.change((0, 0, "abc\u2028def\x0cghi\x85jkl"))
        assert world.runs() == [("abc\u2028def\x0cghi\x85jkl", "typed")]


class TestTrimming:
    def test_common_ends_keep_their_owners(self, world):
        world.open("a", "value = compute(alpha)\n")
        world.change((0, 22, "value = compute(beta, alpha)"))
        assert world.runs() == [("value = compute(", ""), ("beta, ", "typed"), ("alpha)\n", "")]

    def test_a_whole_document_that_differs_in_one_character(self, world):
        world.open("a", "one\ntwo\nthree\n")
        world.change((0, 14, "one\ntwOo\nthree\n"))
        assert world.runs() == [("one\ntw", ""), ("O", "typed"), ("o\nthree\n", "")]

    def test_a_replacement_by_the_same_is_nothing(self, world):
        world.open("a", "one\n")
        result = world.change((0, 3, "one"))
        assert world.runs() == [("one\n", "")]
        assert result.touched == ()
        assert result.document.version == 2

    def test_places_outside_are_moved_inside(self, world):
        world.open("a", "ab")
        world.change((5, 9, "c"))
        world.change((-3, 1, "x"))
        assert world.runs() == [("x", "typed"), ("b", ""), ("c", "typed")]

    def test_half_a_surrogate_pair_and_half_a_line_ending(self, world):
        world.open("a", "a\ud83db\r\nc")
        world.change((4, 4, "\udc00"))
        assert world.runs() == [("a\ud83db\r", ""), ("\udc00", "typed"), ("\nc", "")]


class TestUndo:
    def test_undo_and_redo_of_a_paste(self, world):
        world.open("a", "top\n")
        world.change((4, 4, PASTE))
        gone = world.change((4, 4 + len(PASTE), ""))
        assert gone.removed == ("b1",)
        back = world.change((4, 4, PASTE))
        assert world.runs() == [("top\n", ""), (PASTE, "b1")]
        assert back.arrived == ("b1",)
        assert back.created == ()

    def test_undo_of_a_deletion_within_a_block(self, world):
        world.open("a", "")
        world.change((0, 0, PASTE))
        world.delete("os.system")
        assert world.block("b1").survived == pytest.approx((len(PASTE) - 9) / len(PASTE))
        world.change((10, 10, "os.system"))
        assert world.runs() == [(PASTE, "b1")]
        assert world.block("b1").survived == 1.0

    def test_undo_of_several_places_at_once(self, world):
        world.open("a", "")
        world.change((0, 0, "x = 1\ny = 2\nz = 3\n"))
        world.change((12, 13, "abcd"), (6, 7, "efgh"))
        assert [owner for _, owner in world.runs()] == ["b1", "typed", "b1", "typed", "b1"]
        world.change((15, 19, "z"), (6, 10, "y"))
        assert world.runs() == [("x = 1\ny = 2\nz = 3\n", "b1")]

    def test_a_state_within_a_batch_counts(self, world):
        world.open("a", "one\n")
        world.change((4, 4, PASTE), (0, 0, "# "))
        world.change((0, 2, ""), (4, 4 + len(PASTE), ""))
        world.change((4, 4, PASTE))
        assert world.runs() == [("one\n", ""), (PASTE, "b1")]

    def test_a_batch_that_undoes_two_changes_comes_by_the_one_between(self, world):
        world.open("a", "x\n")
        world.change((2, 2, PASTE))
        world.hint((2, 2 + len(PASTE)), text=PASTE)
        pasted = world.runs()
        world.change((0, 1, "yyyy"))
        between = world.text()
        world.delete(PASTE)
        world.change((5, 5, PASTE), (0, 4, "x"))
        assert world.runs() == pasted
        world.change((0, 1, "yyyy"))
        assert world.text() == between
        assert world.runs() == [("yyyy", "typed"), *((text.removeprefix("x"), owner) for text, owner in pasted)]

    def test_undo_of_a_reload(self, world):
        world.open("a", "first\n")
        world.type_at(0, "typed ")
        world.change((12, 12, PASTE))
        world.hint((12, 12 + len(PASTE)), text=PASTE)
        before, known = world.text(), world.runs()
        world.tracker.close("a")
        world.tracker.settle(world.open("a", "something else\n"))
        world.tracker.close("a")
        assert world.open("a", before).jobs == ()
        assert world.runs() == known
        world.delete(PASTE)
        world.change((12, 12, PASTE))
        assert world.runs() == known

    def test_a_hint_overrides_undo(self, world):
        world.open("a", "one\n")
        world.change((4, 4, PASTE))
        world.change((4, 4 + len(PASTE), ""))
        world.change((4, 4, PASTE))
        world.hint((4, 4 + len(PASTE)), kind="completion", text=PASTE, assistant="copilot")
        assert world.tracker.block(world.runs()[1][1]).origin == Origin("completion", "observed", "copilot")

    def test_states_are_forgotten_after_two_hundred(self, world):
        world.open("a", "")
        world.change((0, 0, PASTE))
        world.change((0, len(PASTE), "abc"))
        for index in range(250):
            world.change((3, 3, "+") if index % 2 == 0 else (3, 4, "-"))
        world.time += 1_000
        world.change((0, len(world.text()), PASTE))
        assert "b2" in {owner for _, owner in world.runs()}


class TestMoving:
    def test_cut_and_paste_within_a_document(self, world):
        world.open("a", "def f():\n    pass\n\ndef g():\n    pass\n")
        world.insert_before("def g", PASTE)
        world.change((3, 3, "z"))
        world.delete(PASTE)
        result = world.insert_before("dzef f" if "dzef f" in world.text() else "defz f", PASTE)
        assert world.runs()[0] == (PASTE, "b1")
        assert result.arrived == ("b1",)

    def test_across_files(self, world):
        world.open("a", "")
        world.open("b", "other\n")
        world.change((0, 0, PASTE))
        world.delete(PASTE)
        world.change((6, 6, PASTE), uri="b")
        assert world.runs("b") == [("other\n", ""), (PASTE, "b1")]
        assert world.runs("a") == []

    def test_text_with_several_owners(self, world):
        world.open("a", "old()\nrest\n")
        world.change((6, 6, PASTE))
        world.type_at(10, "#")
        cut = world.text()[: 6 + len(PASTE) + 1]
        world.delete(cut)
        world.change((5, 5, "new_thing()\n" + "x = 1"))
        world.change((0, 0, cut))
        assert world.runs()[:4] == [
            ("old()\n", ""),
            (PASTE[:4], "b1"),
            ("#", "typed"),
            (PASTE[4:], "b1"),
        ]

    def test_typed_text_stays_typed(self, world):
        world.open("a", "x\n")
        world.change((2, 2, "secret_value()"))
        world.delete("secret_value()")
        world.change((0, 0, "secret_value()"))
        assert world.runs() == [("secret_value()", "typed"), ("x\n", "")]

    def test_short_texts_only_with_a_hint(self, world):
        world.open("a", "top\n")
        world.change((4, 4, PASTE))
        world.change((4, 6, ""))
        world.change((0, 0, "im"))
        assert world.runs()[0] == ("im", "typed")
        world.hint((0, 2), text="im")
        assert world.runs()[0] == ("im", "b1")

    @pytest.mark.parametrize("upwards", [True, False])
    def test_a_line_move_in_one_change(self, world, upwards):
        """Insert first or delete first, as editors order changes from the end of the file."""
        world.open("a", "alpha()\nbeta()\n")
        world.change((8, 8, "x = 1\ny = 2\n"))
        text = world.text()
        assert text == "alpha()\nx = 1\ny = 2\nbeta()\n"
        if upwards:
            world.change((20, 20, "alpha()\n"), (0, 8, ""))
        else:
            world.change((20, 27, ""), (8, 8, "beta()\n"))
        moved = [("x = 1\ny = 2\n", "b1"), ("alpha()\nbeta()\n", "")]
        assert world.runs() == (moved if upwards else [("alpha()\nbeta()\n", ""), ("x = 1\ny = 2\n", "b1")])

    def test_a_pasted_line_is_moved_by_inserting_before_deleting(self, world):
        world.open("a", "alpha()\nbeta()\n")
        world.change((0, 0, LINE + "\n"))
        world.change((15 + len(LINE) + 1, 15 + len(LINE) + 1, LINE + "\n"), (0, len(LINE) + 1, ""))
        assert world.runs() == [("alpha()\nbeta()\n", ""), (LINE + "\n", "b1")]

    def test_lines_that_changed_places_in_one_replacement(self, world):
        world.open("a", "first()\n")
        world.change((8, 8, LINE + "\n"))
        world.change((0, 8 + len(LINE), LINE + "\nfirst()"))
        assert world.runs()[0] == (LINE + "\n", "b1")
        assert world.runs()[1][0].startswith("first()")
        assert world.runs()[1][1] == ""

    def test_neovim_reports_a_cut_line_rotated(self, world):
        world.open("a", "")
        world.change((0, 0, "foo(1, 2, 3, bar(spam), eggs, parameters, more)\n"))
        size = len(world.text())
        world.type_at(size, "foo(b)\n")
        # `dd` on the first line, as a minimal difference, then `p` at the end
        world.change((4, size + 4, ""))
        assert world.runs() == [("foo(b)\n", "typed")]
        world.change((6, 6, "\nfoo(1, 2, 3, bar(spam), eggs, parameters, more)"))
        assert world.runs() == [("foo(b)\n", "typed"), ("foo(1, 2, 3, bar(spam), eggs, parameters, more)\n", "b1")]

    def test_after_ten_minutes_it_is_forgotten(self, world):
        world.open("a", "rest\n")
        world.change((0, 0, PASTE))
        world.delete(PASTE)
        world.time += 601
        world.change((5, 5, PASTE))
        assert world.runs()[-1] == (PASTE, "b2")


class TestCopying:
    def test_within_a_document(self, world):
        world.open("a", "rest\n")
        world.change((0, 0, PASTE))
        world.change((len(PASTE) + 5, len(PASTE) + 5, PASTE))
        assert world.runs() == [(PASTE, "b1"), ("rest\n", ""), (PASTE, "b1")]
        assert world.block("b1").survived == 1.0

    def test_from_another_document(self, world):
        world.open("a", PASTE)
        world.open("b", "rest\n")
        world.change((5, 5, PASTE), uri="b")
        assert world.runs("b") == [("rest\n" + PASTE, "")]

    def test_an_occurrence_in_a_block_is_preferred(self, world):
        world.open("a", LINE + "\n#\n")
        size = len(LINE)
        world.change((size + 3, size + 3, LINE + "\n"))
        world.hint((size + 3, 2 * size + 4), kind="agent", text=LINE + "\n")
        assert world.runs() == [(LINE + "\n#\n", ""), (LINE + "\n", "b1")]
        world.change((size + 2, size + 2, LINE))
        assert world.runs() == [(LINE + "\n#", ""), (LINE, "b1"), ("\n", ""), (LINE + "\n", "b1")]

    def test_this_document_before_others(self, world):
        world.open("b", "")
        world.change((0, 0, PASTE), uri="b")
        world.open("a", PASTE + "#\n")
        world.change((len(PASTE) + 2, len(PASTE) + 2, PASTE))
        assert world.runs() == [(PASTE + "#\n" + PASTE, "")]

    def test_a_paste_hint_for_text_that_stands_here(self, world):
        world.open("a", "value = compute(alpha)\n")
        world.change((23, 23, "compute(alpha)"))
        result = world.hint((23, 37), text="compute(alpha)")
        assert world.runs() == [("value = compute(alpha)\ncompute(alpha)", "")]
        assert [one.block for one in result.matched] == [None]

    def test_a_paste_hint_for_less_than_ten_characters(self, world):
        world.open("a", "compute()\n")
        world.change((10, 10, "compute()"))
        world.hint((10, 19), text="compute()")
        assert world.runs() == [("compute()\n", ""), ("compute()", "b1")]

    def test_a_completion_that_stands_here_is_a_completion(self, world):
        world.open("a", PASTE)
        world.change((len(PASTE), len(PASTE), PASTE))
        assert world.runs() == [(PASTE + PASTE, "")]
        world.hint((len(PASTE), 2 * len(PASTE)), kind="completion", text=PASTE)
        assert world.runs() == [(PASTE, ""), (PASTE, "b1")]


class TestFormatting:
    def test_indenting_several_lines(self, world):
        world.open("a", "def f():\n")
        world.change((9, 9, PASTE))
        world.change((9, 9, "    "), (23, 23, "    "))
        assert world.runs() == [("def f():\n", ""), ("    import os\n    os.system('ls -l')\n", "b1")]
        assert world.block("b1").survived == 1.0

    def test_a_typed_blank_is_typing(self, world):
        world.open("a", "")
        world.change((0, 0, PASTE))
        world.change((6, 6, "  "))
        assert world.runs() == [("import", "b1"), ("  ", "typed"), (" os\nos.system('ls -l')\n", "b1")]

    def test_what_black_does(self, world):
        before = "x = {  'a':1 }\nfoo(alpha , beta)\n"
        after = 'x = {"a": 1}\nfoo(\n    alpha,\n    beta,\n)\n'
        world.open("a", "top()\n\nend()\n")
        world.change((7, 7, before))
        world.change((7, 7 + len(before), after))
        assert world.runs() == [("top()\n\n", ""), (after, "b1"), ("end()\n", "")]
        assert world.block("b1").survived == 1.0

    def test_what_prettier_does_as_small_edits(self, world):
        before = "const f = x => run( 'a', x )\nconst g = [ 1,2 ]\n"
        world.open("a", "")
        world.change((0, 0, before))
        edits = [("[ 1,2 ]\n", "[1, 2];\n"), ("run( 'a', x )\n", 'run("a", x);\n'), ("x =>", "(x) =>")]
        places = [(before.index(old), before.index(old) + len(old), new) for old, new in edits]
        world.change(*places)
        assert world.text() == 'const f = (x) => run("a", x);\nconst g = [1, 2];\n'
        assert world.runs() == [(world.text(), "b1")]
        assert world.block("b1").survived == 1.0

    def test_survival_does_not_rise_or_fall_by_formatting_and_undo(self, world):
        world.open("a", "")
        world.change((0, 0, "foo(alpha, beta, gamma)\nrun(1)\n"))
        world.delete("run(1)\n")
        before = world.block("b1").survived
        assert before == pytest.approx(24 / 31)
        world.change((0, 23, "foo(\n    alpha,\n    beta,\n    gamma,\n)"))
        assert world.block("b1").survived == pytest.approx(before, abs=0.03)
        assert world.block("b1").survived >= before
        world.change((0, len(world.text()) - 1, "foo(alpha, beta, gamma)"))
        assert world.block("b1").survived == before

    def test_a_change_of_meaning_is_no_formatting(self, world):
        world.open("a", "total = alpha + beta * gamma\n")
        world.change((0, 0, "import os\nimport sys\n"))
        world.change((21 + 8, 21 + 28, "(alpha + beta) * gamma"))
        assert [part for part in world.runs() if part[1] == "typed"] == [("(alpha + beta)", "typed")]

    def test_a_rewritten_region_keeps_equal_lines(self, world):
        world.open("a", "def f(x):\n    y = x + 1\n    return y\n")
        world.change((0, 37, "import os\n\n\ndef f(x):\n    os.system(x)\n    os.remove(x)\n    return y\n"))
        assert world.runs() == [
            ("import os\n\n\n", "b1"),
            ("def f(x):\n    ", ""),
            ("os.system(x)\n    os.remove(x)\n", "b1"),
            ("    return y\n", ""),
        ] or world.runs() == [
            ("import os\n\n\n", "b1"),
            ("def f(x):\n", ""),
            ("    os.system(x)\n    os.remove(x)\n", "b1"),
            ("    return y\n", ""),
        ]

    def test_a_large_rewrite_is_left_to_a_job(self, world):
        lines = [f"name_{index} = compute({index}, other_{index})\n" for index in range(400)]
        world.open("a", "".join(lines))
        changed = list(lines)
        changed[0] = "import os\n"
        changed[200] = LINE + "\n"
        changed[399] = "end()\n"
        result = world.change((0, len("".join(lines)), "".join(changed)))
        assert len(result.jobs) == 1
        world.type_at(3, "q")
        world.tracker.settle(result)
        assert [part for part in world.runs() if part[1] not in ("", "b1")] == [("q", "typed")]
        assert [text for text, owner in world.runs() if owner == "b1"][-1] in ("end()", "end()\n")
        assert sum(len(text) for text, owner in world.runs() if owner == "") > 0.98 * len("".join(lines[1:200]) * 2)

    def test_a_large_formatting_is_left_to_a_job(self, world):
        lines = [f"name_{index} = compute( {index},other_{index} )\n" for index in range(400)]
        world.open("a", "top\n")
        world.change((4, 4, "".join(lines)))
        world.tracker.review("a", "b1", "approved")
        tidy = "".join(line.replace("( ", "(").replace(" )", ")").replace(",", ", ") for line in lines)
        result = world.change((4, 4 + len("".join(lines)), tidy))
        done = world.tracker.settle(result)
        assert world.runs() == [("top\n", ""), (tidy, "b1")]
        assert world.block("b1").survived == 1.0
        assert world.block("b1").state == "reviewed"
        assert done[0].removed == ("b2",)


class TestReviews:
    @pytest.fixture
    def reviewed(self, world):
        world.open("a", "top()\nend()\n")
        world.change((6, 6, PASTE))
        world.tracker.review("a", "b1", "approved", "looks fine")
        assert world.block("b1").state == "reviewed"
        return world

    def test_a_review_of_another_process_holds_for_what_it_was_bound_to(self, reviewed):
        elsewhere = reviewed.tracker.snapshot("a")
        (known,) = elsewhere.blocks
        assert reviewed.tracker.decided(elsewhere) is None
        again = replace(known, review=replace(known.review, decision="rejected", time=known.review.time + 1))
        reviewed.type_at(0, "#")
        result = reviewed.tracker.decided(replace(elsewhere, blocks=(again,)))
        assert result.lapsed == ()
        assert (reviewed.block("b1").block.review, reviewed.block("b1").state) == (again.review, "reviewed")
        stale = replace(again, review=replace(again.review, hashes=("of another text",), time=again.review.time + 1))
        assert reviewed.tracker.decided(replace(elsewhere, blocks=(stale,))).lapsed == ("b1",)
        assert reviewed.block("b1").state == "lapsed"
        assert reviewed.tracker.decided(replace(elsewhere, uri="file:///closed.py")) is None

    def test_typing_elsewhere_does_not_matter(self, reviewed):
        reviewed.type_at(2, "abc")
        assert reviewed.block("b1").state == "reviewed"

    def test_typing_beside_it_does_not_matter(self, reviewed):
        reviewed.type_at(15, "  # fine")
        assert reviewed.block("b1").state == "reviewed"

    def test_taking_some_of_it_away_does(self, reviewed):
        result = reviewed.delete("-l")
        assert result.lapsed == ("b1",)
        assert reviewed.block("b1").state == "lapsed"

    def test_undo_brings_the_review_back(self, reviewed):
        reviewed.delete("-l")
        reviewed.change((30, 30, "-l"))
        assert reviewed.text() == "top()\n" + PASTE + "end()\n"
        assert reviewed.block("b1").state == "reviewed"

    def test_an_assistant_writes_into_its_line(self, reviewed):
        place = reviewed.text().index("'ls")
        reviewed.change((place, place, "command_line, "))
        assert reviewed.block("b1").state == "reviewed"
        result = reviewed.hint((place, place + 14), kind="agent", text="command_line, ")
        assert result.lapsed == ("b1",)
        assert reviewed.block("b1").state == "lapsed"

    def test_an_assistant_writes_between_its_lines(self, reviewed):
        result = reviewed.insert_before("os.system", "import sys\nimport shutil\n")
        assert result.lapsed == ("b1",)

    def test_a_paste_into_the_line_after_it_does_not_matter(self, reviewed):
        result = reviewed.insert_before("end()", "shutil.rmtree(somewhere)\nshutil.move(a, b)\n")
        assert result.lapsed == ()
        assert reviewed.block("b1").state == "reviewed"

    def test_formatting_keeps_it(self, reviewed):
        reviewed.change((6, 6, "    "), (20, 20, "    "))
        assert reviewed.block("b1").state == "reviewed"
        place = reviewed.text().index("'ls -l'")
        reviewed.change((place, place + 7, '"ls -l"'))
        assert reviewed.block("b1").state == "reviewed"

    def test_moving_keeps_it(self, reviewed):
        reviewed.delete(PASTE)
        reviewed.change((0, 0, PASTE))
        assert reviewed.block("b1").state == "reviewed"

    def test_it_lapses_once(self, reviewed):
        assert reviewed.delete("-l").lapsed == ("b1",)
        assert reviewed.delete("ls").lapsed == ()


class TestDocuments:
    def test_what_is_there_at_first_is_nobodys(self, world):
        world.open("a", PASTE)
        assert world.runs() == [(PASTE, "")]

    def test_close_and_open_with_the_same_text(self, world):
        world.open("a", "one\n")
        world.change((4, 4, PASTE))
        world.tracker.close("a")
        world.open("a", "one\n" + PASTE)
        assert world.runs() == [("one\n", ""), (PASTE, "b1")]

    def test_close_and_open_with_another_text(self, world):
        world.open("a", "one()\ntwo()\nthree()\n")
        world.change((6, 6, PASTE))
        world.type_at(0, "#")
        world.tracker.close("a")
        text = "#one()\nnew_line()\nimport os\ntwo()\nthree()\n"
        result = world.open("a", text)
        assert world.runs() == [(text, "")]
        done = world.tracker.settle(result)
        assert world.runs() == [
            ("#", "typed"),
            ("one()\n", ""),
            ("new_line()\n", "b2"),
            ("import os\n", "b1"),
            ("two()\nthree()\n", ""),
        ]
        assert [(one.block, one.count) for one in done[0].lost] == [("b1", len(PASTE) - 10)]
        assert [block.origin for block in done[0].created] == [Origin("disk", "observed")]

    def test_edits_while_a_job_runs_are_kept(self, world):
        world.open("a", "one()\ntwo()\n")
        world.change((6, 6, PASTE))
        world.tracker.close("a")
        result = world.open("a", "zero()\none()\n" + PASTE)
        outcome = result.jobs[0].run()
        world.type_at(0, "x")
        world.change((8, 11, "four"))
        world.tracker.finish(result.jobs[0], outcome)
        assert world.runs() == [
            ("x", "typed"),
            ("zero()\n", "b2"),
            ("four", "typed"),
            ("()\n", ""),
            (PASTE, "b1"),
        ]

    def test_a_job_for_a_closed_document_is_refused(self, world):
        world.open("a", "one()\n")
        world.tracker.close("a")
        result = world.open("a", "two()\n")
        world.tracker.close("a")
        assert world.tracker.finish(result.jobs[0], result.jobs[0].run()) is None

    def test_a_file_formatted_while_closed(self, world):
        world.open("a", "")
        world.change((0, 0, "foo( 'a','b' )\nbar( 'c' )\n"))
        world.tracker.close("a")
        text = 'foo("a", "b")\nbar("c")\n'
        world.tracker.settle(world.open("a", text))
        assert world.runs() == [(text, "b1")]
        assert world.block("b1").survived == 1.0

    def test_rename_of_a_file_and_of_a_folder(self, world):
        world.open("file:///w/old/a.py", "")
        world.change((0, 0, PASTE), uri="file:///w/old/a.py")
        world.open("file:///w/old/c.py", "")
        world.change((0, 0, "x = 1\ny = 2\n"), uri="file:///w/old/c.py")
        world.tracker.close("file:///w/old/c.py")
        world.open("file:///w/older.py", "kept\n")
        assert world.tracker.rename("file:///w/old", "file:///w/new") == ["file:///w/new/a.py"]
        assert world.runs("file:///w/new/a.py") == [(PASTE, "b1")]
        assert world.tracker.document("file:///w/new/a.py").uri == "file:///w/new/a.py"
        world.open("file:///w/new/c.py", "x = 1\ny = 2\n")
        assert world.runs("file:///w/new/c.py") == [("x = 1\ny = 2\n", "b2")]
        assert set(world.tracker.uris) == {"file:///w/new/a.py", "file:///w/older.py", "file:///w/new/c.py"}

    def test_set_origin(self, world):
        world.open("a", "")
        world.change((0, 0, PASTE))
        result = world.tracker.set_origin("a", "b1", Origin("chat", "reported", "claude"))
        assert [(block.origin.kind, old.kind) for block, old in result.reattributed] == [("chat", "unknown")]
        assert world.block("b1").block.origin == Origin("chat", "reported", "claude")

    def test_erase_forgets_where_it_came_from_and_what_was_removed(self, world):
        world.open("a", "rest\n")
        world.change((0, 0, PASTE))
        world.hint((0, len(PASTE)), kind="agent", text=PASTE, assistant="claude", session="s1")
        world.delete(PASTE)
        world.tracker.erase(["b1"])
        world.change((5, 5, PASTE))
        assert world.runs()[-1] == (PASTE, "b2")

    def test_unknown_documents_are_a_key_error(self):
        tracker = Tracker()
        with pytest.raises(KeyError):
            tracker.change("nowhere", 1, [])


class TestBlame:
    def test_lines_spans_and_the_origin_of_a_mixed_line(self, world):
        world.open("a", "one\r\ntwo\n\n")
        world.change((5, 5, "x = 1\n\ny = 2\n"))
        world.type_at(11, "zz")
        unknown = Origin("unknown", "inferred").to_json()
        typed = Origin("typed", "inferred").to_json()
        assert world.text() == "one\r\nx = 1\nzz\ny = 2\ntwo\n\n"
        assert world.tracker.blame("a") == [
            {"line": 1, "origin": None, "spans": [{"start": 0, "end": 3, "block": None, "origin": None}]},
            {"line": 2, "origin": unknown, "spans": [{"start": 0, "end": 5, "block": "b1", "origin": unknown}]},
            {"line": 3, "origin": typed, "spans": [{"start": 0, "end": 2, "block": None, "origin": typed}]},
            {"line": 4, "origin": unknown, "spans": [{"start": 0, "end": 5, "block": "b1", "origin": unknown}]},
            {"line": 5, "origin": None, "spans": [{"start": 0, "end": 3, "block": None, "origin": None}]},
            {"line": 6, "origin": None, "spans": []},
        ]

    @pytest.mark.parametrize(
        ("text", "lines"), [("", 0), ("\n", 1), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\rb\r\n", 2), ("a\nb", 2)]
    )
    def test_as_many_lines_as_git_blame_counts(self, world, text, lines):
        world.open("a", text)
        assert [item["line"] for item in world.tracker.blame("a")] == list(range(1, lines + 1))

    def test_an_empty_line_belongs_to_its_ending(self, world):
        world.open("a", "")
        world.change((0, 0, "x = 1\n\ny = 2\n"))
        assert world.tracker.blame("a")[1] == {
            "line": 2,
            "origin": Origin("unknown", "inferred").to_json(),
            "spans": [],
        }

    def test_of_equals_the_first(self, world):
        world.open("a", "ab")
        world.type_at(2, "cd")
        assert world.tracker.blame("a")[0]["origin"] is None

    def test_ranges_of_a_block_are_sorted_code_points(self, world):
        world.open("a", "\U0001f600")
        world.change((1, 1, PASTE))
        world.type_at(5, "#")
        assert world.block("b1").ranges == (TextRange(1, 5), TextRange(6, len(PASTE) + 2))
