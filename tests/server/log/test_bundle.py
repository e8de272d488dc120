"""Bundles: two verifiers, one of them without Leery, say that they hold, and notice every byte that is changed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tests.server.log.samples import BODIES, SURROGATES, append, eventful, hand_out

from leery.log import bundle as layout
from leery.log.body import Erasure
from leery.log.bundle import NoBundleError, verify_bundle
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import Entry, PrivateText, new_id, now, parse_leaf, seal
from leery.log.erase import Selection, erase
from leery.log.export.bundle import NotBundledError, disclose, export
from leery.log.keys import KeyStore
from leery.log.merkle import Frontier, leaf_hash
from leery.log.reader import LogReader
from leery.log.verify import Kept


@pytest.fixture
def log(tmp_path):
    return eventful(tmp_path / "state" / "log.db")


@pytest.fixture
def whole(log, tmp_path):
    export(LogReader(log), tmp_path / "whole")
    return tmp_path / "whole"


@pytest.fixture
def part(log, tmp_path):
    disclose(LogReader(log), tmp_path / "part", blocks=["b2"])
    return tmp_path / "part"


def alone(folder, *arguments):
    """What the bundle's own program says, run where nothing of Leery can be imported."""
    site = Path(layout.__file__).parents[2]
    code = (
        "import runpy, sys\n"
        f"sys.path = [path for path in sys.path if path and path != {str(site)!r}]\n"
        "class Deny:\n"
        "    def find_spec(self, name, *rest):\n"
        "        assert not name.startswith(('leery', 'rfc8785', 'click')), name\n"
        "sys.meta_path.insert(0, Deny())\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    command = [sys.executable, "-c", code, str(folder / "verify.py"), *arguments]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The small verifier, as a function of a folder."""
    path = tmp_path_factory.mktemp("program") / "verify.py"
    path.write_bytes(layout.program())
    spec = importlib.util.spec_from_file_location("small_verifier", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def holds(folder, monkeypatch):
        monkeypatch.setattr(sys, "argv", ["verify.py", str(folder)])
        return module.main() == 0

    return holds


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_a_bundle_holds_the_exact_bytes_and_both_verifiers_agree(log, whole):
    records = list(LogReader(log).records())
    assert (whole / "entries.jsonl").read_bytes() == b"".join(record.raw + b"\n" for record in records)
    verdict = verify_bundle(whole)
    assert verdict.fault is None
    assert verdict.disclosed is None
    assert verdict.checked == ("checkpoint", "checkpoints/000000000004")
    assert verdict.chain.size == len(records) == 12
    code, said = alone(whole)
    assert code == 0, said
    assert said.splitlines()[0] == f"HOLDS: 12 of 12 entries, root {verdict.head.checkpoint.root.hex()}"
    assert f"its first key is {verdict.first_key}" in said
    assert sorted(path.name for path in whole.iterdir()) == [
        "README.md", "checkpoint", "checkpoints", "entries.jsonl", "texts.jsonl", "verify.py",
    ]  # fmt: skip


def test_texts_are_readable_and_what_is_no_utf8_keeps_its_bytes(whole):
    texts = {(line["index"], line["name"]): line for line in lines(whole / "texts.jsonl")}
    assert texts[1, "code"]["text"] == "eval(x)\n"
    assert "text" not in texts[3, "code"]
    assert texts[3, "code"]["base64"] == "eSA9ICftoL3tuIAg7bKAJwo="
    assert f"y = '{SURROGATES}'\n".encode("utf-8", "surrogatepass").hex() == "79203d2027eda0bdedb88020edb280270a"
    assert texts[10, "prompt"] == {"index": 10, "name": "prompt", "text": None}
    assert not [key for key in texts if key[0] == 9], "what was erased is not in it"
    assert (whole / "texts.jsonl").read_bytes().isascii()
    assert b"\x7f" not in (whole / "texts.jsonl").read_bytes()


def test_the_program_is_short_and_needs_nothing_else():
    source = layout.program().decode()
    assert len(source.splitlines()) <= 200
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_only_the_user_can_read_a_bundle(whole):
    if sys.platform == "win32":
        pytest.skip("no modes there")
    assert oct(whole.stat().st_mode & 0o777) == "0o700"
    assert {path.stat().st_mode & 0o077 for path in whole.rglob("*")} == {0}


def changed(data, place, bit):
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {"README.md", "verify.py"})


@pytest.mark.slow
@pytest.mark.parametrize("kind", [export, partial(disclose, blocks=["b1"])], ids=["whole", "part"])
def test_every_byte_that_is_changed_taken_out_or_put_in_is_noticed(kind, tmp_path, program, monkeypatch, capsys):
    log, folder = tmp_path / "state" / "log.db", tmp_path / "small"
    append(log, BODIES[0])
    hand_out(log)
    append(log, BODIES[3], keep_prompts=False)
    kind(LogReader(log), folder)
    assert program(folder, monkeypatch)
    (folder / "verify.py").unlink()  # it is compared as a whole, see below
    tried = 0
    for path in files(folder):
        data = path.read_bytes()
        for place in range(len(data)):
            tampered = [changed(data, place, 0x20 if place % 2 else 1)]
            if place % 7 == 0:
                tampered += [data[:place] + data[place + 1 :], data[:place] + b"0" + data[place:]]
            for version in tampered:
                if version == data:
                    continue
                path.write_bytes(version)
                assert verify_bundle(folder).fault is not None, (path.name, place, version[place - 20 : place + 20])
                assert not program(folder, monkeypatch), (path.name, place, version[place - 20 : place + 20])
                tried += 1
        path.write_bytes(data)
        capsys.readouterr()
    assert program(folder, monkeypatch)
    assert tried > 1500


def test_a_few_bytes_changed_are_noticed(whole, part, program, monkeypatch, capsys):
    for folder in (whole, part):
        for path in files(folder):
            data = path.read_bytes()
            for place in range(0, len(data), 97):
                path.write_bytes(changed(data, place, 1))
                assert verify_bundle(folder).fault is not None, (path.name, place)
                assert not program(folder, monkeypatch), (path.name, place)
            path.write_bytes(data)
        assert verify_bundle(folder).fault is None
    capsys.readouterr()


@pytest.mark.parametrize("name", ["entries.jsonl", "texts.jsonl", "proofs.jsonl", "checkpoint", "checkpoints/1"])
def test_what_is_no_regular_file_is_not_waited_for(whole, name, program, monkeypatch):
    (whole / name).unlink(missing_ok=True)
    os.mkfifo(whole / name)
    if name == "entries.jsonl":
        with pytest.raises(NoBundleError, match=r"there is no entries\.jsonl in it"):
            verify_bundle(whole)
    else:
        assert verify_bundle(whole).fault == f"{name.rpartition('/')[2]} is no regular file"
    assert not program(whole, monkeypatch)
    (whole / name).unlink()
    (whole / name).symlink_to("/dev/zero")
    if name != "entries.jsonl":
        assert verify_bundle(whole).fault == f"{name.rpartition('/')[2]} is no regular file"
    assert not program(whole, monkeypatch)


def test_another_program_in_a_bundle_is_noticed(whole):
    program = whole / "verify.py"
    data = program.read_bytes()
    for place in range(0, len(data), 41):
        program.write_bytes(changed(data, place, 1))
        assert verify_bundle(whole).fault.startswith("its verify.py is not the one"), place
    program.unlink()
    assert verify_bundle(whole).fault is None


def without(path, *numbers):
    kept = [line for number, line in enumerate(path.read_bytes().splitlines(keepends=True)) if number not in numbers]
    path.write_bytes(b"".join(kept))


@pytest.mark.parametrize("spoil", [
    lambda folder: without(folder / "entries.jsonl", 11),
    lambda folder: without(folder / "entries.jsonl", 3),
    lambda folder: without(folder / "entries.jsonl", *range(12)),
    lambda folder: without(folder / "texts.jsonl", 0),
    lambda folder: (folder / "texts.jsonl").write_bytes((folder / "texts.jsonl").read_bytes() * 2),
    lambda folder: (folder / "entries.jsonl").write_bytes(b"[" * 100_000 + b"\n"),
    lambda folder: (folder / "checkpoint").write_bytes((folder / "checkpoints" / "000000000004").read_bytes()),
    lambda folder: (folder / "checkpoint").unlink(),
    lambda folder: (folder / "checkpoint").write_bytes(b"\n\n\n\n"),
    lambda folder: (folder / "proofs.jsonl").touch(),
])  # fmt: skip
def test_what_is_taken_out_or_replaced_is_noticed(whole, spoil):
    spoil(whole)
    assert verify_bundle(whole).fault is not None
    code, said = alone(whole)
    assert (code, said.startswith("DOES NOT HOLD")) == (1, True), said


def test_entries_in_another_order_are_noticed(whole):
    entries = (whole / "entries.jsonl").read_bytes().splitlines(keepends=True)
    entries[1], entries[2] = entries[2], entries[1]
    (whole / "entries.jsonl").write_bytes(b"".join(entries))
    assert verify_bundle(whole).entry == 1, "the texts beside it are not its own"
    assert alone(whole)[0] == 1


def test_a_log_made_anew_does_not_agree_with_a_checkpoint_that_was_kept(log, tmp_path):
    note = hand_out(log)
    other = tmp_path / "other" / "log.db"
    append(other, *BODIES)
    export(LogReader(other), tmp_path / "anew")
    (tmp_path / "kept").write_text(note)
    assert verify_bundle(tmp_path / "anew").fault is None
    assert "is of another log" in verify_bundle(tmp_path / "anew", [Kept("mine", note)]).fault
    assert verify_bundle(tmp_path / "anew", [Kept("mine", note, required=False)]).fault is None
    assert alone(tmp_path / "anew", "--checkpoint", str(tmp_path / "kept"))[0] == 1
    key = verify_bundle(tmp_path / "anew").first_key
    assert alone(tmp_path / "anew", "--key", key)[0] == 0
    assert alone(tmp_path / "anew", "--key", "x" + key)[0] == 1


def test_a_checkpoint_that_was_kept_agrees_with_the_log_as_it_grew(log, tmp_path):
    note = hand_out(log)
    (tmp_path / "kept").write_text(note)
    append(log, *BODIES[:2])
    export(LogReader(log), tmp_path / "grown")
    verdict = verify_bundle(tmp_path / "grown", [Kept("mine", note)])
    assert (verdict.fault, verdict.outside, verdict.checked[-1]) == (None, 1, "mine")
    code, said = alone(tmp_path / "grown", "--checkpoint", str(tmp_path / "kept"))
    assert code == 0, said
    assert "4 checkpoints agree, 1 of them yours" in said


def test_texts_can_be_left_out(log, tmp_path):
    export(LogReader(log), tmp_path / "bones", private=False)
    assert not (tmp_path / "bones" / "texts.jsonl").exists()
    verdict = verify_bundle(tmp_path / "bones")
    assert (verdict.fault, verdict.chain.remarks[-1]) == (None, "private texts were left out")
    assert alone(tmp_path / "bones")[0] == 0
    assert b"eval(x)" not in b"".join(path.read_bytes() for path in (tmp_path / "bones").rglob("*") if path.is_file())


def test_a_disclosure_shows_a_block_and_nothing_else(part):
    entries = [parse_leaf(line) for line in (part / "entries.jsonl").read_bytes().splitlines()]
    assert [(entry["type"], entry.get("block")) for entry in entries] == [
        ("key", None), ("insertion", "b2"), ("key", None), ("key", None),
    ]  # fmt: skip
    assert [line["index"] for line in lines(part / "texts.jsonl")] == [3, 3]
    shown = b"".join(path.read_bytes() for path in part.iterdir())
    for private in (b"eval(x)", b'"b1"', b"fine", b"stays()", b"b.py"):
        assert private not in shown
    verdict = verify_bundle(part)
    assert (verdict.fault, verdict.disclosed) == (None, (0, 3, 4, 5))
    code, said = alone(part)
    assert code == 0, said
    assert said.startswith("HOLDS: 4 of 12 entries, root ")


def test_a_disclosure_can_be_made_for_the_checkpoint_that_its_reader_has(log, tmp_path):
    note = next(iter(verify_notes(log, tmp_path)))
    (tmp_path / "kept").write_text(note)
    disclose(LogReader(log), tmp_path / "early", blocks=["b1"], checkpoint=note)
    verdict = verify_bundle(tmp_path / "early", [Kept("mine", note)])
    assert (verdict.fault, verdict.disclosed) == (None, (0, 1, 2))
    assert alone(tmp_path / "early", "--checkpoint", str(tmp_path / "kept"))[0] == 0
    disclose(LogReader(log), tmp_path / "late", blocks=["b1"])
    assert "is of another state" in verify_bundle(tmp_path / "late", [Kept("mine", note)]).fault
    assert alone(tmp_path / "late", "--checkpoint", str(tmp_path / "kept"))[0] == 1


def verify_notes(log, tmp_path):
    export(LogReader(log), tmp_path / "for notes")
    return [path.read_text() for path in sorted((tmp_path / "for notes" / "checkpoints").iterdir())]


def test_a_block_that_came_later_or_never_cannot_be_disclosed(log, tmp_path):
    note = verify_notes(log, tmp_path)[0]
    for block, checkpoint in (("b4", note), ("b9", None)):
        with pytest.raises(NotBundledError, match=f"about the block {block}"):
            disclose(LogReader(log), tmp_path / "none", blocks=[block], checkpoint=checkpoint)
    assert not (tmp_path / "none").exists()


def test_a_folder_in_use_is_left_alone(log, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(NotBundledError, match="not empty"):
        export(LogReader(log), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"
    with pytest.raises(NoBundleError):
        verify_bundle(tmp_path)
    with pytest.raises(NotBundledError, match="no provenance log yet"):
        export(LogReader(tmp_path / "nothing.db"), tmp_path / "nothing")


def test_a_large_text_and_many_entries_stream(tmp_path):
    tracemalloc = pytest.importorskip("tracemalloc")
    path = tmp_path / "state" / "log.db"
    large = [body.__class__(file="a", block=f"b{n}", origin=body.origin, code="x" * 900_000)
             for n, body in enumerate([BODIES[0]] * 30)]  # fmt: skip
    append(path, *large)
    tracemalloc.start()
    try:
        export(LogReader(path), tmp_path / "large")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 15_000_000, peak
    assert (tmp_path / "large" / "texts.jsonl").stat().st_size > 27_000_000
    assert verify_bundle(tmp_path / "large").fault is None


def test_a_co_signature_of_a_witness_does_not_disturb(whole):
    path = whole / "checkpoint"
    path.write_text(path.read_text() + "\u2014 witness.example/w " + "A" * 92 + "\n", encoding="utf-8")
    assert len(parse(path.read_text(encoding="utf-8")).signatures) == 2
    assert verify_bundle(whole).fault is None
    assert alone(whole)[0] == 0


def test_the_bundle_verifies_wherever_it_is_taken(whole, tmp_path):
    elsewhere = shutil.copytree(whole, tmp_path / "an other place")
    assert alone(elsewhere)[0] == 0


HOSTILE = (None, True, -1, 10**30, 1.5, "x", "\x10", [], [[0, 10**15]], [[0]], [1], {}, {"a": 1}, [[[]]] * 3)


def test_members_of_other_types_are_noticed_and_break_nothing(whole, program, monkeypatch, capsys):
    path = whole / "entries.jsonl"
    leaves = path.read_bytes().splitlines()
    for number in (0, 1, 4, 11):  # the first key, an insertion, a new key, an erasure
        leaf = leaves[number]
        for name in json.loads(leaf):
            for value in HOSTILE:
                spoilt = json.dumps({**json.loads(leaf), name: value}, sort_keys=True, separators=(",", ":")).encode()
                if spoilt == leaf:
                    continue
                path.write_bytes(b"".join(line + b"\n" for line in (*leaves[:number], spoilt, *leaves[number + 1 :])))
                assert verify_bundle(whole).fault is not None, (number, name, value)
                assert not program(whole, monkeypatch), (number, name, value)
    capsys.readouterr()


def test_lines_of_other_forms_are_noticed_and_break_nothing(part, program, monkeypatch, capsys):
    for name in ("texts.jsonl", "proofs.jsonl"):
        path = part / name
        data = path.read_bytes()
        for line in lines(path):
            for member in line:
                for value in HOSTILE:
                    spoilt = layout.line({**line, member: value})
                    if spoilt == layout.line(line):
                        continue
                    path.write_bytes(data.replace(layout.line(line), spoilt))
                    assert verify_bundle(part).fault is not None, (name, member, value)
                    assert not program(part, monkeypatch), (name, member, value)
        path.write_bytes(data)
    capsys.readouterr()


def test_a_text_that_was_erased_and_is_still_there_is_noticed(tmp_path):
    path = tmp_path / "state" / "log.db"
    append(path, BODIES[0])
    export(LogReader(path), tmp_path / "before")
    eraser = LogDatabase(path, new_id())
    erase(eraser, Selection(blocks=("b1",)), by=None, reason=None)
    eraser.close()
    export(LogReader(path), tmp_path / "after")
    assert verify_bundle(tmp_path / "after").fault is None
    assert alone(tmp_path / "after")[0] == 0
    (tmp_path / "after" / "texts.jsonl").write_bytes((tmp_path / "before" / "texts.jsonl").read_bytes())
    assert verify_bundle(tmp_path / "after").fault == (
        "entry 1: its private text is still there, though entry 2 says that it was erased"
    )
    code, said = alone(tmp_path / "after")
    assert (code, "a text is there that entry 2 says was erased" in said) == (1, True)


def made(folder, bodies, indices=None, size=None):
    """A bundle by somebody with a key of their own, who signs whatever they like."""
    store = KeyStore(folder.parent / "made.key")
    folder.mkdir()
    signer, first = store.signer(None)
    store.settle()
    leaves = [seal(Entry(new_id(), "r", now(), body)) for body in (first, *bodies)]
    grown = Frontier()
    for leaf in leaves:
        grown.append(leaf_hash(leaf.leaf))
    (folder / "entries.jsonl").write_bytes(b"".join(leaf.leaf + b"\n" for leaf in leaves))
    texts = [
        (index, PrivateText(text.name, text.salt, text.data))
        for index, leaf in enumerate(leaves)
        for text in leaf.texts
    ]
    (folder / "texts.jsonl").write_bytes(b"".join(layout.text_line(*text) for text in texts))
    if indices is not None:
        (folder / "proofs.jsonl").write_bytes(b"".join(layout.line({"index": at, "proof": []}) for at in indices))
    (folder / "checkpoint").write_text(signer.note(size or len(leaves), grown.root()), encoding="utf-8")
    (folder / "verify.py").write_bytes(layout.program())
    return folder


@pytest.mark.parametrize("run", [(1, 1), (1, 2), (-1, -1), (0, 10**12), (2, 1)])
def test_an_erasure_of_what_does_not_precede_it_is_noticed(tmp_path, run):
    folder = made(tmp_path / "made", [Erasure(selector="id", entries=(run,), count=1, reason="so")])
    assert verify_bundle(folder).fault == "entry 1: it erases entries that do not precede it"
    code, said = alone(folder)
    assert (code, "entry 1 erases entries that do not precede it" in said) == (1, True)


def test_an_erasure_of_a_hundred_quadrillion_entries_keeps_nobody_waiting(tmp_path):
    huge = Erasure(selector="id", entries=((0, 2**52),), count=1)
    folder = made(tmp_path / "made", [huge], indices=(2**53,), size=2**54)
    (folder / "entries.jsonl").write_bytes((folder / "entries.jsonl").read_bytes().splitlines(keepends=True)[1])
    assert verify_bundle(folder).fault == f"entry {2**53}: its proof does not lead to the root that was signed"
    assert alone(folder)[0] == 1


def test_an_entry_that_is_disclosed_twice_is_noticed(part):
    for name in ("entries.jsonl", "proofs.jsonl"):
        whole = (part / name).read_bytes().splitlines(keepends=True)
        (part / name).write_bytes(b"".join([whole[0], *whole]))
    assert "not in order" in verify_bundle(part).fault
    code, said = alone(part)
    assert (code, "entry 0 is not in order" in said) == (1, True)
