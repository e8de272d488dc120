"""The README of a bundle, for somebody who has never heard of Leery. Must not hold anything from entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery.log.checkpoint import Checkpoint

_HEAD = """\
# {title}

{about}

| | |
|---|---|
| Name of the log | `{origin}` |
| Entries in it | {size} |
| Root of its Merkle tree | `{root}` |

## Verify it

```
python3 -m pip install cryptography
python3 verify.py
```

`verify.py` has at most 200 lines, and uses nothing but Python's standard library and that package. It stands here for
convenience: whoever could forge the rest could forge it, too. Read it, or take it from a copy of Leery that you trust;
`leery log verify --bundle FOLDER` does the same and compares the program as well.

If you were given a checkpoint or the log's public key at an earlier time, on another way, hold the bundle against it:
`python3 verify.py --checkpoint FILE --key KEY`.

## What is in it

- `entries.jsonl`: one entry a line, as canonical JSON (RFC 8785). The bytes of the line are what was hashed.
- `texts.jsonl`: the texts that entries commit to under `commitments`: HMAC-SHA256 with the salt as key over the text's
  UTF-8. One of which only the commitment was ever kept is null. {texts}
"""
_WHOLE = """\
- `checkpoint`: the signed head (C2SP tlog-checkpoint): name, number of entries, root; signed with Ed25519.
- `checkpoints/`: what was handed out at earlier times. All of them must agree with the entries.
"""
_PART = """\
- `checkpoint`: the signed head (C2SP tlog-checkpoint) that the proofs lead to, signed with Ed25519.
- `proofs.jsonl`: for each line of `entries.jsonl` its place in the log, from 0, and the hashes that lead from it to the
  root (RFC 9162, section 2.1.3).

Entries about other blocks are not in it; that there are such, and how many, the size of the log tells. That these are
*all* entries about the blocks is not proven: nobody can prove that without showing the rest.
"""
_PROVES = """
## What holding means

- The entries are, byte for byte, those that the key of the log has signed, in this order.{nothing}
- Each text that is here is the one that its entry committed to when it was written.
- With a checkpoint that you had before: the log has only grown since; nothing it held then was changed or left out.

## What it does not prove

- That the entries were true when they were written. They say what an editor, a hook or a person reported.
- Anything against the person who holds the key, for the time before the last checkpoint that somebody else has: with
  the key a whole log can be made anew.
- When something happened. Times are those of the machine that wrote.

Print nothing of these files on a terminal without care: they hold code, paths and words from anywhere.
"""


def readme(head: Checkpoint, *, private: bool, blocks: Sequence[str]) -> str:
    """The text, as Markdown.

    Args:
        head: the state that the bundle was made from.
        private: whether private texts are in it.
        blocks: the blocks that it discloses; empty for a whole log.
    """
    part = bool(blocks)
    about = (
        f"This folder shows what a provenance log says about {_blocks(blocks)}, and proves it without showing the rest."
        if part
        else "This folder is a whole provenance log: where code came from, what was found in it, and who decided what."
    )
    texts = (
        "What was erased later, by an entry of the type `erasure`, is in none of its lines."
        if private
        else "They were left out of this bundle."
    )
    head_part = _HEAD.format(
        title="Part of a provenance log" if part else "A provenance log",
        about=about + " It was made by Leery, a language server that records where code came from.",
        origin=_inert(head.origin),
        size=head.size,
        root=head.root.hex(),
        texts=texts,
    )
    nothing = "" if part else " None is missing."
    return head_part + (_PART if part else _WHOLE) + _PROVES.format(nothing=nothing)


def _blocks(blocks: Sequence[str]) -> str:
    named = ", ".join(f"`{_inert(block)}`" for block in blocks[:3])
    return f"the block {named}" if len(blocks) == 1 else f"{len(blocks)} blocks, {named} first"


def _inert(text: str) -> str:
    """Text that is no Markdown and steers no terminal."""
    return "".join(char if char.isascii() and char.isprintable() and char not in "`|<" else "?" for char in text[:80])
