"""Takes secrets out of text before it is hashed or stored.

Only what is almost surely a secret: tokens of a documented shape, private keys, passwords in addresses, and literals
assigned to a name that says so. It must not be taken for a secret scanner; what it misses can be erased later.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import partial

_PIECE = 16_384


@dataclass(frozen=True, slots=True)
class _Shape:
    """A kind of secret: searched only where one of the `anchors` occurs in the lower-cased text.

    `pattern` has a group ``secret``, which alone is replaced.
    """

    name: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]


def _shape(name: str, anchors: str, pattern: str) -> _Shape:
    return _Shape(name, tuple(anchors.split()), re.compile(pattern))


_SHAPES = (
    _shape("aws-key", "akia asia", r"\b(?P<secret>(?:AKIA|ASIA)[A-Z0-9]{16})\b"),
    _shape("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", r"\b(?P<secret>gh[pousr]_[A-Za-z0-9]{36,255})\b"),
    _shape("github-token", "github_pat_", r"\b(?P<secret>github_pat_[A-Za-z0-9_]{22,255})\b"),
    _shape("gitlab-token", "glpat-", r"\b(?P<secret>glpat-[A-Za-z0-9_-]{20,64})"),
    _shape("slack-token", "xox", r"\b(?P<secret>xox[abeprs]-[A-Za-z0-9-]{10,250})"),
    _shape("google-key", "aiza", r"\b(?P<secret>AIza[A-Za-z0-9_-]{35})"),
    _shape("api-key", "sk-", r"\b(?P<secret>sk-[A-Za-z0-9_-]{20,250})"),
    _shape("stripe-key", "_live_ _test_", r"\b(?P<secret>[rs]k_(?:live|test)_[A-Za-z0-9]{16,250})"),
    _shape("jwt", "eyj", r"\b(?P<secret>eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{8,1024})"),
    _shape("password", "://", r"://[^\s/:@'\"]{1,100}:(?P<secret>[^\s/@'\"{}$<>]{3,200})@"),
    _shape(
        "literal",
        "passw pwd secret token api_key apikey api-key access_key accesskey private_key privatekey",
        r"(?i:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)"
        r"\w{0,40}['\"]?(?:\s{0,8}:\s{0,8}\w{1,40})?\s{0,8}(?::=|=>|[:=])\s{0,8}[bru]{0,2}(?P<quote>'''|\"\"\"|['\"`])(?!https?:|\[redacted:)(?P<secret>[^'\"`\s{}$<>]{8,500})(?P=quote)",
    ),
)
_KEY_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_KEY_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")


def redact(text: str) -> tuple[str, int]:
    """The text with each secret replaced by ``[redacted:kind]``, and how many there were."""
    text, count = _private_keys(text)
    lower = text.lower()
    shapes = [shape for shape in _SHAPES if any(anchor in lower for anchor in shape.anchors)]
    if not shapes:
        return text, count
    parts: list[str] = []
    for piece in _pieces(text):
        clean = piece
        for shape in shapes:
            clean, hits = shape.pattern.subn(partial(_blank, name=shape.name), clean)
            count += hits
        parts.append(clean)
        time.sleep(0)  # `re` holds the interpreter's lock: let the event loop's thread in between pieces
    return "".join(parts), count


def _blank(hit: re.Match[str], *, name: str) -> str:
    start, end = (edge - hit.start() for edge in hit.span("secret"))
    return f"{hit[0][:start]}[redacted:{name}]{hit[0][end:]}"


def _private_keys(text: str) -> tuple[str, int]:
    """Blanks what stands between the lines that begin and end a private key; without an end, all that follows."""
    if "PRIVATE KEY" not in text:
        return text, 0
    parts: list[str] = []
    count = at = 0
    while (begin := _KEY_BEGIN.search(text, at)) is not None:
        end = _KEY_END.search(text, begin.end())
        parts += (text[at : begin.end()], "[redacted:private-key]")
        at = end.start() if end is not None else len(text)
        count += 1
    return "".join((*parts, text[at:])), count


def _pieces(text: str) -> list[str]:
    """The text cut after line feeds, each piece about `_PIECE` long."""
    pieces: list[str] = []
    start = 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n", start, start + _PIECE) + 1
        if cut <= start:
            cut = start + _PIECE
        pieces.append(text[start:cut])
        start = cut
    pieces.append(text[start:])
    return pieces
