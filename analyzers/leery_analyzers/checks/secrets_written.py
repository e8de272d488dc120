"""Which texts in a source are secrets, and which only stand in the place of one.

Decides by the shape of the text and by the name it is kept under. Holds no rule and knows no grammar.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from leery_analyzers.checks.words import is_secret_setting, words_of

if TYPE_CHECKING:
    from leery_analyzers.model import Level

_KNOWN_SHAPE = re.compile(
    r"AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,}"
    r"|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}|sk_live_[A-Za-z0-9]{16,}|rk_live_[A-Za-z0-9]{16,}"
    r"|xox[abprs]-[A-Za-z0-9-]{20,}|AIza[0-9A-Za-z_-]{35}|SG\.[\w-]{16,}\.[\w-]{32,}|npm_[A-Za-z0-9]{36}"
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----"
)
_PLACEHOLDER = re.compile(
    r"(?i)<.*>|\$\{.*\}|\{\{.*\}\}|\{\w*\}|%\(?\w*\)?s|#\{.*\}|\*+|x+|\.+|-+|_+|0+"
    r"|(?:test|testing|fake|mock|none|null|nil|true|false|string|text|empty|unknown|default|n/a|na)"
)
_WORDS_FOR_ONE = re.compile(
    r"(?i).*\b(?:your|insert|enter|replace|put|fill|add)[-_ ]?(?:own|the|a|your)?[-_ ]?"
    r"(?:api|secret|password|key|token|here|pass|jwt|signing|strong|super|256).*"
    r"|.*(?:changeit|change[-_ ]?me|change[-_ ]this|replace[-_ ]?me|todo|fixme|example|sample|dummy|placeholder"
    r"|redacted|removed|undefined).*"
)
_KIND = r"(?:password|passwd|secret|token|key|credentials?|pwd|pass|apikey)s?"
_NOT_A_VALUE = re.compile(
    r"(?i)(?:https?|ldaps?|jdbc|file|classpath|env|vault|arn|urn|spring)[:.].*|[/~.].*|\w+(?:\.\w+){2,}|\w+(?::\w+)+"
    r"|.*\s.*\s.*|(?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)|(?:x|http)-[a-z-]+|application/.*|bearer ?|basic ?"
    rf"|(?!my|super|our|top|very|this)[a-z]+(?:[-_.][a-z]+)*[-_. ]{_KIND}|{_KIND}(?:[-_.][a-z]+)*"
)
_SOUNDS_LIKE_ONE = re.compile(r"(?i)(?:my|super|our|top|very|this)\w*[-_ ]?(?:secret|password|key|token)")
_PLAIN_WORD = re.compile(r"[A-Za-z][a-z]*|[a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:[-_][a-z]+)+")
_ABOUT_IT = frozenset(
    {
        "message",
        "error",
        "param",
        "parameter",
        "attribute",
        "attr",
        "property",
        "text",
        "title",
        "column",
        "elem",
        "tag",
    }
    | {
        "element",
        "node",
        "option",
        "arg",
        "flag",
        "encrypted",
        "regexp",
        "expr",
        "query",
        "label",
        "std",
        "init",
        "box",
    }
)
_SPECIFIC = frozenset({"password", "passwd", "pwd", "passphrase", "secret", "apikey"})
_LEAST = 4
_LONGEST = 4_000  # characters; what is longer is a document
_RANDOM = 3.0  # bits a character
_LONG_WORD = 16  # characters: no name of a thing, but somebody's idea of a key


def has_known_shape(text: str) -> bool:
    """Whether a text is a key or token of a well-known service, or a private key."""
    return _KNOWN_SHAPE.search(text[:_LONGEST]) is not None and "EXAMPLE" not in text


def is_placeholder(text: str) -> bool:
    """Whether a text only stands where a secret belongs: ``<password>``, ``${KEY}``, ``changeme``, stars."""
    text = text.strip()
    return _PLACEHOLDER.fullmatch(text) is not None or _WORDS_FOR_ONE.fullmatch(text) is not None


def entropy(text: str) -> float:
    """Shannon's entropy of a text's characters, in bits a character."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def is_secret(name: str, text: str) -> Level | None:
    """How sure it is that a text kept under a name is a secret; None for not at all.

    Args:
        name: of the variable, field, setting or parameter.
        text: the characters.
    """
    if has_known_shape(text):
        return "high"
    if len(text) > _LONGEST:
        return None
    value, words = text.strip(), set(words_of(name))
    if len(value) < _LEAST or not is_secret_setting(name) or words & _ABOUT_IT or _PLACEHOLDER.fullmatch(value):
        return None
    if _WORDS_FOR_ONE.fullmatch(value):
        return None if value.isupper() or " " in value else "low"  # it works as a secret until somebody changes it
    return None if _NOT_A_VALUE.fullmatch(value) else _grade(value, words)


def _grade(value: str, words: set[str]) -> Level:
    if re.search(r"\s", value):
        return "low"
    if _SOUNDS_LIKE_ONE.match(value):
        return "medium"
    mixed = bool(re.search(r"[A-Za-z]", value)) and bool(re.search(r"[\d\W_]", value))
    if entropy(value) >= _RANDOM and mixed and len(value) >= 8:
        return "high" if words & _SPECIFIC or len(value) >= 20 else "medium"
    if _PLAIN_WORD.fullmatch(value):
        return "medium" if {"password", "passwd", "pwd"} & words or len(value) >= _LONG_WORD else "low"
    return "medium"
