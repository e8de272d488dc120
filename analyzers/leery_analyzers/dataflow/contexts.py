"""What a value can do where it lands: the text around a hole, class by class.

Pure functions of texts; a hole is a NUL in them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import patterns
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

_SQL = lazy_regex(
    r"(?is)(?<![.#-])\b(select\b(?![-.:=]).*\bfrom\b(?!\s+(?:the|your|our|an?|this|that|these|all)\b)|select\s+\*|insert\s+(or\s+\w+\s+)?into\b|update\b.+\bset\b|delete\s+from\b"
    r"|replace\s+into\b|(create|drop|alter|truncate)\s+(temp\w*\s+)?(table|database|index|view|user|role|schema)\b"
    r"|merge\s+into\b|union\s+(all\s+)?select\b|where\b.+(=|\blike\b|\bin\b)|order\s+by\b|grant\b.+\bto\b|pragma\s)"
)
_HQL = lazy_regex(r"(?is)\bfrom\s+[\w.]+.*\b(where|order\s+by|having)\b")
_TAG = lazy_regex(r"<[a-zA-Z/!]")
_JSON = lazy_regex(r"\s*[\[{]")
NO_TAGS = "(no tags)"
"""A class that no sink has: no tag can be opened in the value."""
NO_QUOTES = "(no quotes)"
"""A class that no sink has: the value cannot end an attribute."""
_LINK = lazy_regex(
    r"(?i)<(?:(?:a|area|base|form|button|input|link)\b[^<>]*?\s(?:href|action|formaction)|iframe\b[^<>]*?\ssrc)"
    r"\s*=\s*[\"']?\Z"
)
_LOOKED_AT = 4_000
_FIXED_HOST = lazy_regex(r"(?i)\A(?:[a-z][a-z0-9+.-]*:)?//[^/?#\s]+[/?#]|\A\0+[/?#]|\A/[^/\\\0]")
"""The host is known or is another value's; the address is that of another value; it is a path on the same host."""
_WHOLE_HOST = lazy_regex(r"(?i)\A[a-z][a-z0-9+.-]*://[^/?#\0\s]+[/?#]")
_OWN_PATH = lazy_regex(r"\A(/(?![/\\\0])|\?|#|[\w-]+/)")
_QUOTE_OPEN = lazy_regex(r"[\"'`][^\"'`]*\Z")
_CONDITION = lazy_regex(r"(?i)[=<>]|\b(like|in|is|between)\b")
_COMPARISON = lazy_regex(r"(?i)\A\s*\w+(?:\.\w+)*\s*(?:=|<>|!=|[<>]=?|\blike\b)\s*'?%?\0")
_CYPHER = lazy_regex(r"(?is)\b(match|merge|create)\s*\(.*\b(return|set|delete|create|merge)\b")
_HEADER = lazy_regex(r"(?m)^[A-Za-z][A-Za-z-]*: ?[^\r\n]*\0[^\r\n]*\r?\n")
_BODY = lazy_regex(r":[^\r\n]*\r?\n\r?\n")
_XPATH_TEST = lazy_regex(r"(?s)\A\s*\.?/{1,2}[\w@*:]+.*\[[^\]]*(=|contains|starts-with)")
_LDAP = lazy_regex(r"\(\s*[&|!]?\s*\(?\w+[~<>]?=")
_READ_AGAIN = lazy_regex(r"(?:^|[\s;|&(])(?:eval|(?:[bdzk]|tc|c)?a?sh\s+(?:-\w+\s+)*-\w*c|su\s[^;|&]*-c)\s+\Z")
"""What takes its argument for a line of a shell."""
QUOTED = "it is quoted for the shell"
"""The reason of models for what quotes a text as one word."""
_PAGE = lazy_regex(r"(?i)html|xml|svg")
_XPATH = lazy_regex(r"(//|\[|/\w)")

_KINDS: Mapping[str, re.Pattern[str]] = {
    "sql": _SQL,
    "hql": lazy_regex(f"{_SQL.pattern}|{_HQL.pattern.removeprefix('(?is)')}"),
    "markup": _TAG,
    "redirect": lazy_regex(r"\Aredirect:"),
    "view": lazy_regex(r"\A(?!redirect:|forward:|/?error\b)"),
    "condition": _CONDITION,
    "comparison": _COMPARISON,
    "cypher": _CYPHER,
    "header": _HEADER,
    "smtp": lazy_regex(r"(?i)\A\s*(?:RCPT TO|MAIL FROM|HELO|EHLO|VRFY|EXPN)\b"),
    "ldap": _LDAP,
    "uploaded": lazy_regex(r"(?i)public|static|www|htdocs|assets|upload|media|images?\b|gallery|avatars?\b|\bfiles\b"),
    "dn": lazy_regex(r"(?i)\b(uid|cn|ou|dc|o)=[^,]*\0[^,]*,|\0,\s*(ou|dc|cn)="),
    "built": lazy_regex(r"[^\0][^\n]*\0|\0[^\0]"),
    "xpath": _XPATH,
    "xpath-test": _XPATH_TEST,
    "broken-digest": lazy_regex(r"(?i)\A(?:MD[245]|SHA|SHA-?[01]|RIPEMD-?128)\Z"),
    "broken-cipher": lazy_regex(
        r"(?i)\A(?:(?:DES|DESede|TripleDES|3DES|RC2|RC4|RC5|ARCFOUR|Blowfish|IDEA|CAST5|Skipjack)(?:/.*)?"
        r"|RSA(?:/(?:ECB|NONE)/(?:PKCS1Padding|NoPadding))?|AES(?:_\d+)?(?:/ECB(?:/\w+)?)?|(?:Camellia|Serpent|Twofish|ARIA)(?:_\d+)?/ECB/\w+"
        r"|PBEWith(?:MD[25]|SHA1?)And(?:\d+BIT)?(?:DES|TripleDES|RC2|RC4|DESede)\w*)\Z"
    ),
    "broken-key": lazy_regex(r"(?i)\A(?:DES|DESede|TripleDES|RC2|RC4|ARCFOUR|Blowfish)\Z"),
}


@lru_cache(maxsize=512)
def looks_like(kind: str, text: str) -> bool:
    """Whether a text, its holes written as NUL, is of a kind that `models` names in ``text``."""
    head = text[:_LOOKED_AT]
    if kind == "html":
        return _TAG.search(head) is not None or _JSON.match(head) is None
    pattern = _KINDS.get(kind)
    return pattern is None or pattern.search(head) is not None


def has_tag(text: str) -> bool:
    """Whether there is an HTML tag in a text."""
    return _TAG.search(text[:_LOOKED_AT]) is not None


def fixes_host(text: str) -> bool:
    """Whether every address that starts with a text leads to the same host."""
    return _WHOLE_HOST.match(text) is not None


def _address(before: str, after: str) -> str:
    del after
    if _FIXED_HOST.match(before):
        return "the host of the address is fixed"
    return ""


def _redirect(before: str, after: str) -> str:
    before = before.removeprefix("redirect:")
    if _OWN_PATH.match(before):
        return "the address stays on this site"
    return _address(before, after)


def _numbered(before: str, after: str) -> str:
    del before, after
    return ""


_QUOTED: Mapping[str, Mapping[str, str]] = {
    "shell": {'"': patterns.IN_SHELL_DOUBLE, "'": patterns.IN_SINGLE},
    "sql": {'"': patterns.IN_SQL_DOUBLE, "'": patterns.IN_SQL_SINGLE},
    "xpath": {'"': patterns.IN_DOUBLE, "'": patterns.IN_SINGLE},
}
"""By the context of a rule, its quotes and what ends a text between them."""


def _header(before: str, after: str) -> str:
    del after
    return "it stands behind the headers" if _BODY.search(before) is not None else ""


_HARMLESS: Mapping[str, Callable[[str, str], str]] = {"address": _address, "redirect": _redirect, "header": _header}


def harmless(kind: str, before: str, after: str) -> str:
    """Why a value between two stretches of text can do no harm there; empty if it can.

    Args:
        kind: the context of a rule.
        before: the text up to the value, other values written as NUL.
        after: the text from there on.
    """
    return _HARMLESS.get(kind, _numbered)(before, after)


def markup_place(before: str) -> str:
    """Where in HTML a value lands, as the class that has to be cleared for it; empty where escaping does not help.

    Args:
        before: the text up to the value.
    """
    opened = before.rfind("<")
    if opened <= before.rfind(">"):
        inside = before.lower().rfind("<script") > before.lower().rfind("</script")
        return "" if inside and _QUOTE_OPEN.search(before[before.rfind(">") :]) is None else "html-text"
    quote = ""
    for char in before[opened:]:
        if char == quote:
            quote = ""
        elif char in "\"'" and not quote:
            quote = char
    return {'"': "html-double", "'": "html-single"}.get(quote, "" if before.endswith("=") else "html-text")


def quoted_place(kind: str, before: str) -> str:
    """Between which quotes a value lands, as the class that has to be cleared for it; empty where it is between none.

    Args:
        kind: the context of a rule.
        before: the text up to the value.
    """
    places = _QUOTED.get(kind)
    if places is None or (kind == "shell" and ("$(" in before or "`" in before)):  # what runs there has its own quotes
        return ""
    quote, escaped = "", False
    for char in before:
        if escaped:
            escaped = False
        elif char == "\\" and kind != "xpath" and quote != ("'" if kind == "shell" else ""):
            escaped = True
        elif char == quote:
            quote = ""
        elif char in places and not quote:
            quote = char
    return places.get(quote, "")


def unquotes(kind: str, before: str) -> bool:
    """Whether quoting a value as one word is undone where it lands: between quotes, or where a shell reads it again."""
    return kind == "shell" and (quoted_place(kind, before) != "" or _READ_AGAIN.search(before) is not None)


def in_script(before: str) -> bool:
    """Whether what follows in HTML is a part of a script."""
    lowered = before.lower()
    return lowered.rfind("<script") > lowered.rfind("</script")


def is_link(before: str) -> bool:
    """Whether what follows in HTML is the start of an address that a browser goes to, or runs."""
    return _LINK.search(before[-_LOOKED_AT:]) is not None


def place(kind: str, before: str, after: str) -> str:
    """Where in a text a value lands, in words; empty where that says nothing more."""
    if kind == "sql":
        return "inside a quoted text" if before.count("'") % 2 and "'" in after else ""
    if kind == "html":
        opened = before.rfind("<")
        return "inside a tag" if opened > before.rfind(">") else ""
    if kind == "shell":
        return "inside quotes" if before.count("'") % 2 or before.count('"') % 2 else ""
    if kind == "address":
        return "as the host" if before.endswith("://") else ""
    return ""


def is_page(kind: str) -> bool:
    """Whether a browser shows a type of content as a page, with the scripts in it."""
    return _PAGE.search(kind) is not None
