"""Bundles and disclosures as they are made: what is in them, and what is not."""

from __future__ import annotations

import sys

import pytest
from tests.server.log.bundles import alone, lines
from tests.server.log.samples import BODIES, SURROGATES, append

from leery.log.bundle import NoBundleError, verify_bundle
from leery.log.entry import parse_leaf
from leery.log.export.bundle import NotBundledError, disclose, export
from leery.log.reader import LogReader
from leery.log.verify import Kept


def test_a_bundle_holds_the_exact_bytes_and_both_verifiers_agree(everything, whole):
    records = list(LogReader(everything).records())
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


def test_only_the_user_can_read_a_bundle(whole):
    if sys.platform == "win32":
        pytest.skip("no modes there")
    assert oct(whole.stat().st_mode & 0o777) == "0o700"
    assert {path.stat().st_mode & 0o077 for path in whole.rglob("*")} == {0}


def test_texts_can_be_left_out(everything, tmp_path):
    export(LogReader(everything), tmp_path / "bones", private=False)
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


def test_a_disclosure_can_be_made_for_the_checkpoint_that_its_reader_has(everything, tmp_path):
    note = next(iter(verify_notes(everything, tmp_path)))
    (tmp_path / "kept").write_text(note)
    disclose(LogReader(everything), tmp_path / "early", blocks=["b1"], checkpoint=note)
    verdict = verify_bundle(tmp_path / "early", [Kept("mine", note)])
    assert (verdict.fault, verdict.disclosed) == (None, (0, 1, 2))
    assert alone(tmp_path / "early", "--checkpoint", str(tmp_path / "kept"))[0] == 0
    disclose(LogReader(everything), tmp_path / "late", blocks=["b1"])
    assert "is of another state" in verify_bundle(tmp_path / "late", [Kept("mine", note)]).fault
    assert alone(tmp_path / "late", "--checkpoint", str(tmp_path / "kept"))[0] == 1


def verify_notes(everything, tmp_path):
    export(LogReader(everything), tmp_path / "for notes")
    return [path.read_text() for path in sorted((tmp_path / "for notes" / "checkpoints").iterdir())]


def test_a_block_that_came_later_or_never_cannot_be_disclosed(everything, tmp_path):
    note = verify_notes(everything, tmp_path)[0]
    for block, checkpoint in (("b4", note), ("b9", None)):
        with pytest.raises(NotBundledError, match=f"about the block {block}"):
            disclose(LogReader(everything), tmp_path / "none", blocks=[block], checkpoint=checkpoint)
    assert not (tmp_path / "none").exists()


def test_a_folder_in_use_is_left_alone(everything, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(NotBundledError, match="not empty"):
        export(LogReader(everything), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"
    with pytest.raises(NoBundleError):
        verify_bundle(tmp_path)
    with pytest.raises(NotBundledError, match="no provenance log yet"):
        export(LogReader(tmp_path / "nothing.db"), tmp_path / "nothing")


@pytest.mark.portable
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
