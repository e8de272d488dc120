"""A bundle: a log, or some entries of one, as a folder that a stranger can verify. Holds its layout and verifies it.

The layout, and what each line must look like, is told in docs/log-format.md; `leery.log.export.bundle` writes it, and
`leery.log.export.verify` is the program in each bundle that verifies it without Leery. Imports nothing that writes.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from leery.log.chain import Chain, Fault
from leery.log.checkpoint import Note, NoteError, from_base64, parse, verifier_key
from leery.log.entry import PrivateText
from leery.log.merkle import leaf_hash, verify_inclusion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from leery.log.verify import Kept

ENTRIES = "entries.jsonl"
TEXTS = "texts.jsonl"
PROOFS = "proofs.jsonl"
HEAD = "checkpoint"
HANDED_OUT = "checkpoints"
PROGRAM = "verify.py"
README = "README.md"

_LARGEST_NOTE = 1_000_000
_LARGEST_LINE = 16_000_000
_NO_SALT = bytes(32)  # of a text that was never kept: its salt proves nothing, and stays at home


class NoBundleError(Exception):
    """The folder holds no bundle at all; the message says so."""


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What a verification of a bundle found.

    Attributes:
        fault: the first thing that is wrong, None when the bundle holds.
        entry: the index of the entry that it lies in, or None.
        disclosed: indices of the entries, where it does not hold the whole log; otherwise None.
        chain: what was seen until then.
        head: the signed head, None when it cannot be read.
        checked: the checkpoints that hold, by name, in the order of their check.
        outside: how many of them were not in the bundle.
    """

    fault: str | None
    entry: int | None
    disclosed: tuple[int, ...] | None
    chain: Chain
    head: Note | None
    checked: tuple[str, ...]
    outside: int = 0

    @property
    def first_key(self) -> str | None:
        """The log's first key, in the form that tools for signed notes take."""
        chain = self.chain
        return verifier_key(chain.origin, chain.keys[0].public) if chain.origin is not None and chain.keys else None


def program() -> bytes:
    """The small verifier that every bundle gets."""
    return resources.files("leery.log.export").joinpath(PROGRAM).read_bytes()


def line(value: dict[str, Any]) -> bytes:
    """An object in the one spelling that it may have in a bundle, with its line feed: ASCII, no spaces, sorted keys."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return text.replace("\x7f", "\\u007f").encode("ascii") + b"\n"


def text_line(index: int, text: PrivateText) -> bytes:
    """The line for a private text; one that is no valid UTF-8 is given in base64."""
    about: dict[str, Any] = {"index": index, "name": text.name}
    if text.data is None:
        return line({**about, "text": None})
    about["salt"] = text.salt.hex()
    try:
        return line({**about, "text": text.data.decode()})
    except UnicodeDecodeError:
        return line({**about, "base64": base64.b64encode(text.data).decode("ascii")})


def verify_bundle(folder: Path, kept: Sequence[Kept] = ()) -> BundleVerdict:
    """Verify a bundle; everything in it may be hostile.

    Args:
        folder: the bundle.
        kept: checkpoints from elsewhere to hold it against. Those of a disclosure must be of its own size.

    Raises:
        NoBundleError: see there.
    """
    if not (folder / ENTRIES).is_file():
        raise NoBundleError(f"{folder} holds no bundle: there is no {ENTRIES} in it")
    return _Verification(folder).run(kept)


class _Verification:
    """One run over one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chain = Chain(partial=not self._has(TEXTS))
        self._disclosed: list[int] | None = [] if self._has(PROOFS) else None
        self._head: Note | None = None
        self._checked: list[str] = []
        self._outside = 0

    def run(self, kept: Sequence[Kept]) -> BundleVerdict:
        fault: Fault | None = None
        try:
            self._check(kept)
        except Fault as found:
            fault = found
        except (OSError, ValueError, TypeError, LookupError, RecursionError, OverflowError) as error:
            fault = Fault(f"it cannot be read: {error}")
        disclosed = None if self._disclosed is None else tuple(self._disclosed)
        said = None if fault is None else str(fault)
        where = None if fault is None else fault.index
        return BundleVerdict(said, where, disclosed, self._chain, self._head, tuple(self._checked), self._outside)

    def _check(self, kept: Sequence[Kept]) -> None:
        self._check_program()
        self._head = head = _note(HEAD, _small(self._folder / HEAD))
        notes = [(HEAD, head), *self._handed_out()]
        outside = [(item.place, _note(item.place, item.note), item.required) for item in kept]
        outside = [found for found in outside if found[2] or found[1].checkpoint.origin == head.checkpoint.origin]
        every = [*notes, *((name, note) for name, note, _ in outside)]
        if self._disclosed is None:
            self._check_log([note for _, note in every])
        else:
            self._check_disclosure(head)
        for place, (name, note) in enumerate(every):
            self._check_note(name, note, head)
            self._checked.append(name)
            self._outside += place >= len(notes)
        if self._chain.partial:
            self._chain.remarks.append("private texts were left out")

    def _check_program(self) -> None:
        """Somebody may run it."""
        if self._has(PROGRAM) and _small(self._folder / PROGRAM) != program().decode():
            raise Fault(f"its {PROGRAM} is not the one that this version of Leery makes bundles with: do not run it")

    def _check_log(self, notes: Sequence[Note]) -> None:
        chain = self._chain
        chain.wanted = frozenset(note.checkpoint.size for note in notes)
        texts = _Texts(self._texts())
        for index, leaf in enumerate(self._lines(ENTRIES)):
            chain.add(index, leaf, texts.of(index))
        texts.finish()
        chain.finish()
        size = notes[0].checkpoint.size
        if size != chain.size:
            raise Fault(f"the signed head is over {size} entries, but there are {chain.size}")

    def _check_disclosure(self, head: Note) -> None:
        assert self._disclosed is not None
        texts, proofs, point = _Texts(self._texts()), self._objects(PROOFS), head.checkpoint
        for leaf in self._lines(ENTRIES):
            index, proof = _proof(next(proofs, None))
            if self._disclosed and index <= self._disclosed[-1]:
                raise Fault("it is not in order", index)
            self._chain.inspect(index, leaf, texts.of(index))
            if not verify_inclusion(leaf_hash(leaf), index, point.size, proof, point.root):
                raise Fault("its proof does not lead to the root that was signed", index)
            self._disclosed.append(index)
        texts.finish()
        if next(proofs, None) is not None:
            raise Fault("there are more proofs than entries")

    def _check_note(self, name: str, note: Note, head: Note) -> None:
        if self._disclosed is None:
            self._chain.check(note, name)
            return
        public = self._chain.key_at(note.checkpoint.size)
        if public is None or not note.signed_by(public):
            raise Fault(f"{name} is not signed by the key that the log had then")
        if note.checkpoint != head.checkpoint:
            raise Fault(f"{name} is of another state than the proofs; make the disclosure for that one")

    def _handed_out(self) -> list[tuple[str, Note]]:
        if not self._has(HANDED_OUT):
            return []
        found = sorted((self._folder / HANDED_OUT).iterdir())
        return [(f"{HANDED_OUT}/{path.name}", _note(path.name, _small(path))) for path in found]

    def _texts(self) -> Iterator[tuple[int, PrivateText]]:
        if self._has(TEXTS):
            for value in self._objects(TEXTS):
                yield _text(value)

    def _objects(self, name: str) -> Iterator[dict[str, Any]]:
        for number, raw in enumerate(self._lines(name), 1):
            try:
                value = json.loads(raw)
                is_spelled = isinstance(value, dict) and line(value) == raw + b"\n"
            except (ValueError, RecursionError):
                is_spelled = False
            if not is_spelled:
                raise Fault(f"line {number} of {name} is no object in the one spelling that it may have")
            yield value

    def _lines(self, name: str) -> Iterator[bytes]:
        with _opened(self._folder / name) as file:
            while raw := file.readline(_LARGEST_LINE):
                if not raw.endswith(b"\n"):
                    raise Fault(f"a line of {name} is not whole, or too long")
                yield raw[:-1]

    def _has(self, name: str) -> bool:
        return (self._folder / name).exists()


class _Texts:
    """Gives each entry its texts from lines in the order of entries."""

    def __init__(self, texts: Iterator[tuple[int, PrivateText]]) -> None:
        self._groups = groupby(texts, key=lambda item: item[0])
        self._ahead = next(self._groups, None)

    def of(self, index: int) -> list[PrivateText]:
        if self._ahead is None or self._ahead[0] != index:
            return []
        mine = [text for _, text in self._ahead[1]]
        self._ahead = next(self._groups, None)
        return mine

    def finish(self) -> None:
        if self._ahead is not None:
            raise Fault("a private text stands in the wrong order, or belongs to no entry", self._ahead[0])


def _text(value: dict[str, Any]) -> tuple[int, PrivateText]:
    index, name = value.get("index"), value.get("name")
    if not isinstance(index, int) or not isinstance(name, str):
        raise Fault(f"a line of {TEXTS} lacks index or name")
    if "text" in value and value["text"] is None:
        _only(value, index, {"index", "name", "text"})
        return index, PrivateText(name, _NO_SALT, None)
    form = "text" if "text" in value else "base64"
    _only(value, index, {"index", "name", "salt", form})
    try:
        salt = bytes.fromhex(value["salt"])
        data = value["text"].encode() if form == "text" else from_base64(value["base64"])
    except (ValueError, TypeError, AttributeError):
        raise Fault("the line about its text cannot be read", index) from None
    if salt.hex() != value["salt"]:
        raise Fault("the salt of its text is not in lower-case hexadecimal", index)
    return index, PrivateText(name, salt, data)


def _only(value: dict[str, Any], index: int, names: set[str]) -> None:
    if set(value) != names:
        raise Fault("the line about its text has other members than it may have", index)


def _proof(value: dict[str, Any] | None) -> tuple[int, list[bytes]]:
    try:
        assert value is not None
        index, proof = value["index"], [from_base64(step) for step in value["proof"]]
    except (AssertionError, LookupError, TypeError, ValueError):
        raise Fault(f"an entry lacks its line in {PROOFS}") from None
    if not isinstance(index, int) or set(value) != {"index", "proof"}:
        raise Fault(f"a line of {PROOFS} has other members than it may have")
    return index, proof


def _opened(path: Path) -> IO[bytes]:
    """A pipe or a device would be waited for without end."""
    if path.exists() and not path.is_file():
        raise Fault(f"{path.name} is no regular file")
    return path.open("rb")


def _small(path: Path) -> str:
    with _opened(path) as file:
        data = file.read(_LARGEST_NOTE)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Fault(f"{path.name} is not UTF-8") from None


def _note(name: str, text: str) -> Note:
    try:
        return parse(text)
    except NoteError as error:
        raise Fault(f"{name} cannot be read: {error}") from error
