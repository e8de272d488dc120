"""What texts look like that are secrets, and what those that only stand in the place of one.

Pure functions of a text. Holds no rule and knows no language.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Literal

from leery_analyzers.lazy import lazy_regex

Likely = Literal["real", "weak", "placeholder"]

_PLACEHOLDER = lazy_regex(
    r"(?i)example|changeme|change[-_ ]?(me|this|it)|your[-_ ]|my[-_](secret|password|token|api)|placeholder|dummy|"
    r"replace|insert|redacted|masked|sample|fixme|todo|fake|mock|\bfoo\b|\bbar\b|lorem|<[^>]*>|\$\{|\{\{|%\(|%s|"
    r"\{\w*\}|x{4,}|\*{3,}|\.{3}|…|^n/?a$|^none$|^null$|^undefined$|^(true|false)$|^env[:.]|^vault:|^ssm:|^arn:|"
    r"^secrets?[./]|^\$[A-Z_]+$|_here\b|not[-_ ]?(set|real|used|a[-_ ])|unused|disabled|redacted|^test[-_]?|[-_]test$"
)
_NOT_SECRET = lazy_regex(
    r"^(https?|wss?|ftp|file|mailto|data):|^[./~\\@#]|\.(json|pem|key|txt|ya?ml|html?|py|js|ts|env|crt|cfg|ini)$|"
    r"^application/|^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^\w+(\.\w+)+$|^[a-z]+(-[a-z]+)+$|^[a-z]+(_[a-z]+)+$|"
    r"^[\w-]+:[\w-]+$|[<>\[\]]"
)
_WORDS = lazy_regex(r"[A-Za-z]+\d*([_./ -][A-Za-z]+\d*)+|[~.]{0,2}/[\w.-]+/[\w./-]*|[a-z]+([A-Z][a-z]+)+")
"""Words that are joined, and paths: names of something."""
_WORST = frozenset(
    {"password", "secret", "admin", "root", "letmein", "qwerty", "welcome", "passw0rd", "guest", "default", "pass"}
    | {"toor", "postgres", "mysql", "supersecret", "hunter", "monkey", "dragon", "topsecret", "geheim", "passwort"}
    | {"keyboard cat", "shhhhh", "secretkey", "mysecret", "mysecretkey", "mypassword"}
)
_RUN = lazy_regex(r"(?i)(.)\1{3,}|01234|12345678|abcdefgh|qwertyui")


def entropy(text: str) -> float:
    """Shannon entropy in bits for each character."""
    if not text:
        return 0.0
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values())


def is_placeholder(text: str) -> bool:
    """Whether a text says of itself that it stands in the place of a secret."""
    return not text.strip() or _PLACEHOLDER.search(text) is not None or len(set(text)) < 3


def is_random(text: str, least: int = 16) -> bool:
    """Whether a text looks drawn by lot: long, of mixed kinds, without spaces and runs."""
    if len(text) < least or re.search(r"[\s\[\]<>(){}\\|]", text) or _RUN.search(text) or is_placeholder(text):
        return False
    if _WORDS.fullmatch(text):
        return False
    kinds = sum(any(test(char) for char in text) for test in (str.isdigit, str.islower, str.isupper))
    if kinds < 2 or not any(char.isdigit() for char in text):
        return False
    return entropy(text) >= (2.8 if re.fullmatch(r"(?i)[0-9a-f-]+", text) else 3.2)


_ADDRESS = lazy_regex(r"(?i)https?://[^@\s?#]+")
"""An address that names no user; what stands under the name of a token may be where it is asked for."""


def likely(text: str, *, password: bool) -> Likely | None:
    """What a text is that is assigned to the name of a secret.

    Args:
        text: the text.
        password: whether the name is one of a password, for which short and plain words count.

    Returns:
        ``real``: drawn by lot; ``weak``: chosen by a person; ``placeholder``; None: something else, such as a label.
    """
    if is_placeholder(text):
        return "placeholder"
    if _ADDRESS.fullmatch(text):
        return None
    if is_random(text):
        return "real"
    worst = text.lower() in _WORST
    if worst or _NOT_SECRET.search(text) or _WORDS.fullmatch(text) or len(text) > 100:
        return "weak" if worst and (password or " " in text) else None
    mixed = any(char.isdigit() for char in text) and any(char.isalpha() for char in text)
    signs = any(not char.isalnum() and char not in " _-.:/" for char in text)
    if mixed or signs:
        chosen = " " not in text and len(text) > 3 and any(char.isalpha() for char in text)
        return "weak" if chosen else None
    return "weak" if password and (text.isdigit() or (text.isalpha() and len(text) > 5 and text.isascii())) else None
