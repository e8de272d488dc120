#!/usr/bin/env python3
"""Check a bundle of a provenance log:  python3 verify.py [FOLDER] [--checkpoint FILE] [--key NAME+HASH+KEY]

Needs Python 3.10 or newer and the package "cryptography"; nothing of Leery, no network. FOLDER is where this file lies
unless another is named. Read this file before you believe it, or take it from a copy of Leery that you trust.

entries.jsonl  one entry a line: the exact bytes that were hashed, without the line feed
texts.jsonl    the private texts that entries commit to (absent if they were left out)
checkpoint     the signed head: the log's name, its size, the root of its Merkle tree
checkpoints/   states that were handed out before, in the same form
proofs.jsonl   only where some entries are disclosed instead of all: the index of each, and the way from it to the root

Exit status: 0 it holds, 1 it does not, 2 wrong use; README.md tells what it proves. Formats: RFC 9162, C2SP, RFC 8785.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def need(condition, what):
    if not condition:
        raise ValueError(what)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_base64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "something is base64, but not in its one canonical spelling")
    return data


def read(path):
    """Bytes and value of each line of JSON. Except for entries, whose bytes are hashed, there is only one spelling."""
    need(path.is_file(), f"{path.name} is no regular file, or not there")
    with path.open("rb") as file:
        for line in file:
            need(line.endswith(b"\n"), f"the last line of {path.name} is not whole")
            value = json.loads(line)
            if path.name != "entries.jsonl":
                spelled = json.dumps(value, sort_keys=True, separators=(",", ":")).replace("\x7f", "\\u007f")
                need(line[:-1] == spelled.encode(), f"a line of {path.name} is not in its one canonical spelling")
            yield line[:-1], value


def grow(peaks, size, leaf):
    """Add a leaf to a Merkle tree of this size, given as the roots of its perfect subtrees, the largest first."""
    value = sha256(b"\0", leaf)
    while size & 1:
        value, size = sha256(b"\1", peaks.pop(), value), size >> 1
    peaks.append(value)


def root_of(peaks):
    value = peaks[-1]
    for peak in reversed(peaks[:-1]):
        value = sha256(b"\1", peak, value)
    return value


def root_by_proof(leaf, index, size, proof):
    """The root that a leaf and an inclusion proof lead to (RFC 9162, section 2.1.3.2)."""
    value, last = sha256(b"\0", leaf), size - 1
    for step in map(from_base64, proof):
        if index & 1 or index == last:
            value = sha256(b"\1", step, value)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            value = sha256(b"\1", value, step)
        index, last = index >> 1, last >> 1
    need(index == last == 0, "a proof is not of the right length for its entry")
    return value


class Note:
    """A signed checkpoint."""

    def __init__(self, path):
        self.name = path.name
        need(path.is_file(), f"{self.name} is no regular file, or not there")
        text, _, signatures = path.read_bytes().decode().rpartition("\n\n")
        need(signatures.endswith("\n"), f"{self.name} is no signed note")
        self.text, self.signatures = f"{text}\n", signatures[:-1].split("\n")
        self.origin, size, root = text.split("\n")[:3]
        self.size, self.root = int(size), from_base64(root)
        need(str(self.size) == size, f"the size in {self.name} is not spelled canonically")

    def check(self, public):
        """There must be a signature in the log's own name, and it must hold; those of witnesses are not looked at."""
        own = [line for line in self.signatures if line.startswith(f"\u2014 {self.origin} ")]
        need(own, f"{self.name} is not signed by its log")
        for data in (from_base64(line.split(" ", 2)[2]) for line in own):
            need(data[:4] == key_id(self.origin, public), f"{self.name} is signed with another key than the log's")
            Ed25519PublicKey.from_public_bytes(public).verify(data[4:], self.text.encode())


def key_id(name, public):
    return sha256(name.encode(), b"\n\1", public)[:4]


def check_texts(index, entry, texts):
    """Check the texts beside an entry; gives those that it commits to and that are not there."""
    missing = dict(entry["commitments"])
    for text in texts:
        name, what = text["name"], f"the text {text['name']} of entry {index}"
        need(name in missing, f"{what} is not one that it commits to, or is there twice")
        expected, withheld = missing.pop(name), text.get("text", "") is None  # only a commitment was ever kept
        need("withheld" not in entry or withheld == (name in entry["withheld"]), f"{what} was taken away or put in")
        if not withheld:
            data = text["text"].encode() if "text" in text else from_base64(text["base64"])
            salt = bytes.fromhex(text["salt"])
            need(len(salt) == 32 and salt.hex() == text["salt"], f"the salt of {what} is not 32 bytes")
            need(hmac.new(salt, data, "sha256").hexdigest() == expected, f"{what} is not what it was")
    return missing


def follow_key(index, entry, origin, keys, remarks):
    """An entry about a new key, which signs from here on; the one before it has agreed, or was lost."""
    need(entry["name"] == origin, f"entry {index} is about the key of another log")
    public, old = from_base64(entry["public"]), keys[-1][1] if keys else None
    need((entry["previous"] and from_base64(entry["previous"])) == old, f"the key of entry {index} follows no other")
    if entry["action"] == "rotated":
        message = f"leery key rotation\n{origin}\n{entry['public']}\n".encode()
        Ed25519PublicKey.from_public_bytes(old).verify(from_base64(entry["endorsement"]), message)
    elif old:
        remarks.append(f"the key was lost and replaced at entry {index}: nothing old vouches for the new one")
    keys.append((index, public))


def check(folder, notes, remarks):
    """Everything but the arguments; gives what holds, of which log, by which key. The head is the first note."""
    is_part, has_texts = (folder / "proofs.jsonl").exists(), (folder / "texts.jsonl").exists()
    proofs = read(folder / "proofs.jsonl") if is_part else ((b"", {"index": index}) for index in range(notes[0].size))
    texts = read(folder / "texts.jsonl") if has_texts else iter(())
    head, (_, ahead), peaks, keys, roots = notes[0], next(texts, (b"", {})), [], [], {}
    missing, held, index = set(), bytearray(), -1
    for size, ((_, proof), (leaf, entry)) in enumerate(zip(proofs, read(folder / "entries.jsonl"), strict=True)):
        before, index, mine = index, proof["index"], []
        need(index > before, f"entry {index} is not in order")
        while ahead and ahead["index"] == index:
            mine.append(ahead)
            _, ahead = next(texts, (b"", {}))
        held.append(bool(mine))
        if check_texts(index, entry, mine):
            missing.add(index)
        if entry["type"] == "key" and entry["action"] != "retired":
            follow_key(index, entry, head.origin, keys, remarks)
        for first, last in entry.get("entries", ()) if entry["type"] == "erasure" else ():
            need(0 <= first <= last < index, f"entry {index} erases entries that do not precede it")
            need(is_part or not any(held[first : last + 1]), f"a text is there that entry {index} says was erased")
            missing.difference_update(() if is_part else range(first, last + 1))
        grow(peaks, size, leaf)
        if is_part:
            roots[head.size] = root_by_proof(leaf, index, head.size, proof["proof"])
            need(roots[head.size] == head.root, f"entry {index} is not in the log that the head was signed over")
        elif any(note.size == size + 1 for note in notes):
            roots[size + 1] = root_of(peaks)
    need(not ahead, "a text stands in the wrong order, or belongs to no entry")
    for note in notes:
        need((note.origin, note.root) == (head.origin, roots.get(note.size)), f"{note.name} saw others than these")
        note.check([public for first, public in keys if first < note.size][-1])
    may_lack = is_part or not has_texts or not missing
    need(may_lack, f"a text of entry {min(missing, default=0)} is gone, and no entry says that it was erased")
    remarks += [f"texts of {len(missing)} entries are not here: left out, or erased"] if missing else []
    return f"{size + 1} of {head.size} entries", head.origin, keys[0][1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("  ")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="one that you had from elsewhere")
    parser.add_argument("--key", help="the log's first public key, as you had it from elsewhere")
    options, remarks = parser.parse_args(), []
    try:
        handed_out = sorted((options.folder / "checkpoints").glob("*"))
        notes = [Note(path) for path in (options.folder / "checkpoint", *handed_out, *options.checkpoint)]
        what, name, first = check(options.folder, notes, remarks)
        key = f"{name}+{key_id(name, first).hex()}+{base64.b64encode(bytes([1]) + first).decode()}"
        need(options.key in {None, key}, f"the log's first key is another: {key}")
    except (InvalidSignature, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        print(f"DOES NOT HOLD: {error!a}")
        return 1
    remarks += [f"its first key is {key}", f"{len(notes)} checkpoints agree, {len(options.checkpoint)} of them yours"]
    print(f"HOLDS: {what}, root {notes[0].root.hex()}", *(ascii(remark)[1:-1] for remark in remarks), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
