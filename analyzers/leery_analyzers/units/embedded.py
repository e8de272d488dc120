"""Scripts inside of pages and components: the text of a file with everything else blanked, so that places stay.

A directive that puts markup into the page as it is (``v-html``, ``{@html}``) is kept as a comment, for rules to find.
"""

from __future__ import annotations

import re

from leery_analyzers.lazy import lazy_regex

LANGUAGES = frozenset({"vue", "svelte", "html"})
"""Language ids of files that hold scripts."""
_SCRIPT = lazy_regex(r"(?is)<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script\s*>")
_OTHER = lazy_regex(r"(?i)type\s*=\s*[\"'](?!(?:text|application)/(?:javascript|babel|jsx|typescript)|module)")
_DIRECTIVE = lazy_regex(r"(?:[^\n][ \t]v-html=(?:\"[^\"\n]+\"|'[^'\n]+')|\{@html[ \t]+[^}\n]+\})(?![^\n]*<script)")
_PLAIN = lazy_regex(r"[^\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""What is blanked: characters that can be seen."""


def scripts_of(text: str) -> tuple[str, str]:
    """The language id of the scripts of a file, and its text with only these left.

    Args:
        text: a page or a component.
    """
    pieces: list[str] = []
    typed = False
    end = 0
    for found in _SCRIPT.finditer(text):
        if _OTHER.search(found["attributes"]):
            continue
        typed = typed or re.search(r"(?i)lang\s*=\s*[\"']tsx?\b", found["attributes"]) is not None
        pieces += [_blank(text[end : found.start("body")]), found["body"]]
        end = found.end("body")
    pieces.append(_blank(text[end:]))
    return ("typescript" if typed else "javascript"), "".join(pieces)


def _blank(text: str) -> str:
    """A stretch without what can be seen, but for directives, which become comments."""
    pieces: list[str] = []
    end = 0
    for found in _DIRECTIVE.finditer(text):
        pieces += [_PLAIN.sub(" ", text[end : found.start()]), "//", found[0][2:]]
        end = found.end()
    pieces.append(_PLAIN.sub(" ", text[end:]))
    return "".join(pieces)
