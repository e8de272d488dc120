"""Bundles: two verifiers, one of them without Leery, say that they hold, and notice every byte that is changed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from functools import partial

import pytest
from tests.server.log.bundles import alone, lines
from tests.server.log.samples import BODIES, append, hand_out

from leery.log import bundle as layout
from leery.log.body import Erasure
from leery.log.bundle import NoBundleError, verify_bundle
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import Entry, PrivateText, new_id, now, seal
from leery.log.erase import Selection, erase
from leery.log.export.bundle import disclose, export
from leery.log.keys import KeyStore
from leery.log.merkle import Frontier, leaf_hash
from leery.log.reader import LogReader
from leery.log.verify import Kept


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The small verifier, as a function of a folder."""
    path = tmp_path_factory.mktemp("program") / "verify.py"
    path.write_bytes(layout.program())
    spec = importlib.util.spec_from_file_location("small_verifier", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def holds(folder, monkeypatch):
        monkeypatch.setenv("LANGUAGE", "C")  # else argparse looks for translations for longer than the rest takes
        monkeypatch.setattr(sys, "argv", ["verify.py", str(folder)])
        return module.main() == 0

    return holds


def test_the_program_is_short_and_needs_nothing_else():
    source = layout.program().decode()
    assert len(source.splitlines()) <= 200
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


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
            tampered = [changed(data, place, 1)]
            if data[place : place + 1].isalpha():
                tampered.append(changed(data, place, 0x20))  # in the other case
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
    assert tried > 2500


@pytest.mark.portable
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


@pytest.mark.portable
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


def test_a_log_made_anew_does_not_agree_with_a_checkpoint_that_was_kept(everything, tmp_path):
    note = hand_out(everything)
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


def test_a_checkpoint_that_was_kept_agrees_with_the_log_as_it_grew(everything, tmp_path):
    note = hand_out(everything)
    (tmp_path / "kept").write_text(note)
    append(everything, *BODIES[:2])
    export(LogReader(everything), tmp_path / "grown")
    verdict = verify_bundle(tmp_path / "grown", [Kept("mine", note)])
    assert (verdict.fault, verdict.outside, verdict.checked[-1]) == (None, 1, "mine")
    code, said = alone(tmp_path / "grown", "--checkpoint", str(tmp_path / "kept"))
    assert code == 0, said
    assert "4 checkpoints agree, 1 of them yours" in said


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


@pytest.mark.slow
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


@pytest.mark.portable
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
